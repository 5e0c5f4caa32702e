"""How rare each character and character pair is in the library, and which pairs sound alike.

Built from the passages' folded text in one pass with numpy, part by part, and kept with the build; holds no text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.search import flat
from rag.writing.fold import fold

Table = tuple[NDArray[np.int64], NDArray[np.int64]]  # the keys, sorted, and the count of each
PART = 4_000  # passages that are counted in memory at once
LOOKED_UP = 2_048  # words whose frequency is kept: a question asks for a hundred
READ = 2048  # readings whose characters are kept: there are some 1,300 without tones
_PAIR = np.int64(1 << 21)  # more than any code point
_EMPTY: Table = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
_READINGS = "readings.json"
_ARRAYS = ("characters", "character_counts", "pairs", "pair_counts")


class Vocabulary:
    """Document frequencies over `count` passages, of single characters and of pairs of neighbours."""

    def __init__(self, count: int, single: Table, pairs: Table, readings: Path | None = None) -> None:
        self.count = count
        self._kept = readings
        self._single, self._single_counts = single
        self._pairs, self._pair_counts = pairs
        # Every statement that is scored asks for the same few words of its question.
        self.frequency = lru_cache(maxsize=LOOKED_UP)(self._frequency)
        self.rarity = lru_cache(maxsize=LOOKED_UP)(self._rarity)
        self._homophones = lru_cache(maxsize=READ)(self._find_homophones)

    @classmethod
    def build(cls, texts: Iterable[str]) -> Vocabulary:
        """The frequencies in `texts`, one passage each."""
        return cls(*_counted(texts))

    def amended(self, gone: Iterable[str], fresh: Iterable[str]) -> Vocabulary:
        """The vocabulary of a library that these passages left and joined: the same as one built anew."""
        tables: list[Table] = [(self._single, self._single_counts), (self._pairs, self._pair_counts)]
        count = self.count
        for sign, texts in ((-1, gone), (1, fresh)):
            number, *parts = _counted(texts)
            count += sign * number
            tables = [_added(table, (keys, sign * counts)) for table, (keys, counts) in zip(tables, parts, strict=True)]
        single, pairs = ((keys[counts > 0], counts[counts > 0]) for keys, counts in tables)
        made = Vocabulary(count, single, pairs)
        known = self._readings
        made.__dict__["_readings"] = {one: known.get(one) or _readings(one) for one in map(chr, single[0].tolist())}
        return made

    def save(self, folder: Path) -> None:
        """Write the frequencies into `folder`; the same passages give the same bytes."""
        for name, array in zip(_ARRAYS, (self._single, self._single_counts, self._pairs, self._pair_counts), strict=True):
            flat.save(folder / f"{name}{flat.SUFFIX}", array)
        readings = {character: sorted(known) for character, known in self._readings.items()}
        (folder / _READINGS).write_text(json.dumps(readings, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")

    @classmethod
    def load(cls, folder: Path, count: int) -> Vocabulary:
        """The frequencies over `count` passages that `save` wrote, mapped."""
        one, two, three, four = (flat.mapped(folder / f"{name}{flat.SUFFIX}", np.int64) for name in _ARRAYS)
        return cls(count, (one, two), (three, four), folder / _READINGS)

    @cached_property
    def _readings(self) -> dict[str, frozenset[str]]:
        """How each character of the library is read: kept with a build, since what tells it takes half a second to load."""
        if self._kept is None:
            return {character: _readings(character) for character in map(chr, self._single.tolist())}
        kept = json.loads(self._kept.read_text(encoding="utf-8", errors="surrogatepass"))
        return {character: frozenset(known) for character, known in kept.items()}

    def _frequency(self, token: str) -> int:
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

    def _rarity(self, word: str) -> float:
        """The inverse document frequency of `word`, as in BM25, by its rarest pair; above zero."""
        frequency = self.rarest(word)
        return math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))

    def sounds_like(self, pair: str) -> str | None:
        """The most frequent pair of the library that differs from the unknown `pair` in one character, read alike; or None."""
        wanted = [self._readings.get(character) or _readings(character) for character in pair]
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

    def _find_homophones(self, readings: frozenset[str]) -> NDArray[np.int64]:
        same = [ord(character) for character, known in self._readings.items() if known & readings]
        return np.array(same, dtype=np.int64)


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
    return codes, owners


def _counted(texts: Iterable[str]) -> tuple[int, Table, Table]:
    """How many texts there are, and in how many each character and each pair stands."""
    count, single, pairs = 0, _Tally(), _Tally()
    rest = iter(texts)
    while part := list(islice(rest, PART)):
        codes, owners = _codes([fold(text) for text in part])
        neighbours = owners[1:] == owners[:-1] if len(owners) else np.zeros(0, dtype=bool)
        single.add(_frequencies(codes, owners))
        pairs.add(_frequencies((codes[:-1] * _PAIR + codes[1:])[neighbours], owners[:-1][neighbours]))
        count += len(part)
    return count, single.total(), pairs.total()


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


def _added(*tables: Table) -> Table:
    """The tables as one."""
    keys, places = np.unique(np.concatenate([keys for keys, _ in tables]), return_inverse=True)
    counts = np.zeros(len(keys), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([counts for _, counts in tables]))
    return keys, counts


class _Tally:
    """Tables added up, but only once those that wait are as long as what there is: a large library is not sorted at every part."""

    def __init__(self) -> None:
        self._whole = _EMPTY
        self._waiting: list[Table] = []

    def add(self, part: Table) -> None:
        """One more table."""
        self._waiting.append(part)
        if sum(len(keys) for keys, _ in self._waiting) > len(self._whole[0]):
            self.total()

    def total(self) -> Table:
        """All of them as one."""
        self._whole, self._waiting = _added(self._whole, *self._waiting), []
        return self._whole


def sound(text: str) -> list[str]:
    """How `text` is read, without tones, each character as its neighbours make it read."""
    from pypinyin import lazy_pinyin  # its tables take half a second; most questions have no slip

    return lazy_pinyin(text)


@lru_cache(maxsize=65536)
def _readings(character: str) -> frozenset[str]:
    """Every way in which the character is read, without tones (率 is lv and shuai)."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
