"""Passages turned round: from passages with tokens to tokens with the rows that hold them, and what each adds to their score.

Passages are counted chunk by chunk, as numbers; then the lists are put together stretch by stretch of the tokens. Only
the distinct tokens are in memory, all else lies in a scratch folder: a million passages take no more than a hundred thousand.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from rag.search import flat
from rag.search.bm25 import damping, rarities, units, weights
from rag.search.postings import MOST, Index

CHUNK = 20_000  # passages that are counted in memory at once
STRETCH = 4_000_000  # entries that are put together in memory at once
_HALF = 32  # bits of a key that number its second unit

Numbers = NDArray[np.int64]


def index(texts: Iterable[str], scratch: Path | None = None) -> Index:
    """The index over passages; what would not fit into memory lies in `scratch`, where given, and goes on lying there."""
    place = _Place(scratch)
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    lengths = array("i")
    chunks: list[_Chunk] = []
    rest = iter(texts)
    while part := list(islice(rest, CHUNK)):
        ids, each = array("i"), array("q")
        for text in part:
            found = units(text)
            ids.extend(map(known.__getitem__, found))
            each.append(len(found))
        before = len(lengths)
        lengths.extend(max(1, 2 * one - 1) for one in each)  # units and pairs, as `bm25.length`
        chunks.append(_chunk(np.array(ids, dtype=np.int64), np.array(each, dtype=np.int64), len(known), before, place))
    return _turned(known, chunks, np.array(lengths, dtype=np.int32), place)


def cuts(starts: Numbers, most: int) -> Iterator[tuple[int, int]]:
    """Tokens in stretches of at most so many entries; one with more is a stretch of its own."""
    count = len(starts) - 1
    first = 0
    while first < count:
        last = max(first + 1, int(np.searchsorted(starts, int(starts[first]) + most, "right")) - 1)
        yield first, min(last, count)
        first = min(last, count)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some passages counted: the token `keys[i]` stands in the `each[i]` rows from `begin[i]` on, in each so often as `counts` says.

    A key is the number of a unit, then, below it, one more than that of the unit that follows, or 0. `_turned` puts in
    its place the place of the token among all, and sorts by that.
    """

    keys: Numbers
    begin: Numbers
    each: Numbers
    rows: NDArray[np.int32]
    counts: NDArray[Any]


class _Place:
    """Where arrays lie that are not needed all at once: in a folder, mapped; in memory where there is none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._made = 0

    def put(self, made: NDArray[Any]) -> NDArray[Any]:
        """The same array, there."""
        if self._folder is None or not len(made):
            return made
        self._made += 1
        path = self._folder / f"counted.{self._made}"
        flat.save(path, made)
        return flat.mapped(path, made.dtype.type)

    def row(self, parts: Iterable[tuple[NDArray[np.int32], NDArray[np.uint8]]]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The parts one after another: of each the rows, and the counts."""
        if self._folder is None:
            made = list(parts)
            none = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8))
            return np.concatenate([one[0] for one in (none, *made)]), np.concatenate([one[1] for one in (none, *made)])
        paths = self._folder / "whole.rows", self._folder / "whole.counts"
        with paths[0].open("wb") as rows, paths[1].open("wb") as counts:
            for own, each in parts:
                _write(rows, own)
                _write(counts, each)
        return flat.mapped(paths[0], np.int32), flat.mapped(paths[1], np.uint8)


def _write(file: IO[bytes], made: NDArray[Any]) -> None:
    file.write(made.astype(made.dtype.newbyteorder("<"), copy=False).data)


def _chunk(ids: Numbers, each: Numbers, known: int, before: int, place: _Place) -> _Chunk:
    """Passages counted whose units are `ids`, `each` of them a passage; `before` them stand so many passages."""
    seen = np.zeros(known, dtype=bool)
    seen[ids] = True
    distinct = np.flatnonzero(seen)
    own = np.cumsum(seen)[ids] - 1
    width, size = len(distinct) + 1, len(each)
    rows = np.repeat(np.arange(size), each)
    neighbours = np.flatnonzero(rows[1:] == rows[:-1]) if len(rows) else rows
    packed = np.concatenate((own * width * size + rows, (own[neighbours] * width + own[neighbours + 1] + 1) * size + rows[neighbours]))
    packed.sort()  # 20,000 passages have far fewer units than the 2^24 that would be too many for 63 bits
    first, counts = _runs(packed)
    tokens, rows = np.divmod(packed[first], size)
    begin, each = _runs(tokens)
    left, right = np.divmod(tokens[begin], width)
    keys = (distinct[left] << _HALF) | np.where(right > 0, distinct[right - 1] + 1, 0)
    smallest = np.min_scalar_type(int(counts.max(initial=0)))
    return _Chunk(*map(place.put, (keys, begin, each, (rows + before).astype(np.int32), counts.astype(smallest))))


def _runs(ordered: Numbers) -> tuple[Numbers, Numbers]:
    """Where each run of equal numbers begins, and how long it is."""
    first = np.flatnonzero(np.diff(ordered, prepend=-1)) if len(ordered) else np.zeros(0, dtype=np.int64)
    return first, np.diff(first, append=len(ordered))


def _turned(known: dict[str, int], chunks: Sequence[_Chunk], lengths: NDArray[np.int32], place: _Place) -> Index:
    names = sorted(known)  # a space comes before all that units are made of: tokens sort as their units do
    rank = np.empty(len(names), dtype=np.int64)
    rank[[known[name] for name in names]] = np.arange(len(names))
    chunks = [_ranked(chunk, rank, place) for chunk in chunks]
    tokens = _union(chunk.keys for chunk in chunks)
    chunks = [_Chunk(place.put(np.searchsorted(tokens, chunk.keys)), chunk.begin, chunk.each, chunk.rows, chunk.counts) for chunk in chunks]
    holding = np.zeros(len(tokens), dtype=np.int64)
    for chunk in chunks:
        holding[chunk.keys] += chunk.each
    starts = _summed(holding)
    peaks = np.zeros(len(tokens), dtype=np.float32)
    counted = partial(_counted, rarities(holding, len(lengths)), damping(lengths), starts, peaks)
    rows, counts = place.row(counted(*one) for one in _lists(chunks, starts))
    text, sizes = _names(tokens, [name.encode("utf-8", "surrogatepass") for name in names])
    return Index(text, _summed(sizes), starts, rows, peaks, counts, lengths)


def _summed(sizes: Numbers) -> Numbers:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))


def _ranked(chunk: _Chunk, rank: Numbers, place: _Place) -> _Chunk:
    """The chunk with its units numbered in their order, and its tokens in theirs."""
    left, right = np.divmod(chunk.keys, 1 << _HALF)
    keys = (rank[left] << _HALF) | np.where(right > 0, rank[right - 1] + 1, 0)
    order = np.argsort(keys)
    return _Chunk(place.put(keys[order]), place.put(chunk.begin[order]), place.put(chunk.each[order]), chunk.rows, chunk.counts)


def _union(parts: Iterable[Numbers]) -> Numbers:
    """All numbers that stand in a part, ascending; merged where what waits is as much as what there is."""
    whole, waiting = np.zeros(0, dtype=np.int64), [np.zeros(0, dtype=np.int64)]
    for part in parts:
        waiting.append(part)
        if sum(map(len, waiting)) > len(whole):
            whole, waiting = np.unique(np.concatenate((whole, *waiting))), waiting[:1]
    return np.unique(np.concatenate((whole, *waiting)))


def _lists(chunks: Sequence[_Chunk], starts: Numbers) -> Iterator[tuple[tuple[int, int], NDArray[np.int32], NDArray[np.uint8]]]:
    """Stretches of tokens, from one up to another; their rows, token by token, and how often it stands in each."""
    for first, last in cuts(starts, STRETCH):
        filled = starts[first:last] - starts[first]
        whole = int(starts[last] - starts[first])
        rows, counts = np.empty(whole, dtype=np.int32), np.empty(whole, dtype=np.uint8)
        for chunk in chunks:
            between = slice(*np.searchsorted(chunk.keys, (first, last)).tolist())
            tokens, each = chunk.keys[between] - first, chunk.each[between]
            within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
            source, at = np.repeat(chunk.begin[between], each) + within, np.repeat(filled[tokens], each) + within
            rows[at], counts[at] = chunk.rows[source], np.minimum(chunk.counts[source], MOST)
            filled[tokens] += each
        yield (first, last), rows, counts


def _counted(rarity: NDArray[np.float32], damped: NDArray[np.float32], starts: Numbers, peaks: NDArray[np.float32],
             stretch: tuple[int, int], rows: NDArray[np.int32], counts: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """The rows and counts of a stretch of tokens; the most that each token adds to a score is put into `peaks`."""
    first, last = stretch
    own = np.repeat(rarity[first:last], np.diff(starts[first : last + 1]))
    peaks[first:last] = np.maximum.reduceat(weights(own, counts, damped[rows]), starts[first:last] - starts[first])
    return rows, counts


def _names(tokens: Numbers, names: Sequence[bytes]) -> tuple[bytes, Numbers]:
    """The tokens as they are written, one after another, and the length of each."""
    left, right = np.divmod(tokens, 1 << _HALF)
    length = np.array([len(name) for name in (b"", *names)], dtype=np.int64)
    after = [b"", *(b" " + name for name in names)]
    text = bytearray()
    for first in range(0, len(tokens), CHUNK):
        part = slice(first, first + CHUNK)
        text += b"".join(names[one] + after[two] for one, two in zip(left[part].tolist(), right[part].tolist(), strict=True))
    return bytes(text), length[left + 1] + length[right] + (right > 0)
