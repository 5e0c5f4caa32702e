"""Two figures asked for in one question (一共多少党员,其中工人几个): each in its clause, of one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.evidence import Evidence
from rag.answer.fact import Fact
from rag.answer.facts import Facts
from rag.answer.question import Question, understand
from rag.answer.realisation import piece_of
from rag.answer.synonyms import Synonyms
from rag.writing.fold import fold
from rag.writing.patterns import regex

_PARTS = regex(r"[,;。?!\s、]+")
_ASKS = regex("多少|百分之几|几成|多[大高长宽]|(?<![第哪这那前后])几(?![乎何年])")
_CARRIED = 0.6  # of what a part asks, by its figure, whose score it must reach too
STRETCH = 100  # characters that are shown in one piece from the first figure to the second


def parts(folded: str) -> list[str]:
    """The two parts of a folded question that ask for a figure each, what asks nothing with the part after it; [] where not two do."""
    found: list[str] = []
    head = ""
    for part in filter(None, _PARTS.split(folded)):
        asks = _ASKS.search(part) is not None
        found += [f"{head}{part}"] if asks else []
        head = "" if asks else f"{head}{part} "
    return found if len(found) == 2 and not head else []


def both(question: Question, draft: Draft | None, facts: Facts, evidence: Evidence, synonyms: Synonyms) -> Draft | None:
    """`draft` with the other figure that the question asks for too, where its paragraph has each; else `draft` as it is."""
    asked = parts(fold(question.understood))
    if draft is None or draft.decides is None or not asked:
        return draft
    place = draft.decides
    near = list(evidence.of_paragraph(place.speech, place.paragraph))
    rows = [facts.answering(replace(understand(one, one, synonyms, kind="figure"), years=question.years), near) for one in asked]
    first, second = map(_first, rows)
    if first is None or second is None or first == second or place.end not in (first.clause[1], second.clause[1]):
        return draft
    return replace(draft, pieces=_shown(sorted((first, second), key=lambda fact: fact.clause), question))


def _first(rows: Sequence[tuple[float, float, Fact]]) -> Fact | None:
    """The best figure, where it carries what its part asks."""
    return next((fact for score, coverage, fact in rows[:1] if min(score, coverage) >= _CARRIED), None)


def _shown(facts: Sequence[Fact], question: Question) -> tuple[Piece, ...]:
    """Both as shown: in one stretch where they stand together, else a line each."""
    one, other = (piece_of(fact, question.terms) for fact in facts)
    start, end = one.quotes[0].start, other.quotes[0].end
    if one.text in other.text:
        return (other,)  # it is told with the first
    if facts[0].statement == facts[1].statement and end - start <= STRETCH:
        return (verbatim(one.quotes[0].at(start, end)),)
    return one, replace(other, line=True)
