"""Figures that answer: the clause with the asked figure and its subject, never its neighbour.

A sentence of a report holds many figures; each belongs to the nearest subject before it (规模工业…总产值480.5
亿元,增长9.2%,增加值121亿元,增长8%). A fact is one figure with its clause, its subject's clause, and the
segment (between ；) around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest

from rag.answer.draft import Draft, Piece
from rag.answer.evidence import IN_BEARING, Evidence, Statement, untimed
from rag.answer.places import Place
from rag.answer.question import Question, Term
from rag.answer.terms import ABBREVIATION, is_place, match
from rag.writing.figures import Figure, FigureKind, figures
from rag.writing.fold import fold, fold_with_map
from rag.writing.sentences import Span, clauses, segments, trimmed
from rag.writing.words import words

# How much of a term's weight counts by where it stands relative to the figure.
_IN_CLAUSE, _IN_SUBJECT, _IN_SEGMENT, _IN_LEAD, _IN_AROUND = 1.0, 1.0, 0.8, 0.55, 0.45
_IN_PARAGRAPH = 0.25
_HEAVY, _LOOSELY, _LOOSE = 0.2, 0.3, 0.75
_MODIFIES = 0.75  # a term that only qualifies the subject (以…为主的贷款)
_AFTER = 0.25  # a term that only follows the figure in its segment belongs to the next figure
_KIND_BONUS, _KIND_PENALTY = 0.25, 0.45
_DIRECTION_PENALTY = 0.2
_ASKED_UNIT = re.compile(
    "(?:多少|几)(?:万|亿)?(?P<u>公顷|平方|立方|公里|千瓦|[个项家户人名条座亩吨次所套件处台辆场斤起张例笔床头间栋部册米份篇种类位批艘架列宗只株])"
)
_UNIT_BONUS = 0.2
_TIME_BONUS = 0.1
_UNTIMED = 0.5  # a time that is asked for and stands nowhere near the figure
_BARE_PENALTY = 0.15  # a number without a unit seldom answers a question for an amount
_QUALIFIES = re.compile("为主|以外|之外|领域的|项目的|相关|任务")
_PLANNED = re.compile("预期目标|主要目标|目标是|计划|力争|将|今年继续|安排|确保|争取|拟|(?:^|[,;])到(?:19|20)[0-9]{2}年")
_ASKS_PLAN = re.compile("目标|计划|预期|打算|准备|定的|要(?:达到|增长|完成|实现|到|建|投)")
_ASKS_DONE = re.compile("了|实际|完成|实现|达到|已经")
_TENSE = 0.12
_ASKS_FIGURE = re.compile("多少|几(?=[个项家户人名条座亩吨次所套件处台辆场])")
STATEMENTS = 4096  # whose figures are kept; a question for a figure reads some hundred
FIGURE_CHARACTERS = 110  # from the subject to the figure; what stands between them in a longer stretch is left out as …
SEVERAL_CHARACTERS = 160  # of a sentence that is shown to its end where several figures are asked for
_MOMENT = re.compile(
    r"[一二三四]季度|上半年|下半年|\d{1,2}月(?:份)?|[一二三四五六七八九十]{1,2}月(?:份)?|前[一二三四五六七八九十\d]+个?(?:月|季度)"
)
_INCREMENT = re.compile("(?:增加|增长|增产|增收|减产|减收|减少|提高|下降|回落|上升)(?:了|约)?$")
_COMPARED = re.compile("(?:^|[,，])(?:比|较|与|同)[^,，比]{2,14}的?$")
_BASE_PENALTY = 0.35  # 比一九五七年的一百二十六亿元: what is compared with is not what is told
_LEVEL = re.compile("(?:达到?|为|共|共有|完成|实现)(?:了|约)?$")
_LEVEL_BONUS = 0.03
_MOVES = re.compile("增速|增长|增幅|上升|提高|回落|下降|多了|涨|跌|降")
_CUMULATED = re.compile("累计|[二两三四五六七八九十]年[间来]|(?:五年|时期)(?:内|间)|以来")
_BY_HOW_MUCH = re.compile("增速|增幅|涨幅|降幅|增长")
_FROM = re.compile(r"(?:^|[^自])(?:由|从)(?:\d{4}年的?)?[^,，由从到至\d]{0,12}$")
_FROM_ASKED = re.compile("由多少|从多少|原来|原先|过去")
_SHARE_ASKED = re.compile("占|比重|比例|百分之几|几成")
_CHANGE_ASKED = re.compile("增|升|高|涨|降|回落|减|跌|低|多了|少了")
_MOVED_BY = re.compile("(?:增长|增加|提高|上升|下降|减少|回落)了?$")
_EARLIER = re.compile("(?<![比较与同])(?:去年|上年|前年)(?!底|末)")
_EARLIER_PENALTY = 0.1  # of a year before, where none is asked
_IN_ALL = re.compile("一共|总共|合计|共有|共计")
_UP = re.compile("增长|上升|提高|增加|上涨|扩大|提升|多了|涨|升")
_DOWN = re.compile("下降|回落|降低|减少|下跌|收窄|下滑|跌|降|低")
_NOUN_BESIDE = re.compile("[\\u4e00-\\u9fff]{2}")
_RELATION = re.compile(
    r"^(?:其中|同比|环比|比|较|与|增长|下降|提高|回落|上升|降低|减少|增加(?!值)|达到|达|约|占(?!地)|为|完成|实现|增速|增幅|超过|突破|高于|低于|且|并|预计|累计|分别|年均|名义|扣除|按)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the source spans of its clause, its subject's clause and its segment."""

    statement: Statement
    figure: Figure
    clause: Span
    subject: Span
    segment: Span
    texts: tuple[str, str, str, str, str]  # folded: clause up to the figure and what it counts, subject, segment before, lead, after


def facts_of(statement: Statement) -> list[Fact]:
    """Every figure of a statement with what it belongs to."""
    text = statement.place.document.text
    found: list[Fact] = []
    lead = ""
    first: Span | None = None
    for segment in segments(text, statement.place.start, statement.place.end):
        found.extend(_of_segment(statement, segment, lead, first))
        first = first or clauses(text, *segment)[0]
        lead = lead or fold(text[slice(*first)])
    return found


def _of_segment(statement: Statement, segment: Span, lead: str, subject: Span | None) -> Iterable[Fact]:
    """The figures of one segment; `subject` is the first clause of the sentence, which a segment without its own goes on about."""
    text = statement.place.document.text
    for clause in (part for whole in clauses(text, *segment) for part in _parts(text, whole)):
        mapped = fold_with_map(text[clause[0] : clause[1]])
        found = figures(mapped.text)
        own_subject = _has_subject(mapped.text)
        governing = clause if own_subject or subject is None else subject
        for figure, following in zip_longest(found, found[1:]):
            end = clause[0] + mapped.span(figure.start, figure.end)[1]
            told = mapped.text[figure.end : following.start if following else None]
            counted = told if figure.kind in ("count", "bare", "percent", "money") else ""
            yield Fact(
                statement,
                figure,
                clause,
                governing,
                segment,
                (
                    mapped.text[: figure.end] + counted,
                    fold(text[governing[0] : min(governing[1], end)]) + (counted if governing == clause else ""),
                    fold(text[segment[0] : clause[0]]),
                    lead,
                    mapped.text[figure.end :] + fold(text[clause[1] : segment[1]]),
                ),
            )
        if own_subject:
            subject = clause


def _parts(text: str, clause: Span) -> list[Span]:
    """The parts of a clause between 、, where each has a figure and a subject of its own (300个工厂、5万个基站)."""
    cuts = [clause[0], *(at + 1 for at in range(*clause) if text[at] == "、"), clause[1]]
    parts = list(pairwise(cuts))
    if len(parts) < 2:
        return [clause]
    folded = [fold(text[start:end]) for start, end in parts]
    measured = all(figures(part) and _has_subject(part) and _NOUN_BESIDE.search(_without_figures(part)) for part in folded)
    return parts if measured else [clause]


def _without_figures(folded: str) -> str:
    for figure in reversed(figures(folded)):
        folded = folded[: figure.start] + folded[figure.end :]
    return folded


def _has_subject(folded: str) -> bool:
    """Whether a clause names what it measures, rather than only how it moved."""
    bare = folded.strip(" ,;。")
    relation = _RELATION.match(bare)
    if relation is None:
        return any(word.tag.startswith(("n", "v", "j", "l", "i", "eng")) for word in words(bare))
    return False


def kind_fits(figure: Figure, wanted: frozenset[FigureKind]) -> bool | None:
    """Whether the figure is of a wanted kind; None where the question wants none in particular."""
    if not wanted or (figure.kind == "bare" and not wanted & {"percent", "bare"}):
        return None
    return figure.kind in wanted


class Facts:
    """Picks the figures that answer a question."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._found = lru_cache(maxsize=STATEMENTS)(facts_of)

    def ranked(self, question: Question, statements: Iterable[Statement]) -> list[tuple[float, float, Fact]]:
        """(score, coverage, fact) for every figure of `statements`, best first."""
        scored = []
        for statement in statements:
            named, unnamed = self._evidence.named(question, statement), 0.4 * len(self._evidence.unnamed(question, statement))
            for fact in self._found(replace(statement, prior=0.0)):  # of all that a statement is only its prior is the question's
                coverage = self._coverage(question, named, fact)
                coverage *= self._held(question, fact)
                bonus = (
                    _bonus(question, fact)
                    + 1.6 * self._evidence.year_bonus(question, _own_place(fact))
                    + _moment(question, fact)
                    + _tense(question, statement)
                    - _UNTIMED * bool(untimed(question, statement))
                )
                scored.append((coverage + bonus + 0.1 * statement.prior - unnamed, coverage, fact))
        return sorted(scored, key=lambda row: -row[0])

    def _held(self, question: Question, fact: Fact) -> float:
        """Less than 1 where a word that makes up much of the question stands only far from the figure."""
        near = " ".join(
            (*fact.texts, fact.statement.folded, fact.statement.path, fact.statement.head, fact.statement.before, fact.statement.bearing)
        )
        weights = self._evidence.weights(question)
        least = _HEAVY * sum(weights)
        heavy = (term for term, weight in zip(question.terms, weights, strict=True) if weight >= least and not is_place(term))
        return _LOOSE if any(match(term, near) < _LOOSELY for term in heavy) else 1.0

    def _coverage(self, question: Question, named: Sequence[bool], fact: Fact) -> float:
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
            reached += weight if is_named else weight * max(
                _IN_CLAUSE * _as_subject(term, clause) * a if a else 0.0,
                _IN_SUBJECT * _as_subject(term, subject) * b if b else 0.0,
                _IN_SEGMENT * c, _IN_LEAD * d, _AFTER * e, _IN_AROUND * f, IN_BEARING * g, _IN_PARAGRAPH * h,
            )
        return reached / total

    def draft(self, question: Question, statements: Iterable[Statement]) -> Draft | None:
        """The asked figure in its clause, with its subject; None where no figure comes near."""
        ranked = [row for row in self.ranked(question, statements) if kind_fits(row[2].figure, question.measures) is not False]
        if not ranked:
            return None
        score, coverage, fact = ranked[0]
        piece = piece_of(fact, question.terms)
        if len(_ASKS_FIGURE.findall(fold(question.understood))) > 1:
            piece = _with_the_rest(fact, piece)
        return Draft((piece,), confidence=coverage, how=f"figure {score:.2f}")


def _bonus(question: Question, fact: Fact) -> float:
    bonus = 0.0
    asked = fold(question.understood)
    fits = kind_fits(fact.figure, question.measures)
    if fits is not None:
        bonus += _KIND_BONUS if fits else -_KIND_PENALTY
    before = fact.texts[0][: fact.figure.start]
    if fact.figure.kind in ("money", "count") and _INCREMENT.search(before) and not _UP.search(asked) and not _DOWN.search(asked):
        bonus -= _DIRECTION_PENALTY  # by how much it rose is not how much it is
    if fact.figure.kind in ("money", "count") and _COMPARED.search(before):
        bonus -= _BASE_PENALTY
    bonus += _LEVEL_BONUS * bool(_LEVEL.search(before) and not _MOVES.search(asked))
    if question.years and _CUMULATED.search(fact.texts[3] + before) and not _CUMULATED.search(asked):
        bonus -= _BASE_PENALTY
    if _FROM.search(before) and not _FROM_ASKED.search(asked):
        bonus -= _BASE_PENALTY
    if _SHARE_ASKED.search(asked) and not _CHANGE_ASKED.search(asked) and _MOVED_BY.search(before):
        bonus -= _DIRECTION_PENALTY  # by how much it moved is not what share it is
    if not question.years and not question.offsets and _EARLIER.search(before):
        bonus -= _EARLIER_PENALTY
    if _IN_ALL.search(asked) and _IN_ALL.search(before):
        bonus += _TIME_BONUS
    if fact.figure.kind == "bare" and fits is not True:
        bonus -= _BARE_PENALTY
    if fact.figure.kind == "count" and fact.figure.value == 1.0:
        bonus -= _KIND_PENALTY  # 一个, 一批: an article more than a number
    unit = _ASKED_UNIT.search(asked)
    if unit and fact.figure.kind in ("count", "bare"):
        bonus += _UNIT_BONUS if fact.figure.unit.startswith(unit["u"]) or fact.figure.unit.endswith(unit["u"]) else -_UNIT_BONUS
    if _BY_HOW_MUCH.search(asked) and "点" not in asked and fact.figure.kind == "percent":
        bonus += _LEVEL_BONUS  # a growth is told in percent, its change in points
    clause = fact.texts[0]
    if (_UP.search(asked) and not _DOWN.search(asked) and _DOWN.search(clause)) or (
        _DOWN.search(asked) and not _UP.search(asked) and _UP.search(clause)
    ):
        bonus -= _DIRECTION_PENALTY
    if "占" in clause and not re.search("占|比重|比例", asked):
        bonus -= 0.25  # a share answers no other question
    change = bool(re.search("增速|增长|增幅|上升|提高|回落|下降|多了|涨|跌|降", asked))
    moved = bool(_UP.search(clause) or _DOWN.search(clause))
    if (
        not change
        and moved
        and not question.measures
        and fact.figure.kind in ("percent", "points")
        and not re.search("率|比重|占比|指数|目标|预期", asked)
    ):
        bonus -= 0.2  # 多少 without more asks for the level, not for its growth
    return bonus


def _with_the_rest(fact: Fact, piece: Piece) -> Piece:
    """The piece and the rest of its sentence, where that is short: several figures are asked for, and stand side by side."""
    place = piece.quotes[0]
    end = trimmed(place.document.text, (place.start, fact.statement.place.end), "，,；;。、 ")[1]
    whole = place.at(place.start, end)
    return Piece(whole.text, (whole,)) if end - place.start <= SEVERAL_CHARACTERS else piece


def piece_of(fact: Fact, terms: tuple[Term, ...]) -> Piece:
    """The fact as shown: its subject's clause to its own, what stands between left out as … where it is long."""
    place = fact.statement.place
    text = place.document.text
    start = min(trimmed(text, fact.segment)[0], trimmed(text, fact.subject)[0])
    _, end = trimmed(text, fact.clause, "，,；;。、 ")
    subject_start, _ = trimmed(text, fact.subject)
    head_end = _head_end(text, start, terms, subject_start)
    whole = place.at(start, end)
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
    verb = re.search(r"预计|实现|完成|达到|达|为|共|累计|总", mapped.text)
    stop = min([figure.start for figure in found[:1]] + ([verb.start()] if verb and verb.start() else [len(mapped.text)]))
    return first[0] + mapped.span(0, stop)[1] if stop else None


def _as_subject(term: Term, text: str) -> float:
    """Less than 1 where the term stands in `text` only to qualify another word."""
    for word in (term.text, *term.variants):
        at = text.find(word)
        if at >= 0:
            return _MODIFIES if _QUALIFIES.match(text, at + len(word)) else 1.0
    return 1.0


def _tense(question: Question, statement: Statement) -> float:
    """What speaks for a plan where a plan is asked for, and for what came about where that is asked for."""
    asked = fold(question.understood)
    planned = bool(_PLANNED.search(statement.folded))
    if _ASKS_PLAN.search(asked):
        return _TENSE if planned else -_TENSE
    return -_TENSE * (1.0 if _ASKS_DONE.search(asked) else 0.4) if planned else 0.0


def _moment(question: Question, fact: Fact) -> float:
    """What the quarter or month that governs the figure adds where it is, or takes away where it is not, the one asked."""
    wanted = [_month(time) for time in question.times]
    if not wanted:
        return 0.0
    for text in (fact.texts[0], fact.texts[2], fact.texts[3]):
        found = [_month(match.group()) for match in _MOMENT.finditer(text)]
        if found:
            return _TIME_BONUS if found[-1] in wanted or set(found) & set(wanted) == set(found) else -2 * _TIME_BONUS
    return 0.0


def _month(time: str) -> str:
    return re.sub("份|初|末|底|第", "", time)


def _own_place(fact: Fact) -> Place:
    """The place by which the fact's year is told: its sentence up to its figure's clause."""
    place = fact.statement.place
    return place.at(place.start, fact.clause[1])


_MEASURED = re.compile(
    r"(?:^|[,，;；。])(?:预计)?(?P<subject>[\u4e00-\u9fff]{4,14}?)(?:预计)?(?:实现|完成|达到|增长到)\d[\d.,]*(?:万|亿)*元"
)


def subject_of_first_figure(paragraph: str) -> str | None:
    """What the first sum of money in `paragraph` is the sum of ("固定资产投资"), or None."""
    match = _MEASURED.search(fold(paragraph))
    return match["subject"].removesuffix("预计") if match else None
