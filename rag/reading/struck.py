"""The characters of a page that a line strikes out: whoever drew it took them back.

Told by the line alone: level, through the middle of characters, and no longer than they are. Underlines stand below,
a fraction's line and a table's between characters. Lengths are in points, but for the constants.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from rag.reading.glyphs import Glyph
from rag.reading.grid import Ruling

# Above the line that a character stands on, in units of its size: office programs and browsers strike at 0.25 to 0.4,
# the two lines of a double strike stand 0.1 to both sides.
_LOWEST = 0.15
_HIGHEST = 0.55
_COVERED = 0.8  # of the line, by the characters it goes through; the rest are spaces


def marked(glyphs: Sequence[Glyph], rulings: Sequence[Ruling]) -> tuple[Glyph, ...]:
    """The same characters, marked which of them a line strikes out."""
    ordered = sorted(range(len(glyphs)), key=lambda number: glyphs[number].base)
    bases = [glyphs[number].base for number in ordered]
    largest = max((glyph.size for glyph in glyphs), default=0.0)
    struck: set[int] = set()
    for line in {one for one in rulings if one.level}:
        near = ordered[bisect_left(bases, line.at - _HIGHEST * largest) : bisect_right(bases, line.at)]
        crossed = [number for number in near if _crosses(line, glyphs[number])]
        if sum(glyphs[number].right - glyphs[number].left for number in crossed) >= _COVERED * (line.end - line.start):
            struck.update(crossed)
    return tuple(replace(glyph, struck=True) if number in struck else glyph for number, glyph in enumerate(glyphs))


def _crosses(line: Ruling, glyph: Glyph) -> bool:
    within = line.start <= (glyph.left + glyph.right) / 2 <= line.end
    return within and _LOWEST * glyph.size <= line.at - glyph.base <= _HIGHEST * glyph.size
