"""The characters of a page put together into the stretches of its lines, from the top down.

A gap that is wide parts two stretches: columns, or cells of a table. What is printed twice counts once, raised signs
stand with their line, and marks of notes fall away. All lengths are in units of the size of the type.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.reading.extracted import raised
from rag.reading.grid import Ruling

SAME_ROW = 0.35
_WORD_GAP = 0.22  # between Latin words; within a word kerning stays under a tenth
_CELL_GAP = 1.8  # between cells of a table or columns; a space of full width is 1.0
_SMALL = 0.85  # of the text's size: a note's mark, or a note; browsers set raised signs at 0.83
_RAISED = 0.15
_DOWN_LEAST = 20  # characters that stand one below another, from which on a page is set so; a table's head has fewer
_NOTE_MARK = re.compile(r"[\d①-⑳⑴-⒇*※†,，\[\]()（）-]+$")
_UNITS = re.compile(r"(?:m|cm|km|mm|dm|米|[A-Za-zΑ-ω])$")  # m², 10³: what is raised there is no note


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character from `left` to `right`, standing on the line `base`, in points from the page's corner below left.

    `box` is what its maker needs to turn it: bottom, top and origin. What is `struck` out takes its room, and is no text.
    """

    character: str
    left: float
    right: float
    base: float
    size: float
    box: tuple[float, float, float] = (0.0, 0.0, 0.0)
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its characters in the order of the file; pictures take `picture_share` of it, `drawn` shapes stand on it."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    picture_share: float = 0.0
    drawn: int = 0
    rulings: tuple[Ruling, ...] = ()


@dataclass(slots=True)
class Line:
    """A line of a page; `edge` is where its column begins and ends. `gap` is the distance from the line above.

    A table's row is a line, and `cells` holds what stands in each, where that is one line.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    edge: tuple[float, float] = (0.0, 0.0)
    gap: float | None = None
    table: bool = False
    cells: tuple[str, ...] = ()


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether most characters, in the order of the file, stand each below the one before: columns that run down."""
    down = along = 0
    for before, glyph in pairwise(glyph for glyph in glyphs if glyph.character.strip()):
        aside, below = abs(glyph.left - before.left), before.base - glyph.base
        down += aside < 0.3 * glyph.size and 0.5 * glyph.size < below < 2.5 * glyph.size
        along += glyph.left > before.left and abs(below) < 0.3 * glyph.size
    return down >= _DOWN_LEAST and down > along


def segments(page: Page) -> list[Line]:
    """The stretches of a page's lines that nothing wide parts, from the top down, each line from the left."""
    glyphs = _without_doubles([glyph for glyph in page.glyphs if glyph.character.strip() or glyph.character in " \u3000\xa0"])
    found: list[Line] = []
    for row in _rows(glyphs):
        main = statistics.median(glyph.size for glyph in row)
        for stretch in _stretches(row, main):
            text = _text_of(stretch, main)
            solid = [glyph for glyph in stretch if glyph.character.strip()]
            if text:
                base = statistics.median(glyph.base for glyph in solid)
                found.append(Line(text, solid[0].left, max(glyph.right for glyph in solid), base, main, page.number))
    return found


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those printed twice at one place, as cheap bold type is."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        cells = [(glyph.character, round(glyph.left / 2) + dx, round(glyph.base / 2) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        near = (seen[cell] for cell in cells if cell in seen and glyph.character.strip())
        if any(abs(one.left - glyph.left) < 0.25 * glyph.size and abs(one.base - glyph.base) < 1 for one in near):
            continue
        seen[cells[4]] = glyph
        kept.append(glyph)
    return kept


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one line together, from the top down, each line from the left; raised and lowered ones with their line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        row = rows[-1] if rows else None
        if row is not None and row[0].base - glyph.base <= SAME_ROW * max(glyph.size, row[0].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    merged: list[list[Glyph]] = []
    for row in rows:
        above = merged[-1] if merged else None
        if above is not None and _is_raised(above, row):
            above.extend(row)
        else:
            merged.append(row)
    for row in merged:
        yield sorted(row, key=lambda one: one.left)


def _is_raised(above: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether `above` are the small raised signs of the line `row`: each stands right behind a character of it."""
    size = statistics.median(glyph.size for glyph in row)
    if max(glyph.size for glyph in above) > _SMALL * size or above[0].base - row[0].base > 0.8 * size:
        return False
    ends = [glyph.right for glyph in row]
    return all(any(-0.5 * size < glyph.left - end < 1.5 * size for end in ends) for glyph in above)


def _stretches(row: Sequence[Glyph], size: float) -> Iterator[list[Glyph]]:
    """A line in the places where a gap is wide."""
    stretch: list[Glyph] = []
    end: float | None = None
    for glyph in row:
        if not glyph.character.strip():
            stretch.append(glyph)
            continue
        if end is not None and glyph.left - end > _CELL_GAP * size and not _is_spaced(stretch, end, glyph, size):
            yield stretch
            stretch = []
        stretch.append(glyph)
        end = glyph.right
    if any(glyph.character.strip() for glyph in stretch):
        yield stretch


def _is_spaced(stretch: Sequence[Glyph], end: float, glyph: Glyph, size: float) -> bool:
    """Whether the file itself holds the space before `glyph`, and no more of it than a writer types."""
    spaces = [one for one in stretch[-4:] if not one.character.strip() and one.left >= end - size]
    return bool(spaces) and glyph.left - end <= 4 * size and glyph.left - max(one.right for one in spaces) < size


def _text_of(stretch: Sequence[Glyph], size: float) -> str:
    """The characters of a stretch with the spaces that its gaps mean; marks of notes left out."""
    text = ""
    end: float | None = None
    base = statistics.median(glyph.base for glyph in stretch)
    for glyph in stretch:
        if not glyph.character.strip():
            text += " " if glyph.character != "\u3000" else glyph.character
            continue
        if glyph.struck:
            end = glyph.right
            continue
        high = glyph.size < _SMALL * size and glyph.base > base + _RAISED * size
        if high and _NOTE_MARK.match(glyph.character) and not _UNITS.search(text):
            end = glyph.right
            continue
        if end is not None and not text.endswith((" ", "\u3000")) and _is_word_gap(text[-1:], glyph, end, size):
            text += " "
        text += raised(glyph.character) if high else glyph.character
        end = glyph.right
    return re.sub(" {2,}", " ", text).strip(" \u3000\xa0")


def _is_word_gap(before: str, glyph: Glyph, end: float, size: float) -> bool:
    latin = before.isascii() and glyph.character.isascii()
    return glyph.left - end > (_WORD_GAP if latin else 3 * _WORD_GAP) * size
