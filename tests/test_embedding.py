"""No text is embedded twice."""

import shutil
from pathlib import Path

import numpy as np

from rag.index import builds, embedding
from rag.index.embedding import embed, embedded_text, kept_vectors, key_of
from rag.index.library import Library
from rag.passages import Passage
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL


def passage(text: str, document: str = "甲.txt") -> Passage:
    """A passage that holds `text`, without a context."""
    return Passage(document, 1, 1, 0, len(text), text, "")


def quiet(done: int, total: int) -> None:
    """Nobody is told."""


def test_vectors_are_the_models_own(tmp_path: Path, model: Encoder) -> None:
    """Each passage's row is the vector of its text, in order."""
    passages = [passage("要抓落实。"), passage("一季度生产总值增长6.5%。")]
    made = embed(passages, DEFAULT_MODEL, tmp_path, fetching=quiet, embedding=quiet)
    assert made.computed == 2
    np.testing.assert_allclose(made.matrix, model.passages([embedded_text(one) for one in passages]), atol=1e-5)


def test_a_repeated_text_is_embedded_once(tmp_path: Path) -> None:
    """The same text in two documents has one vector, computed once."""
    passages = [passage("要抓落实。", "甲.txt"), passage("要抓落实。", "乙.txt")]
    made = embed(passages, DEFAULT_MODEL, tmp_path, fetching=quiet, embedding=quiet)
    assert made.computed == 1
    assert (made.matrix[0] == made.matrix[1]).all()


def test_kept_builds_lend_their_vectors(index_dir: Path, library: Library) -> None:
    """Passages that a kept build holds are not embedded again, only new ones; the copies are exact."""
    told: list[tuple[int, int]] = []
    passages = [*library.passages[:5], passage("这一句从未入库。")]
    made = embed(passages, DEFAULT_MODEL, index_dir, fetching=quiet, embedding=lambda done, total: told.append((done, total)))
    assert made.computed == 1
    assert told[-1] == (1, 1)
    assert (made.matrix[:5] == library.hybrid.vectors.matrix()[:5]).all()


def test_another_models_vectors_are_not_taken(index_dir: Path, library: Library) -> None:
    """A vector belongs to the model that made it."""
    wanted = [key_of(one) for one in library.passages]
    assert kept_vectors(index_dir, "another", wanted) == {}
    assert len(kept_vectors(index_dir, library.manifest.model.fingerprint, wanted)) == len(set(wanted))


def test_damaged_builds_lend_nothing(tmp_path: Path, index_dir: Path, library: Library) -> None:
    """A vector of a build with a flipped bit is never taken over."""
    copy = Path(shutil.copytree(index_dir, tmp_path / "index"))
    path = builds.folder_of(copy, library.build) / "vectors.bin"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert kept_vectors(copy, library.manifest.model.fingerprint, [key_of(library.passages[0])]) == {}


def test_the_key_is_what_is_embedded() -> None:
    """Context and text both count; where the passage stands does not."""
    assert key_of(passage("甲", "a")) == key_of(passage("甲", "b"))
    texts = [passage("甲"), Passage("a", 1, 1, 0, 1, "甲", "标题"), Passage("a", 1, 1, 0, 1, "标题甲", ""), passage("\ud800")]
    assert len({embedding.key_of(one) for one in texts}) == 4
