"""A draft: pieces of text with the places they are cut from, before the gate has seen them."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.places import Place
from rag.answer.reply import Coverage
from rag.writing.patterns import regex

_BULLET = regex(r"[-*•]\s+")  # of a source that is written in Markdown; an answer's lines have their own


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the answer. `quotes` carry it; a fixed phrase has none. `line`: it stands on a line of its own."""

    text: str
    quotes: tuple[Place, ...] = ()
    line: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer proposes: pieces in order, how sure it is (0 to 1), and how complete a list is.

    `lead` is the place that announces a list: a time or name that stands there holds for its items.
    `decides` is the sentence that answers, where more is shown around it.
    """

    pieces: tuple[Piece, ...]
    confidence: float
    coverage: Coverage | None = None
    how: str = ""
    lead: Place | None = None
    decides: Place | None = None


def verbatim(place: Place, *, line: bool = False, strip: str = "") -> Piece:
    """The piece that shows `place` as it stands, without a bullet before it, and without the marks `strip` at its end where it has more."""
    bullet = _BULLET.match(place.text)
    if bullet is not None and bullet.end() < len(place.text):
        place = place.at(place.start + bullet.end(), place.end)
    return Piece(place.text.rstrip(strip) or place.text, (place,), line)
