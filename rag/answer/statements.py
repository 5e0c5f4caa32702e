"""Statements: the sentences of the library, each with its surroundings.

A statement is one sentence with what stands before it in its item, the headings above, the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer.places import Place, Shelf
from rag.outline.headings import nodes_at, path_at
from rag.outline.tree import Paragraph, Speech
from rag.writing.fold import fold
from rag.writing.sentences import sentences, trimmed

KEPT = 4096  # paragraphs whose statements are kept as they were read


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage: where it stands, its retrieval score between 0 and 1, its BM25 score and its cosine."""

    document: str
    start: int
    end: int
    score: float
    words: float = 0.0
    cosine: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence and its surroundings, folded. `order` is its position among its paragraph's sentences.

    `bearing` is what its speech bears on its front: title, occasion, date, speaker, and the document's name.
    """

    place: Place
    order: int
    folded: str
    head: str
    before: str
    path: str
    bearing: str
    paragraph: str
    prior: float

    def __hash__(self) -> int:
        return hash(self.place)


class Statements:
    """The statements of a library's paragraphs."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._statements = lru_cache(maxsize=KEPT)(self._read)

    def statements(self, hits: Iterable[Hit]) -> list[Statement]:
        """Every statement of the paragraphs that `hits` stand in, best paragraph first."""
        found: list[Statement] = []
        seen: set[tuple[str, int]] = set()
        for hit in hits:
            place = self.shelf.place(hit.document, hit.start, hit.end)
            key = (hit.document, place.paragraph.start)
            if key not in seen:
                seen.add(key)
                found.extend(self.of_paragraph(place.speech, place.paragraph, hit.score))
        return found

    def of_paragraph(self, speech: Speech, paragraph: Paragraph, prior: float = 0.0) -> Iterator[Statement]:
        """The statements of one paragraph, in order."""
        found = self._statements(speech.document, paragraph.start)
        return (replace(one, prior=round(prior, 3)) for one in found) if prior else iter(found)

    def bearing(self, speech: Speech) -> str:
        """What a speech bears on its front, folded: title, document, occasion, date, speaker."""
        return self.shelf.bearing(speech)

    def _read(self, document: str, start: int) -> tuple[Statement, ...]:
        place = self.shelf.place(document, start, len(self.shelf.documents[document].text))
        text, paragraph = place.document.text, place.paragraph
        whole = fold(place.paragraph_text)
        found = []
        before = ""
        for order, span in enumerate(sentences(text, paragraph.start, paragraph.end)):
            left, right = trimmed(text, span)
            folded = fold(text[left:right])
            found.append(
                Statement(
                    place=place.at(left, right),
                    order=order,
                    folded=folded,
                    head=fold(_head(place.speech, text, left, right)),
                    before=before,
                    path=fold(" ".join(path_at(place.speech.root, text, left, left))),
                    bearing=self.bearing(place.speech),
                    paragraph=whole,
                    prior=0.0,
                )
            )
            before = folded
        return tuple(found)


def _head(speech: Speech, text: str, start: int, end: int) -> str:
    """The heading of the innermost item that the span lies in but does not open."""
    head = ""
    for node in nodes_at(speech.root, start, end):
        if node.kind == "item" and node.heading_end <= start:
            head = text[node.heading_start : node.heading_end]
    return head
