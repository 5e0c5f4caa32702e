"""Words are the text, in order, with their parts of speech."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.writing.words import known_word, words
from tests.drafts import drafts


@given(st.one_of(drafts(), st.text(max_size=30)))
@example("")
@example("𠮷䶮🙂\ue000")
@example("\ud800县")
@example("Ａ１２，\r\n\x00")
def test_the_words_together_are_the_text(text: str) -> None:
    """Every character stands in exactly one word, and each word where it says."""
    found = words(text)
    assert "".join(word.text for word in found) == text
    assert all(text[word.start : word.end] == word.text for word in found)


def test_words_bear_their_part_of_speech() -> None:
    """Places, persons, numbers and verbs are told apart."""
    tags = {word.text: word.tag for word in words("王小明在上海讲话,增长6.5%")}
    assert (tags["王小明"], tags["上海"], tags["增长"], tags["6.5%"]) == ("nr", "ns", "v", "m")


def test_cities_are_places() -> None:
    """Whatever the dictionary takes them for."""
    assert [words(f"{city}定位成什么")[0].tag for city in ("大连", "唐山", "遵义", "茂名")] == ["ns"] * 4


@pytest.mark.parametrize(("text", "known"), [("生产总值", True), ("会议", True), ("鼱锶镝", False), ("", False)])
def test_the_dictionary_says_which_words_it_has(text: str, known: bool) -> None:
    """Common words are known, meaningless rows of characters are not."""
    assert known_word(text) is known
