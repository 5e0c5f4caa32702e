"""Clusters name rows that are likely near: nearly all of the nearest, and none that is not allowed."""

from pathlib import Path

import numpy as np
import pytest

from rag.search.clusters import Clusters
from rag.search.flat import Matrix


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    """Unit vectors around a few dozen topics, as passages are."""
    generator = np.random.default_rng(0)
    topics = generator.standard_normal((50, 32))
    drawn = topics[generator.integers(0, 50, 5_000)] + 0.5 * generator.standard_normal((5_000, 32))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def clusters(matrix: Matrix) -> Clusters:
    """Clusters over them."""
    return Clusters.build(matrix)


def test_the_nearest_are_among_the_rows_named(matrix: Matrix, clusters: Clusters) -> None:
    """Of forty candidates from sixteen clusters; a vector's own row always."""
    for row in range(0, 5_000, 250):
        right = np.argsort(-(matrix @ matrix[row]))[:10]
        named = clusters.near(matrix[row], 40, 16)
        assert row in named and len(set(right) & set(named)) >= 8
        assert named.tolist() == sorted(set(named.tolist())) and len(named) <= 40


def test_more_clusters_looked_into_name_no_fewer(matrix: Matrix, clusters: Clusters) -> None:
    """In all of them the candidates are as many as were asked for."""
    assert clusters.number == int(4 * 5_000**0.5)
    assert len(clusters.near(matrix[0], 40, 1)) <= len(clusters.near(matrix[0], 40, clusters.number)) == 40


def test_rows_that_are_left_out_are_not_named(matrix: Matrix, clusters: Clusters) -> None:
    """Whatever their number in eights; nothing where none is allowed."""
    allowed = np.arange(5_000) % 7 == 3
    named = clusters.near(matrix[3], 40, clusters.number, allowed)
    assert len(named) == 40 and allowed[named].all()
    assert clusters.near(matrix[3], 40, clusters.number, np.zeros(5_000, dtype=np.bool_)).tolist() == []


def test_clusters_come_back_as_they_were(matrix: Matrix, clusters: Clusters, tmp_path: Path) -> None:
    """Through a file whose name no code page writes, and mapped."""
    clusters.save(tmp_path / "簇𠀀.faiss")
    opened = Clusters.load(tmp_path / "簇𠀀.faiss")
    assert opened.number == clusters.number
    assert all((opened.near(query, 40, 8) == clusters.near(query, 40, 8)).all() for query in matrix[:20])
