"""Words: BM25 over characters and pairs of neighbouring characters of the folded text.

Chinese has no spaces, and a dictionary cuts the same wording differently in question and text; characters and
pairs never do. Latin words and numbers count whole. Traditional and simplified meet in the folded copy.

The index is a handful of flat files that are mapped, not read: for each token the rows that hold it and what it adds
to their score. A question touches only its own tokens, and of those that stand in much of the library only what can
still change who is best (`columns`): the best are the same as if every row were scored. Tantivy 0.27 was tried with the same
tokens: over 100,000 passages as fast (2.3 and 2.7 ms), in a fifth of the room, but it fixes k1 and b at 1.2 and 0.75, which finds
less here, and can't score the rows that meaning has found.
"""

from __future__ import annotations

import mmap
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.search import columns, flat
from rag.search.columns import Columns
from rag.search.vectors import Allowed, Rows
from rag.writing.fold import fold

Scores = NDArray[np.float32]
# Anserini's values for passages. hit@1 on ncp-dev, cmrc-train and traditional questions over drcd-dev-hans:
# 0.790, 0.946, 0.943; with the textbook's 1.2 and 0.75: 0.787, 0.933, 0.942; 0.5 to 0.9 with 0.3 to 0.5 differ by less than 0.02.
K1 = 0.9
B = 0.4
CHUNK = 20_000  # passages that are counted in memory at once
PLAIN = 30_000  # rows up to which all are simply scored: a millisecond
CANDIDATES = 5_000  # rows whose scores may be completed one by one
_UNIT = re.compile(r"[a-z]+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|[^\W\d_a-z]")
_ARRAYS: dict[str, type[np.generic]] = {
    "offsets": np.int64, "starts": np.int64, "rows": np.int32, "weights": np.float32, "peaks": np.float32,
}
_TOKENS = "tokens.txt"
LENGTHS = f"lengths{flat.SUFFIX}"
_NEVER = np.float32(-np.inf)  # the score of a row that is left out


def tokens(text: str) -> list[str]:
    """The tokens of `text`: its units in order, then each pair of neighbouring units, written with a space.

    A unit is a Chinese character, a Latin word, or a number without its thousands commas; what stands between
    two units (marks, spaces) does not part them.
    """
    units = [unit.replace(",", "") for unit in _UNIT.findall(fold(text))]
    return units + [f"{left} {right}" for left, right in pairwise(units)]


def length(found: Sequence[str]) -> int:
    """The length of a passage of these tokens: the mean length divides, so none may be zero."""
    return max(1, len(found))


def rarities(holding: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """How much each token tells that stands in `holding` of `size` passages."""
    rarity: NDArray[np.float64] = np.log(1 + (size - holding + 0.5) / (holding + 0.5))
    return rarity


def damping(lengths: NDArray[np.int32]) -> NDArray[np.float64]:
    """What the count of a token is held against in each passage: more in long ones."""
    exact = lengths.astype(np.float64)
    return K1 * (1 - B + B * exact / exact.mean()) if len(exact) else exact


class Tokens(Sequence[bytes]):
    """The tokens in order, looked up where they lie."""

    def __init__(self, text: memoryview | mmap.mmap | bytes, offsets: NDArray[np.int64]) -> None:
        self._text = text
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # slices are never asked for
        return bytes(self._text[int(self._offsets[number]) : int(self._offsets[number + 1])])

    def between(self, first: int, last: int) -> bytes:
        """The tokens from `first` up to `last`, that one left out, one after another."""
        return bytes(self._text[int(self._offsets[first]) : int(self._offsets[last])]) if last > first else b""

    def number(self, token: str) -> int | None:
        """The number of `token`, or None where the library does not have it."""
        wanted = token.encode("utf-8", "surrogatepass")
        at = bisect_left(self, wanted)
        return at if at < len(self) and self[at] == wanted else None


@dataclass(frozen=True, slots=True)
class Index:
    """Of token t, `rows[starts[t]:starts[t + 1]]` hold it, in order; `weights` is what it adds, `peaks[t]` the most of it."""

    tokens: bytes
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    peaks: NDArray[np.float32]
    lengths: NDArray[np.int32] | None = None  # of each row, in tokens; None where an older build did not keep it


class Words:
    """A BM25 index; the row is the passage's number."""

    def __init__(self, index: Index, size: int, text: mmap.mmap | None = None, often: Columns | None = None) -> None:
        self.index = index
        self._often = often
        self.tokens = Tokens(index.tokens if text is None else text, index.offsets)
        self.size = size

    @classmethod
    def build(cls, texts: Iterable[str], contexts: Iterable[str], scratch: Path | None = None) -> Words:
        """An index over passages; `contexts[i]` (title, headings) is searched together with `texts[i]`.

        In `scratch`, where given, lies what would not fit into memory: counts, and then the rows and weights.
        """
        counted = _Counted(scratch)
        pairs = zip(texts, contexts, strict=True)
        while chunk := list(islice(pairs, CHUNK)):
            counted.add(tokens(f"{context}\n{text}") for text, context in chunk)
        return cls(counted.index(), counted.size)

    def ask(self, query: str) -> Asked:
        """The tokens of `query` that the library has, ready to be scored."""
        found = sorted({number for token in set(tokens(query)) if (number := self.tokens.number(token)) is not None})
        return Asked(self.index, self.size, found, self._often)

    def scores(self, query: str) -> Scores:
        """The BM25 score of every passage for `query`, float32 [size]; zero where nothing is shared."""
        return self.ask(query).everything()

    def save(self, folder: Path) -> None:
        """Write the index into `folder`; the same passages give the same bytes."""
        (folder / _TOKENS).write_bytes(self.index.tokens)
        for name in _ARRAYS:
            flat.save(folder / f"{name}{flat.SUFFIX}", getattr(self.index, name))
        if self.index.lengths is not None:
            flat.save(folder / LENGTHS, self.index.lengths)
        if self.size > PLAIN:
            columns.save(folder, self.index, self.size)

    @classmethod
    def load(cls, folder: Path, size: int) -> Words:
        """The index of `size` passages that `save` wrote, mapped: what no question touches is not read."""
        arrays = {name: flat.mapped(folder / f"{name}{flat.SUFFIX}", kind) for name, kind in _ARRAYS.items()}
        lengths = flat.mapped(folder / LENGTHS, np.int32) if (folder / LENGTHS).exists() else None
        with (folder / _TOKENS).open("rb") as file:
            text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if arrays["offsets"][-1] else None
        index = Index(tokens=b"", **arrays, lengths=lengths)
        return cls(index, size, text, columns.load(folder, size, index.peaks))


class Asked:
    """One question's tokens: first those that stand in few rows, then those that have a column, each by what they tell."""

    def __init__(self, index: Index, size: int, numbers: Sequence[int], often: Columns | None = None) -> None:
        self._index = index
        self._size = size
        ordered = sorted(numbers, key=lambda number: (-float(index.peaks[number]), number))
        found = {number: often.of(number) if often is not None else None for number in ordered}
        self._columns = [column for column in found.values() if column is not None]
        self._rare = [self._span(number) for number, column in found.items() if column is None]
        self._frequent = [self._span(number) for number, column in found.items() if column is not None]

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
        lists = [self._index.rows[start:end] for start, end in sorted(self._rare, key=lambda span: span[1] - span[0])]
        rows = columns.reachable(scores, lists, self._columns, wanted)
        if len(rows) > CANDIDATES:
            return _best(self._all, wanted, allowed)
        return rows[_best(self._completed(rows), wanted, None)]

    def _span(self, number: int) -> tuple[int, int]:
        return int(self._index.starts[number]), int(self._index.starts[number + 1])

    @cached_property
    def _partial(self) -> Scores:
        """What the rarer tokens add to every row."""
        return self._added(np.zeros(self._size, dtype=np.float32), self._rare)

    @cached_property
    def _all(self) -> Scores:
        return self._added(self._partial.copy(), self._frequent)

    def _added(self, scores: Scores, spans: Iterable[tuple[int, int]]) -> Scores:
        for start, end in spans:
            np.add.at(scores, self._index.rows[start:end], self._index.weights[start:end])
        return scores

    def _completed(self, rows: Rows) -> Scores:
        """The scores of `rows`, which ascend: the frequent tokens looked up in their lists."""
        scores = self._partial[rows]
        for start, end in self._frequent:
            holding = self._index.rows[start:end]
            at = np.minimum(np.searchsorted(holding, rows.astype(np.int32)), end - start - 1)
            scores += np.where(holding[at] == rows, self._index.weights[start:end][at], np.float32(0))
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


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some passages counted: that token `ids[i]` stands `counts[i]` times in row `rows[i]`, by id and then row."""

    ids: NDArray[np.int32]
    rows: NDArray[np.int32]
    counts: NDArray[np.float32]


class _Counted:
    """Passages counted chunk by chunk; in the end turned round, from rows with tokens to tokens with rows."""

    def __init__(self, scratch: Path | None) -> None:
        self.size = 0
        self._scratch = scratch
        self._known: dict[str, int] = {}
        self._lengths: list[int] = []
        self._chunks: list[_Chunk] = []

    def add(self, passages: Iterable[Sequence[str]]) -> None:
        """Count these passages, given by their tokens, one after another."""
        known = self._known
        ids, counts, each = array("i"), array("f"), array("i")  # a tenth of what lists of Python's numbers take
        for found in passages:
            counted = Counter(found)
            ids.extend(known.setdefault(token, len(known)) for token in counted)
            counts.extend(counted.values())
            each.append(len(counted))
            self._lengths.append(length(found))
        numbers = np.array(ids, dtype=np.int32)
        rows = np.repeat(np.arange(self.size, self.size + len(each), dtype=np.int32), np.array(each, dtype=np.int32))
        order = np.argsort(numbers, kind="stable")
        name = str(len(self._chunks))
        self._chunks.append(_Chunk(
            self._placed(f"{name}.ids", numbers[order]), self._placed(f"{name}.rows", rows[order]),
            self._placed(f"{name}.counts", np.array(counts, dtype=np.float32)[order]),
        ))
        self.size += len(each)

    def index(self) -> Index:
        """The index over all that was counted."""
        ordered = sorted(self._known)
        place = np.empty(len(ordered), dtype=np.int64)
        place[[self._known[token] for token in ordered]] = np.arange(len(ordered))
        holding = np.zeros(len(ordered), dtype=np.int64)
        for chunk in self._chunks:
            holding += np.bincount(place[chunk.ids], minlength=len(ordered))
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(holding)))
        rarity = rarities(holding, self.size)
        rows, weights = self._empty("rows", int(starts[-1]), np.int32), self._empty("weights", int(starts[-1]), np.float32)
        peaks = np.zeros(len(ordered), dtype=np.float32)
        for at, numbers, chunk_rows, own in self._turned(place, starts, rarity):
            rows[at], weights[at] = chunk_rows, own
            np.maximum.at(peaks, numbers, own)
        encoded = [token.encode("utf-8", "surrogatepass") for token in ordered]
        offsets = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum([len(token) for token in encoded], dtype=np.int64)))
        return Index(b"".join(encoded), offsets, starts, rows, weights, peaks, np.array(self._lengths, dtype=np.int32))

    def _turned(self, place: NDArray[np.int64], starts: NDArray[np.int64], rarity: NDArray[np.float64],
                ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], Scores]]:
        """Of each chunk: where its entries go, their tokens' numbers, their rows, and what they add to a score."""
        damped = damping(np.array(self._lengths, dtype=np.int32))
        filled = starts[:-1].copy()
        for chunk in self._chunks:
            numbers = place[chunk.ids]
            order = np.argsort(numbers, kind="stable")
            numbers, rows, counts = numbers[order], np.asarray(chunk.rows)[order], np.asarray(chunk.counts)[order]
            distinct, first, each = np.unique(numbers, return_index=True, return_counts=True)
            at = np.arange(len(numbers)) + np.repeat(filled[distinct] - first, each)
            filled[distinct] += each
            yield at, numbers, rows, (rarity[numbers] * counts / (counts + damped[rows])).astype(np.float32)

    def _placed(self, name: str, array: NDArray[Any]) -> NDArray[Any]:
        """The array, in memory or mapped from the scratch folder."""
        if self._scratch is None or not len(array):
            return array
        flat.save(self._scratch / name, array)
        return flat.mapped(self._scratch / name, array.dtype.type)

    def _empty(self, name: str, size: int, kind: type[np.generic]) -> NDArray[Any]:
        """An array to be filled, in memory or in the scratch folder."""
        if self._scratch is None or not size:
            return np.empty(size, dtype=kind)
        return np.memmap(self._scratch / f"whole.{name}", mode="w+", dtype=kind, shape=(size,))
