"""Where vectors live, and how the nearest are found: all compared while that is fast, else those that clusters name.

Vectors are mapped from the disk, so that opening costs nothing and a search touches what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.search import flat
from rag.search.flat import Allowed, Matrix, Rows, Vector

if TYPE_CHECKING:
    from rag.search.clusters import Clusters

MATRIX = "vectors.bin"
CLUSTERS = "clusters.faiss"
# Up to here every vector is compared: 100,000 of 512 dimensions take numpy 12 ms, FAISS 13 ms. Beyond, FAISS
# names rows of the nearest clusters, and the best of them are compared exactly (16 bits).
EXACT_UP_TO = 100_000
_FEW = EXACT_UP_TO // 10  # rows allowed: so few are all compared, whatever clusters there are
RECALL = 0.98  # of the ten nearest, that the clusters must find
CHECKED = 200  # vectors that the clusters are tried with
NEAREST = 10
_PROBES = (8, 16, 32, 64, 128, 256, 512)  # clusters looked into: the fewest that reach the recall
_CLOSE = 1e-4  # far more than the last bits in which two ways of adding up a product differ
# Candidates for each vector wanted, since 8 bits order them roughly: of 9,461 vectors of real texts twice as many held all of
# the nearest 10, 50 and 200, once as many 0.995 of them.
_FACTOR = 2
_SEED = 7
# Rows looked at one by one, of clusters: then they are given back. Linux maps 64 KB around each: 256 MB, where a long row of
# questions would hold the whole file.
GIVEN_BACK = 4_096


class VectorStore(Protocol):
    """What finds the nearest vectors: those on this machine, or a distributed engine."""

    @property
    def size(self) -> int:
        """How many vectors there are; their rows are 0 … size - 1."""

    def search(self, query: Vector, k: int, allowed: Allowed | None = None) -> tuple[Vector, Rows]:
        """The `k` nearest rows of `query` [d], best first, ties by row: scores and rows, each [min(k, rows left)].

        `allowed` [size] leaves out the rows where it is false.
        """

    def scores(self, query: Vector, rows: Rows) -> Vector:
        """The inner product of `query` [d] with the vector of each of `rows`; equal vectors score equal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the vectors of a build are searched, as its manifest says: `kind` is "exact" or "clusters".

    `dimensions` of each vector, `bits` of each number kept; of `clusters`, `probes` are looked into, which found `recall` of
    the ten nearest of `checked` vectors.
    """

    kind: str
    dimensions: int
    bits: int
    clusters: int = 0
    probes: int = 0
    recall: float = 1.0
    checked: int = 0


class Vectors:
    """Unit vectors; the row is the passage's number. `clusters`, where there are any, say where to look first."""

    def __init__(self, matrix: NDArray[Any], plan: Plan, clusters: Clusters | None = None) -> None:
        self._matrix = matrix
        self.plan = plan
        self._clusters = clusters
        self._looked_at = 0

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self._matrix.shape[0])

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        return int(self._matrix.shape[1])

    @classmethod
    def build(cls, matrix: NDArray[Any], exact_up_to: int = EXACT_UP_TO, scratch: Path | None = None) -> Vectors:
        """The rows of `matrix` [n, d], searched as their number asks for. Raises ValueError where a value is not finite.

        In `scratch`, where given, lies what would not fit into memory.
        """
        if matrix.ndim != 2 or not all(np.isfinite(part).all() for part in flat.parts(matrix)):
            raise ValueError("vectors must be a finite matrix [n, d]")
        if len(matrix) <= exact_up_to:
            return cls(np.ascontiguousarray(matrix, dtype=np.float32), Plan("exact", int(matrix.shape[1]), 32))
        from rag.search.clusters import Clusters  # and with it FAISS, only where there is use for it

        halves = matrix if matrix.dtype == np.float16 else _halved(matrix, scratch)
        clusters = Clusters.build(halves)
        made = cls(halves, Plan("clusters", int(matrix.shape[1]), 16, clusters.number), clusters)
        made.plan = made._tried()
        return made

    def save(self, folder: Path) -> None:
        """Write the index into `folder`; the same vectors give the same bytes where they are compared exactly."""
        flat.save(folder / MATRIX, self._matrix)
        if self._clusters is not None:
            self._clusters.save(folder / CLUSTERS)

    @classmethod
    def load(cls, folder: Path, plan: Plan) -> Vectors:
        """The vectors that `save` wrote, mapped."""
        matrix = flat.mapped(folder / MATRIX, np.float32 if plan.bits == 32 else np.float16, plan.dimensions)
        if plan.kind != "clusters":
            return cls(matrix, plan)
        from rag.search.clusters import Clusters

        return cls(matrix, plan, Clusters.load(folder / CLUSTERS))

    @property
    def numbers(self) -> NDArray[Any]:
        """All vectors, [n, d], by row, as they lie: nothing is read that is not looked at."""
        return self._matrix

    def matrix(self) -> Matrix:
        """All vectors, [n, d], by row."""
        return np.asarray(self._matrix, dtype=np.float32)

    def search(self, query: Vector, k: int, allowed: Allowed | None = None) -> tuple[Vector, Rows]:
        """The `k` nearest rows of `query` [d], best first, ties by row: scores and rows, each [min(k, rows left)].

        `allowed` [size] leaves out the rows where it is false. With clusters, the nearest in the clusters looked into.
        """
        left = self.size if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, left)
        if k <= 0:
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
        if self._clusters is None or left <= _FEW:
            rows = self._near(query, k, allowed)
        else:
            rows = self._clusters.near(query, _FACTOR * k, self.plan.probes, allowed)
        scores = self.scores(query, rows)
        order = np.lexsort((rows, -scores))[:k]
        return scores[order], rows[order]

    def scores(self, query: Vector, rows: Rows) -> Vector:
        """The inner product of `query` [d] with the vector of each of `rows`; equal vectors score equal."""
        own = np.asarray(self._matrix[rows], dtype=np.float32)
        if self._clusters is not None:
            self._looked(len(rows))
        products: Vector = np.vecdot(own, query)
        return products  # not `@`, which may round equal rows apart

    def _near(self, query: Vector, k: int, allowed: Allowed | None) -> Rows:
        """The `k` nearest of the allowed rows and those as near, all compared; in no order."""
        rows = np.arange(self.size) if allowed is None else np.flatnonzero(allowed)
        own = self._whole if allowed is None else np.asarray(self._matrix[rows], dtype=np.float32)
        # Not `@`: its second thread is waited for up to 5 ms where other programs are at work, for 0.05 ms at 1,000 rows.
        products = np.vecdot(own, query)
        border = np.partition(products, -k)[-k]
        near: Rows = rows[products >= border - _CLOSE * max(1.0, abs(float(border)))]
        return near

    def _looked(self, rows: int) -> None:
        self._looked_at += rows
        if self._looked_at > GIVEN_BACK:
            self._looked_at = 0
            flat.give_back(self._matrix)

    @cached_property
    def _whole(self) -> Matrix:
        return np.asarray(self._matrix, dtype=np.float32)

    def _tried(self) -> Plan:
        """The plan with the fewest probes that find enough of what comparing all finds; else with the most."""
        drawn = np.sort(np.random.default_rng(_SEED).choice(self.size, min(CHECKED, self.size), replace=False))
        queries = np.asarray(self._matrix[drawn], dtype=np.float32)
        right = _nearest(self._matrix, queries)
        plan = self.plan
        for probes in _PROBES:
            self.plan = replace(plan, probes=min(probes, plan.clusters), checked=len(drawn))
            found = (self.search(query, NEAREST)[1] for query in queries)
            recall = float(np.mean([len(np.intersect1d(one, two)) / NEAREST for one, two in zip(found, right, strict=True)]))
            self.plan = replace(self.plan, recall=round(recall, 4))
            if recall >= RECALL:
                break
        return self.plan


def _halved(matrix: NDArray[Any], scratch: Path | None) -> NDArray[Any]:
    """The matrix in 16 bits a number."""
    if scratch is None:
        return matrix.astype(np.float16)
    halves = np.memmap(scratch / "halves", dtype=np.float16, mode="w+", shape=matrix.shape)
    first = 0
    for part in flat.parts(matrix):
        halves[first : first + len(part)] = part
        first += len(part)
    return halves


def _nearest(matrix: NDArray[Any], queries: Matrix) -> NDArray[np.int64]:
    """The ten nearest rows of each query, all compared."""
    best = np.zeros((len(queries), 0), dtype=np.float32)
    rows = np.zeros((len(queries), 0), dtype=np.int64)
    first = 0
    for part in flat.parts(matrix):
        scores = np.concatenate((best, queries @ np.asarray(part, dtype=np.float32).T), axis=1)
        numbers = np.concatenate((rows, np.broadcast_to(np.arange(first, first + len(part)), (len(queries), len(part)))), axis=1)
        kept = np.argpartition(-scores, NEAREST - 1, axis=1)[:, :NEAREST]
        best, rows = np.take_along_axis(scores, kept, axis=1), np.take_along_axis(numbers, kept, axis=1)
        first += len(part)
    return rows
