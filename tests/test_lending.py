"""Kept builds lend the vectors that are whole and of the same model, and no others."""

import shutil
from pathlib import Path

from rag.index import builds
from rag.index.keys import key_of
from rag.index.lending import Lenders
from rag.index.library import Library


def test_another_models_vectors_are_not_taken(index_dir: Path, library: Library) -> None:
    """A vector belongs to the model that made it."""
    keys = [key_of(one) for one in library.passages]
    another, own = Lenders(index_dir, "another"), Lenders(index_dir, library.manifest.model.fingerprint)
    assert all(another.vector(key) is None for key in keys)
    assert all(own.vector(key) is not None for key in keys)


def test_damaged_builds_lend_nothing(tmp_path: Path, index_dir: Path, library: Library) -> None:
    """A vector of a build with a flipped bit is never taken over."""
    copy = Path(shutil.copytree(index_dir, tmp_path / "index"))
    path = builds.folder_of(copy, library.build) / "vectors.bin"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert Lenders(copy, library.manifest.model.fingerprint).vector(key_of(library.passages[0])) is None


def test_a_vector_that_is_lent_is_that_of_its_text(index_dir: Path, library: Library) -> None:
    """The copy is exact; a text that no build has is lent by none."""
    lenders = Lenders(index_dir, library.manifest.model.fingerprint)
    matrix = library.hybrid.vectors.matrix()
    for row in range(0, len(library.passages), 50):
        lent = lenders.vector(key_of(library.passages[row]))
        assert lent is not None and (lent == matrix[row]).all()
    assert lenders.vector(bytes(32)) is None
