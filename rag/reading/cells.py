"""What stands in the cells of a page's ruled tables, a line a row; what is left of the page goes on as it is.

A cell's own lines are put together where the cell's width cut them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.reading.extracted import row_lines
from rag.reading.glyphs import SAME_ROW, Glyph, Line, Page, segments
from rag.reading.grid import Cell, Table, cell_at, tables

_ROOM = 3.3  # free in a line that the cell's width cut, in units of the type: both margins, and a stop that pulls a character along
_INDENT = 1.2  # of the type: a paragraph's first line
_LOW = 0.3  # of the type, by which the middle of a character stands above its line
_STEP = 0.01  # points, by which the lines of one row are told apart
_OPENS = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、](?!\d)|[①-⑳●•■◆○]")
_ENDS = re.compile(r"[。！？!?；;：:][”’」』）)》]*$")


def without_tables(page: Page) -> tuple[Page, list[Line]]:
    """The page without the characters of its ruled tables, and these as lines, a row each, cells parted by tabs."""
    kept, lines = page.glyphs, list[Line]()
    for table in tables(page.rulings):
        inside: dict[int, list[Glyph]] = {}
        outside: list[Glyph] = []
        for glyph in kept:
            number = cell_at(table, (glyph.left + glyph.right) / 2, glyph.base + _LOW * glyph.size)
            (outside if number is None else inside.setdefault(number, [])).append(glyph)
        found = {number: segments(replace(page, glyphs=tuple(glyphs))) for number, glyphs in inside.items()}
        if _is_table(table, found, outside):
            kept = tuple(outside)
            lines += _rows(table, found)
    return replace(page, glyphs=kept), lines


def _is_table(table: Table, found: dict[int, list[Line]], outside: Sequence[Glyph]) -> bool:
    """Whether several cells hold text; of a single row, whether it is what a page's break left of one: at the head of the page."""
    if len({cell.row for cell in table}) > 1:
        return sum(map(bool, found.values())) > 1
    return any(found.values()) and not any(glyph.base > table[0].bottom for glyph in outside)


def _rows(table: Table, found: dict[int, list[Line]]) -> list[Line]:
    """The rows of one table; a cell that goes over several stands in the first, and is empty in the others."""
    left, right = min(cell.left for cell in table), max(cell.right for cell in table)
    rows: list[Line] = []
    for row in sorted({cell.row for cell in table}):
        reaching = ((number, cell) for number, cell in enumerate(table) if cell.row <= row < cell.row + cell.rows)
        own = [(cell, found.get(number, []) if cell.row == row else []) for number, cell in reaching]
        lines = [line for _, inside in own for line in inside]
        if lines:
            inner = [_paragraphs(inside, cell) for cell, inside in sorted(own, key=lambda one: one[0].column)]
            texts = row_lines(inner)
            base, size, page = max(line.base for line in lines), lines[0].size, lines[0].page
            cells = tuple("".join(cell) for cell in inner) if len(texts) == 1 else ()
            filled = ((at, text) for at, text in enumerate(texts) if text.strip())
            rows += [Line(text, left, right, base - at * _STEP, size, page, table=True, cells=cells) for at, text in filled]
    return rows


def _paragraphs(lines: Sequence[Line], cell: Cell) -> list[str]:
    """The paragraphs of a cell."""
    texts: list[str] = []
    before: Line | None = None
    margin = min((line.left for line in lines), default=0.0)
    for line in lines:
        if before is not None and before.base - line.base <= SAME_ROW * line.size:
            texts[-1] += f" {line.text}"
        elif before is not None and _goes_on(before, line, cell, set_in=line.left - margin > _INDENT * line.size):
            latin = re.search(r"[A-Za-z0-9,.;:)]$", before.text) and re.match(r"[A-Za-z(]", line.text)
            texts[-1] += f" {line.text}" if latin else line.text
        else:
            texts.append(line.text)
        before = line
    return texts


def _goes_on(before: Line, line: Line, cell: Cell, *, set_in: bool) -> bool:
    cut = (cell.right - cell.left) - (before.right - before.left) <= _ROOM * before.size
    return cut and not (_ENDS.search(before.text) and (set_in or _OPENS.match(line.text)))
