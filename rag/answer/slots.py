"""Questions that ask the same of several years, places or speeches: one question for each.

云澜2022年和2023年…各是多少; 海南和重庆…分别是多少; 篇1和篇2各提了什么. Each becomes a question of its own, in
which the other values are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.kinds import kind_of
from rag.answer.periods import TIME
from rag.outline.tree import Speech
from rag.writing.patterns import regex
from rag.writing.words import words

_YEAR = regex(r"(?:19|20)\d{2}年?|(?<![\d前近去后满第])\d{2}年(?![来间内以前后期多平])|(?<![比较与])(?:今年|去年|前年)(?!同期)")
_GLOSSED = regex(r"(?:今年|去年|前年|明年)[(（](?P<year>(?:19|20)\d{2}年?)[)）]")  # 去年(2024): one year
ALONE = regex("各自?(?![地级部类项界方国省市县区乡镇村单处人位种科行族])|分别|(?<![a-z])vs(?![a-z])")  # 各提, not 各地
_SPEECH = regex("(?:第[一二三四五六七八九\\d]+)?篇[一二三四五六七八九\\d]*")  # 篇1: a speech is no measure
_ONE_EACH = regex("一个(?:讲|说|提|谈|是)(?P<a>[^,，。;；]{2,12}?)[,，]?(?:另)?一个(?:讲|说|提|谈|是)(?P<b>[^,，。;；]{2,12})")
EACH = regex("都(?=是?怎么|如何|咋|[讲说提]|有什么|有哪)")  # of several speeches that are named: 三篇都怎么讲
_HIGHER = regex("(?:谁|哪个|哪边)(?:的(?P<of>[^,，]{1,14}?))?更?[高低多少大小快慢](?=多少|[^\u4e00-\u9fff]|$)")
_GREW = regex("(?:谁|哪个|哪边)(?:增长?|涨|升|降)得?更?[快慢多少高低]一?些?")  # asks how much of each
_DEMANDED = regex("(?<=怎么|如何|怎样)要求|的要求(?=[对比有])|(?:有|提出?了?)(?:些)?(?:什么|啥|哪些)(?:具体)?要求")  # asks how it is told
_COMPARES = "各|分别|对比|比较|相比|不同|区别|异同|差(?:多少|了|距)|谁更|哪个|变化|还是|一样|多少.{1,18}多少|[,，].{2,8}呢"
_COMPARED_WITH = regex(_COMPARES)
_SEVERAL = regex(f"{_COMPARES}|和|与|跟|、")
_OPPOSED = "(?:对比?|比|同|vs\\.?)"  # 河北对海南: joined as with 和, where another side stands on each hand
_JOINTS = regex(r"(?:[、,和与跟及]|以及)\s*(?=[、,和与跟及]|的|$|在|对|各|都|分别|相比|比)")
_COUNTED = regex(  # 三份报告, 两省: of one it is none
    "[两二三四五六](?:[份分篇](?=[^,，]{0,8}(?:报告|讲话|文件))|[省市县地年](?=[的都今去前,，]|$))"
)
_AND = regex("[、和与跟]|以及")
_SEVERAL_MEASURES = regex(
    "^(?P<names>[^,，。;；]{2,30}(?:[、和与跟]|以及)[^,，。;；、]{2,14}?)"
    "(?:[,，](?P<when>(?:[一二三四]季度|上半年|下半年|\\d{1,2}月份?|全年|今年|去年)))?(?:[,，]?(?P<which>(?:谁|哪个|哪边)[^,，、]{1,6})[,，、])?(?:各自?|分别|[那这][两二三四][个项者](?:目标|指标|数字?)?)(?P<rest>.{0,6}(?:多少|几|怎么|如何|咋|什么|啥|哪).*)$"
)
_TWO = "^(?P<names>[^,，。;；、]{2,16}[和与跟][^,，。;；、]{2,14}?)"
_PAIRED = regex(f"{_TWO}(?P<rest>(?:的|[,，])?(?:相?对比|比较|比一[比下]|谁|哪个|哪边).*)$")
_DIFFERENCE = regex(f"{_TWO}(?P<rest>的?(?:差多少|差距|相差).*)$")
_COMPARED = regex("^的?[,，]?(?:相?对比|比较|比一[比下]|差多少|差距|相差(?:多少)?)")
_PLANNED = regex("目标|计划|预期|预算|任务")
_DONE = regex("实际(?:完成|情况|数)?|完成(?:情况)?|执行(?:情况|结果)?|实绩|结果")
_TAIL_OF_ALL = regex("^(?:增速|增幅|增长率|目标|占比|比重|总量|总额|数量|规模|额)$")  # of whatever is measured
_TAIL_OF_ALIKE = regex("(?:增速|增幅|增长率|目标|占比|比重|总[量额]|数量|规模|额|增加值|产值|收入|支出|产量|面积|人[口数]|就业|价格)$")
_TOWN_AND_COUNTRY = {"城镇", "城市", "农村", "乡村"}
_RATE = regex("(?:增速|增幅|增长率|占比|比重)$")
_HEAD = regex("^[^、和与跟]{2,20}(?:[:：]|(?<=[报告会议话大中里])对)")  # 十九大对, 粮食产量: what is asked of each
MOST = 6
OWN_CHARACTERS = 4  # beside its year, that name a side of a comparison
_ASKS = regex("的|差|多少|各|分别|相比|比|是|呢|怎么|什么|有|了")  # no words of a side's own
OWN_LEAST = 2  # characters beside its place and what only asks, with which a clause says what it is about
_CLAUSE_ENDS = regex("[,，:：;；?？。]|(?<=[么啥样何])、")
_EMPTY = regex("多少|怎么|如何|什么|[几啥哪时的差各是呢有了要想定搞到达说讲提\\s]")
_ASKS_OWN = regex("多少|几|什么|啥|怎么|如何|哪")
_BEFORE_JOINT = regex("(?:[、和与跟及]|以及)$")


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the values compared: its `name` in the question, the question asked for it, its speeches if it names some."""

    name: str
    wording: str
    speeches: tuple[Speech, ...] = ()


def slots(wording: str, bearings: Mapping[str, Sequence[Speech]], chosen: Sequence[Speech], *, comparing: bool) -> list[Slot]:
    """The values that `wording` compares: years, else places that speeches bear, else measures.

    Where it names none of these but is `comparing`, the `chosen` speeches.
    """
    places = sorted(_apart(bearings), key=wording.find)
    if not comparing and not _SEVERAL.search(wording) and not _own_clauses(wording, places):
        return []
    wording = _side_by_side(_GLOSSED.sub(r"\g<year>", wording), bearings)
    years = list(dict.fromkeys(match.group() for match in _YEAR.finditer(wording)))
    if len(years) > 1:
        sides = _sides(wording, years) or [Slot(year, one) for year, one in _again(wording, years)]
        if sides:
            return sides
        return [Slot(year, _only(year, years, wording)) for year in years[:MOST]]
    if len(places) > 1:
        own = _again(wording, places, [name for name in bearings if name not in places]) or _own_clauses(wording, places)
        if own:
            return [Slot(place, clause, tuple(bearings[place])) for place, clause in own]
    if len(places) > 1 and (comparing or _COMPARED_WITH.search(wording) or _joined(places, wording)):
        each = zip(places[:MOST], _one_each(wording, len(places)), strict=False)
        return [Slot(place, _only(place, places, one), tuple(bearings[place])) for place, one in each]
    measures = _measures(wording, bearings, comparing=comparing)
    if measures:
        return measures
    if comparing and len(chosen) > 1:
        return [Slot("", one, (speech,)) for one, speech in zip(_one_each(wording, len(chosen)), chosen[:MOST], strict=False)]
    return []


def _side_by_side(wording: str, names: Iterable[str]) -> str:
    """`wording` with 和 between two years or names where another word sets them against each other (河北对海南, 2022年比2023年)."""
    sides = "|".join([*map(re.escape, names), _YEAR.pattern])
    return re.sub(f"(?P<a>{sides})(?P<rank>[省市县区州]?){_OPPOSED}(?={sides})", r"\g<a>\g<rank>和", wording)


def _one_each(wording: str, number: int) -> list[str]:
    """What is asked of each of the speeches: of two, 一个讲A,一个讲B asks the first of A and the other of B."""
    own = _ONE_EACH.search(wording) if number == 2 else None
    if own is None:
        return [wording] * number
    return [f"{wording[: own.start()]}{own[part]}{wording[own.end() :]}" for part in ("a", "b")]


def _joined(places: Sequence[str], wording: str) -> bool:
    """Whether `wording` names two of the `places` in one breath (海南和重庆)."""
    names = "|".join(map(re.escape, places))
    return re.search(f"(?:{names})[省市县区州]?(?:、|和|与|跟|以及)(?:{names})", wording) is not None


def alone(wording: str) -> str:
    """The question of one side as it is asked of one thing alone: 各提, 分别 and vs ask nothing of it, 谁高 asks how much."""
    wording = _DEMANDED.sub("", ALONE.sub("", wording))
    wording = _GREW.sub("增长多少", wording)
    bare = _HIGHER.sub(lambda match: match["of"] or "", wording)
    return bare if kind_of(bare) == "figure" else _HIGHER.sub(lambda match: f"{match['of'] or ''}多少", wording)


def _sides(wording: str, years: Sequence[str]) -> list[Slot]:
    """One question for each side where each year stands with words of its own (2017年行动计划和2022年意见,原则各是什么)."""
    head, comma, rest = wording.partition(",") if "," in wording else wording.partition("，")
    starts = [head.find(year) for year in years]
    if not comma or -1 in starts or starts != sorted(starts):
        return []
    cuts = [0, *starts[1:], len(head)]
    parts = [_BEFORE_JOINT.sub("", head[a:b]) for a, b in pairwise(cuts)]
    own = [_ASKS.sub("", part.replace(year, "")) for part, year in zip(parts, years, strict=True)]
    if any(len(words) < OWN_CHARACTERS for words in own):
        return []
    return [Slot(year, f"{part}{comma}{rest}") for year, part in zip(years, parts, strict=True)][:MOST]


def _again(wording: str, values: Sequence[str], beside: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Each of two values with its question, where the second is asked in a clause of its own what the first is asked, or part of it.

    三大时党员多少,十大又是多少; 产量 57年完成多少,58年计划是多少. What names the first `beside` its value leaves the second's.
    """
    clauses = [clause for clause in _CLAUSE_ENDS.split(wording) if clause.strip()]
    if len(values) != 2 or len(clauses) != 2 or not all(_ASKS_OWN.search(clause) for clause in clauses):
        return []
    if [[value for value in values if value in clause] for clause in clauses] != [[values[0]], [values[1]]]:
        return []
    head, _, tail = clauses[0].partition(values[0])
    for name in beside:
        tail = tail.replace(name, "")
    if len(_EMPTY.sub("", clauses[1].replace(values[1], ""))) < OWN_LEAST:
        return [(values[0], clauses[0]), (values[1], f"{head}{values[1]}{tail}")]
    return [(values[0], clauses[0]), (values[1], f"{head}{clauses[1]}")] if len(_EMPTY.sub("", head)) >= OWN_LEAST else []


def _own_clauses(wording: str, places: Sequence[str]) -> list[tuple[str, str]]:
    """Each place with the clause that says something of it alone (湖南…降到多少,安徽…要达到多少); [] where not each has one.

    A clause without words of its own (党员人数:八大时多少,九大时多少) is asked what stands before all of them, as is one that
    asks nothing.
    """
    clauses = _CLAUSE_ENDS.split(wording)
    named = [[place for place in places if place in clause] for clause in clauses]
    asking = [_ASKS_OWN.search(clause) is not None for clause in clauses]
    own = [(found[0], clause, asks) for found, clause, asks in zip(named, clauses, asking, strict=True) if len(found) == 1]
    shared = any(len(found) > 1 and asks for found, asks in zip(named, asking, strict=True))
    if len(own) < 2 or shared or len({place for place, *_ in own}) < len(own) or not any(asks for *_, asks in own):
        return []
    first = next(index for index, found in enumerate(named) if len(found) == 1)
    head = f"{clauses[first - 1]}:" if first and not named[first - 1] else ""
    bare = [len(_EMPTY.sub("", TIME.sub("", clause.replace(place, "")))) < OWN_LEAST for place, clause, _ in own]
    every = all(asks for *_, asks in own)
    if not (every or not any(bare)) or ((any(bare) or not every) and not head):
        return []
    asked = [head + clause if empty or not every else clause for (_, clause, _), empty in zip(own, bare, strict=True)]
    return [(place, one) for (place, *_), one in zip(own, asked, strict=True)][:MOST]


def _measures(wording: str, bearings: Iterable[str], *, comparing: bool) -> list[Slot]:
    """One question for each of several measures asked at once (GDP和固定资产投资分别是多少); times and places hold for each."""
    match = _SEVERAL_MEASURES.search(wording) or (_PAIRED.search(wording) if comparing else None) or _DIFFERENCE.search(wording)
    if match is None:
        return []
    head = _HEAD.match(match["names"])
    shared, listed = (head.group(), match["names"][head.end() :]) if head is not None else ("", match["names"])
    places = [name for name in bearings if listed.startswith(name) or TIME.sub("", listed).startswith(name)]
    shared += (match["when"] or "") if match.re.pattern == _SEVERAL_MEASURES.pattern else ""
    shared += "".join([*(found.group() for found in TIME.finditer(listed)), *places[:1]])
    told = _AND.split(listed)
    names = [TIME.sub("", name).strip() for name in told]
    if any(len(name) < 2 or name in places or _SPEECH.fullmatch(name) for name in names):
        return []
    names = [name.removeprefix(places[0]) or name for name in names] if places else names
    asked = _planned(names) or _shared_tail(names) or names
    rest = _rest(match)
    labels = [next(part for part in reversed(TIME.split(name)) if part.strip()).strip() for name in told]  # as it stands in the question
    return [Slot(label, f"{shared}{one}{rest}") for label, one in zip(labels, asked, strict=True)][:MOST]


def _rest(match: re.Match[str]) -> str:
    """What is asked of each measure alone."""
    if match.re.pattern == _SEVERAL_MEASURES.pattern:
        return f"增长{match['rest']}" if _GREW.match(match["which"] or "") else match["rest"]
    return _COMPARED.sub("多少" if match.re.pattern == _DIFFERENCE.pattern else "", match["rest"])


def _planned(names: Sequence[str]) -> list[str]:
    """GDP目标 and 实际: what was done of what was planned."""
    planned = _PLANNED.search(names[0]) if len(names) == 2 and _DONE.fullmatch(names[1]) else None
    return [names[0], f"{names[0][: planned.start()]}完成"] if planned is not None else []


def _shared_tail(names: Sequence[str]) -> list[str]:
    """城镇 and 农村居民收入 are 城镇居民收入 and 农村居民收入: what the last name ends in holds for those before it."""
    last, before = names[-1], names[:-1]
    ends = {word.start + len(word.text) for word in words(last)} | {len(before[0])}
    for cut in sorted(ends, key=lambda end: abs(end - len(before[0]))):
        tail, modifier = last[cut:], last[:cut]
        told = _TAIL_OF_ALL if tail and not _alike(before[0], modifier) else _TAIL_OF_ALIKE
        whole = _RATE if _RATE.search(tail) else _TAIL_OF_ALIKE  # 贷款余额 is a measure, yet not what 存款余额增速 asks
        if abs(cut - len(before[0])) <= 1 and told.search(tail) and not any(whole.search(name) for name in before):
            return [*(f"{name}{tail}" for name in before), last]
    return []


def _alike(name: str, other: str) -> bool:
    """Whether two names tell parts of one thing apart: 第一产业 and 第二产业, 城镇 and 农村."""
    return name[-1] == other[-1] or {name, other} <= _TOWN_AND_COUNTRY


def _apart(bearings: Mapping[str, Sequence[Speech]]) -> list[str]:
    """The names that are borne by speeches of their own: no speech bears two of them, and none lies in another."""
    names = [name for name in bearings if not any(name != other and name in other for other in bearings)]
    kept: list[str] = []
    for name in names:
        mine = {(speech.document, speech.number) for speech in bearings[name]}
        others = [{(speech.document, speech.number) for speech in bearings[other]} for other in kept]
        if all(not mine & theirs for theirs in others):
            kept.append(name)
    return kept


def _only(value: str, values: Sequence[str], wording: str) -> str:
    for other in values:
        if other != value:
            wording = re.sub(f"{re.escape(other)}[省市县区州]?", "", wording, count=1)
    own = re.escape(value)
    wording = re.sub(f"(?:[、和与跟及]\\s*)+(?={own})|(?<={own})(?:\\s*[、和与跟及])+", "", wording)
    return _JOINTS.sub("", _COUNTED.sub("", wording))
