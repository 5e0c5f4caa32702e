"""A draft's pieces show places as they stand."""

import pytest

from rag.answer.draft import Piece, verbatim
from tests.small import LIBRARY, place_of, shelf_of

PLACE = place_of(shelf_of(LIBRARY), "一是求实的作风。")


@pytest.mark.parametrize(("strip", "shown"), [
    ("", "一是求实的作风。"), ("。；", "一是求实的作风"), ("风。作", "一是求实的"), (PLACE.text, PLACE.text),
])
def test_a_verbatim_piece_shows_its_place(strip: str, shown: str) -> None:
    """All of it, but for the marks at its end that are named, unless nothing were left; the quote stays whole."""
    assert verbatim(PLACE, strip=strip) == Piece(shown, (PLACE,), False)
    assert verbatim(PLACE, line=True).line


def test_a_bullet_of_the_source_is_not_shown() -> None:
    """- and * before an item are neither shown nor quoted; alone they stay."""
    shelf = shelf_of({"通知.txt": "通知\n- 坚持统筹。\n-\n"})
    place = place_of(shelf, "- 坚持统筹。")
    assert verbatim(place) == Piece("坚持统筹。", (place.at(place.start + 2, place.end),))
    assert verbatim(place.at(place.start, place.start + 1)).text == "-"
