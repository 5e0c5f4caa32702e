"""Meaning and words in one result: a convex mix of both scores, each brought to 0…1 over the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.search.vectors import Vectors
from rag.search.words import Words

DENSE_SHARE = 0.4
CANDIDATES = 200  # of each kind


@dataclass(frozen=True, slots=True)
class RowHit:
    """A row with its mixed score (0 to 1), its cosine, and its BM25 score."""

    row: int
    score: float
    dense: float
    words: float


class Hybrid:
    """Searches vectors and words together; row i is the same passage in both."""

    def __init__(self, vectors: Vectors, words: Words) -> None:
        self.vectors = vectors
        self.words = words

    def search(self, vector: NDArray[np.float32], text: str, k: int, allowed: NDArray[np.bool_] | None = None) -> list[RowHit]:
        """The `k` best rows for a query's `vector` [d] and `text`, best first, ties by row.

        `allowed` [size] leaves out the rows where it is false.
        """
        if not self.vectors.size:
            return []
        dense = self.vectors.scores(vector)
        words = self.words.scores(text)
        rows = np.arange(len(dense)) if allowed is None else np.flatnonzero(allowed)
        rows = _candidates(rows, dense, words, k)
        mixed = DENSE_SHARE * _spread(dense[rows]) + (1 - DENSE_SHARE) * _spread(words[rows])
        order = np.lexsort((rows, -mixed))[:k]
        return [RowHit(int(rows[i]), float(mixed[i]), float(dense[rows[i]]), float(words[rows[i]])) for i in order]


def _candidates(rows: NDArray[np.int64], dense: NDArray[np.float32], words: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows that are among the best by meaning or by words, in order."""
    wanted = max(CANDIDATES, k)
    if len(rows) <= wanted:
        return rows
    best = [rows[np.argpartition(-scores[rows], wanted - 1)[:wanted]] for scores in (dense, words)]
    return np.unique(np.concatenate(best))


def _spread(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores moved and scaled to 0…1; all zero where they are all alike."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
