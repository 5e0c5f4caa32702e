"""The lines of a page in reading order: one column after the other, cells that stand side by side as one line with tabs.

Leaves out vertical writing; of a table only the rows are kept. Lengths are in units of the size of the type.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from rag.reading.glyphs import SAME_ROW, Line

_COLUMN_LINES = 5
COLUMN_CHARACTERS = 8
_COLUMN_FULL = 0.5  # of a column's lines are nearly of full width; of a table's cells a third at most
_NEARLY_FULL = 0.8


def in_order(lines: list[Line]) -> list[Line]:
    """The lines of a page in reading order: a column after the other between the lines that go over all of them."""
    gutter = _gutter(lines)
    if gutter is None:
        return _with_cells(lines)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:
            ordered += [*in_order(left), *in_order(right), *_with_cells([line])]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*ordered, *in_order(left), *in_order(right)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the gap that parts two columns of running text; None where there is none."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    for step in range(25, 76):
        x = start + (end - start) * step / 100
        crossing = sum(line.left - 1 < x < line.right + 1 for line in lines)
        if best is None or (crossing, abs(step - 50)) < (best[0], abs((best[1] - start) / (end - start) * 100 - 50)):
            best = (crossing, x)
    assert best is not None
    left = [line for line in lines if line.right <= best[1]]
    right = [line for line in lines if line.left >= best[1]]
    return best[1] if _is_column(left) and _is_column(right) else None


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines are set to a measure, as text is and cells are not."""
    if len(lines) < _COLUMN_LINES:
        return False
    widths = sorted(line.right - line.left for line in lines)
    measure = widths[int(0.8 * (len(widths) - 1))]
    full = sum(width >= _NEARLY_FULL * measure for width in widths)
    return measure >= COLUMN_CHARACTERS * lines[0].size and full >= _COLUMN_FULL * len(lines)


def _with_cells(lines: Sequence[Line]) -> list[Line]:
    """Stretches that stand side by side as one line with tabs between; each line with its edges and its gap."""
    whole: list[Line] = []
    for line in lines:
        above = whole[-1] if whole else None
        if above is not None and abs(above.base - line.base) <= SAME_ROW * line.size and line.left >= above.right - line.size:
            above.text += f"\t{line.text}"
            above.right = line.right
            above.table = True
            continue
        line.gap = above.base - line.base if above is not None else None
        whole.append(line)
    edge = _edges(whole)
    for line in whole:
        line.edge = edge
    return whole


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where a column begins and ends: the least place at which two lines begin, the greatest at which they end."""
    lines = [line for line in lines if not line.table] or lines
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((one for one, following in pairwise(lefts) if following - one < 2), lefts[0])
    right = next((one for one, following in pairwise(rights) if one - following < 8), rights[0])
    return left, right


def settle_edges(flow: Sequence[Line]) -> None:
    """Give the edges that most columns at their place have to those that have too few lines to tell."""
    measures = [line.edge for line in flow]
    for line in flow:
        near = [edge for edge in measures if abs(edge[0] - line.edge[0]) < 3 * line.size and edge[1] > line.edge[1]]
        if near and len(near) * 3 > len(measures):
            line.edge = (min(line.edge[0], statistics.median(edge[0] for edge in near)), statistics.median(edge[1] for edge in near))
