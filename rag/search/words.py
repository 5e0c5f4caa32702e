"""Words: BM25 (bm25s) over characters and pairs of neighbouring characters of the folded text.

Chinese has no spaces, and a dictionary cuts the same wording differently in question and text; characters and
pairs never do. Latin words and numbers count whole. Traditional and simplified meet in the folded copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from rag.writing.fold import fold

Scores = NDArray[np.float32]
# Anserini's values for passages. hit@1 on ncp-dev, cmrc-train and traditional questions over drcd-dev-hans:
# 0.790, 0.946, 0.943; with the textbook's 1.2 and 0.75: 0.787, 0.933, 0.942; 0.5 to 0.9 with 0.3 to 0.5 differ by less than 0.02.
K1 = 0.9
B = 0.4
_UNIT = re.compile(r"[a-z]+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|[^\W\d_a-z]")


def tokens(text: str) -> list[str]:
    """The tokens of `text`: its units in order, then each pair of neighbouring units, written with a space.

    A unit is a Chinese character, a Latin word, or a number without its thousands commas; what stands between
    two units (marks, spaces) does not part them.
    """
    units = [unit.replace(",", "") for unit in _UNIT.findall(fold(text))]
    return units + [f"{left} {right}" for left, right in pairwise(units)]


class Words:
    """A BM25 index; the row is the passage's number."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._vocabulary: dict[str, int] = index.vocab_dict
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str], contexts: Sequence[str]) -> Words:
        """An index over passages; `contexts[i]` (title, headings) is searched together with `texts[i]`."""
        # A passage without tokens gets one that no question has: bm25s divides by the mean length.
        cut = [tokens(f"{context}\n{text}") or [""] for text, context in zip(texts, contexts, strict=True)]
        vocabulary = {token: number for number, token in enumerate(sorted({token for row in cut for token in row}))}
        index = bm25s.BM25(k1=K1, b=B, method="lucene", csc_backend="numpy")
        if cut:
            ids = [[vocabulary[token] for token in row] for row in cut]
            index.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        else:
            index.vocab_dict = {}
        return cls(index, len(texts))

    def scores(self, query: str) -> Scores:
        """The BM25 score of every passage for `query`, float32 [size]; zero where nothing is shared."""
        known = sorted({self._vocabulary[token] for token in tokens(query) if token in self._vocabulary})
        if not known or not self.size:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, as arrays and JSON; the same passages give the same bytes."""
        if self.size:
            self._index.save(str(folder), allow_pickle=False, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Words:
        """The index of `size` passages that `save` wrote."""
        if not size:
            return cls.build([], [])
        return cls(bm25s.BM25.load(str(folder), allow_pickle=False, show_progress=False), size)
