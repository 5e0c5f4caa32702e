"""Which rows hold each token, and how often: what is kept of passages turned round, and what it adds to their scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.search import flat
from rag.search.bm25 import damping, rarities, weights

MOST = 255  # of a count that is kept: in one byte, and by then one more adds a hundred-thousandth
TOGETHER = 200_000  # entries that are added in one go: short lists cost no call each, and a long question no memory
_ONCE = np.uint8(1)

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """Of token t, `rows[starts[t]:starts[t + 1]]` hold it, in order, each so often as `counts` says, `MOST` standing for more.

    `lengths` of the rows are in tokens; `peaks[t]` is the most that t adds to a score. An older build kept what each entry
    adds, `weights`, and no `counts`, or no `lengths` either.
    """

    tokens: bytes
    offsets: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    peaks: NDArray[np.float32]
    counts: NDArray[np.uint8] | None = None
    lengths: NDArray[np.int32] | None = None
    weights: NDArray[np.float32] | None = None

    def span(self, token: int) -> slice:
        """Where the list of a token lies."""
        return slice(int(self.starts[token]), int(self.starts[token + 1]))

    def holding(self, token: int) -> NDArray[np.int32]:
        """The rows that hold a token, in order."""
        return self.rows[self.span(token)]

    def adds(self, token: int, at: NDArray[Any] | slice = slice(None)) -> Scores:
        """What a token adds to the score of each row that holds it, or of those `at` these places among them."""
        if self.weights is not None:
            return self.weights[self.span(token)][at]
        assert self.counts is not None
        return weights(self._rarity(token), self.counts[self.span(token)][at], self._damped[self.holding(token)[at]])

    def scores(self, tokens: Sequence[int], size: int) -> Scores:
        """What these tokens add to the score of each of `size` rows.

        Nearly all entries are of a token that stands once in its passage: what such tokens tell is added up first and held
        against the passage's length at the end, for all of them together; what a further time adds comes on top.
        """
        scores = np.zeros(size, dtype=np.float32)
        if self.weights is not None:
            for token in tokens:
                np.add.at(scores, self.holding(token), self.adds(token))
            return scores
        further = []
        for part in self._parts(tokens):
            rows, counts, rarity = self._entries(part)
            np.add.at(scores, rows, rarity)
            more = np.flatnonzero(counts > 1)
            several, often, own = rows[more], counts[more], rarity[more]
            damped = self._damped[several]
            further.append((several, weights(own, often, damped) - weights(own, _ONCE, damped)))
        scores *= self._single
        for several, added in further:
            np.add.at(scores, several, added)
        return scores

    def give_back(self) -> None:
        """Let go of what was looked at."""
        for numbers in (self.rows, self.counts, self.weights):
            if numbers is not None:
                flat.give_back(numbers)

    def _rarity(self, token: int) -> np.float32:
        return np.float32(rarities(np.diff(self.starts[token : token + 2]), len(self._damped))[0])

    def _entries(self, spans: Sequence[slice]) -> tuple[NDArray[np.int32], NDArray[np.uint8], Scores]:
        """The rows, counts and rarities of whole lists, one after the other."""
        assert self.counts is not None
        sizes = np.array([span.stop - span.start for span in spans])
        rarity = np.repeat(rarities(sizes, len(self._damped)), sizes)
        return np.concatenate([self.rows[span] for span in spans]), np.concatenate([self.counts[span] for span in spans]), rarity

    def _parts(self, tokens: Sequence[int]) -> Iterator[list[slice]]:
        """Where the tokens' lists lie, in parts of at most `TOGETHER` entries; one with more is a part of its own."""
        part: list[slice] = []
        entries = 0
        for span in map(self.span, tokens):
            entries += span.stop - span.start
            if part and entries > TOGETHER:
                yield part
                part, entries = [], span.stop - span.start
            part.append(span)
        if part:
            yield part

    @cached_property
    def _damped(self) -> NDArray[np.float32]:
        assert self.lengths is not None
        return damping(self.lengths)

    @cached_property
    def _single(self) -> NDArray[np.float32]:
        """What a token that stands once in a passage adds, as a share of its rarity."""
        return weights(np.float32(1), _ONCE, self._damped)
