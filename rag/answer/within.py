"""Follow-ups that point into the last answer: the item that it named, the section that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rag.answer import itemwise, pointed
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.fact import Fact
from rag.answer.facts import Facts
from rag.answer.fitting import kind_fits
from rag.answer.followup import FollowUp
from rag.answer.itemwise import told_there
from rag.answer.keywords import Term, terms_of
from rag.answer.lists import Lists
from rag.answer.question import Question
from rag.answer.realisation import piece_of
from rag.answer.selection import LED, LED_ASKED
from rag.answer.siblings import EXPANDED_CHARACTERS, opening
from rag.answer.statements import Statement
from rag.answer.synonyms import Synonyms
from rag.answer.terms import is_place
from rag.outline.headings import nodes_at
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.patterns import regex

_ASKED_HOW_MUCH = "了?(?:是|有)?(?:多少|几|多大)?(?:个点|百分之几|[几成多少]*倍|几成)?呢?[?？。]?"
_COMPARED = "(?:[比较](?:上一?年|去年|前一?年|[上去]年同期|同期|(?:19|20)\\d{2}年))?"
_RATES = ("percent", "points", "multiple")
_BESIDE = (  # what is asked of a figure, and the words with which its sentence tells it
    (
        regex(f"(?:那么?)?{_COMPARED}(?:同比)?(?:又|是)?(?:增[长加速幅]?|涨幅?|上升|下降|减少?|降幅?|[多少]){_ASKED_HOW_MUCH}"),
        regex("(?:增[长加产]|上升|上涨|下降|减少|降低)了?约?$"),
    ),
    (regex(f"(?:那么?)?(?:占比?|比重|份额){_ASKED_HOW_MUCH}"), regex("占[^,，]*$")),
)
FIGURE_LEAST = 0.3  # of the follow-up's own words, borne by a figure of the last section
ENDING = 6  # characters at the end of a sentence that tell whether it was told
THERE = ("how", "why")  # asked for no name, day or figure that a sentence may lack
THERE_LEAST = 0.55  # what one must carry of them


def draft(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, facts: Facts, lists: Lists) -> Draft | None:
    """The answer inside what the last turn was about; None where it is not there."""
    if not anchor:
        return None
    own = replace(question, terms=_own_terms(question, follow), phrases=())
    found = itemwise.draft(own, follow, anchor, evidence, lists)
    if found is None and any(one.start == "rest" for one in follow.items):
        found = _rest(follow, anchor[0].statement, evidence)
    if found is not None or (own.terms and all(is_place(term) for term in own.terms)):
        return found  # the same asked of another place is told elsewhere
    section = _section(anchor, evidence)
    if question.kind == "figure":
        beside = _beside_said(own, follow, anchor[0].statement, facts)
        if beside is not None:
            return beside
        ranked = [row for row in facts.ranked(own, section) if not _said(row[2], question, follow) and _in_time(row[2], question, evidence)]
        fitting = [row for row in ranked if kind_fits(row[2].figure, question.measures) is not False]
        enough = bool(fitting) and bool(question.measures) and (len(fitting) == 1 or fitting[0][1] >= FIGURE_LEAST)
        return facts.draft(own, [fitting[0][2].statement]) if enough else None
    return _led(own, anchor[0].statement, section) or told_there(own, section, evidence)


def _rest(follow: FollowUp, statement: Statement, evidence: Evidence) -> Draft | None:
    """What the text goes on to say after what was told, as much as an item is told with: in its paragraph, or with the next one."""
    place, said = statement.place, pointed.bare(follow.told)
    sentences = [one.place for one in evidence.of_paragraph(place.speech, place.paragraph)]
    told = [at for at, one in enumerate(sentences) if pointed.bare(one.text)[-ENDING:] in said]
    told = told or [at for at, one in enumerate(sentences) if one.start <= place.start]
    after = sentences[told[-1] + 1 :] if told else []
    if not after:
        following = place.speech.paragraphs[place.paragraph.number :][:1]
        return Draft((opening(replace(place, paragraph=following[0])),), 1.0, how="the next paragraph") if following else None
    ends = [one.end for one in after if one.end - after[0].start <= EXPANDED_CHARACTERS] or [after[0].end]
    return Draft((verbatim(after[0].at(after[0].start, ends[-1])),), 1.0, how="the rest of the paragraph")


def _led(own: Question, statement: Statement, section: Sequence[Statement]) -> Draft | None:
    """Who is to do what was told last, by the sentence that tells it nearest by; None where another thing is asked."""
    if own.kind != "who" or not LED_ASKED.search(own.text):
        return None
    place = statement.place
    told = [one.place for one in section if one.place.paragraph == place.paragraph and LED.search(one.folded)]
    nearest = min(told, key=lambda one: abs(one.start - place.start), default=None)
    return Draft((verbatim(nearest),), 1.0, how="who leads what was told") if nearest is not None else None


def _beside_said(own: Question, follow: FollowUp, statement: Statement, facts: Facts) -> Draft | None:
    """How the very figure that was told moved, or its share, where nothing else is asked: the first after it in its sentence."""
    tells = next((tells for asks, tells in _BESIDE if asks.fullmatch(fold(own.text))), None)
    if tells is None:
        return None
    said = {(one.value, one.unit) for one in figures(fold(follow.said)) if one.kind not in _RATES}
    rows = sorted((row[2] for row in facts.ranked(own, [statement])), key=lambda fact: (fact.clause, fact.figure.start))
    told = next((at for at, fact in reversed([*enumerate(rows)]) if (fact.figure.value, fact.figure.unit) in said), None)
    if told is None:
        return None
    of_it = takewhile(lambda fact: fact.subject != fact.clause, rows[told + 1 :])
    moved = [fact for fact in of_it if fact.figure.kind != "points" and tells.search(fact.texts[0][: fact.figure.start])]
    found = next((fact for fact in moved if fact.figure.kind in _RATES), moved[0] if moved else None)
    return Draft((piece_of(found, own.terms),), 1.0, how="beside the figure told") if found is not None else None


def _said(fact: Fact, question: Question, follow: FollowUp) -> bool:
    """Whether the figure is the one that was answered before, where the follow-up asks for another time."""
    figure = fact.texts[0][fact.figure.start : fact.figure.end]
    return bool(question.years or question.offsets or question.times) and figure in fold(follow.said)


def _in_time(fact: Fact, question: Question, evidence: Evidence) -> bool:
    """Whether the figure is not of another year than the follow-up asks for."""
    place = fact.statement.place
    return evidence.timing.fits_year(question, place.at(place.start, fact.clause[1])) is not False


def there(question: Question, anchor: Sequence[Scored], evidence: Evidence) -> Draft | None:
    """The sentence of the section of the last turn that answers a question of its own; None where each carries too little of it."""
    if not anchor or question.kind not in THERE or len(question.terms) < 2:
        return None
    best = next(iter(evidence.ranked(question, _section(anchor, evidence))), None)
    if best is None or best.coverage < THERE_LEAST:
        return None
    return Draft((verbatim(best.statement.place),), best.coverage, how=f"{question.kind} of the last section")


def _own_terms(question: Question, follow: FollowUp) -> tuple[Term, ...]:
    inherited = {term.text for term in terms_of(fold(follow.anchor), Synonyms({}, 0))}
    return tuple(term for term in question.terms if term.text not in inherited)


def _section(anchor: Sequence[Scored], evidence: Evidence) -> list[Statement]:
    """The statements of the section, or the paragraph, that the best statement of the last turn stands in."""
    place = anchor[0].statement.place
    node = [n for n in nodes_at(place.speech.root, place.start, place.end) if n.kind != "text"][-1]
    inside = (
        [p for p in place.speech.paragraphs if p.start < node.end and p.end > node.start] if node.kind != "speech" else [place.paragraph]
    )
    return [statement for paragraph in inside for statement in evidence.of_paragraph(place.speech, paragraph)]
