"""The vocabulary counts in how many passages characters and pairs stand, and knows which are read alike."""

import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.search.vocabulary import Vocabulary, sound
from rag.writing.fold import fold

FAIR = Vocabulary.build(["博览会开幕,博览会闭幕", "博览会很大", "会议"])
TEXTS = st.lists(st.text("会议博览揽𠮷ＡaB1，臺\ud800", max_size=8), max_size=6)


@given(TEXTS)
@example([])
@example(["", "", "会"])
def test_a_frequency_is_the_number_of_passages_that_hold_it(texts: list[str]) -> None:
    """Counted one by one, characters and pairs stand in as many folded passages as the vocabulary says."""
    vocabulary = Vocabulary.build(texts)
    folded = [fold(text) for text in texts]
    tokens = {text[i : i + n] for text in folded for n in (1, 2) for i in range(len(text) - n + 1)} | {"会", "会议", "揽博", "𠮷"}
    assert vocabulary.count == len(texts)
    assert {token: vocabulary.frequency(token) for token in tokens} == {token: sum(token in text for text in folded) for token in tokens}


def test_a_pair_does_not_reach_from_one_passage_into_the_next() -> None:
    """The last character of a passage is no neighbour of the next one's first."""
    assert Vocabulary.build(["博", "览"]).frequency("博览") == 0


def test_a_word_is_as_rare_as_its_rarest_pair() -> None:
    """博览会 stands in two of three passages, 会议 in one, 会员 in none."""
    assert (FAIR.rarest("博览会"), FAIR.rarest("会议"), FAIR.rarest("会员"), FAIR.rarest("会")) == (2, 1, 0, 3)
    assert FAIR.rarity("会员") > FAIR.rarity("会议") > FAIR.rarity("博览会") > 0
    assert FAIR.rarity("会议") == pytest.approx(math.log(1 + 2.5 / 1.5))


def test_a_word_is_known_where_all_its_pairs_are() -> None:
    """One unknown pair makes a word unknown."""
    assert FAIR.knows("博览会") and not FAIR.knows("博揽会")


@pytest.mark.parametrize(("pair", "meant"), [("博揽", "博览"), ("伯览", "博览"), ("烩议", "会议"), ("云彩", None), ("伯揽", None)])
def test_an_unknown_pair_may_sound_like_a_known_one(pair: str, meant: str | None) -> None:
    """One character may differ, if it is read the same; two may not."""
    assert FAIR.sounds_like(pair) == meant


def test_of_pairs_that_sound_alike_the_most_frequent_is_meant() -> None:
    """权利 twice and 权力 once: 权厉 is the first."""
    assert Vocabulary.build(["权力", "权利", "权利"]).sounds_like("权厉") == "权利"
    assert Vocabulary.build(["权力", "权力", "权利"]).sounds_like("权厉") == "权力"


def test_an_empty_library_knows_nothing() -> None:
    """No passage, no frequency, no likeness; rarity is still a number."""
    empty = Vocabulary.build([])
    assert (empty.count, empty.frequency("会"), empty.knows("会议"), empty.sounds_like("会议")) == (0, 0, False, None)
    assert empty.rarity("会议") > 0


def test_characters_are_read_as_their_neighbours_make_them_read() -> None:
    """重 is zhong before 要 and chong before 庆."""
    assert sound("重要") == ["zhong", "yao"]
    assert sound("重庆") == ["chong", "qing"]


def test_a_vocabulary_that_was_saved_knows_the_same(tmp_path: Path) -> None:
    """Through files and back: frequencies, and what sounds alike, which then needs no reading of every character."""
    FAIR.save(tmp_path)
    opened = Vocabulary.load(tmp_path, FAIR.count)
    assert (opened.count, opened.frequency("博览"), opened.frequency("会"), opened.frequency("会员")) == (3, 2, 3, 0)
    assert [opened.sounds_like(pair) for pair in ("博揽", "伯览", "烩议", "云彩")] == ["博览", "博览", "会议", None]


def test_passages_are_counted_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair that stands in several parts has the sum of its counts."""
    texts = ["博览会开幕", "会议", "博览会", "博览会很大", "会议"]
    whole = Vocabulary.build(texts)
    monkeypatch.setattr("rag.search.vocabulary.PART", 2)
    parted = Vocabulary.build(iter(texts))
    assert parted.count == 5
    assert all(parted.frequency(token) == whole.frequency(token) for token in ("博览", "会", "会议", "开幕", "幕"))
