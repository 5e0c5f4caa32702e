"""Where vectors live: exact inner product by FAISS.

Only bytes go in and out: FAISS's own file functions fail on paths that the system's code page can't write.
"""

from __future__ import annotations

from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]
Allowed = NDArray[np.bool_]


class VectorStore(Protocol):
    """What finds the nearest vectors: FAISS on one machine, or a distributed engine."""

    @property
    def size(self) -> int:
        """How many vectors there are; their rows are 0 … size - 1."""

    def search(self, query: Vector, k: int, allowed: Allowed | None = None) -> tuple[Vector, Rows]:
        """The `k` nearest rows of `query` [d], best first, ties by row: scores and rows, each [min(k, rows left)].

        `allowed` [size] leaves out the rows where it is false.
        """

    def scores(self, query: Vector, rows: Rows) -> Vector:
        """The inner product of `query` [d] with the vector of each of `rows`; equal vectors score equal."""


class Vectors:
    """Unit vectors in a flat FAISS index; the row is the passage's number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    @classmethod
    def build(cls, matrix: Matrix) -> Vectors:
        """An index over the rows of float32 `matrix` [n, d]. Raises ValueError where a value is not finite."""
        if matrix.ndim != 2 or not np.isfinite(matrix).all():
            raise ValueError("vectors must be a finite matrix [n, d]")
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(np.ascontiguousarray(matrix, dtype=np.float32))
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> Vectors:
        """The index that `to_bytes` wrote."""
        return cls(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))

    def to_bytes(self) -> bytes:
        """The index in FAISS's own format; the same vectors give the same bytes."""
        return bytes(faiss.serialize_index(self._index).tobytes())

    def matrix(self) -> Matrix:
        """All vectors, [n, d], by row."""
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32).reshape(self.size, self.dimensions)

    def search(self, query: Vector, k: int, allowed: Allowed | None = None) -> tuple[Vector, Rows]:
        """The `k` nearest rows of `query` [d], best first, ties by row: scores and rows, each [min(k, rows left)].

        `allowed` [size] leaves out the rows where it is false.
        """
        left = self.size if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, left)
        if k <= 0:
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
        asked = np.ascontiguousarray(query, dtype=np.float32)[None, :]
        chosen = None if allowed is None else _only(allowed)
        found = self._index.search(asked, min(k + 1, left), params=chosen)
        scores, rows = found[0][0], found[1][0]
        if len(scores) > k and scores[k] == scores[k - 1]:  # of equals at the border FAISS may keep any: look at them all
            _, scores, rows = self._index.range_search(asked, float(np.nextafter(scores[k], np.float32(-np.inf))), params=chosen)
        order = np.lexsort((rows, -scores))[:k]
        return scores[order], rows[order]

    def scores(self, query: Vector, rows: Rows) -> Vector:
        """The inner product of `query` [d] with the vector of each of `rows`; equal vectors score equal."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        matrix = self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return np.asarray((matrix * query).sum(axis=1), dtype=np.float32)  # not `@`, which may round equal rows apart


def _only(allowed: Allowed) -> faiss.SearchParameters:
    """FAISS's own form of a mask over the rows."""
    bitmap = np.packbits(allowed, bitorder="little")
    selector = faiss.IDSelectorBitmap(bitmap)  # type: ignore[call-arg, arg-type]  # FAISS's wrappers take arrays …
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # … and keywords, its stubs do not know it
