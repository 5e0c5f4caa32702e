"""A comparison: one row for each value or source, the silent ones named."""

import pytest

from rag.answer import compare
from rag.answer.compare import Row
from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.phrases import phrase
from rag.answer.reply import Coverage
from tests.small import LIBRARY, place_of, shelf_of

SHELF = shelf_of(LIBRARY)
SHORT = Piece(phrase("shortfall", stated=3, found=2), line=True)
GRAIN = Draft((verbatim(place_of(SHELF, "粮食总产量达到41.7万吨")),), 0.8)
HABITS = Draft(tuple(verbatim(place_of(SHELF, item), line=True) for item in ("一是求实的作风", "二是细致的作风")), 0.6)


def test_each_row_stands_under_its_own_name() -> None:
    """The name in a fixed phrase on a line of its own, then what was found; as sure as the surest row."""
    found = compare.draft([Row("2022年", None, GRAIN), Row("2023年", None, HABITS)])
    assert found is not None
    assert [(piece.text, piece.line) for piece in found.pieces] == [
        (phrase("slot", words="2022年"), True), ("粮食总产量达到41.7万吨", False),
        (phrase("slot", words="2023年"), True), ("一是求实的作风", True), ("二是细致的作风", True),
    ]
    assert found.confidence == 0.8


def test_a_source_is_named_by_its_title() -> None:
    """Speeches that are compared as a whole go by their titles."""
    found = compare.draft([Row("", "在青溪县会议上的讲话", HABITS), Row("", "在白桦市会议上的讲话", None)])
    assert found is not None
    assert found.pieces[0] == Piece(phrase("source", title="在青溪县会议上的讲话"), line=True)
    assert found.pieces[-1] == Piece(phrase("source_silent", title="在白桦市会议上的讲话"), line=True)


@pytest.mark.parametrize("found", [None, GRAIN])
def test_a_row_without_an_answer_is_named_as_silent(found: Draft | None) -> None:
    """The reader sees that it was looked for; where no row has anything, there is no comparison."""
    draft = compare.draft([Row("青溪", None, found), Row("白桦", None, None)])
    assert (draft is None) == (found is None)
    assert draft is None or draft.pieces[-1].text == phrase("slot_silent", words="白桦")


def test_pieces_keep_their_quotes() -> None:
    """What is compared is quoted as it would be alone."""
    found = compare.draft([Row("2022年", None, GRAIN), Row("2023年", None, None)])
    assert found is not None
    assert [piece.quotes for piece in found.pieces] == [(), GRAIN.pieces[0].quotes, ()]


@pytest.mark.parametrize(("rows", "coverage", "said"), [
    (1, Coverage(3, 2), phrase("shortfall", stated=3, found=2)), (2, Coverage(6, 4), phrase("shortfall", stated=6, found=4)),
])
def test_a_shortfall_is_said_once_and_is_the_coverage(rows: int, coverage: Coverage, said: str) -> None:
    """The number said and the number told are the same, so that the answer verifies."""
    listed = Draft((*HABITS.pieces, SHORT), 0.6, Coverage(3, 2))
    found = compare.draft([Row(name, None, listed if number < rows else GRAIN) for number, name in enumerate(["青溪", "白桦"])])
    assert found is not None
    assert found.coverage == coverage
    assert [piece.text for piece in found.pieces if piece.text.startswith("原文称")] == [said]
