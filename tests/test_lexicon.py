"""What a word claims, by the tables and its part of speech."""

import pytest

from rag.writer.lexicon import Kind, equals, first_form, kind_of, with_first_forms


@pytest.mark.parametrize(
    ("word", "tag", "kind"),
    [("不得", "d", "strict"), ("未到", "v", "strict"), ("约", "d", "strict"), ("将", "d", "strict"), ("将", "p", "free"),
     ("不断", "d", "degree"), ("积极", "ad", "degree"), ("全市", "n", "scope"), ("今年", "t", "time"), ("的", "uj", "free"),
     ("其中", "r", "degree"), ("因而", "c", "degree"), ("向", "p", "strict"), ("吗", "y", "strict"),
     ("a", "eng", "word"), ("䶮", "x", "word"), ("粮食", "n", "word"), ("未央", "ns", "word"), ("无锡", "ns", "word")],
)  # fmt: skip
def test_a_word_is_of_one_kind(word: str, tag: str, kind: Kind) -> None:
    """A negating character turns what is said, but not in 不断, and not in the name of a place."""
    assert kind_of(word, tag) == kind


def test_equal_words_have_one_first_form() -> None:
    """Whether the dictionary has the word or not; a first form is its own."""
    assert first_form("规上工业") == first_form("规模以上工业") == "规模以上工业"
    assert first_form("粮食") == "粮食"


def test_names_that_no_dictionary_has_are_put_in_their_first_form() -> None:
    """Before the text is cut, for the cut would tear them; words that it has are left to `first_form`."""
    names = [word for word, first in equals().items() if with_first_forms(word) != word]
    assert names and all(with_first_forms(name) == first_form(name) for name in names)
