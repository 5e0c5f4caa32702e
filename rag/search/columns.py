"""What the tokens that stand in much of the library add to each row's score, rounded up to a byte.

Their lists are the longest and tell least. A column says at once, of any few rows, what such a token adds at most (and,
one step less, at least), so that a search walks through the short lists only and looks the rest up where it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.search import flat

NUMBERS = f"often{flat.SUFFIX}"
BOUNDS = f"bounds{flat.SUFFIX}"
OFTEN = 8  # a token has a column where it stands in more than one row of so many: then its list is as long as its column
STEPS = 255
SEEDS = 4_000  # rows whose scores are bounded from below first
SEED_ENTRIES = 50_000  # entries of the shortest lists from which these rows are taken
ROUNDING = 1e-3  # more than float32 sums of a few dozen scores can be off

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Lists(Protocol):
    """Lists of rows, one for each token: that of token t has `starts[t + 1] - starts[t]`."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the list of each token begins, and at last where the last one ends."""

    @property
    def peaks(self) -> NDArray[np.float32]:
        """The most that each token adds to a row."""

    def holding(self, token: int) -> NDArray[np.int32]:
        """The rows that hold a token."""

    def adds(self, token: int) -> NDArray[np.float32]:
        """What it adds to each of these rows."""


@dataclass(frozen=True, slots=True)
class Column:
    """One token's column: `bounds * step` is not less than what it adds to each row, nor by more than `step` more."""

    bounds: NDArray[np.uint8]
    step: np.float32

    @property
    def most(self) -> float:
        """What the token adds at most to any row."""
        return float(self.step) * STEPS

    def above(self, rows: Rows) -> Scores:
        """What it adds to each of `rows` at most."""
        return self.bounds[rows] * self.step

    def below(self, rows: Rows) -> Scores:
        """What it adds to each of `rows` at least."""
        bounds = self.bounds[rows]
        return (bounds - (bounds > 0)) * self.step


class Columns:
    """The columns of the tokens `numbers`, which ascend: `bounds` [n, size]."""

    def __init__(self, numbers: NDArray[np.int64], bounds: NDArray[np.uint8], peaks: NDArray[np.float32]) -> None:
        self._numbers = numbers
        self._bounds = bounds
        self._peaks = peaks

    def of(self, number: int) -> Column | None:
        """The column of a token, or None where it has none."""
        at = int(np.searchsorted(self._numbers, number))
        if at == len(self._numbers) or self._numbers[at] != number:
            return None
        return Column(self._bounds[at], np.float32(self._peaks[number]) / np.float32(STEPS))

    def give_back(self) -> None:
        """Let go of what was looked at."""
        flat.give_back(self._bounds)


def save(folder: Path, lists: Lists, size: int) -> None:
    """Write the columns of `size` rows into `folder`, one after the other."""
    numbers = np.flatnonzero(np.diff(lists.starts) * OFTEN > size)
    flat.save(folder / NUMBERS, numbers.astype(np.int64))
    with (folder / BOUNDS).open("wb") as file:
        for number in numbers.tolist():
            bounds = np.zeros(size, dtype=np.uint8)
            steps = np.ceil(lists.adds(number) * np.float32(STEPS / lists.peaks[number]))
            bounds[lists.holding(number)] = np.clip(steps, 1, STEPS)
            file.write(bounds.data)


def load(folder: Path, size: int, peaks: NDArray[np.float32]) -> Columns | None:
    """The columns that `save` wrote, mapped; None where there are none."""
    if not (folder / BOUNDS).exists():
        return None
    return Columns(flat.mapped(folder / NUMBERS, np.int64), flat.mapped(folder / BOUNDS, np.uint8, size), peaks)


def reachable(scores: Scores, lists: Iterable[NDArray[np.int32]], columns: Sequence[Column], wanted: int) -> Rows:
    """The rows, ascending, that can be among the `wanted` best, when to `scores` is added what `columns` bound.

    `lists` are the rows whose scores are known to be above zero, the shortest list first.
    """
    border = _border(scores, lists, columns, wanted)
    left = sum(column.most for column in columns)
    rows = np.flatnonzero(scores >= border - left)
    most = scores[rows]
    for column in columns:
        most += column.above(rows)
        left -= column.most
        stays = most >= border - left
        if 4 * np.count_nonzero(stays) < 3 * len(rows):
            rows, most = rows[stays], most[stays]
    if len(rows) > wanted:
        least = most - sum(column.step for column in columns)
        rows = rows[most >= np.partition(least, -wanted)[-wanted] - ROUNDING]
    return rows


def _border(scores: Scores, lists: Iterable[NDArray[np.int32]], columns: Sequence[Column], wanted: int) -> float:
    """A score that `wanted` rows reach for certain; those that rare tokens name are tried."""
    taken: list[NDArray[np.int32]] = []
    left = SEED_ENTRIES
    for rows in lists:
        taken.append(rows[:left])
        left -= len(taken[-1])
        if left <= 0:
            break
    seeds = np.concatenate(taken) if taken else np.zeros(0, dtype=np.int32)
    if len(seeds) > SEEDS:
        own = scores[seeds]
        seeds = seeds[own >= np.partition(own, -SEEDS)[-SEEDS]]
    tried = np.unique(seeds).astype(np.int64)
    if len(tried) < wanted:
        return 0.0
    least = scores[tried]
    for column in columns:
        least += column.below(tried)
    return float(np.partition(least, -wanted)[-wanted]) - ROUNDING
