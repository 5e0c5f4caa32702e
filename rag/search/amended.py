"""The word index of passages most of which an earlier index holds: the same to the byte as one made anew, in a fraction of the time.

It is done stretch by stretch of the tokens, so that memory does not grow with the library.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.search.bm25 import damping, length, rarities, tokens, weights
from rag.search.inverted import cuts
from rag.search.postings import MOST, Index
from rag.search.words import Words

STRETCH = 1_000_000  # entries that are in memory at once

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """The passages that are new: entry i says that token `ids[i]` stands `counts[i]` times in row `rows[i]`, by id and row."""

    ids: Places
    rows: Places
    counts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Order:
    """Where the earlier index's tokens and those that are new stand among one another; `before[j]` is the old one after new j."""

    before: Places
    added: list[bytes]

    def of_old(self, numbers: Places) -> Places:
        """The ids of tokens of the earlier index."""
        return numbers + np.searchsorted(self.before, numbers, "right")

    def start(self, number: int) -> int:
        """The first id that does not stand before the old token `number`'s stretch."""
        return number + int(np.searchsorted(self.before, number, "left"))


def amended(old: Words, places: Places, size: int, fresh: Iterable[tuple[int, str]], scratch: Path) -> Words | None:
    """The index of `size` passages: those of `old` that are still there, row r at `places[r]` (-1: gone), and `fresh` ones.

    `fresh` gives row and searched text (context, line feed, text) of each new passage. Rows and counts lie in `scratch`.
    None where the earlier index does not tell enough.
    """
    lengths = old.index.lengths
    if lengths is None or old.index.counts is None or len(lengths) != old.size or not len(old.tokens) or not size:
        return None
    kept = places >= 0
    new_lengths = np.zeros(size, dtype=np.int32)
    new_lengths[places[kept]] = lengths[kept]
    order, entries = _placed(old, fresh, new_lengths)
    holding = _holding(old, places, order, entries)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(holding)))
    entire = max(1, int(starts[-1]))  # an empty file can't be mapped
    rows = np.memmap(scratch / "amended.rows", mode="w+", dtype=np.int32, shape=(entire,))[: starts[-1]]
    counts = np.memmap(scratch / "amended.counts", mode="w+", dtype=np.uint8, shape=(entire,))[: starts[-1]]
    peaks = np.zeros(len(holding), dtype=np.float32)
    rarity, damped = rarities(holding, size), damping(new_lengths)
    at = 0
    for ids, own, each in _stretches(old, places, order, entries):
        rows[at : at + len(ids)], counts[at : at + len(ids)] = own, each
        np.maximum.at(peaks, ids, weights(rarity[ids], each, damped[own]))
        at += len(ids)
    whole = holding > 0
    text, sizes = _text(old, order, whole)
    offsets = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))
    left = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(holding[whole])))
    return Words(Index(text, offsets, left, rows, peaks[whole], counts, new_lengths), size)


def _placed(old: Words, fresh: Iterable[tuple[int, str]], lengths: NDArray[np.int32]) -> tuple[_Order, _Fresh]:
    """The new passages' entries, and where their tokens stand; their lengths are put into `lengths`."""
    numbers: dict[bytes, int] = {}
    entries: list[tuple[int, int, int]] = []
    for row, text in fresh:
        found = tokens(text)
        lengths[row] = length(found)
        for token, count in Counter(found).items():
            entries.append((numbers.setdefault(token.encode("utf-8", "surrogatepass"), len(numbers)), row, min(count, MOST)))
    spots = {token: bisect_left(old.tokens, token) for token in numbers}
    added = sorted(token for token, at in spots.items() if at == len(old.tokens) or old.tokens[at] != token)
    order = _Order(np.array([spots[token] for token in added], dtype=np.int64), added)
    own = {token: int(order.of_old(np.int64(at))) for token, at in spots.items()}  # type: ignore[arg-type]  # a number is an array of one
    own |= {token: spots[token] + place for place, token in enumerate(added)}
    ids = np.array([own[token] for token in numbers], dtype=np.int64)
    table = np.array(entries, dtype=np.int64).reshape(-1, 3)
    table[:, 0] = ids[table[:, 0]] if len(ids) else table[:, 0]
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    return order, _Fresh(table[:, 0], table[:, 1], table[:, 2].astype(np.uint8))


def _holding(old: Words, places: Places, order: _Order, entries: _Fresh) -> Places:
    """In how many passages each token stands now, by id."""
    total = len(old.tokens) + len(order.added)
    holding = np.bincount(entries.ids, minlength=total)
    for first, last in cuts(old.index.starts, STRETCH):
        starts = old.index.starts[first : last + 1]
        gone = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(places[old.index.rows[starts[0] : starts[-1]]] < 0)))
        ends = starts - starts[0]
        holding[order.of_old(np.arange(first, last))] += np.diff(ends) - np.diff(gone[ends])
    return holding


def _stretches(old: Words, places: Places, order: _Order, entries: _Fresh) -> Iterator[tuple[Places, Places, NDArray[np.uint8]]]:
    """Ids, rows and counts of all entries, by id and row."""
    index = old.index
    assert index.counts is not None
    size = int(places.max(initial=0)) + len(entries.rows) + old.size + 1  # more than any row
    for first, last in cuts(old.index.starts, STRETCH):
        start, end = int(index.starts[first]), int(index.starts[last])
        numbers = np.repeat(np.arange(first, last), np.diff(index.starts[first : last + 1]))
        own = places[index.rows[start:end]]
        whole = own >= 0
        low = order.start(first) if first else 0
        high = order.start(last) if last < len(old.tokens) else len(old.tokens) + len(order.added)
        between = slice(*np.searchsorted(entries.ids, (low, high)).tolist())
        ids = np.concatenate((order.of_old(numbers[whole]), entries.ids[between]))
        rows = np.concatenate((own[whole], entries.rows[between]))
        counts = np.concatenate((index.counts[start:end][whole], entries.counts[between]))
        right = np.argsort(ids * size + rows, kind="stable")
        yield ids[right], rows[right], counts[right]


def _text(old: Words, order: _Order, whole: NDArray[np.bool_]) -> tuple[bytes, Sequence[int]]:
    """The tokens that stand somewhere, one after another, and the length of each."""
    old_ids = order.of_old(np.arange(len(old.tokens)))
    sizes = np.zeros(len(whole), dtype=np.int64)
    sizes[old_ids] = np.diff(old.index.offsets)
    added = order.before + np.arange(len(order.added))
    sizes[added] = [len(token) for token in order.added]
    pieces, done = [], 0
    gone = np.flatnonzero(~whole[old_ids])
    events = sorted([(int(at), 0, token) for at, token in zip(order.before, order.added, strict=True)] + [(int(at), 1, b"") for at in gone])
    for at, dropped, token in events:
        pieces += [old.tokens.between(done, at), token]
        done = at + dropped
    pieces.append(old.tokens.between(done, len(old.tokens)))
    return b"".join(pieces), sizes[whole]  # type: ignore[return-value]  # an array of whole numbers is as good
