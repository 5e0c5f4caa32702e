"""Realisation: how the figure that answers is told: its clause with its subject, and with what else is asked in the same sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import fitting
from rag.answer.draft import Piece
from rag.answer.fact import Fact, moved_end
from rag.answer.keywords import Term
from rag.answer.question import Question
from rag.answer.terms import ABBREVIATION, match
from rag.writing.figures import figures
from rag.writing.fold import fold, fold_with_map
from rag.writing.patterns import regex
from rag.writing.sentences import clauses, trimmed

_ASKS_FIGURE = regex("多少|几(?=[个项家户人名条座亩吨次所套件处台辆场])")
_ASKS_GROWTH_TOO = regex(
    "(?:多少|几)[^,，、?？]{0,4}[,，、?？和及]{1,2}[^,，、?？]{0,4}"
    "(?:增速|增幅|涨幅|降幅|增长率?|增|涨|升|降)了?(?:呢|[是为有]?(?:多少|百分之几)|[?？]|$)"
)
FIGURE_CHARACTERS = 110  # from the subject to the figure; what stands between them in a longer stretch is left out as …
SEVERAL_CHARACTERS = 160  # of a sentence that is shown to its end where several figures are asked for
_LAST_CLAUSE = regex("[^,:;]+")
_MEASURE_OF = 4  # characters of a word that joins a measure to what is measured
_JOINED = regex("(?P<a>[一-鿿]{3,8})[和跟与](?P<b>[一-鿿]{3,8}?)(?=$|[?？。呢各有是要多分])")
_VERB = regex("预计|实现|完成|达|为|共|累计|总")  # before a figure
_SUBJECT_LEAST = 3  # characters at the end of what is asked about that a clause must have


def realised(question: Question, fact: Fact, facts: Sequence[Fact]) -> tuple[Piece, ...]:
    """The fact as shown, with its growth, or the other figures of its sentence, where the question asks for those too."""
    piece = piece_of(fact, question.terms)
    asked = fold(question.understood)
    if _ASKS_GROWTH_TOO.search(asked):
        piece = _up_to(moved_end(fact), piece)
    elif len(_ASKS_FIGURE.findall(asked)) > 1:
        piece = _up_to(fact.statement.place.end, piece)
    other = _of_the_other(question, fact, piece, facts)
    return (piece,) if other is None else (replace(piece, line=True), replace(piece_of(other, question.terms), line=True))


def _of_the_other(question: Question, fact: Fact, piece: Piece, facts: Sequence[Fact]) -> Fact | None:
    """Where two things are asked about (特色学校跟名师工作室), the figure of the one left out, in the same sentence."""
    asked = _JOINED.search(fold(question.understood))
    if asked is None:
        return None
    told = fold(piece.text)
    named = [word[-_SUBJECT_LEAST:] for word in (asked["a"], asked["b"])]
    left = [word for word in named if word not in told]
    beside = [other for other in facts if other.statement.place == fact.statement.place and other.clause != fact.clause]
    return next((other for other in beside if len(left) == 1 and left[0] in other.texts[0]), None)


def _up_to(end: int, piece: Piece) -> Piece:
    """The piece and what follows it to `end`, where that is short: several figures are asked for, and stand side by side."""
    place = piece.quotes[0]
    whole = place.at(place.start, max(place.end, trimmed(place.document.text, (place.start, end), "，,；;。、 ")[1]))
    return Piece(whole.text, (whole,)) if whole.end - whole.start <= SEVERAL_CHARACTERS else piece


def piece_of(fact: Fact, terms: tuple[Term, ...]) -> Piece:
    """The fact as shown: its subject's clause to its own, what stands between left out as … where it is long."""
    place = fact.statement.place
    text = place.document.text
    start = min(trimmed(text, fact.segment)[0], trimmed(text, fact.subject)[0])
    _, end = trimmed(text, fact.clause, "，,；;。、 ")
    if any(divided(term, fact.texts[2], fact.texts[0]) for term in terms):
        start = trimmed(text, next(one for one in clauses(text, *fact.segment) if one[1] >= fact.clause[1]))[0]
        return Piece(text[start:end], (place.at(start, end),))
    subject_start, _ = trimmed(text, fact.subject)
    head_end = _head_end(text, start, terms, subject_start)
    whole = place.at(start, end)
    if fitting.sums_up(fact) and end - start <= FIGURE_CHARACTERS:
        return Piece(whole.text, (whole,))  # with its parts
    own_start, subject_end = trimmed(text, fact.segment)[0], trimmed(text, fact.subject, "，,；;：:。、 ")[1]
    if end - start > FIGURE_CHARACTERS and start < subject_end < own_start:
        return Piece(f"{text[start:subject_end]}…{text[own_start:end]}", (whole,))
    if head_end is None or subject_start - head_end <= 1:
        begin = start if head_end is not None or subject_start == start else subject_start
        return Piece(text[begin:end], (place.at(begin, end),))
    return Piece(f"{text[start:head_end]}…{text[subject_start:end]}", (whole,))


def _head_end(text: str, start: int, terms: tuple[Term, ...], subject_start: int) -> int | None:
    """Where the segment's own subject ends, if the question speaks of it: before the first figure's verb."""
    if subject_start <= start:
        return start
    first = clauses(text, start, subject_start)[0]
    mapped = fold_with_map(text[first[0] : first[1]])
    if not any(match(term, mapped.text) >= ABBREVIATION for term in terms):
        return None
    found = figures(mapped.text)
    verb = _VERB.search(mapped.text)
    stop = min([figure.start for figure in found[:1]] + ([verb.start()] if verb and verb.start() else [len(mapped.text)]))
    return first[0] + mapped.span(0, stop)[1] if stop else None


def divided(term: Term, before: str, clause: str) -> bool:
    """Whether the clause has the measure and the one before its 、 what is measured (粮食播种面积1亿亩、产量800亿斤: 粮食产量)."""
    word = term.text
    if len(word) != _MEASURE_OF or not clause.startswith(word[2:]) or not before.endswith("、"):
        return False
    return word[:2] in _LAST_CLAUSE.findall(before)[-1]
