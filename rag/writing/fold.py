"""A copy of a text for searching, with a map back to the source's own characters.

Folding brings together what a reader takes for the same: full and half width (NFKC), traditional and
simplified characters, upper and lower case. It never changes what is shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import opencc

CHARACTERS = 65536  # whose folded form is kept
SENTENCE = 400  # characters of a text whose folded copy is kept: each question reads the same sentences of a library again
SENTENCES = 8192  # kept: ten megabytes at most, most are a tenth as long


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


@lru_cache(maxsize=CHARACTERS)
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
    return _fold_sentence(text) if len(text) <= SENTENCE else _fold(text)


class _Characters(dict[int, str]):
    """The folded form of every character met so far, by its code."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        if len(self) < CHARACTERS:
            self[code] = folded
        return folded


_CHARACTERS = _Characters()


def _fold(text: str) -> str:
    return text.translate(_CHARACTERS)  # in half the time of joining what `fold_character` gives


_fold_sentence = lru_cache(maxsize=SENTENCES)(_fold)


def fold_with_map(text: str) -> Folded:
    """`fold(text)` with the source position of each of its characters."""
    whole = fold(text)
    if len(whole) == len(text):  # each character folds to at least one, and so each to one
        return Folded(whole, tuple(range(len(text) + 1)))
    pieces: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        folded = fold_character(character)
        pieces.append(folded)
        origin.extend([position] * len(folded))
    origin.append(len(text))
    return Folded("".join(pieces), tuple(origin))
