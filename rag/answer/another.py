"""The same asked of another: the last question with another place, person, time or rank in the place of its own.

2021年呢, 农村那边是多少, 大连定位成啥 after 沈阳建成什么样的城市. Reads the wordings alone.
"""

from __future__ import annotations

import re

from rag.answer.congresses import CONGRESS
from rag.answer.keywords import Term, terms_of
from rag.answer.kinds import kind_of
from rag.answer.periods import TIME
from rag.answer.persons import names_a_person
from rag.answer.synonyms import Synonyms
from rag.writing.patterns import regex
from rag.writing.words import words

_TOO = regex("的?也[说讲列给查看](?:一?[下说讲看]|出来)?[吧呗]?[?？。!]*$")  # 江西的也说下
NE = regex(rf"呢[?？。!]*$|{_TOO.pattern}")
# Slots that are changed alone: a year, a quarter or month, the base of comparison, town and country.
_TOWN = regex("城镇|城市|农村|城乡")
_SLOTS = (
    regex(r"(?:19|20)\d{2}年?(?:度)?|(?<!\d)[0-4]\d年|今年|去年|前年|明年"),
    regex(r"(?:第)?[一二三四1-4]季度|上半年|下半年|\d{1,2}月(?:份)?|[一二三四五六七八九十]{1,2}月(?:份)?|全年"),
    regex(r"第[一二三四五六七八九十\d]{1,2}[篇份]"),
    regex(r"同比|环比"),
    _TOWN,
)
_PLAN = regex(f"(?:{TIME.pattern})?的?(?:目标|计划|指标|预期|保底)")  # of what the last question measured
_LED = regex("^(?:那么?|换成)")
_ASIDE = regex("呢[,，](?:有[^,，]{0,5}[没吗]|有没有[^,，]{0,4})[?？]?$")  # 那2024年呢,有数字没
_WITH = regex("^(?:那么?)?(?P<with>[跟和与同对])(?P<who>[\u4e00-\u9fff]{2,6}?)的?呢?[?？。!]*$")
_WHICH = regex("[跟和与同对]?(?:哪[些个]|哪几[个家])[\u4e00-\u9fff]{2}")  # with whom: 跟哪些国家
_SAME = regex("(?:(?:那|这)?(?:边|头|块|方面))?的?(?:又|该|要|得)?(?:是|为|有|定)?(?:多少|几|什么|啥|怎么样|如何)?呢?[?？。!]*$")
_IN_PERSON = regex("哪(?:些|几?[个位名])[^,，。?？]{0,8}|谁")  # whom one that is named may be
_SAME_THERE = regex(
    "(?:那?(?:边|头))?的?(?:定位)?(?:又|该|要)?(?:[是为有成]|建成|定成|打造成)?(?:多少|几|什么样?的?|啥样?的?|怎么样|如何|咋样)呢?[?？。!]*"
)
_YEAR_ALONE = regex("(?:19|20)\\d{2}")
_QUALIFIES = regex("的呢?[?？。!]*$")  # 终端的呢: only what is said of the same thing
_OF_WHAT = regex("(?<=多少)(?![万亿])[\u4e00-\u9fff]{2,}$")  # 多少乡村医生: asked of another subject, only how many
_TOLD_OF = regex("(?P<of>增[速幅]|增长率|[涨降]幅|占比|比重|目标)[?？]?$")  # what of a measure keywords ask, and of the next as well
_RANK = regex("[一二三四五六七八九十甲乙丙丁]{1,2}[类级等档]")  # changed alone where the last question names one
# What only qualifies what the last question measured: 那人均的呢,从多少涨到多少.
_PER = regex("(?:那么?)?(?P<per>[人户亩地日月年]均)的?呢?[,，]?(?P<rest>[^,，]{0,12}?)呢?[?？。!]*$")
_ASKED = regex(
    "(?:的)?(?:增速|增幅|涨幅|降幅|比重|占比|总额|规模|目标)?(?:是|为|达到|完成|实现|增长|下降|有|占|做到)*了?(?:多少|几|怎么样|如何|什么|哪些|谁).*$"
)
_GENERAL = frozenset(
    """
    同比 环比 比上年 比去年 增长 上升 下降 提高 增加 减少 回落 上年 同期
    要求 目标 计划 任务 措施 办法 数字 数量 总数 金额 比重 占比 速度 增速 增幅 水平 标准 时间 原因 依据 单位 部门 资金 经费 问题 不足
    """.split()
)
SUBJECT = 8  # characters of a subject that is named alone, at most
_MEASURED = ("n", "j", "l", "eng")
_NAMES = ("nr", "ns", "nt")
_HOW_MUCH = regex("(?:从|由)?(?:多少|几|多大)|$")
_NAMING = ("n", "j", "l", "v", "eng", "b")
PLACE_ENDINGS = "省市县区州"
NAME = 4  # characters of a name, at most
_OF_FIGURES = regex("(?:率|额|值|量|数|收入|支出|产值|面积|人口|比重|增速)$")


def asked_of_another(folded: str, before: str) -> str | None:
    """The last question `before`, asked of what the folded question names; None where the question asks something of its own."""
    folded = _ASIDE.sub("呢", _TOO.sub("呢", folded))
    if of_another_place(folded, before):
        return _same_asked(words(folded)[0].text, before)
    with_whom, which = _WITH.match(folded), _WHICH.search(before)
    if with_whom is not None and which is not None:
        return f"{before[: which.start()]}{with_whom['with']}{with_whom['who']}{before[which.end() :]}"
    per = _per(folded, before)
    if per is not None:
        return per
    alone = _rank_alone(folded, before) or _slot(folded) or _place_alone(folded, before) or _noun_alone(folded, before)
    if alone or (kind_of(folded) == "other" and NE.search(folded)):
        return _same_asked(folded, before)
    return None


def is_general(term: Term) -> bool:
    """Whether the term may be said of anything: how it moved, its sum, its aim."""
    return term.text in _GENERAL


def names_subject(term: Term) -> bool:
    """Whether the term names a subject of its own (电力方面投了多少), so that the last question's is not meant."""
    return len(term.text) > 1 and term.tag.startswith(("n", "j", "l", "i", "eng")) and term.text not in _GENERAL


def _slot(folded: str) -> str:
    """The slot that alone is changed, whatever words ask the same of it (2021年呢, 农村那边是多少); "" where more is asked."""
    bare = _SAME.sub("", _LED.sub("", folded), count=1)
    return bare if any(slot.fullmatch(bare) for slot in (*_SLOTS, _PLAN)) else ""


def _noun_alone(folded: str, before: str) -> bool:
    """Whether nothing but another subject is named (城镇新增就业, after GDP目标定了多少)."""
    bare = re.sub(r"[?？。!]*$", "", folded)
    named = any(names_subject(term) for term in terms_of(bare, Synonyms({}, 0)))
    short = 1 < len(bare) <= SUBJECT and bare not in before and kind_of(bare) == "other"
    return short and named and _ASKED.search(before) is not None and all(word.tag.startswith(_NAMING) for word in words(bare))


def _place_alone(folded: str, before: str) -> bool:
    """Whether nothing but another place is named (江西, after 海南去年PM2.5浓度多少)."""
    bare = re.sub(r"^那么?|的?[?？。!]*$", "", folded)
    named = bool(_places(before)) or re.search(f"[{PLACE_ENDINGS}]", before) is not None
    return 1 < len(bare) <= NAME and bare not in before and named and _is_place(bare)


def of_another_place(folded: str, before: str) -> bool:
    """Whether the same is asked of another place in other words (大连定位成啥, after 沈阳建成什么样的城市)."""
    first, kind = words(folded)[0], kind_of(folded)
    if not first.tag.startswith("ns") or _TOWN.fullmatch(first.text) or first.text in before or kind in ("list", "other"):
        return False
    return kind == kind_of(before) and _SAME_THERE.fullmatch(folded[len(first.text) :]) is not None and bool(_places(before))


def _per(folded: str, before: str) -> str | None:
    """The last question, what it measures taken per head, household or day; None where the folded question does not only say that."""
    told = _PER.match(folded)
    asked = _HOW_MUCH.search(before)
    if told is None or asked is None or any(names_subject(term) for term in terms_of(told["rest"], Synonyms({}, 0))):
        return None
    named = (word for word in words(before[: asked.start()]) if word.tag.startswith(_MEASURED) and len(word.text) > 1)
    measured = [word for word in named if not word.tag.startswith(_NAMES) and not word.text.startswith("全")]
    if not measured:
        return None
    at = measured[-1].start
    while at and any(word.end == at and word.tag.startswith(_MEASURED) for word in measured):
        at = next(word.start for word in measured if word.end == at)
    return f"{before[:at]}{told['per']}{before[at:]}"


def _rank_alone(folded: str, before: str) -> bool:
    bare = re.sub(r"^那么?|的?呢?[?？。!]*$", "", folded)
    return bool(_RANK.fullmatch(bare) and _RANK.search(before))


def _same_asked(folded: str, before: str) -> str:
    """The last question with the new subject, or the new slot of its subject, in the place of the old."""
    subject = _slot(folded) or re.sub(r"^那么?|^还有|^换成|的?呢[?？。!]*$|[?？]$", "", folded).strip()
    subject = re.sub(r"^[到在从至]", "", subject)
    bare = re.sub("(?:那|这)?(?:块|边)的", "", re.sub("(?:那|这)(?:块|边)", "", subject))
    subject = re.sub("(?:那|这)?(?:块|部分|方面|边|头)$", "", bare) or subject
    if _PLAN.fullmatch(subject):
        when = TIME.search(subject) or TIME.search(before)
        return f"{when.group() if when else ''}目标{TIME.sub('', before)}"
    for slot in (*_SLOTS, _RANK):
        if slot.fullmatch(subject):
            subject = f"{subject}年" if _YEAR_ALONE.fullmatch(subject) else subject
            kept = slot.sub(subject, before, count=1)
            return kept if slot.search(before) else f"{subject}{before}"
    if TIME.search(subject) and not any(names_subject(term) for term in terms_of(subject, Synonyms({}, 0))):
        return f"{subject}{TIME.sub('', before)}"
    person = _IN_PERSON.search(before) if _is_person(subject) else None
    if person is not None:
        return f"{before[: person.start()]}{subject}{before[person.end() :]}".rstrip(",，")
    if _is_place(subject):
        old = next((word.text for word in reversed(words(before)) if word.tag.startswith("ns") and not _TOWN.fullmatch(word.text)), None)
        return re.sub(f"{re.escape(old)}[省市县区州]?", lambda _: subject, before, count=1) if old else f"{subject}{before}"
    alike = _alike(subject, before, least=2 if _QUALIFIES.search(folded) else 3)
    if alike:
        return before.replace(alike, subject, 1)
    asked = _ASKED.search(before)
    if asked is None and _OF_FIGURES.search(subject):
        return f"{subject}多少"
    times = "".join(match.group() for match in TIME.finditer(before)) if not TIME.search(subject) else ""
    places = "" if _places(subject) else "".join(_places(before))
    if asked is None and kind_of(before) == "figure":
        told = _TOLD_OF.search(before)
        return f"{places}{times}{subject}{told['of'] if told is not None else ''}多少"
    return f"{places}{times}{subject}{_OF_WHAT.sub('', asked.group())}" if asked else f"{times}{subject}{before}"


def _alike(subject: str, before: str, least: int) -> str:
    """The last word of the last question that names a thing of the same kind as the subject (机械化, 信息化); "" where none does.

    Of a subject of fewer than `least` characters nothing is known by its end.
    """
    found = (word.text for word in reversed(words(before)) if word.tag.startswith(_NAMING))
    return next((one for one in found if len(one) == len(subject) >= least and one[-1] == subject[-1] and one[:-1] != subject[:-1]), "")


def _places(folded: str) -> list[str]:
    """The places that a wording names, and the congresses."""
    named = [word.text for word in words(folded) if word.tag.startswith("ns") and not _TOWN.fullmatch(word.text)]
    return named + [match["n"] for match in CONGRESS.finditer(folded)]


def _is_person(subject: str) -> bool:
    return len(subject) <= NAME and names_a_person(f"{subject}同志")


def _is_place(subject: str) -> bool:
    cut = words(subject)
    places = all(word.tag.startswith("ns") and not word.text.endswith("地") for word in cut)
    return places or (len(subject) <= NAME and subject.endswith(tuple(PLACE_ENDINGS)))
