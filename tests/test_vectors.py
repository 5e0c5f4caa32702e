"""The nearest vectors are those of the products, to the last tie; clusters find nearly all of them."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from rag.search.vectors import MATRIX, RECALL, Vectors

# Small whole numbers: their products and sums are exact in float32, so that ties are ties in any order of summing.
SMALL = st.integers(-3, 3).map(np.float32)


@st.composite
def searches(draw: st.DrawFn) -> tuple[NDArray[np.float32], NDArray[np.float32], int, NDArray[np.bool_] | None]:
    """A matrix with many equal rows and scores, a query, k, and rows allowed (or all)."""
    rows, width = draw(st.integers(1, 40)), draw(st.integers(1, 8))
    matrix = draw(arrays(np.float32, (rows, width), elements=SMALL))
    allowed = draw(st.none() | arrays(np.bool_, rows))
    return matrix, draw(arrays(np.float32, width, elements=SMALL)), draw(st.integers(0, rows + 2)), allowed


@given(searches())
def test_the_order_is_that_of_the_products(case: tuple[NDArray[np.float32], NDArray[np.float32], int, NDArray[np.bool_] | None]) -> None:
    """The best k of the rows allowed, best first, ties by row, those at the border included."""
    matrix, query, k, allowed = case
    products = matrix @ query
    rows = np.arange(len(matrix)) if allowed is None else np.flatnonzero(allowed)
    expected = rows[np.lexsort((rows, -products[rows]))][:k]
    scores, found = Vectors.build(matrix).search(query, k, allowed)
    assert found.tolist() == expected.tolist()
    assert scores.tolist() == products[expected].tolist()


def test_equal_vectors_rank_by_row_whatever_their_numbers() -> None:
    """A passage that stands in many documents comes in their order, and scores the same in each."""
    generator = np.random.default_rng(0)
    matrix = np.tile(generator.standard_normal((7, 512), dtype=np.float32), (100, 1))
    query = generator.standard_normal(512, dtype=np.float32)
    vectors = Vectors.build(matrix)
    best = int(np.argmax(matrix[:7] @ query))
    scores, rows = vectors.search(query, 60)
    assert rows.tolist() == list(range(best, 420, 7))
    assert len(set(scores.tolist())) == 1
    assert len(set(vectors.scores(query, np.arange(best, 700, 7)).tolist())) == 1


def test_scores_are_inner_products_of_the_rows_asked_for() -> None:
    """In the order asked, with repeats."""
    vectors = Vectors.build(np.array([[1, 0], [0, 1], [0.5, 0.5]], dtype=np.float32))
    query = np.array([2, 4], dtype=np.float32)
    assert vectors.scores(query, np.array([2, 0, 2])).tolist() == [3, 2, 3]
    assert vectors.scores(query, np.array([], dtype=np.int64)).tolist() == []


@given(arrays(np.float32, st.tuples(st.integers(0, 20), st.integers(1, 8)), elements=st.floats(-1, 1, width=32)))
def test_vectors_come_back_as_they_were(matrix: NDArray[np.float32]) -> None:
    """Through a file and back, every number is the same; the same vectors give the same bytes."""
    vectors = Vectors.build(matrix)
    with tempfile.TemporaryDirectory() as folder:
        vectors.save(Path(folder))
        data = (Path(folder) / MATRIX).read_bytes()
        opened = Vectors.load(Path(folder), vectors.plan)
        assert opened.matrix().tolist() == vectors.matrix().tolist() == matrix.tolist()
        assert (opened.size, opened.dimensions) == matrix.shape
        again = Path(folder) / "再"
        again.mkdir()
        opened.save(again)
        assert (again / MATRIX).read_bytes() == data


def test_an_empty_index_finds_nothing() -> None:
    """No rows, no hits, no error."""
    scores, rows = Vectors.build(np.zeros((0, 4), dtype=np.float32)).search(np.ones(4, dtype=np.float32), 5)
    assert (scores.tolist(), rows.tolist()) == ([], [])


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_have_no_order_are_refused(value: float) -> None:
    """One such number would make a passage first for every question, or for none."""
    with pytest.raises(ValueError, match="finite"):
        Vectors.build(np.array([[1, value]], dtype=np.float32))


def test_a_list_of_numbers_is_no_matrix() -> None:
    """A vector without its row is a mistake of the caller."""
    with pytest.raises(ValueError, match="matrix"):
        Vectors.build(np.zeros(4, dtype=np.float32))


@pytest.fixture(scope="module")
def many() -> NDArray[np.float32]:
    """Unit vectors around a few hundred topics, as passages are."""
    generator = np.random.default_rng(0)
    topics = generator.standard_normal((200, 64))
    drawn = topics[generator.integers(0, 200, 12_000)] + 0.5 * generator.standard_normal((12_000, 64))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def test_many_vectors_are_searched_in_clusters_that_find_nearly_all(
    many: NDArray[np.float32], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plan says how many clusters are looked into and what they were found to find; other vectors find as much."""
    monkeypatch.setattr("rag.search.vectors.GIVEN_BACK", 100)  # every few questions
    built = Vectors.build(many, exact_up_to=1000)
    assert (built.plan.kind, built.plan.bits, built.plan.checked) == ("clusters", 16, 200)
    assert built.plan.recall >= RECALL
    built.save(tmp_path)
    opened = Vectors.load(tmp_path, built.plan)
    exact = Vectors.build(many)
    near = [len(set(opened.search(query, 10)[1]) & set(exact.search(query, 10)[1])) for query in many[:100] * 0.7 + many[100:200] * 0.3]
    assert sum(near) >= 0.95 * 10 * len(near)


def test_clusters_keep_to_the_rows_allowed(many: NDArray[np.float32]) -> None:
    """Few rows are all compared, many are looked for in the clusters; none that is not allowed comes up."""
    built = Vectors.build(many, exact_up_to=1000)
    for allowed in (np.arange(len(many)) % 1000 == 3, np.arange(len(many)) % 10 != 3):
        scores, rows = built.search(many[3], 20, allowed)
        assert allowed[rows].all()
        assert (np.diff(scores) <= 0).all()
        assert len(rows) == min(20, np.count_nonzero(allowed))
