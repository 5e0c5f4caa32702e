"""What a reader of an office format takes from a file: its text, where its pages begin, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.reading.document import LeftOut

_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, slots=True)
class Extracted:
    """`text` is the document's text from now on; `codec` names how it was read ("docx", "pdf", an encoding).

    `pages` holds (position, page) for each stretch of text, by position; empty where the format has no pages.
    """

    text: str
    codec: str
    pages: tuple[tuple[int, int], ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`; `from_json` is the inverse."""
        return asdict(self)


def from_json(fields: Mapping[str, Any]) -> Extracted:
    """What `as_json` gave."""
    return Extracted(fields["text"], fields["codec"], tuple((start, page) for start, page in fields["pages"]),
                     tuple(LeftOut(**one) for one in fields["left_out"]))


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """A table's row, given the lines of each cell: one line with tabs where no cell has several, else the cells' lines in order."""
    if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in cells):
        return ["\t".join("".join(cell) for cell in cells).rstrip("\t")]
    return [line for cell in cells for line in cell]


def raised(text: str) -> str:
    """A raised number in raised characters, so that 10⁸ is not read as 108; anything else, such as [1], as it is."""
    number = text.strip().lstrip("+-")
    return text.translate(_RAISED) if number.isascii() and number.isdigit() else text
