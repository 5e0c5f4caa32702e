"""No text is embedded twice."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.index import embedding
from rag.index.embedding import Embedding
from rag.index.keys import embedded_text, key_of
from rag.index.lending import Lenders
from rag.index.library import Library
from rag.passages import Passage
from rag.search import encoder
from rag.search.encoder import Encoder
from rag.search.flat import Matrix
from rag.settings import DEFAULT_MODEL


def passage(text: str, document: str = "甲.txt") -> Passage:
    """A passage that holds `text`, without a context."""
    return Passage(document, 1, 1, 0, len(text), text, "")


def quiet(done: int, total: int) -> None:
    """Nobody is told."""


def embed(passages: Sequence[Passage], index: Path, place: Path) -> tuple[Matrix, int]:
    """The vectors of the passages, and how many texts were embedded for them."""
    with Embedding(DEFAULT_MODEL, Lenders(index, encoder.fingerprint(DEFAULT_MODEL)), place / "new", lambda: None) as work:
        for one in passages:
            work.add(key_of(one), one)
        work.finish(quiet, quiet)
        vector = work.vectors()
        return np.array([vector(key_of(one)) for one in passages]).reshape(len(passages), work.width), work.computed


def test_vectors_are_the_models_own(tmp_path: Path, model: Encoder) -> None:
    """Each passage's row is the vector of its text, in order, over several windows."""
    passages = [passage(f"要抓落实,一季度生产总值增长{number}%。") for number in range(embedding.WINDOW + 3)]
    matrix, computed = embed(passages, tmp_path, tmp_path)
    assert computed == len(passages)
    np.testing.assert_allclose(matrix, model.passages([embedded_text(one) for one in passages]), atol=1e-5)


def test_a_repeated_text_is_embedded_once(tmp_path: Path) -> None:
    """The same text in two documents has one vector, computed once."""
    matrix, computed = embed([passage("要抓落实。", "甲.txt"), passage("要抓落实。", "乙.txt")], tmp_path, tmp_path)
    assert computed == 1
    assert (matrix[0] == matrix[1]).all()


def test_a_model_that_is_ready_before_all_is_read_keeps_its_width(tmp_path: Path, model: Encoder) -> None:
    """A large corpus is still being read when the first vectors come."""
    with Embedding(DEFAULT_MODEL, Lenders(tmp_path, "f"), tmp_path / "new", lambda: None) as work:
        work.add(key_of(passage("要抓落实。")), passage("要抓落实。"))
        while not (tmp_path / "new").exists():
            time.sleep(0.01)
        work.finish(quiet, quiet)
        assert work.width == model.dimensions
        assert work.vectors()(key_of(passage("要抓落实。"))).shape == (model.dimensions,)


def test_nothing_to_embed_still_has_a_width(tmp_path: Path, model: Encoder) -> None:
    """No passage: no vector, but of the model's length."""
    assert embed([], tmp_path, tmp_path)[0].shape == (0, model.dimensions)


def test_kept_builds_lend_their_vectors(index_dir: Path, library: Library, tmp_path: Path) -> None:
    """Passages that a kept build holds are not embedded again, only new ones; the copies are exact."""
    matrix, computed = embed([*library.passages[:5], passage("这一句从未入库。")], index_dir, tmp_path)
    assert computed == 1
    assert (matrix[:5] == library.hybrid.vectors.matrix()[:5]).all()


def test_what_is_left_early_goes_on_no_longer(tmp_path: Path) -> None:
    """An error among the passages ends the work, however much waits."""
    work = Embedding(DEFAULT_MODEL, Lenders(tmp_path, "f"), tmp_path / "new", lambda: None)
    with pytest.raises(ModelError), work:
        for number in range(200):
            work.add(key_of(passage(f"第{number}句。")), passage(f"第{number}句。"))
        raise ModelError("停。")
    written = (tmp_path / "new").stat().st_size if (tmp_path / "new").exists() else 0
    assert written == 0
