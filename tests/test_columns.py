"""Columns: what a frequent token adds to each row, from above and from below."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.search import columns


@dataclass
class Postings:
    """Two tokens over sixteen rows: the first stands in four of them, the second in one."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    peaks: NDArray[np.float32]

    def holding(self, token: int) -> NDArray[np.int32]:
        """The rows that hold a token."""
        return self.rows[self.starts[token] : self.starts[token + 1]]

    def adds(self, token: int) -> NDArray[np.float32]:
        """What it adds to each of them."""
        return self.weights[self.starts[token] : self.starts[token + 1]]


def postings() -> Postings:
    """Weights that no byte holds exactly."""
    weights = np.array([0.1, 0.7, 0.3333, 0.7001, 2.0], dtype=np.float32)
    return Postings(np.array([0, 4, 5]), np.array([1, 2, 9, 15, 3], dtype=np.int32), weights, np.array([0.7001, 2.0], dtype=np.float32))


def test_only_what_stands_often_has_a_column(tmp_path: Path) -> None:
    """A token of one row in sixteen has none; where nothing was written there are none at all."""
    columns.save(tmp_path, postings(), 16)
    made = columns.load(tmp_path, 16, postings().peaks)
    assert made is not None
    assert made.of(0) is not None
    assert (made.of(1), made.of(7)) == (None, None)
    assert columns.load(tmp_path / "无", 16, postings().peaks) is None


def test_a_column_bounds_what_its_token_adds(tmp_path: Path) -> None:
    """From above and from below by less than a step; nothing where the token does not stand."""
    given = postings()
    columns.save(tmp_path, given, 16)
    made = columns.load(tmp_path, 16, given.peaks)
    column = made.of(0) if made is not None else None
    assert column is not None
    added = np.zeros(16, dtype=np.float32)
    added[given.rows[:4]] = given.weights[:4]
    rows = np.arange(16)
    assert column.most == pytest.approx(0.7001)
    assert (column.above(rows) >= added - 1e-6).all()
    assert (column.below(rows) <= added + 1e-6).all()
    assert np.allclose(column.above(rows) - column.below(rows), np.where(added > 0, column.step, 0), atol=1e-6)


@given(st.lists(st.tuples(st.floats(0, 9), st.integers(0, 255), st.integers(0, 255)), min_size=3, max_size=40), st.integers(1, 5))
def test_none_of_the_best_is_left_out(given: list[tuple[float, int, int]], wanted: int) -> None:
    """Whatever the columns allow, each row that may be among the best is kept."""
    scores = np.array([one[0] for one in given], dtype=np.float32)
    two = [columns.Column(np.array([one[at] for one in given], dtype=np.uint8), np.float32(0.01)) for at in (1, 2)]
    rows = np.arange(len(given))
    lists = [np.flatnonzero(scores).astype(np.int32)]
    left = columns.reachable(scores.copy(), lists, two, wanted)
    most = scores + sum(column.above(rows) for column in two)
    least = scores + sum(column.below(rows) for column in two)
    border = np.sort(least)[-wanted] if wanted <= len(rows) else 0.0
    assert set(np.flatnonzero(most >= border).tolist()) <= set(left.tolist())
    assert left.tolist() == sorted(left.tolist())
