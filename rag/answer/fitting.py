"""How well a figure fits what is asked beyond its words: its kind and unit, its time, whether it is planned, how it moved."""

from __future__ import annotations

from rag.answer.fact import Fact
from rag.answer.moments import MOMENT
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.answer.times import years_asked
from rag.writing.figures import Figure, FigureKind, figures
from rag.writing.fold import fold
from rag.writing.patterns import regex

_KIND_BONUS, _KIND_PENALTY = 0.25, 0.45
_DIRECTION_PENALTY = 0.2
_ASKED_UNIT = regex(
    "(?:多少|几)(?:万|亿)?(?:个(?=人(?:$|[?？,，了在是])))?(?P<u>公顷|平方|立方|公里|千瓦|[个项家户人名条座亩吨次所套件处台辆场斤起张例笔床头间栋部册米份篇种类位批艘架列宗只株箱桶袋班趟口眼节]|[a-z]{1,3}(?![a-z]))"
)
_UNIT_BONUS = 0.2
_DIMENSION = regex("多(?P<d>[长远宽高深重])(?!时间|的|度)")
_UNITS = {"重": ("吨", "公斤", "斤", "克"), **dict.fromkeys("长远宽高深", ("公里", "千米", "米"))}  # in which a dimension is measured
_WITHOUT_PARTS = str.maketrans("", "", "份初末底第")  # 三月底 and 第三月 are of 三月
_TIME_BONUS = 0.1
_BARE_PENALTY = 0.15  # a number without a unit seldom answers a question for an amount
_PLANNED = regex("预期目标|主要目标|目标是|计划|力争|将|今年继续|安排|确保|争取|拟|(?:^|[,;])到(?:19|20)[0-9]{2}年")
_DONE_OF_PLAN = regex("(?:完成|达到|实现)了?[^,，。;；、]{0,6}(?:计划|目标|任务)的")  # tells what was done
PLAN_WORDS = ("目标", "计划", "预期", "预期目标", "规划目标")  # which what is planned carries, whether it says so or not
_ASKS_PLAN = regex("目标|计划|预期|打算|准备|定的|[要想](?:达到|增|完成|实现|到|建|投)")
_ASKS_DONE = regex("了|实际|完成|实现|达到|已经")
_DONE_ASKED = regex("完成|达到|实现")
_TENSE = 0.12
_MOMENT = regex(MOMENT)
_WHOLE_YEAR = regex("全年|年度")
_YEAR_ASKED = regex(f"{_WHOLE_YEAR.pattern}|目标")
_OF_A_QUARTER = regex(rf"(?:^|[,;:])(?:今年|截[至止]到?)?(?:{MOMENT})[底末]?(?![\\d日召来])")
_INCREMENT = regex("(?:增加|增长|增产|增收|减产|减收|减少|提高|下降|回落|上升)(?:了|约)?$")
_COMPARED = regex("(?:^|[,，])(?:比|较|与|同)[^,，比]{2,14}的?(?<![到达为有])$")  # but 同我国建交的国家有
_BASE_PENALTY = 0.35  # 比一九五七年的一百二十六亿元: what is compared with is not what is told
_LEVEL = regex("(?:达到?|为|共|共有|完成|实现)(?:了|约)?$")
_LEVEL_BONUS = 0.03
_MOVES = regex("增速|增长|增幅|上升|提高|回落|下降|多了|涨|跌|降|[增减](?=多少|几|了)")
_CUMULATED = regex("累计|[二两三四五六七八九十]年[间来]|(?:五年|时期)(?:内|间)|以来")
_BY_HOW_MUCH = regex("增速|增幅|涨幅|降幅|增长")
_FROM = regex(r"(?:^|[^自])(?:由|从)(?:\d{4}年的?)?[^,，由从到至\d]{0,12}$")
_ONCE = regex("(?:原定|原计划|原来|原先|原本)[^,，]{0,14}$")
_LEFT, _LEFT_TOLD = regex("剩|没还|未还|欠着|余下"), regex("剩|余下|尾数|尚|还有|未")
_SPOKEN = regex(r"(?P<n>\d+)个?亿(?!元)")  # 5个亿
_OWN = 0.5  # against a figure that the question itself names
_BESIDE_OWN = 0.35  # for one beside it (投资5亿元以上的46个项目)
_FROM_ASKED = regex("由多少|从多少|原来|原先|过去")
_ONCE_ASKED = regex("原定|原计划|(?:原来|原先|原本)[^,，]{0,8}多少")
_SHARE_ASKED = regex("占|比重|比例|百分之几|几成")
_TOLD_AS_SHARE = regex("占|(?<!百)分之")
_SHARE_BONUS = 0.2  # as of a unit: what says that it is a share answers for one
_CHANGE_ASKED = regex("增|升|高|涨|降|回落|减|跌|低|多了|少了")
_MOVED_BY = regex("(?:增长|增加|提高|上升|下降|减少|回落)了?$")
_EARLIER = regex("(?<![比较与同])(?:去年|上年|前年)(?!底|末)")
_YEAR = regex("[\\d〇一二三四五六七八九]{4}年")
_OPENING_YEAR = regex("(?:[^,。;:]{1,12}:)?(?:到|至|在)?(?P<year>[\\d〇一二三四五六七八九]{4}年)[底末初]?,")
_OWN_YEAR_BONUS = 0.12  # for a clause that names the year asked for itself, or is governed by it
_EARLIER_PENALTY = 0.1  # of a year before, where none is asked
_OF_A_PART = regex("(?:核心|骨干|龙头|新兴)(?=产业|企业|行业|领域)")  # 数字经济核心产业 is not the whole of 数字经济
_IN_ALL = regex("一共|总共|合计|共有|共计")
_SUM, _SUM_BONUS = regex("(?:共计|合计|总计)(?:为|达|有|是)?$"), 0.25
_RATE_MOVED = regex(
    "(?:增速|增幅|涨幅|降幅|增长率|占比|比重|比例|率)[^,，到至为]{0,8}(?:提高|回落|加快|放缓|上升|收窄|扩大|降低|下降|快|慢)了?(?:多少|几)"
)
_UP = regex("增长|上升|提高|增加|上涨|扩大|提升|多了|涨|升")
_DOWN = regex("下降|回落|降低|减少|下跌|收窄|下滑|跌|降|(?<!最)低(?![保碳空端龄收])")
_OF_SHARES = regex("占|比重|比例|份额|强度")  # of spending on research 强度 is its share of gdp
_THAN = regex("比|较|同比|提高|回落|上升|下降")
_SHARE_PENALTY = 0.25  # a share answers no other question
_OF_RATES = regex("率|比重|占比|指数|目标|预期")


def kind_fits(figure: Figure, wanted: frozenset[FigureKind]) -> bool | None:
    """Whether the figure is of a wanted kind; None where the question wants none in particular."""
    if not wanted or (figure.kind == "bare" and not wanted & {"percent", "bare"}):
        return None
    return figure.kind in wanted


def bonus(question: Question, fact: Fact) -> float:
    """What speaks for the figure, or against it, beyond the words that its clause carries."""
    asked = fold(question.understood)
    before = fact.texts[0][: fact.figure.start]
    told = _of_kind(question, fact, asked) + _of_base(question, fact, asked, before) + _of_direction(question, fact, asked, before)
    return told + _of_own(fact, asked)


def _of_kind(question: Question, fact: Fact, asked: str) -> float:
    """Whether the figure is of the kind, and in the unit, that is asked for."""
    found = 0.0
    figure, fits = fact.figure, kind_fits(fact.figure, question.measures)
    if fits is not None:
        found += _KIND_BONUS if fits else -_KIND_PENALTY
    if figure.kind == "bare" and fits is not True:
        found -= _BARE_PENALTY
    if figure.kind == "count" and figure.value == 1.0:
        found -= _KIND_PENALTY  # 一个, 一批: an article more than a number
    unit, dimension = _ASKED_UNIT.search(asked), _DIMENSION.search(asked)
    if unit and figure.kind in ("count", "bare"):
        found += _UNIT_BONUS if figure.unit.startswith(unit["u"]) or figure.unit.endswith(unit["u"]) else -_UNIT_BONUS
    if dimension and figure.kind in ("count", "bare"):
        found += _UNIT_BONUS if figure.unit.endswith(_UNITS[dimension["d"]]) else -_UNIT_BONUS
    if _BY_HOW_MUCH.search(asked) and "点" not in asked and figure.kind == "percent":
        found += _LEVEL_BONUS  # a growth is told in percent, its change in points
    if _RATE_MOVED.search(asked) and figure.kind in ("percent", "points"):
        found += _UNIT_BONUS if figure.kind == "points" else -_UNIT_BONUS
    return found


def _of_base(question: Question, fact: Fact, asked: str, before: str) -> float:
    """Against what is only compared with, summed up, or of another year; for a level and a sum where they are asked."""
    found = 0.0
    if fact.figure.kind in ("money", "count") and _COMPARED.search(before):
        found -= _BASE_PENALTY
    if question.years and _CUMULATED.search(fact.texts[3] + before) and not _CUMULATED.search(asked):
        found -= _BASE_PENALTY
    if _FROM.search(before) and not _FROM_ASKED.search(asked):
        found -= _BASE_PENALTY
    if _ONCE.search(before) and not _ONCE_ASKED.search(asked):
        found -= _BASE_PENALTY
    if _LEFT.search(asked):
        found += _UNIT_BONUS if _LEFT_TOLD.search(before) else -_UNIT_BONUS
    if _ASKS_PLAN.search(asked) and not _DONE_ASKED.search(asked) and _DONE_OF_PLAN.search(before):
        found -= _BASE_PENALTY
    if not question.years and not question.offsets and _EARLIER.search(before):
        found -= _EARLIER_PENALTY
    if set(question.years) & set(years_asked(" ".join(_YEAR.findall(fact.texts[0])) or _governing_year(fact))):
        found += _OWN_YEAR_BONUS
    if any(word not in asked for word in _OF_A_PART.findall(fact.texts[0])):
        found -= _EARLIER_PENALTY
    if _IN_ALL.search(asked) and _IN_ALL.search(before):
        found += _TIME_BONUS
    if _IN_ALL.search(asked) and sums_up(fact):
        found += _SUM_BONUS
    return found + _LEVEL_BONUS * bool(_LEVEL.search(before) and not _MOVES.search(asked))


def _governing_year(fact: Fact) -> str:
    """The year that opens the fact's sentence as an adverbial of its own (到2025年,…), which governs all that follows; else empty."""
    opening = _OPENING_YEAR.match(fact.statement.folded)
    between = fact.texts[2] if fact.texts[3] else fact.texts[2].partition("年")[2]
    return opening["year"] if opening is not None and not _YEAR.search(between) else ""


def _of_own(fact: Fact, asked: str) -> float:
    """Against a figure that the question names itself; for one that stands with it in its clause."""
    named = {(one.value, one.unit[-1:]) for one in figures(_SPOKEN.sub(r"\g<n>亿元", asked)) if one.unit}
    if not named:
        return 0.0
    if (fact.figure.value, fact.figure.unit[-1:]) in named:
        return -_OWN
    beside = {(one.value, one.unit[-1:]) for one in figures(fact.texts[0])}
    return _BESIDE_OWN if beside & named else 0.0


def _of_direction(question: Question, fact: Fact, asked: str, before: str) -> float:
    """Against how a measure moved where its level is asked for, a rise where a fall is, and a share where neither is."""
    found = 0.0
    clause, up, down = fact.texts[0], bool(_UP.search(asked)), bool(_DOWN.search(asked))
    if fact.figure.kind in ("money", "count") and _INCREMENT.search(before) and not up and not down:
        found -= _DIRECTION_PENALTY  # by how much it rose is not how much it is
    if _SHARE_ASKED.search(asked) and not _CHANGE_ASKED.search(asked) and _TOLD_AS_SHARE.search(clause):
        found += _SHARE_BONUS
    if _SHARE_ASKED.search(asked) and not _CHANGE_ASKED.search(asked) and _MOVED_BY.search(before):
        found -= _DIRECTION_PENALTY  # by how much it moved is not what share it is
    if (up and not down and _DOWN.search(clause)) or (down and not up and _UP.search(clause)):
        found -= _DIRECTION_PENALTY
    if ("占" in clause or _of_share_before(fact)) and not _OF_SHARES.search(asked):
        found -= _SHARE_PENALTY
    moved = not _MOVES.search(asked) and bool(_UP.search(clause) or _DOWN.search(clause))
    if moved and not question.measures and fact.figure.kind in ("percent", "points") and not _OF_RATES.search(asked):
        found -= _DIRECTION_PENALTY  # 多少 without more asks for the level, not for its growth
    return found


def sums_up(fact: Fact) -> bool:
    """Whether the figure is the sum of others that its sentence tells before (…,共计79个)."""
    return _SUM.search(fact.texts[0][: fact.figure.start]) is not None


def of_the_span(question: Question, fact: Fact) -> bool:
    """Whether the figure can be of the whole year, or a target, where such is asked for: what a quarter or a month brought is none."""
    if question.times or not _YEAR_ASKED.search(fold(question.understood)) or _WHOLE_YEAR.search(fact.texts[0]) or plans(fact.statement):
        return True
    return not any(_OF_A_QUARTER.search(text) for text in (fact.texts[0], fact.texts[2], fact.texts[3]))


def asks_plan(question: Question) -> bool:
    """Whether the question asks for what is planned."""
    return _ASKS_PLAN.search(fold(question.understood)) is not None


def _of_share_before(fact: Fact) -> bool:
    """Whether the clause only says how a share moved that the clause before tells (占40%,比上年同期提高3个百分点)."""
    clauses = fact.texts[2].rstrip(",;").split(",")
    return fact.figure.kind == "points" and _THAN.match(fact.texts[0]) is not None and "占" in clauses[-1]


def plans(statement: Statement) -> bool:
    """Whether the statement says of itself that it tells of what is planned, not of how much of a plan was done."""
    return _PLANNED.search(_DONE_OF_PLAN.sub("", statement.folded)) is not None


def tense(question: Question, statement: Statement, *, ahead: bool = False) -> float:
    """What speaks for a plan where a plan is asked for, and for what came about where that is asked for.

    `ahead`: a report tells here of its own year, and so of what is to be done, whatever the sentence itself says.
    """
    asked = fold(question.understood)
    planned = ahead or plans(statement)
    if _ASKS_PLAN.search(asked):
        return _TENSE if planned else -_TENSE
    return -_TENSE * (1.0 if _ASKS_DONE.search(asked) else 0.4) if planned else 0.0


def moment(question: Question, fact: Fact) -> float:
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
    return time.translate(_WITHOUT_PARTS)
