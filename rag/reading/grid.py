"""The cells of a ruled table: what the lines drawn on a page enclose, row by row, merged cells as one.

Leaves out tables without lines between their columns, whose stretches `order` puts side by side, and what stands in the cells.
Lengths are in points, y grows upwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NEAR = 3.0  # lines so near are one: a border is drawn as two, or by halves of neighbouring cells
_COVERED = 0.8  # of a side, by which it is closed
MOST_RULINGS = 4_000  # of a page; a drawing has more


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line that runs along (`level`) or up at the place `at`, from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between four sides; `row` and `column` count from the table's corner above left, `rows` how far down it goes."""

    left: float
    right: float
    bottom: float
    top: float
    row: int
    column: int
    rows: int


Table = tuple[Cell, ...]


def ruling(start: tuple[float, float], end: tuple[float, float]) -> Ruling | None:
    """The straight line between two corners, if it runs along or up and is longer than it is thick; else None."""
    width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
    level = width > height
    if min(width, height) > _NEAR or max(width, height) <= _NEAR:
        return None
    along, across = (0, 1) if level else (1, 0)
    return Ruling(level, (start[across] + end[across]) / 2, min(start[along], end[along]), max(start[along], end[along]))


def tables(rulings: Sequence[Ruling]) -> list[Table]:
    """The tables of a page, each of at least two columns; cells by row and column."""
    if len(rulings) > MOST_RULINGS:
        return []
    found = (_cells(group) for group in _groups(_whole(rulings)))
    return [cells for cells in found if len({cell.column for cell in cells}) > 1]


def _whole(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings put together that are pieces of one, or one drawn twice."""
    found: list[Ruling] = []
    for level in (True, False):
        ordered = sorted((one for one in rulings if one.level == level), key=lambda one: one.at)
        first = 0
        for index in range(1, len(ordered) + 1):
            if index == len(ordered) or ordered[index].at - ordered[first].at > _NEAR:
                found += _pieced(ordered[first:index])
                first = index
    return found


def _pieced(rulings: Sequence[Ruling]) -> Iterator[Ruling]:
    """Rulings at one place, those that meet end to end as one."""
    ordered = sorted(rulings, key=lambda one: one.start)
    start, end = ordered[0].start, ordered[0].end
    for one in ordered[1:]:
        if one.start > end + _NEAR:
            yield Ruling(one.level, ordered[0].at, start, end)
            start = one.start
        end = max(end, one.end)
    yield Ruling(ordered[0].level, ordered[0].at, start, end)


def _groups(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """The rulings that meet one another, group by group."""
    left = list(rulings)
    while left:
        group, waiting = [], [left.pop()]
        while waiting:
            one = waiting.pop()
            group.append(one)
            meeting = [other for other in left if _meet(one, other)]
            left = [other for other in left if not _meet(one, other)]
            waiting += meeting
        yield group


def _meet(one: Ruling, other: Ruling) -> bool:
    if one.level == other.level:
        return abs(one.at - other.at) <= _NEAR and one.start <= other.end + _NEAR and other.start <= one.end + _NEAR
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _cells(group: Sequence[Ruling]) -> Table:
    """The cells that one group of rulings encloses; none where one of them is no rectangle."""
    xs, ys = _places(group, level=False), _places(group, level=True)[::-1]
    if len(xs) < 2 or len(ys) < 2:
        return ()
    parent = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for row, column in list(parent):
        if column and not _is_closed(group, (ys[row + 1], ys[row]), xs[column], level=False):
            parent[root((row, column))] = root((row, column - 1))
        if row and not _is_closed(group, (xs[column], xs[column + 1]), ys[row], level=True):
            parent[root((row, column))] = root((row - 1, column))
    merged: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        merged.setdefault(root(place), []).append(place)
    cells = [_cell(places, xs, ys) for places in merged.values()]
    return tuple(sorted((cell for cell in cells if cell is not None), key=lambda one: (one.row, one.column))) if None not in cells else ()


def _cell(places: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Cell | None:
    rows, columns = {row for row, _ in places}, {column for _, column in places}
    if len(places) != len(rows) * len(columns):
        return None
    return Cell(xs[min(columns)], xs[max(columns) + 1], ys[max(rows) + 1], ys[min(rows)], min(rows), min(columns), len(rows))


def _places(group: Sequence[Ruling], *, level: bool) -> list[float]:
    """Where the rulings of one direction stand, those that are near as one."""
    places = sorted(one.at for one in group if one.level == level)
    return places[:1] + [following for before, following in pairwise(places) if following - before > _NEAR]


def _is_closed(group: Sequence[Ruling], side: tuple[float, float], at: float, *, level: bool) -> bool:
    """Whether rulings cover a side."""
    start, end = side
    reach, covered = start, 0.0
    for one in sorted((one for one in group if one.level == level and abs(one.at - at) <= 2 * _NEAR), key=lambda one: one.start):
        covered += max(min(one.end, end) - max(one.start, reach), 0.0)
        reach = max(reach, one.end)
    return covered >= _COVERED * (end - start)


def cell_at(table: Table, x: float, y: float) -> int | None:
    """The number of the cell in which a point lies; None where it lies beside the table."""
    return next((number for number, cell in enumerate(table) if cell.left <= x <= cell.right and cell.bottom <= y <= cell.top), None)
