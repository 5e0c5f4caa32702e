"""A follow-up into a question of its own: what it leaves out is taken from the turns before.

那增长多少? keeps the subject of the last question; 各项贷款余额呢 keeps what was asked of it; 这种作风 and 第三种
point into the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answer.kinds import CONGRESS, TIME, Kind, asked_part, kind_of
from rag.answer.persons import names_a_person
from rag.answer.phrases import INNER
from rag.answer.question import Term, terms_of
from rag.answer.synonyms import Synonyms
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.words import words

# Signs that a question leans on what was said, each written once: words that point back, words that go on.
_BACK = (
    "这(?!样|里|么(?![做说讲办提]))|它|其(?![中实])|^其中|(?<!应)该(?=[项市县省区镇乡村局厅所院校厂行企公条款案制规])|上述|前面|刚才|上面|[前后]者"
    "|同一?(?:年|月|天|期|次|个|时期)|^当年(?!的)"
)
_ON = "^(?:还有|另外|再|然后|接着|具体|展开|详细)"
_POINTS = re.compile(f"{_BACK}|这(?!么(?![做说讲办提]))|那[个种些项条点几里次件类句趟回场份年家位笔批](?!么)|(?<=.)那[两三四五]")
_GOES_ON = re.compile(f"{_BACK}|{_ON}|^那(?!个|些|次|份|年|几)")  # that much only what came before can tell
_OPENS = re.compile(f"{_ON}|^(?:那|为什么[?？]?$|为啥|怎么|如何|谁|什么时候|多少)")
_TOPIC = re.compile(  # what stands before it is the topic
    "(?<=[\u4e00-\u9fff”\"』]{2})[这那]"
    "(?:(?:一)?(?:块|部分|方面|件事|段|头|边)|里|[类种](?=[\u4e00-\u9fff])|个(?:词|说法|提法|概念))"
)
_MORE = re.compile("(?<![归偿返送])还(?=要|会|将|想|打算|准备|得|[建办设开提说讲])")  # beside what was told
_NE = re.compile(r"呢[?？。!]*$")
_ORDINAL = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<m>[个种项条点类件步层句方大]|方面)?(?!季度|产业|次会议|届)|(?P<last>最后)(?:一)?(?:[个种项条点类件步]|方面)?|(?P<next>下)一?(?:[个种项条点类件]|步(?=[是呢讲说?？]|$)|方面)"
)
_MARKER = re.compile(r"\[\d+\]")
# Slots that are changed alone: a year, a quarter or month, the base of comparison, town and country.
_TOWN = re.compile("城镇|城市|农村|城乡")
_SLOTS = (
    re.compile(r"(?:19|20)\d{2}年?(?:度)?|(?<!\d)[0-4]\d年|今年|去年|前年|明年"),
    re.compile(r"(?:第)?[一二三四1-4]季度|上半年|下半年|\d{1,2}月(?:份)?|[一二三四五六七八九十]{1,2}月(?:份)?|全年"),
    re.compile(r"同比|环比"),
    _TOWN,
)
_PLAN = re.compile(f"(?:{TIME.pattern})?的?(?:目标|计划|指标|预期|保底)")  # of what the last question measured
_LED = re.compile("^(?:那么?|换成)")
_SAME = re.compile("(?:(?:那|这)?(?:边|头|块|方面))?的?(?:又|该|要|得)?(?:是|为|有|定)?(?:多少|几|什么|啥|怎么样|如何)?呢?[?？。!]*$")
_IN_PERSON = re.compile("哪(?:些|几?[个位名])[^,，。?？]{0,8}|谁")  # whom one that is named may be
_THIS_YEAR = re.compile("(?:今年|去年|前年|明年)")  # of the speech that is spoken of
_SAME_THERE = re.compile(
    "(?:那?(?:边|头))?的?(?:定位)?(?:又|该|要)?(?:[是为有成]|建成|定成|打造成)?(?:多少|几|什么样?的?|啥样?的?|怎么样|如何|咋样)呢?[?？。!]*"
)
_QUOTED = re.compile('[“"「『](?P<w>[^”"」』]{2,24})[”"」』]')  # names itself where nothing that was said has it
_RANK = re.compile("[一二三四五六七八九十甲乙丙丁]{1,2}[类级等档]")  # changed alone where the last question names one
_ASKED = re.compile(
    "(?:的)?(?:增速|增幅|涨幅|降幅|比重|占比|总额|规模|目标)?(?:是|为|达到|完成|实现|增长|下降|有|占|做到)*了?(?:多少|几|怎么样|如何|什么|哪些|谁).*$"
)
_GENERAL = frozenset(
    """
    要求 目标 计划 任务 措施 办法 数字 数量 总数 金额 比重 占比 速度 增速 增幅 水平 标准 时间 原因 依据 单位 部门 资金 经费 问题 不足
    """.split()
)
NAME = 4  # characters of a name, at most
NAMES_ITSELF = 4  # characters of a word that names its subject (生产总值) without what came before
_OF_FIGURES = re.compile("(?:率|额|值|量|数|收入|支出|产值|面积|人口|比重|增速)$")
LIKELY = 0.3  # the same, where no word of it points back
CERTAIN = 0.95  # a question that may lean on another is read by itself where its answer is trusted so far
FOLLOWED = 8  # turns that are looked back
SHORTER = 9
SHORT = 14  # a question this short after others most likely leans on them


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A question of the conversation, as typed and made whole, and its answer without markers."""

    typed: str
    whole: str
    said: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up made whole: the `wording`, the kind it inherits, the items of the last list that it points at.

    An item is its place in the list, from 1; -1 is the last one, 0 the one after what was told.

    `anchor` is the wording of the question whose evidence the follow-up speaks about, the last or, for an ordinal, the last
    that was answered with a list; `said` is its answer. `shown` tells the user how it was understood. `apart`: it is asked in
    its own words, of the speech that the last answer is from.
    """

    wording: str
    kind: Kind | None
    items: tuple[int, ...]
    anchor: str
    said: str
    shown: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a question: as a follow-up, or by itself; and how far its answer must be `trusted` to be taken."""

    follow: FollowUp | None
    trusted: float = 0.0


def readings(question: str, history: Sequence[Turn], synonyms: Synonyms) -> tuple[Reading, ...]:
    """The ways to read `question` after `history`, in the order in which they are tried."""
    pairs = _pairs(history, synonyms)
    if not pairs:
        return (Reading(None),)
    last, folded = pairs[-1], fold(question)
    follow = read(question, history, synonyms)
    kind = kind_of(folded)
    quoted = _QUOTED.search(folded)
    apart = FollowUp(
        question, kind if kind != "other" else None, (), last.whole, last.said, _continued(question, last), apart=True
    )
    if follow is not None and _of_another_place(folded, fold(last.whole)):
        return Reading(follow), Reading(apart)
    if follow is not None and quoted is not None and quoted["w"] not in fold(f"{last.whole} {last.said}"):
        return Reading(None, LIKELY), Reading(follow), Reading(apart)
    if follow is not None and not _may_stand_alone(folded, synonyms):
        whole = _GOES_ON.search(_TOPIC.sub("", folded)) or _NE.search(folded) or not terms_of(folded, synonyms) or kind == "figure"
        return (Reading(follow), Reading(apart)) if whole else (Reading(None, CERTAIN), Reading(follow), Reading(apart))
    if follow is not None:
        alone = CERTAIN if kind == "figure" or _marked(folded) else LIKELY  # 新增贷款安排多少 may be of the year asked about before
        return Reading(None, alone), Reading(follow), Reading(apart)
    return Reading(None), Reading(apart)


def _may_stand_alone(folded: str, synonyms: Synonyms) -> bool:
    """Whether a question that leans may be whole all the same: it goes on from nothing, and says what it is about."""
    own, folded = terms_of(folded, synonyms), _TOPIC.sub("", folded)
    return not _NE.search(folded) and not _GOES_ON.search(folded) and (len(own) > 1 or any(_names_subject(term) for term in own))


def read(question: str, history: Sequence[Turn], synonyms: Synonyms) -> FollowUp | None:
    """The follow-up made whole; None where `question` stands by itself or nothing was asked before."""
    pairs = _pairs(history, synonyms)
    return _read(question, pairs, synonyms) if pairs and leans(question, synonyms) else None


def _read(question: str, pairs: Sequence[_Pair], synonyms: Synonyms) -> FollowUp:
    folded = fold(question)
    items = _items(folded)
    pair = pairs[-1] if not items else next((pair for pair in reversed(pairs) if _is_list(pair.said)), pairs[-1])
    last, said, shown = pair.whole, pair.said, _continued(question, pair)
    before = fold(last)
    own = terms_of(folded, synonyms)
    kind = kind_of(folded)
    if not items and _of_another_place(folded, before):
        wording = _same_asked(words(folded)[0].text, before)
        return FollowUp(wording, None, (), last, said, wording)
    if not items and (_rank_alone(folded, before) or _slot(folded) or (kind == "other" and _NE.search(folded))):
        wording = _same_asked(folded, before)
        return FollowUp(wording, None, (), last, said, wording)
    if not items and kind != "other" and not _POINTS.search(folded) and any(_names_subject(term) for term in own):
        return FollowUp(question, kind, (), last, said, shown)
    subject = last if kind != "other" or not own else f"{last} {said}"
    times = "" if TIME.search(folded) else " ".join(match.group() for match in TIME.finditer(before))
    wording = f"{question} {times} {_subject(subject, synonyms)}"
    return FollowUp(wording, kind if kind != "other" else None, items, last, said, shown)


def _continued(question: str, pair: _Pair) -> str:
    """How a question that goes on after another is shown."""
    return f"{question}（接着“{pair.typed.translate(INNER)}”问）"


def _names_subject(term: Term) -> bool:
    """Whether the term names a subject of its own (电力方面投了多少), so that the last question's is not meant."""
    return len(term.text) > 1 and term.tag.startswith(("n", "j", "l", "i", "eng")) and term.text not in _GENERAL


def _pairs(history: Sequence[Turn], synonyms: Synonyms) -> list[_Pair]:
    """The last questions, made whole where they leaned on those before them, with what was answered, without markers; in order."""
    pairs: list[_Pair] = []
    for turn in history[-FOLLOWED:]:
        if turn.role == "user" and turn.content.strip():
            whole = _read(turn.content, pairs, synonyms).wording if pairs and leans(turn.content, synonyms) else turn.content
            pairs.append(_Pair(turn.content, asked_part(whole), ""))
        elif turn.role == "assistant" and pairs:
            pairs[-1] = replace(pairs[-1], said=_MARKER.sub("", turn.content))
    return pairs


def _is_list(said: str) -> bool:
    """Whether an answer has several items, so that an ordinal can point into it."""
    return len(re.findall(r"(?m)^- ", said)) > 1 or len(re.findall("[一二三四五六七八九十](?:是|要)|、|；|;", said)) > 1


def _marked(folded: str) -> bool:
    """Whether a word of the question points back to what was said (那, 这个, 第三条, 呢); 民生这块 only says what it is about."""
    bare = _TOPIC.sub("", folded)
    return any(pattern.search(bare) for pattern in (_POINTS, _GOES_ON, _NE, _ORDINAL, _MORE))


def leans(question: str, synonyms: Synonyms) -> bool:
    """Whether the question can't be understood without what came before."""
    folded = fold(question)
    own = terms_of(folded, synonyms)
    if _POINTS.search(_TOPIC.sub("", folded)) or _OPENS.search(folded) or _NE.search(folded) or _items(folded) or _MORE.search(folded):
        return len(own) <= 4
    if len(folded) <= SHORT and not any(_names_subject(term) for term in own):
        return True
    if len(own) == 1 and len(folded) <= SHORTER and _THIS_YEAR.match(folded):
        return True
    if TIME.search(folded) or any(len(term.text) >= NAMES_ITSELF for term in own):
        return False
    return (len(own) <= 2 and len(folded) <= SHORT) or (len(own) <= 3 and len(folded) <= SHORTER)


def _slot(folded: str) -> str:
    """The slot that alone is changed, whatever words ask the same of it (2021年呢, 农村那边是多少); "" where more is asked."""
    bare = _SAME.sub("", _LED.sub("", folded), count=1)
    return bare if any(slot.fullmatch(bare) for slot in (*_SLOTS, _PLAN)) else ""


def _of_another_place(folded: str, before: str) -> bool:
    """Whether the same is asked of another place in other words (大连定位成啥, after 沈阳建成什么样的城市)."""
    first, kind = words(folded)[0], kind_of(folded)
    if not first.tag.startswith("ns") or _TOWN.fullmatch(first.text) or first.text in before or kind in ("list", "other"):
        return False
    return kind == kind_of(before) and _SAME_THERE.fullmatch(folded[len(first.text) :]) is not None and bool(_places(before))


def _rank_alone(folded: str, before: str) -> bool:
    bare = re.sub(r"^那么?|的?呢?[?？。!]*$", "", folded)
    return bool(_RANK.fullmatch(bare) and _RANK.search(before))


def _items(folded: str) -> tuple[int, ...]:
    """Which items of a list are meant: from 1, -1 for the last, 0 for the next; none where none is."""
    return tuple((integer(match["n"]) or 0) if match["n"] else -1 if match["last"] else 0 for match in _ORDINAL.finditer(folded))


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
            kept = slot.sub(subject, before, count=1)
            return kept if slot.search(before) else f"{subject}{before}"
    if TIME.search(subject) and not any(_names_subject(term) for term in terms_of(subject, Synonyms({}, 0))):
        return f"{subject}{TIME.sub('', before)}"
    person = _IN_PERSON.search(before) if _is_person(subject) else None
    if person is not None:
        return f"{before[: person.start()]}{subject}{before[person.end() :]}".rstrip(",，")
    if _is_place(subject):
        old = next((word.text for word in reversed(words(before)) if word.tag.startswith("ns") and not _TOWN.fullmatch(word.text)), None)
        return re.sub(f"{re.escape(old)}[省市县区州]?", lambda _: subject, before, count=1) if old else f"{subject}{before}"
    asked = _ASKED.search(before)
    if asked is None and _OF_FIGURES.search(subject):
        return f"{subject}多少"
    times = "".join(match.group() for match in TIME.finditer(before)) if not TIME.search(subject) else ""
    places = "" if _places(subject) else "".join(_places(before))
    return f"{places}{times}{subject}{asked.group()}" if asked else f"{times}{subject}{before}"


def _places(folded: str) -> list[str]:
    """The places that a wording names, and the congresses."""
    return [word.text for word in words(folded) if word.tag.startswith("ns")] + [match["n"] for match in CONGRESS.finditer(folded)]


def _is_person(subject: str) -> bool:
    return len(subject) <= NAME and names_a_person(f"{subject}同志")


def _is_place(subject: str) -> bool:
    cut = words(subject)
    places = all(word.tag.startswith("ns") and not word.text.endswith("地") for word in cut)
    return places or (len(subject) <= 4 and subject.endswith(tuple("省市县区州")))


def _subject(wording: str, synonyms: Synonyms) -> str:
    return " ".join(term.text for term in terms_of(fold(wording), synonyms))
