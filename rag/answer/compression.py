"""Compression: of a long stretch that answers, the segments or clauses that carry the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.evidence import Evidence
from rag.answer.interrogatives import Kind
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.writing.sentences import Span, clauses, segments, trimmed

ANSWER_CHARACTERS = 230  # of an answer whose kind says nothing else
TOPIC_TOLD = 390  # characters of a paragraph that is told from a sentence on that names its topic
SEGMENT_CHARACTERS = 120  # a longer segment is cut to the clauses that carry the question
_TOLD_SHORT = ("definition", "yes_no", "who", "when", "where")  # what is asked is told in a clause or two
# Characters beyond which an answer is cut to the segments or clauses that carry the question.
_LONGEST: dict[Kind, int] = {
    "other": SEGMENT_CHARACTERS, "how": TOPIC_TOLD, "definition": 190, "yes_no": 190, "who": 190, "when": 190, "where": 190,
}  # fmt: skip


def compressed(question: Question, evidence: Evidence, place: Place, statement: Statement) -> Place:
    """`place`, or where it is long and has ； in it, its segments that carry the question."""
    text = place.document.text
    limit = _LONGEST.get(question.kind, ANSWER_CHARACTERS)
    if place.end - place.start <= limit:
        return place
    parts = segments(text, statement.place.start, statement.place.end)
    own = statement.place
    most = limit if question.kind in _TOLD_SHORT else ANSWER_CHARACTERS
    if len(parts) < 2 and place.end - place.start <= ANSWER_CHARACTERS and own.end - own.start <= most:
        return own
    shares = [evidence.wording(question, text[start:end].lower()) + _settles(question, text[start:end]) for start, end in parts]
    best = parts[max(range(len(parts)), key=lambda index: shares[index])]
    if best[1] - best[0] > SEGMENT_CHARACTERS:
        best = _clauses(question, evidence, text, best)
    return place.at(*trimmed(text, best, "；;，,"))


def _settles(question: Question, told: str) -> bool:
    """Whether it is asked whether something is so, and `told` says of one of the question's words alone that it is not, or must be."""
    if question.kind != "yes_no":
        return False
    return any(re.search(f"{re.escape(term.text)}(?:不|未|没有|可以|应当|必须)", told) for term in question.terms)


def _clauses(question: Question, evidence: Evidence, text: str, span: Span) -> Span:
    """The shortest stretch of clauses of `span` that holds all of the question's wording that `span` holds."""
    parts = clauses(text, *span)
    shares = [evidence.wording(question, text[start:end].lower()) for start, end in parts]
    held = [index for index, share in enumerate(shares) if share > 0] or [0]
    most = _LONGEST.get(question.kind, ANSWER_CHARACTERS)
    if question.kind not in _TOLD_SHORT or parts[held[-1]][1] - parts[held[0]][0] <= most:
        return parts[held[0]][0], parts[held[-1]][1]
    return _around_best(parts, shares, most)


def _around_best(parts: Sequence[Span], shares: Sequence[float], most: int) -> Span:
    """The clause with the greatest share of the question and those beside it, the greater share first, up to `most` characters."""
    first = last = max(range(len(parts)), key=lambda index: shares[index])
    while True:
        beside = [(first - 1, last)] if first > 0 else []
        beside += [(first, last + 1)] if last + 1 < len(parts) else []
        fitting = [(a, b) for a, b in beside if parts[b][1] - parts[a][0] <= most]
        if not fitting:
            return parts[first][0], parts[last][1]
        first, last = max(fitting, key=lambda pair: (shares[pair[0]] if pair[0] < first else shares[pair[1]], pair[1]))
