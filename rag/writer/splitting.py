"""A stream of words into the sentences of a draft, each as soon as it is whole, with the material that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = r"(?:材料|资料|来源)?\s*\d{1,3}(?:\s*[,，、]\s*(?:材料|资料|来源)?\s*\d{1,3})*"
_MARKER = re.compile(rf"[\[【［]\s*\^?{_NUMBERS}\s*[\]】］]|[（(](?:见|根?据)?(?=材料|资料|来源){_NUMBERS}\s*[)）]")
_STOP = r"[。！？!?]+[”’」』）)》】*_`]*"  # bold and code close after it
_END = re.compile(rf"{_STOP}(?:\s*(?:{_MARKER.pattern}))*|\n")
_OPEN_MARKER = re.compile(rf"{_STOP}(?:\s*[\[【［（(][^\]】］)）\n]{{0,24}})?$|[\[【［][^\]】］\n]{{0,24}}$")
_BULLET = re.compile(r"^\s*(?:[#>•·]+\s*|[-*]+\s+|-(?=[^\d\s-])|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*)+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`+)(?=\S)([^*_`]+?)(?<=\S)\1")
_THOUGHT = ("<think>", "</think>")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence of the model's: its words without markers, the numbers of the material that it names, whether it is an item."""

    text: str
    numbers: tuple[int, ...]
    item: bool


class Splitter:
    """Feed it the words as they come; it gives the sentences that are whole."""

    def __init__(self) -> None:
        self.heard = ""  # all of it, what the model thinks included
        self._rest = ""
        self._item = False
        self._thinking: bool | None = None

    def feed(self, words: str) -> Iterator[Draft]:
        """The sentences that `words` complete."""
        self.heard += words
        self._rest += words
        self._leave_thoughts()
        if self._thinking:
            return
        while (match := _END.search(self._rest)) is not None:
            if match.end() == len(self._rest) and match.group() != "\n":
                return  # a marker may follow
            if _OPEN_MARKER.search(self._rest[match.start() :]) and match.group() != "\n":
                return  # a marker has begun
            yield from self._taken(match.end())

    def end(self) -> Iterator[Draft]:
        """The sentence that is left when the model has said all."""
        if not self._thinking:
            while (match := _END.search(self._rest)) is not None:
                yield from self._taken(match.end())
            yield from self._taken(len(self._rest))

    def _leave_thoughts(self) -> None:
        """Leave out what the model thinks before it answers."""
        if self._thinking is None and len(self._rest.lstrip()) >= len(_THOUGHT[0]):
            self._thinking = self._rest.lstrip().startswith(_THOUGHT[0])
        if self._thinking and _THOUGHT[1] in self._rest:
            self._rest = self._rest.split(_THOUGHT[1], 1)[1].lstrip()
            self._thinking = False

    def _taken(self, end: int) -> Iterator[Draft]:
        said, self._rest = self._rest[:end], self._rest[end:]
        bullet = _BULLET.match(said)
        if bullet:
            self._item = True
        numbers = tuple(dict.fromkeys(int(n) for marker in _MARKER.findall(said) for n in re.findall(r"\d+", marker)))
        text = _EMPHASIS.sub(r"\2", _MARKER.sub("", said[bullet.end() if bullet else 0 :])).replace("**", "").strip()
        if any(character.isalnum() for character in text):
            yield Draft(text, numbers, self._item)
        if said.endswith("\n"):
            self._item = False
