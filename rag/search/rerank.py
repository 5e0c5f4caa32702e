"""What a search found, in the order of a cross-encoder of sentence-transformers; used only where one is set.

It stands before the hybrid search and answers as that does, so that nobody who searches knows of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from rag.errors import ModelError
from rag.search.flat import Allowed, Vector
from rag.search.hybrid import RowHit, Search

POOL = 30  # the best of a search that are read again: a pair takes some 20 ms on a processor
MAX_TOKENS = 512

Score = Callable[[str, Sequence[str]], Sequence[float]]


class Reranked:
    """A search whose best are put in the order that `score` gives them; `text_of(row)` is what stands in a row."""

    def __init__(self, search: Search, text_of: Callable[[int], str], score: Score) -> None:
        self._search = search
        self._text_of = text_of
        self._score = score

    def background(self, vector: Vector) -> tuple[float, float]:
        """As of the search behind it."""
        return self._search.background(vector)

    def search(self, vector: Vector, text: str, k: int, allowed: Allowed | None = None) -> list[RowHit]:
        """The `k` best rows; of the first `POOL` those that the cross-encoder scores highest first, ties as found."""
        found = self._search.search(vector, text, max(k, POOL), allowed)
        pool, rest = found[:POOL], found[POOL:]
        scores = self._score(text, [self._text_of(hit.row) for hit in pool])
        order = sorted(range(len(pool)), key=lambda i: -scores[i])
        ranked = [RowHit(pool[i].row, pool[at].score, pool[i].dense, pool[i].words) for at, i in enumerate(order)]
        return [*ranked, *rest][:k]


@lru_cache(maxsize=1)
def load(name: str) -> Score:
    """The cross-encoder `name` (a folder, or a name of the hub), loaded once. ModelError."""
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, device="cpu", max_length=MAX_TOKENS)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelError(f"重排模型{name}加载不了（{type(error).__name__}）：请检查 YANJU_RERANKER，或不设它。") from error

    def score(text: str, passages: Sequence[str]) -> list[float]:
        if not passages:
            return []
        given = np.asarray(model.predict([(text, passage) for passage in passages], show_progress_bar=False), dtype=np.float64)
        plain = given.reshape(len(passages), -1)[:, -1].tolist()
        return [value if math.isfinite(value) else -math.inf for value in plain]

    return score
