"""Words: BM25 over characters and pairs of neighbouring characters of the folded text.

The index is a handful of flat files that are mapped, not read: for each token the rows that hold it and how often.
A question touches only its own tokens, and of those that stand in much of the library only what can
still change who is best (`columns`): the best are the same as if every row were scored. Tantivy 0.27 was tried with the same
tokens: over 100,000 passages as fast (2.3 and 2.7 ms), in a fifth of the room, but it fixes k1 and b at 1.2 and 0.75, which finds
less here, and can't score the rows that meaning has found.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.search import columns, flat, inverted
from rag.search.bm25 import tokens
from rag.search.columns import Columns
from rag.search.flat import Allowed, Rows
from rag.search.postings import Index

Scores = NDArray[np.float32]
PLAIN = 30_000  # rows up to which all are simply scored: a millisecond
LOOKED_UP = 4_096  # tokens whose number is kept: those that questions share; each question has a few of its own
GIVEN_BACK = 64  # questions of a large library, after which what they looked at is given back: a million passages lie in 2 GB
CANDIDATES = 5_000  # rows whose scores may be completed one by one
_ARRAYS: dict[str, type[np.generic]] = {"offsets": np.int64, "starts": np.int64, "rows": np.int32, "peaks": np.float32}
_LATER: dict[str, type[np.generic]] = {"counts": np.uint8, "lengths": np.int32, "weights": np.float32}  # not all of them in every build
_TOKENS = "tokens.txt"
_NEVER = np.float32(-np.inf)  # the score of a row that is left out


class Tokens(Sequence[bytes]):
    """The tokens in order, looked up where they lie."""

    def __init__(self, text: memoryview | mmap.mmap | bytes, offsets: NDArray[np.int64]) -> None:
        self._text = text
        self._offsets = offsets
        self.number = lru_cache(maxsize=LOOKED_UP)(self._number)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # slices are never asked for
        return bytes(self._text[int(self._offsets[number]) : int(self._offsets[number + 1])])

    def between(self, first: int, last: int) -> bytes:
        """The tokens from `first` up to `last`, that one left out, one after another."""
        return bytes(self._text[int(self._offsets[first]) : int(self._offsets[last])]) if last > first else b""

    def _number(self, token: str) -> int | None:
        """The number of `token`, or None where the library does not have it."""
        wanted = token.encode("utf-8", "surrogatepass")
        at = bisect_left(self, wanted)
        return at if at < len(self) and self[at] == wanted else None


class Words:
    """A BM25 index; the row is the passage's number."""

    def __init__(self, index: Index, size: int, text: mmap.mmap | None = None, often: Columns | None = None) -> None:
        self.index = index
        self._often = often
        self.tokens = Tokens(index.tokens if text is None else text, index.offsets)
        self.size = size
        self._asked = 0

    @classmethod
    def build(cls, texts: Iterable[str], contexts: Iterable[str], scratch: Path | None = None) -> Words:
        """An index over passages; `contexts[i]` (title, headings) is searched together with `texts[i]`.

        In `scratch`, where given, lies what would not fit into memory.
        """
        made = inverted.index((f"{context}\n{text}" for text, context in zip(texts, contexts, strict=True)), scratch)
        assert made.lengths is not None
        return cls(made, len(made.lengths))

    def ask(self, query: str) -> Asked:
        """The tokens of `query` that the library has, ready to be scored."""
        self._asked += 1
        if self._often is not None and self._asked % GIVEN_BACK == 0:
            self._often.give_back()
            self.index.give_back()
        found = sorted({number for token in set(tokens(query)) if (number := self.tokens.number(token)) is not None})
        return Asked(self.index, self.size, found, self._often)

    def scores(self, query: str) -> Scores:
        """The BM25 score of every passage for `query`, float32 [size]; zero where nothing is shared."""
        return self.ask(query).everything()

    def save(self, folder: Path) -> None:
        """Write the index into `folder`; the same passages give the same bytes."""
        (folder / _TOKENS).write_bytes(self.index.tokens)
        for name in (*_ARRAYS, *_LATER):
            numbers = getattr(self.index, name)
            if numbers is not None:
                flat.save(folder / f"{name}{flat.SUFFIX}", numbers)
        if self.size > PLAIN:
            columns.save(folder, self.index, self.size)

    @classmethod
    def load(cls, folder: Path, size: int) -> Words:
        """The index of `size` passages that `save` wrote, mapped: what no question touches is not read."""
        there = {**_ARRAYS, **{name: kind for name, kind in _LATER.items() if (folder / f"{name}{flat.SUFFIX}").exists()}}
        arrays = {name: flat.mapped(folder / f"{name}{flat.SUFFIX}", kind) for name, kind in there.items()}
        with (folder / _TOKENS).open("rb") as file:
            text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if arrays["offsets"][-1] else None
        index = Index(tokens=b"", **arrays)
        return cls(index, size, text, columns.load(folder, size, index.peaks))


class Asked:
    """One question's tokens: first those that stand in few rows, then those that have a column, each by what they tell."""

    def __init__(self, index: Index, size: int, numbers: Sequence[int], often: Columns | None = None) -> None:
        self._index = index
        self._size = size
        ordered = sorted(numbers, key=lambda number: (-float(index.peaks[number]), number))
        found = {number: often.of(number) if often is not None else None for number in ordered}
        self._columns = [column for column in found.values() if column is not None]
        self._rare = [number for number, column in found.items() if column is None]
        self._frequent = [number for number, column in found.items() if column is not None]

    def everything(self) -> Scores:
        """The score of every row, float32 [size]."""
        return self._all

    def at(self, rows: Rows) -> Scores:
        """The scores of `rows`, which ascend."""
        return self._completed(rows) if self._columns else self._all[rows]

    def best(self, wanted: int, allowed: Allowed | None = None) -> Rows:
        """The `wanted` best of the allowed rows, in no order; of equals at the border the first."""
        if not self._columns:
            return _best(self._all, wanted, allowed)
        scores = self._partial if allowed is None else np.where(allowed, self._partial, _NEVER)
        lists = sorted((self._index.holding(number) for number in self._rare), key=len)
        rows = columns.reachable(scores, lists, self._columns, wanted)
        if len(rows) > CANDIDATES:
            return _best(self._all, wanted, allowed)
        return rows[_best(self._completed(rows), wanted, None)]

    @cached_property
    def _partial(self) -> Scores:
        """What the rarer tokens add to every row."""
        return self._index.scores(self._rare, self._size)

    @cached_property
    def _all(self) -> Scores:
        scores = self._partial.copy()
        for number in self._frequent:  # in this order, as `_completed`, to the last bit
            np.add.at(scores, self._index.holding(number), self._index.adds(number))
        return scores

    def _completed(self, rows: Rows) -> Scores:
        """The scores of `rows`, which ascend: the frequent tokens looked up in their lists."""
        scores = self._partial[rows]
        for number in self._frequent:
            holding = self._index.holding(number)
            at = np.minimum(np.searchsorted(holding, rows.astype(np.int32)), len(holding) - 1)
            scores += np.where(holding[at] == rows, self._index.adds(number, at), np.float32(0))
        return scores


def _best(scores: Scores, wanted: int, allowed: Allowed | None) -> Rows:
    """The `wanted` best of the allowed rows, in no order; of equals at the border the first."""
    rows = np.arange(len(scores)) if allowed is None else np.flatnonzero(allowed)
    if len(rows) <= wanted:
        return rows
    own = scores[rows]
    border = np.partition(own, -wanted)[-wanted]
    above = rows[own > border]
    return np.concatenate((above, rows[own == border][: wanted - len(above)]))
