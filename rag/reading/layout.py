"""Characters with their places on pages in, text in reading order out: one paragraph a line, whatever the page cut apart.

Lines are made of characters (`glyphs`), the margins taken off (`margins`) and counted, columns read one after the other
(`order`), and lines put together again into paragraphs (`joining`), over columns and pages. Knows nothing of PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.reading.cells import without_tables
from rag.reading.document import SAMPLE_CHARACTERS, LeftOut
from rag.reading.glyphs import Line, Page, segments
from rag.reading.joining import joined
from rag.reading.margins import body_size, running_heads, without_notes
from rag.reading.order import in_order, settle_edges


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, where each page's parts of it begin, what was left out, and the pages that have next to no text."""

    text: str
    pages: tuple[tuple[int, int], ...]
    left_out: tuple[LeftOut, ...]
    bare: frozenset[int]


def composed(pages: Sequence[Page]) -> Composed:
    """The text of `pages` in reading order."""
    rows = {page.number: _lines(page) for page in pages}
    heads = running_heads(pages, rows)
    kept = {number: [line for line in lines if id(line) not in heads] for number, lines in rows.items()}
    bare = frozenset(number for number, lines in kept.items() if sum(len(line.text) for line in lines) < 20)
    body = body_size(kept)
    flow: list[Line] = []
    notes: dict[int, list[Line]] = {}
    for page in pages:
        own, notes[page.number] = without_notes(kept[page.number], body)
        flow += in_order(own)
    settle_edges(flow)
    text = joined(flow, notes)
    removed = [line.text for number in rows for line in rows[number] if id(line) in heads]
    left_out = []
    if removed:
        left_out.append(LeftOut("页眉页脚", len(removed), sum(map(len, removed)), " ".join(dict.fromkeys(removed))[:SAMPLE_CHARACTERS]))
    return Composed("".join(text.pieces), tuple(text.pages), tuple(left_out), bare)


def _lines(page: Page) -> list[Line]:
    """The stretches of a page's lines and the rows of its tables, from the top down."""
    rest, rows = without_tables(page)
    return sorted([*segments(rest), *rows], key=lambda line: -line.base) if rows else segments(rest)
