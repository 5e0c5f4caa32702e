"""Speeches that a question names by what they are about: 办公室那篇, 建设厅那个讲话, 制造业创新能力那份.

Reads the question alone; which speech a topic means is found by searching for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.answer.periods import TIME
from rag.writing.patterns import regex

_GENRE = "讲话稿?|报告|文件|材料|政策|方案|意见|通知|办法|规划|纲要|计划|致辞|发言|稿子|会议?|文章|解读|规定|条例|细则"
_ENDS = ",，。;；:：、?？()（） "
_REFERENCE = regex(
    f"(?:^|(?<=[{_ENDS}和与跟及同比在从]))(?P<topic>(?:(?![和与跟及][^{_ENDS}])[^{_ENDS}]){{2,16}}?)的?"
    f"[那这](?:(?:篇|份|个|次|套|场|回)(?:{_GENRE})|篇|份)(?:里面?|上面?|中)?的?"
)
# What a speech is called by, where two stand side by side.
_TITLES = "意见|办法|措施|通知|方案|政策|规划|计划|纲要|规定|条例|细则|指南|决定|决议|报告|白皮书"
# What is named behind 那份 as well: 科技部门那份场景创新意见.
_TITLED = regex(
    f"(?:^|(?<=[{_ENDS}和与跟及同比在从]))"
    f"(?P<topic>(?:(?![和与跟及][^{_ENDS}])[^{_ENDS}]){{2,12}}?的?[那这][份个](?!{_TITLES})[^{_ENDS}的和与跟及那这]{{2,14}}?(?:{_TITLES})(?![措施目标]))"
    "(?:里面?|上面?|中)?的?"
)
_NO_TOPIC = regex(f"{TIME.pattern}|[那这][份个]|(?:政府|工作)+报告")
_OCCASION = "讲话稿?|报告|致辞|发言|文件|方案|意见|通知|纲要|会议?|会晤|峰会|论坛"
_STOPS = f"{_ENDS}和与跟及"
_PAIR = regex(
    f"(?:^|(?<=[{_ENDS}]))(?P<a>(?P<of_a>[^{_STOPS}]{{2,20}}?)(?:{_OCCASION})?)(?:[、和与跟及]|以及)"
    f"(?P<b>(?P<of_b>[^{_STOPS}]{{2,20}}?)(?:(?:{_OCCASION})(?=[{_ENDS}的各对里中上都在有]|分别|$)|(?=[上里中]的)))"
)
_PAIR_IN_BRACKETS = regex(
    f"[两二](?:篇|份|个|次)(?:讲话稿?|报告|文件|会议)?[(（](?P<a>(?P<of_a>[^{_STOPS}]{{2,20}}?)的?)(?:[、和与跟及]|以及)"
    f"(?P<b>(?P<of_b>[^{_STOPS}]{{2,20}}?)的?)[)）]"
)
_OPENS_PAIR, _CLOSES_PAIR = regex("[两二](?:篇|份|个|次)[^(（]{0,4}[(（]$"), regex("^[)）]")
_OF_YEAR = f"(?<!\\d)(?:(?:19|20)\\d{{2}}|\\d{{2}})年(?:的?政府工作)?的?(?:{_OCCASION})"
_OF_CONGRESS = "(?<![第十])(?:二十|十[一二三四五六七八九]?|[一二三四五六七八九])大(?:的?报告)?"
_MIXED = regex(f"(?:(?:{_OF_YEAR}|{_OF_CONGRESS})(?:[、和与跟及]|以及)?){{2,6}}(?![一-鿿]?[任工举])")
_COMPARES = regex(
    "[两二三](?:[篇份]|[个次](?=会|讲话|报告|文件|致辞))"
    "|各|分别|对比|比较|相比|不同|区别|异同|差(?=多少|在|异|别|了|距)|(?:谁|哪个)(?=[更高低多少大小快慢])|一样|变化"
)
_BEFORE = regex("^.*(?:怎么把|要不要按|是不是按|按照|根据|关于|讲|说|谈|对(?!比)|按|在)")
_JOINTS = regex("(?:[、,，和与跟及]|以及|vs)+$|^[、,，]+")
_TAIL = regex("各|分别|[,，]|有(?:什么|啥|何)|(?:的)?(?:说法|提法|要求|讲法)")


class Reference(NamedTuple):
    """A speech that a question names by its `topic`, in the words `start`:`end` of the question; `titled` where its title is told."""

    topic: str
    start: int
    end: int
    titled: bool = False


def references(wording: str) -> list[Reference]:
    """The speeches that `wording` names by a topic, in order; a year alone is no topic."""
    titled = list(_TITLED.finditer(wording))
    within = {at for match in titled for at in range(*match.span())}
    others = [match for match in _REFERENCE.finditer(wording) if within.isdisjoint(range(*match.span()))]
    found = []
    for match in sorted((*titled, *others), key=lambda match: match.start()):
        topic = _BEFORE.sub("", match["topic"])
        if len(_NO_TOPIC.sub("", topic)) > 1:
            found.append(Reference(topic, match.end("topic") - len(topic), match.end(), match in titled))
    return found


def pair(wording: str) -> list[Reference]:
    """Two speeches side by side that `wording` compares, named by their occasion (进博会致辞和湿地大会致辞) or in brackets; else none."""
    match = _PAIR_IN_BRACKETS.search(wording) or _PAIR.search(wording)
    if match is None or not _COMPARES.search(wording) or any(len(TIME.sub("", match[of])) < 2 for of in ("of_a", "of_b")):
        return []
    own = _BEFORE.sub("", match["a"])
    first = own if len(own) > 1 else match["a"]
    return [
        Reference(first.removesuffix("的"), match.end("a") - len(first), match.end("a")),
        Reference(match["b"].removesuffix("的"), *match.span("b")),
    ]


def mixed(wording: str) -> list[Reference]:
    """Speeches in a row of which some are named by their year and others by their congress (64年报告、十二大); else none."""
    row = _MIXED.search(wording)
    if row is None or not _COMPARES.search(wording):
        return []
    kinds = [[one for one in re.finditer(kind, wording) if row.start() <= one.start() < row.end()] for kind in (_OF_YEAR, _OF_CONGRESS)]
    told = sorted((Reference(one.group(), *one.span()) for found in kinds for one in found), key=lambda one: one.start)
    return told if all(kinds) else []


def without(wording: str, named: Sequence[Reference]) -> str:
    """`wording` without the words that name speeches."""
    for one in reversed(named):
        wording = f"{wording[: one.start]} {wording[one.end :]}"
    return wording.strip(" ,，")


def sides(wording: str, named: Sequence[Reference]) -> list[str]:
    """The question for each speech that is compared: what stands before and behind all of them, and what stands by each."""
    head = wording[: named[0].start]
    between = [_JOINTS.sub("", wording[a.end : b.start]) for a, b in pairwise(named)]
    rest = wording[named[-1].end :]
    cut = _TAIL.search(rest)
    own = rest[: cut.start()] if cut is not None and any(between) else ""
    head, rest = _OPENS_PAIR.sub("", head), _CLOSES_PAIR.sub("", rest[len(own) :]) if _OPENS_PAIR.search(head) else rest[len(own) :]
    return [f"{head}{part}{rest}".strip(" ,，") for part in (*between, own)]
