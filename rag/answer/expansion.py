"""Expansion: a sentence that answers with those beside it, as many as its kind of question is told by, and within its topic."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.evidence import Evidence
from rag.answer.interrogatives import Kind
from rag.answer.question import Question
from rag.answer.selection import TOPIC_CHARACTERS
from rag.answer.statements import Statement
from rag.writing.sentences import Span

# Characters up to which an answer is filled with the sentences beside the one that decides: they tell how, and why, in full.
_FILL: dict[Kind, int] = {
    "how": 280, "why": 230, "definition": 190, "compare": 190, "yes_no": 170, "who": 170, "when": 130, "where": 130, "other": 130,
    "list": 220,
}  # fmt: skip
_ONWARD = 0.1  # speaks for the sentence that follows rather than the one before
_ORDERS = "要"  # with which each part of a paragraph of instructions opens


def widened(question: Question, evidence: Evidence, statement: Statement) -> Span:
    """The statement with the sentences beside it, as many as its kind of question allows."""
    place = statement.place
    around = list(evidence.of_paragraph(place.speech, place.paragraph))
    at = next(index for index, other in enumerate(around) if other.place.start == place.start)
    first, last = expanded(question, evidence, around, at, at)
    return around[first].place.start, around[last].place.end


def expanded(question: Question, evidence: Evidence, around: Sequence[Statement], first: int, last: int) -> tuple[int, int]:
    """The stretch from `first` to `last` with the sentences beside it, nearest to the question first, as many as the kind allows."""
    most = _FILL.get(question.kind)
    if most is None:
        return first, last
    scores = [evidence.score(question, one).score for one in around]

    least = first if _opens_part(around[first]) else 0
    onward = next_topic(question, evidence, around, first)

    def fits(a: int, b: int) -> bool:
        return a >= least and b < onward and around[b].place.end - around[a].place.start <= most

    while True:
        beside = [(scores[last + 1] + _ONWARD, first, last + 1)] if fits(first, last + 1) else []
        beside += [(scores[first - 1], first - 1, last)] if fits(first - 1, last) else []
        if not beside:
            return first, last
        _, first, last = max(beside)


def next_topic(question: Question, evidence: Evidence, around: Sequence[Statement], at: int) -> int:
    """Where the paragraph goes on to something else, after a short sentence that opens one of its parts: with the next 要…, that has
    not a word of the question; else its end."""
    later = range(at + 2, len(around)) if _opens_part(around[at]) else ()
    foreign = (i for i in later if around[i].folded.startswith(_ORDERS) and evidence.wording(question, around[i].folded) == 0)
    return next(foreign, len(around))


def _opens_part(statement: Statement) -> bool:
    """Whether the statement is a short sentence that opens a part of its paragraph (要扭住招商引资不放松。)."""
    return statement.folded.startswith(_ORDERS) and len(statement.folded) <= TOPIC_CHARACTERS
