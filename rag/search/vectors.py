"""Where vectors live: exact inner product by FAISS.

Only bytes go in and out: FAISS's own file functions fail on paths that the system's code page can't write.
"""

from __future__ import annotations

from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]


class VectorStore(Protocol):
    """What finds the nearest vectors: FAISS on one machine, or a distributed engine."""

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Rows]:
        """The `k` nearest rows of each query, best first, ties by row: scores and rows, each [n, min(k, size)]."""


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
        """The index in FAISS's own format."""
        return bytes(faiss.serialize_index(self._index).tobytes())

    def matrix(self) -> Matrix:
        """All vectors, [n, d], by row."""
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32).reshape(self.size, self.dimensions)

    def search(self, queries: Matrix, k: int) -> tuple[Matrix, Rows]:
        """The `k` nearest rows of each query, best first, ties by row: scores and rows, each [n, min(k, size)]."""
        k = min(k, self.size)
        if k == 0:
            return np.zeros((len(queries), 0), dtype=np.float32), np.zeros((len(queries), 0), dtype=np.int64)
        scores, rows = self._index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
        order = np.lexsort((rows, -scores), axis=1)
        return np.take_along_axis(scores, order, 1), np.take_along_axis(rows, order, 1).astype(np.int64)

    def scores(self, query: Matrix) -> Matrix:
        """The inner product of one query [d] with every vector, [n]."""
        scores = np.zeros(self.size, dtype=np.float32)
        found, rows = self.search(query[None, :], self.size)
        scores[rows[0]] = found[0]
        return scores
