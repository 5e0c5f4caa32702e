"""Sentences that answer how, why, who, when, where, what is, and yes or no: the deciding one first, short."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.excerpt import carried_out, excerpt
from rag.answer.question import Question
from rag.answer.selection import deciding


def draft(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Draft | None:
    """The sentence that decides, with what it leans on and what carries it out; None without statements."""
    if not ranked:
        return None
    best = deciding(question, evidence, ranked)
    place = excerpt(question, evidence, best.statement)
    pieces = (verbatim(place), *(verbatim(one, line=True) for one in carried_out(question, evidence, place)))
    return Draft(pieces, best.coverage, how=f"{question.kind} {best.score:.2f}", decides=best.statement.place)
