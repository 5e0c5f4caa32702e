"""How rare each character and character pair is in the library, and which pairs sound alike.

Built from the passages' folded text in one pass with numpy; holds no text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin, pinyin

from rag.writing.fold import fold

_PAIR = np.int64(1 << 21)  # more than any code point


class Vocabulary:
    """Document frequencies over `count` passages, of single characters and of pairs of neighbours."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.count = len(texts)
        codes, owners = _codes([fold(text) for text in texts])
        self._single, self._single_counts = _frequencies(codes, owners)
        neighbours = owners[1:] == owners[:-1] if len(owners) else np.zeros(0, dtype=bool)
        pairs = (codes[:-1] * _PAIR + codes[1:])[neighbours]
        self._pairs, self._pair_counts = _frequencies(pairs, owners[:-1][neighbours])

    def frequency(self, token: str) -> int:
        """In how many passages a folded character or pair stands."""
        keys, counts = (self._single, self._single_counts) if len(token) == 1 else (self._pairs, self._pair_counts)
        key = np.int64(ord(token)) if len(token) == 1 else np.int64(ord(token[0])) * _PAIR + np.int64(ord(token[1]))
        at = int(np.searchsorted(keys, key))
        return int(counts[at]) if at < len(keys) and keys[at] == key else 0

    def knows(self, word: str) -> bool:
        """Whether every pair of the folded `word` stands somewhere in the library."""
        return self.rarest(word) > 0

    def rarest(self, word: str) -> int:
        """The frequency of the rarest pair of `word` (of its character, where it has one only)."""
        tokens = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        return min(map(self.frequency, tokens))

    def rarity(self, word: str) -> float:
        """The inverse document frequency of `word`, as in BM25, by its rarest pair; above zero."""
        frequency = self.rarest(word)
        return math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))

    def sounds_like(self, pair: str) -> str | None:
        """The most frequent pair of the library that differs from the unknown `pair` in one character, read alike; or None."""
        wanted = [_readings(character) for character in pair]
        firsts = self._homophones(wanted[0])
        seconds = self._homophones(wanted[1])
        keys = (firsts[:, None] * _PAIR + seconds[None, :]).ravel()
        at = np.searchsorted(self._pairs, keys)
        at[at == len(self._pairs)] = 0
        found = self._pairs[at] == keys if len(self._pairs) else np.zeros(0, dtype=bool)
        if not found.any():
            return None
        known = [int(self._pairs[row]) for row in at[found]]
        pairs = [chr(key // int(_PAIR)) + chr(key % int(_PAIR)) for key in known]
        near = [meant for meant in pairs if sum(a != b for a, b in zip(meant, pair, strict=True)) == 1]
        return max(near, key=self.frequency, default=None)

    def _homophones(self, readings: frozenset[str]) -> NDArray[np.int64]:
        same = [code for code in self._single.tolist() if _readings(chr(code)) & readings]
        return np.array(same, dtype=np.int64)


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
    return codes, owners


def _frequencies(keys: NDArray[np.int64], owners: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct keys, sorted, and in how many owners each stands."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    distinct, counts = np.unique(keys[new], return_counts=True)
    return distinct, counts.astype(np.int64)


def sound(text: str) -> list[str]:
    """How `text` is read, without tones, each character as its neighbours make it read."""
    return lazy_pinyin(text)


@lru_cache(maxsize=65536)
def _readings(character: str) -> frozenset[str]:
    """Every way in which the character is read, without tones (率 is lv and shuai)."""
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
