"""Words: BM25 (bm25s) over characters and pairs of neighbouring characters of the folded text.

Chinese has no spaces, and a dictionary cuts the same wording differently in question and text; characters and
pairs never do. Latin words and numbers count whole. Traditional and simplified meet in the folded copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized
from numpy.typing import NDArray

from rag.writing.fold import fold

Scores = NDArray[np.float32]
K1 = 1.2
B = 0.75
_RUN = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[^\W\d_a-z]+")
_WHOLE = re.compile(r"[a-z\d]")


def tokens(text: str) -> list[str]:
    """The tokens of `text`: each Chinese character, each pair of neighbours, each Latin word and number."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if _WHOLE.match(run):
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


class Words:
    """A BM25 index; the row is the passage's number."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._vocabulary: dict[str, int] = index.vocab_dict
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str], contexts: Sequence[str]) -> Words:
        """An index over passages; `contexts[i]` (title, headings) is searched together with `texts[i]`."""
        cut = [tokens(f"{context}\n{text}") for text, context in zip(texts, contexts, strict=True)]
        vocabulary = {token: number for number, token in enumerate(sorted({token for row in cut for token in row} | {""}))}
        ids = [[vocabulary[token] for token in row] for row in cut]
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        if ids:
            index.index(Tokenized(ids=ids, vocab=vocabulary), create_empty_token=False, show_progress=False)
        else:
            index.vocab_dict = {}
        return cls(index, len(texts))

    def scores(self, query: str) -> Scores:
        """The BM25 score of every passage for `query`, float32 [size]; zero where nothing is shared."""
        known = sorted({self._vocabulary[token] for token in tokens(query) if token in self._vocabulary})
        if not known or not self.size:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), dtype=np.float32)

    def frequency(self, token: str) -> int:
        """In how many passages the folded `token` stands."""
        number = self._vocabulary.get(token)
        if number is None:
            return 0
        bounds = self._index.scores["indptr"]
        return int(bounds[number + 1] - bounds[number])

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
