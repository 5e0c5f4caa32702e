"""A word index amended is the one made anew, to the byte, whatever came, went and moved."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rag.search.amended import amended
from rag.search.postings import Index
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words

TEXTS = st.lists(st.text("会议博览揽𠮷ＡaB1，臺6.5 \ud800", max_size=30), min_size=1, max_size=8)


def saved(words: Words | Vocabulary, folder: Path) -> dict[str, bytes]:
    """The files of the index."""
    folder.mkdir()
    words.save(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@given(texts=TEXTS, fresh=TEXTS, chance=st.randoms(use_true_random=False))
@pytest.mark.parametrize("stretch", [1, 7, 10**6])
def test_an_amended_index_is_the_one_made_anew(stretch: int, texts: list[str], fresh: list[str], chance: random.Random,
                                               tmp_path_factory: pytest.TempPathFactory) -> None:
    """Some passages gone, the others in any order, new ones among them: equal files, in stretches of any size."""
    place = tmp_path_factory.mktemp("index")
    old = Words.build(texts, [""] * len(texts))
    left = [row for row in range(len(texts)) if chance.random() < 0.7]
    mixed = [(row, texts[row]) for row in left] + [(-1, text) for text in fresh]
    chance.shuffle(mixed)
    places = np.full(len(texts), -1, dtype=np.int64)
    for row, (before, _) in enumerate(mixed):
        if before >= 0:
            places[before] = row
    new = [(row, f"\n{text}") for row, (before, text) in enumerate(mixed) if before < 0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.search.amended.STRETCH", stretch)
        made = amended(old, places, len(mixed), new, place)
    assert (made is None) == (not len(old.tokens))  # with no word in it there is nothing to take from it
    anew = Words.build([text for _, text in mixed], [""] * len(mixed))
    assert saved(made or anew, place / "amended") == saved(anew, place / "anew")


@given(texts=TEXTS, fresh=TEXTS, gone=st.integers(0, 8))
def test_an_amended_vocabulary_is_the_one_made_anew(tmp_path_factory: pytest.TempPathFactory, texts: list[str], fresh: list[str],
                                                    gone: int) -> None:
    """Frequencies and readings as if the passages that are left had been counted alone."""
    place = tmp_path_factory.mktemp("vocabulary")
    made = Vocabulary.build(texts).amended(texts[:gone], fresh)
    anew = Vocabulary.build([*texts[gone:], *fresh])
    assert made.count == anew.count
    assert saved(made, place / "amended") == saved(anew, place / "anew")


def test_a_token_that_stands_hundreds_of_times_is_amended(tmp_path: Path) -> None:
    """More often than a byte can tell, in old passages and in new ones."""
    texts = ["的" * 440, "的" * 439 + "了", "的"]
    fresh = "的了" * 300
    made = amended(Words.build(texts, [""] * 3), np.array([0, 1, 2]), 4, [(3, fresh)], tmp_path)
    assert made is not None
    assert saved(made, tmp_path / "amended") == saved(Words.build([*texts, fresh], [""] * 4), tmp_path / "anew")


def test_an_index_that_an_older_version_saved_is_searched_but_not_amended(tmp_path: Path) -> None:
    """It keeps what each token adds, neither counts nor lengths: the same scores, but words are counted anew."""
    made = Words.build(["会议会议", "会览"], [""] * 2)
    index = made.index
    assert index.counts is not None
    adds = np.concatenate([index.adds(token) for token in range(len(made.tokens))])
    older = Words(Index(index.tokens, index.offsets, index.starts, index.rows, index.peaks, weights=adds), 2)
    saved(older, tmp_path / "words")
    opened = Words.load(tmp_path / "words", 2)
    assert_allclose(opened.scores("会议"), made.scores("会议"), rtol=1e-6)
    assert amended(opened, np.array([0, 1]), 2, [], tmp_path) is None
