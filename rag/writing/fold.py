"""A copy of a text for searching, with a map back to the source's own characters.

Folding brings together what a reader takes for the same: full and half width (NFKC), traditional and
simplified characters, upper and lower case. It never changes what is shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import opencc


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded copy; `origin[i]` is the source position of its character i, `origin[len]` the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that folded `start`:`end` came from."""
        if start == end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


_ZEROS = "○◯"  # circles that stand for 〇 in years set by hand (二○○○年)


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """The folded form of one character: one or several characters, which fold to themselves."""
    if character in _ZEROS:
        return "〇"
    if "\ud800" <= character <= "\udfff":  # half a character, which no conversion takes
        return character
    plain = _simplifier().convert(unicodedata.normalize("NFKC", character))
    return str(_simplifier().convert(plain)).lower()  # twice, for 薴 becomes 苧, which is itself traditional for 苎


def fold(text: str) -> str:
    """`text` in NFKC, simplified characters and lower case, character by character."""
    return "".join(map(fold_character, text))


def fold_with_map(text: str) -> Folded:
    """`fold(text)` with the source position of each of its characters."""
    pieces: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        folded = fold_character(character)
        pieces.append(folded)
        origin.extend([position] * len(folded))
    origin.append(len(text))
    return Folded("".join(pieces), tuple(origin))
