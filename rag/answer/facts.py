"""Figures that answer: the clause with the asked figure and its subject, never its neighbour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.answer import fitting, units
from rag.answer.draft import Draft
from rag.answer.evidence import IN_BEARING, Evidence
from rag.answer.fact import Fact, facts_of
from rag.answer.keywords import Term
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.realisation import divided, piece_of, realised
from rag.answer.statements import Statement
from rag.answer.terms import is_place, match
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex

# How much of a term's weight counts by where it stands relative to the figure.
_IN_CLAUSE, _IN_SUBJECT, _IN_SEGMENT, _IN_LEAD, _IN_AROUND = 1.0, 1.0, 0.8, 0.55, 0.45
_IN_PARAGRAPH = 0.25
_HEAVY, _LOOSELY, _LOOSE = 0.2, 0.3, 0.75
_MODIFIES = 0.75  # a term that only qualifies the subject (以…为主的贷款)
_AFTER = 0.25  # a term that only follows the figure in its segment belongs to the next figure
_UNTIMED = 0.5  # a time that is asked for and stands nowhere near the figure
_AS_GOOD, _AS_MUCH = 0.05, 0.02  # of scores and of coverage: figures of several speeches that come this near may each be meant
_QUALIFIES = regex("为主|以外|之外|领域的|项目的|相关|任务")
_COUNTED_NOUN = regex("(?<![哪第这那前后])几[个项条家座所类](?P<n>[一-鿿]{2,10}?)[?？。]?$")
_NOUN_LEAST = 4  # of what is counted, the first characters that must follow the number
STATEMENTS = 4096  # whose figures are kept; a question for a figure reads some hundred
ORDERS = 4  # of the figures of a question kept: which speeches have one is asked before which it is


class Facts:
    """Picks the figures that answer a question."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._found = lru_cache(maxsize=STATEMENTS)(facts_of)
        self._orders = lru_cache(maxsize=ORDERS)(self._order)

    def ranked(self, question: Question, statements: Iterable[Statement]) -> tuple[tuple[float, float, Fact], ...]:
        """(score, coverage, fact) for every figure of `statements`, best first."""
        return self._orders(question, tuple(statements))

    def _order(self, question: Question, statements: tuple[Statement, ...]) -> tuple[tuple[float, float, Fact], ...]:
        scored = []
        plan = fitting.asks_plan(question)
        for statement in statements:
            named, unnamed = self._evidence.named(question, statement), 0.4 * len(self._evidence.unnamed(question, statement))
            for fact in self._found(replace(statement, prior=0.0)):  # of all that a statement is only its prior is the question's
                ahead = plan and self._is_ahead(fact)
                told = fitting.PLAN_WORDS if ahead or (plan and fitting.plans(statement)) else ()
                coverage = self._coverage(question, named, fact, told) * self._held(question, fact, told)
                bonus = (
                    fitting.bonus(question, fact)
                    + 1.6 * self._evidence.timing.year_bonus(question, _own_place(fact))
                    + fitting.moment(question, fact)
                    + fitting.tense(question, statement, ahead=ahead)
                    - _UNTIMED * bool(self._evidence.timing.untimed(question, statement))
                )
                scored.append((coverage + bonus + 0.1 * statement.prior - unnamed, coverage, fact))
        return tuple(sorted(scored, key=lambda row: -row[0]))

    def answering(self, question: Question, statements: Iterable[Statement]) -> list[tuple[float, float, Fact]]:
        """Of `ranked` those figures that are of a kind and a sort which can answer."""
        return [
            row for row in self.ranked(question, statements)
            if fitting.kind_fits(row[2].figure, question.measures) is not False
            and units.tells_the_same(question, row[2]) and fitting.of_the_span(question, row[2])
        ]  # fmt: skip

    def _is_ahead(self, fact: Fact) -> bool:
        """Whether a report that looks back on the year before tells here of its own year."""
        place, years = fact.statement.place, self._evidence.timing.years
        own = years.of_speech(place.document.path, place.speech.number)
        return own is not None and own in years.of(_own_place(fact))

    def _held(self, question: Question, fact: Fact, told: Sequence[str]) -> float:
        """Less than 1 where a word that makes up much of the question, and is not `told` otherwise, stands only far from the figure."""
        near = " ".join(
            (*fact.texts, fact.statement.folded, fact.statement.path, fact.statement.head, fact.statement.before, fact.statement.bearing)
        )
        weights = self._evidence.weights(question)
        least = _HEAVY * sum(weights)
        weighed = zip(question.terms, weights, strict=True)
        heavy = (term for term, weight in weighed if weight >= least and term.text not in told and not is_place(term))
        return _LOOSE if any(match(term, near) < _LOOSELY for term in heavy) else 1.0

    def _coverage(self, question: Question, named: Sequence[bool], fact: Fact, told: Sequence[str]) -> float:
        weights, matches = self._evidence.weights(question), self._evidence.matches(question)
        total = sum(weights)
        if not total:
            return 0.0
        statement, (clause, subject, before, lead, after) = fact.statement, fact.texts
        around = " ".join((statement.path, statement.head, statement.before))
        texts = (clause, subject, before, lead, after, around, statement.bearing, statement.paragraph)
        reached = 0.0
        for term, weight, is_named, (a, b, c, d, e, f, g, h) in zip(
            question.terms, weights, named, zip(*map(matches.of, texts), strict=True), strict=True
        ):
            reached += weight if is_named or term.text in told else weight * max(
                _IN_CLAUSE * _as_subject(term, clause) * a if a else 0.0,
                _IN_SUBJECT * _as_subject(term, subject) * b if b else 0.0,
                _IN_SEGMENT * max(c, divided(term, before, clause)),
                _IN_LEAD * d, _AFTER * e, _IN_AROUND * f, IN_BEARING * g, _IN_PARAGRAPH * h,
            )
        return reached / total

    def sources(self, question: Question, statements: Iterable[Statement]) -> list[Speech]:
        """The speeches that have another figure each, all as good an answer as the best; at most one where there is no doubt."""
        ranked = self.answering(question, statements)
        if not ranked:
            return []
        least, carried, kind = ranked[0][0] - _AS_GOOD, ranked[0][1] - _AS_MUCH, ranked[0][2].figure.kind
        good = [fact for score, coverage, fact in ranked if score >= least and coverage >= carried and fact.figure.kind == kind]
        found: dict[Speech, str] = {}
        for fact in good:
            told = fact.texts[0][fact.figure.start : fact.figure.end]
            if told not in found.values():
                found.setdefault(fact.statement.place.speech, told)
        return list(found)

    def counted(self, question: Question, statements: Iterable[Statement]) -> Draft | None:
        """Where 几个 and a noun end the question: how many there are, in the clause that has a number right before the noun."""
        asked = _COUNTED_NOUN.search(fold(question.understood))
        if asked is None:
            return None
        noun = asked["n"][:_NOUN_LEAST]
        for score, coverage, fact in self.ranked(question, statements):
            if fact.figure.kind in ("count", "bare") and fact.figure.value > 1 and fact.texts[0][fact.figure.end :].startswith(noun):
                return Draft((piece_of(fact, question.terms),), confidence=coverage, how=f"figure {score:.2f}", decides=_own_place(fact))
        return None

    def draft(self, question: Question, statements: Iterable[Statement]) -> Draft | None:
        """The asked figure in its clause, with its subject; None where no figure comes near."""
        ranked = self.answering(question, statements)
        if not ranked:
            return None
        score, coverage, fact = ranked[0]
        pieces = realised(question, fact, [row[2] for row in ranked])
        return Draft(pieces, confidence=coverage, how=f"figure {score:.2f}", decides=_own_place(fact))


def _as_subject(term: Term, text: str) -> float:
    """Less than 1 where the term stands in `text` only to qualify another word."""
    for word in (term.text, *term.variants):
        at = text.find(word)
        if at >= 0:
            return _MODIFIES if _QUALIFIES.match(text, at + len(word)) else 1.0
    return 1.0


def _own_place(fact: Fact) -> Place:
    """The place by which the fact's year is told: its sentence up to its figure's clause."""
    place = fact.statement.place
    return place.at(place.start, fact.clause[1])
