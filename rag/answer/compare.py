"""Comparison: one row a source, each with its own quote; a source that says nothing is named as silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.answer import prose
from rag.answer.draft import Draft, Piece
from rag.answer.evidence import Evidence, Scored
from rag.answer.phrases import phrase
from rag.answer.question import Question
from rag.outline.tree import Speech

LEAST = 0.3  # a source that carries less of the question says nothing about it
MOST_SOURCES = 6


def draft(question: Question, speeches: Sequence[Speech], best: Callable[[Speech], Scored | None], evidence: Evidence) -> Draft | None:
    """What each of `speeches` says, in the order of the library; None where fewer than one says anything."""
    pieces: list[Piece] = []
    heard = 0.0
    for speech in speeches[:MOST_SOURCES]:
        scored = best(speech)
        found = prose.draft(question, evidence, [scored]) if scored and scored.coverage >= LEAST else None
        if found is None:
            pieces.append(Piece(phrase("source_silent", title=speech.title), line=True))
            continue
        heard = max(heard, found.confidence)
        pieces.append(Piece(phrase("source", title=speech.title), line=True))
        pieces.extend(found.pieces)
    return Draft(tuple(pieces), heard, how="compare") if heard else None
