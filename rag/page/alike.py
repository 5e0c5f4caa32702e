"""Where else the library says nearly the same: sentences of other places beside those of one paragraph, differences told.

Finds candidates by the engine's own search and compares them character by character (difflib); nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal

from rag.answer.places import Place, Shelf
from rag.passages import Passage
from rag.writing.sentences import segments, trimmed

Kind = Literal["same", "here", "there"]
Search = Callable[[str, int], Sequence[Passage]]
CANDIDATES = 16  # passages looked at for each sentence
LEAST_CHARACTERS = 8  # of a sentence worth comparing
LEAST_ALIKE = 0.6  # of both sentences' characters: below, a reader sees two sentences, not two wordings
MOST = 12  # places shown
SENTENCES = 6  # of the paragraph that are searched for: each takes a search
QUERY_CHARACTERS = 200
_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sentence of another place, close to one of the paragraph.

    `pieces` cover both wordings: what both have, what only stands here, what only stands there.
    """

    place: Place
    share: float
    pieces: tuple[tuple[Kind, str], ...]


def alike(shelf: Shelf, search: Search, paragraph: Place) -> tuple[Likeness, ...]:
    """The nearest wordings of the paragraph's sentences elsewhere, closest first; one for each place."""
    nearest: dict[tuple[str, int], Likeness] = {}
    for found in _found(shelf, search, paragraph):
        key = (found.place.document.path, found.place.start)
        if key not in nearest or nearest[key].share < found.share:
            nearest[key] = found
    return tuple(sorted(nearest.values(), key=lambda one: -one.share)[:MOST])


def _found(shelf: Shelf, search: Search, paragraph: Place) -> Iterator[Likeness]:
    """Every close wording that the search comes upon, the paragraph itself left out."""
    for sentence in islice(_sentences(paragraph), SENTENCES):
        for passage in search(sentence.text[:QUERY_CHARACTERS], CANDIDATES):
            if passage.document == paragraph.document.path and paragraph.start <= passage.start < paragraph.end:
                continue
            others = _sentences(shelf.place(passage.document, passage.start, passage.end))
            yield from (likeness for other in others if (likeness := _compared(sentence.text, other)) is not None)


def _sentences(place: Place) -> Iterator[Place]:
    text = place.document.text
    for span in segments(text, place.start, place.end):
        start, end = trimmed(text, span)
        if end - start >= LEAST_CHARACTERS:
            yield place.at(start, end)


def _compared(here: str, there: Place) -> Likeness | None:
    """The likeness of two sentences; None where they are not close. Quick upper bounds are asked first."""
    matcher = SequenceMatcher(None, here, there.text, autojunk=False)
    if matcher.real_quick_ratio() < LEAST_ALIKE or matcher.quick_ratio() < LEAST_ALIKE or (share := matcher.ratio()) < LEAST_ALIKE:
        return None
    return Likeness(there, share, tuple(_pieces(_PIECE.findall(here), _PIECE.findall(there.text))))


def _pieces(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """What both have and what one has alone, number by number and character by character: half a number tells nothing."""
    for operation, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if operation == "equal":
            yield "same", "".join(here[a:b])
            continue
        if b > a:
            yield "here", "".join(here[a:b])
        if d > c:
            yield "there", "".join(there[c:d])
