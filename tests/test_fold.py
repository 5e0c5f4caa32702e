"""The copy for searching brings alike characters together and leads back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.fold import fold, fold_with_map

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(("source", "folded"), [
    ("６．５％，ＧＤＰ", "6.5%,gdp"),
    ("臺灣與國務院", "台湾与国务院"),
    ("①（一）", "1(一)"),
    ("㈠", "(一)"),
    ("薴", "苎"),
    ("𠮷䶮🙂\ue000", "𠮷䶮🙂\ue000"),
    ("", ""),
])
def test_alike_characters_fold_to_one(source: str, folded: str) -> None:
    """Full width, traditional characters and capitals fold away; what has no other form stays."""
    assert fold(source) == folded


@given(ANY_TEXT)
def test_a_folded_text_folds_to_itself(text: str) -> None:
    """Folding twice is folding once, whatever the text, lone surrogates included."""
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_the_map_leads_from_each_folded_character_to_its_source(text: str) -> None:
    """Every folded character comes from the source character at its origin, in order, and the end maps to the end."""
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert folded.origin[-1] == len(text)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(character in fold(text[at]) for character, at in zip(folded.text, folded.origin, strict=False))


@given(ANY_TEXT, st.data())
def test_a_folded_span_leads_to_a_source_span_that_folds_to_hold_it(text: str, data: st.DataObject) -> None:
    """The source span of a folded span, folded, contains that span: nothing found is cut off when shown."""
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    left, right = folded.span(start, end)
    assert folded.text[start:end] in fold(text[left:right])
    assert (left == right) == (start == end)


def test_a_ligature_maps_to_its_one_source_character() -> None:
    """A character that folds to several leads back to itself from each of them."""
    folded = fold_with_map("增㈠减")
    assert folded.text == "增(一)减"
    assert folded.span(2, 3) == (1, 2)
    assert folded.span(1, 4) == (1, 2)
