"""A follow-up into a question of its own: what it leaves out is taken from the turns before.

那增长多少? keeps the subject of the last question; 各项贷款余额呢 keeps what was asked of it; 这种作风 and 第三种
point into the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answer.another import NE, asked_of_another, is_general, names_subject, of_another_place
from rag.answer.interrogatives import Kind
from rag.answer.keywords import terms_of
from rag.answer.kinds import kind_of
from rag.answer.ordinals import Ordinal, has_ordinal, named_place, ordinals
from rag.answer.periods import TIME
from rag.answer.phrases import INNER
from rag.answer.request import asked_part
from rag.answer.synonyms import Synonyms
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.words import words

# Signs that a question leans on what was said, each written once: words that point back, words that go on.
_BACK = (
    "这(?!样|里|么(?![做说讲办提]))|它|其(?![中实])|^其中|(?<!应)该(?=[项市县省区镇乡村局厅所院校厂行企公条款案制规])|上述|前面|刚才|上面|[前后]者"
    "|同一?(?:年|月|天|期|次|个|时期)|^当年(?!的)"
)
_ON = "^(?:还有|另外|再|然后|接着|具体|展开|详细)"
_POINTS = regex(f"{_BACK}|这(?!么(?![做说讲办提]))|那[个种些项条点几里次件类句趟回场份年家位笔批](?!么)|(?<=.)那[两三四五]")
_GOES_ON = regex(f"{_BACK}|{_ON}|^那(?!个|些|次|份|年|几)")  # that much only what came before can tell
_OPENS = regex(f"{_ON}|^(?:那|为什么[?？]?$|为啥|怎么|如何|谁|什么时候|多少)")
_TOPIC = regex(  # what stands before it is the topic
    "(?<=[\u4e00-\u9fff”\"』]{2})[这那]"
    "(?:(?:一)?(?:块|部分|方面|件事|段|头|边)|里|[类种](?=[\u4e00-\u9fff])|个(?:词|说法|提法|概念))"
)
_MORE = regex("(?<![归偿返送])还(?=要|会|将|想|打算|准备|得|[建办设开提说讲])")  # beside what was told
_COUNTED = ("n", "vn", "l")  # parts of speech of what is counted
_COUNT = regex("(?<![第\\d])(?:[两二三四五六七八九十]{1,2}|\\d{1,2})(?:大|个|项|种|条|点|件|类)")
# Back to what was spoken of before: 再回到贷款,中长期的呢.
_BEFORE = "(?:刚才?|前面|之前|上面)"
_OF_TOPIC = "(?:那?(?:一?[块快边]|个?(?:事|话题))|的?问题|方面)"
_RETURNS = regex(
    "^(?:对了[,，]?)?(?:那|再|还是|咱们?)*(?:"
    f"(?:(?:回到|说回|回头说)的?(?:{_BEFORE}的?)?|{_BEFORE}(?:说|问|讲|提)(?:到|过)?的?)(?P<topic>[\u4e00-\u9fff]{{2,8}}?){_OF_TOPIC}?"
    f"|[说问讲看]?{_BEFORE}的?(?P<part>[\u4e00-\u9fff]{{2,8}}?){_OF_TOPIC})[,，:：]\\s*(?P<rest>.+)$"
)
_MARKER = regex(r"\[\d+\]")
_THIS_YEAR = regex("(?:今年|去年|前年|明年)")  # of the speech that is spoken of
_QUOTED = regex('[“"「『](?P<w>[^”"」』]{2,24})[”"」』]')  # names itself where nothing that was said has it
NAMES_ITSELF = 4  # characters of a word that names its subject (生产总值) without what came before
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
    leaned: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up made whole: the `wording`, the kind it inherits, the items of the last list that it points at.

    `anchor` is the wording of the question whose evidence the follow-up speaks about, the last or, for an ordinal, the last
    that asked for a list or was answered with one; `said` is its answer, `told` what was answered last. `shown` tells the
    user how it was understood. `apart`: it is asked in
    its own words, of the speech that the last answer is from.
    """

    wording: str
    kind: Kind | None
    items: tuple[Ordinal, ...]
    anchor: str
    said: str
    told: str
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
    question, pairs, returns = _returned(question, pairs, synonyms)
    last, folded = pairs[-1], fold(question)
    follow = _read(question, pairs, synonyms) if returns or leans(question, synonyms) else None
    kind = kind_of(folded)
    quoted = _QUOTED.search(folded)
    apart = FollowUp(
        question, kind if kind != "other" else None, (), last.whole, last.said, last.said, _continued(question, last), apart=True
    )
    if follow is not None and (returns or of_another_place(folded, fold(last.whole))):
        return Reading(follow), Reading(apart)
    if follow is not None and quoted is not None and quoted["w"] not in fold(f"{last.whole} {last.said}"):
        return Reading(None, LIKELY), Reading(follow), Reading(apart)
    if follow is not None and not _may_stand_alone(folded, synonyms):
        whole = _GOES_ON.search(_TOPIC.sub("", folded)) or NE.search(folded) or not terms_of(folded, synonyms) or kind == "figure"
        return (Reading(follow), Reading(apart)) if whole else (Reading(None, CERTAIN), Reading(follow), Reading(apart))
    if follow is not None:
        alone = CERTAIN if kind == "figure" or _marked(folded) else LIKELY  # 新增贷款安排多少 may be of the year asked about before
        return Reading(None, alone), Reading(follow), Reading(apart)
    return Reading(None), Reading(apart)


def _returned(question: str, pairs: list[_Pair], synonyms: Synonyms) -> tuple[str, list[_Pair], bool]:
    """The rest of a question that goes back to what was spoken of before, and the turns up to there; else all as it is."""
    back = _RETURNS.match(fold(question))
    if back is None:
        return question, pairs, False
    told = back["topic"] or back["part"]
    topic = [term.text for term in terms_of(told, synonyms)] or [told]
    spoken = [at for at, pair in enumerate(pairs) if any(word in fold(f"{pair.typed} {pair.said}") for word in topic)]
    return back["rest"], pairs[: spoken[-1] + 1] if spoken else pairs, True


def _may_stand_alone(folded: str, synonyms: Synonyms) -> bool:
    """Whether a question that leans may be whole all the same: it goes on from nothing, and says what it is about."""
    own, folded = terms_of(folded, synonyms), _TOPIC.sub("", folded)
    if all(is_general(term) for term in own):
        return False
    return not NE.search(folded) and not _GOES_ON.search(folded) and (len(own) > 1 or any(names_subject(term) for term in own))


def read(question: str, history: Sequence[Turn], synonyms: Synonyms) -> FollowUp | None:
    """The follow-up made whole; None where `question` stands by itself or nothing was asked before."""
    pairs = _pairs(history, synonyms)
    return _read(question, pairs, synonyms) if pairs and leans(question, synonyms) else None


def _read(question: str, pairs: Sequence[_Pair], synonyms: Synonyms) -> FollowUp:
    folded = fold(question)
    items = ordinals(folded)
    pair = pairs[-1] if not items else next((pair for pair in reversed(pairs) if _lists(pair)), pairs[-1])
    told = pairs[-1].said
    last, said, shown = pair.whole, pair.said, _continued(question, pair)
    before = fold(last)
    own = terms_of(folded, synonyms)
    kind = kind_of(folded)
    same = asked_of_another(folded, before) if not items else None
    if same is not None:
        return FollowUp(same, None, (), last, said, told, same)
    if not items and kind != "other" and not _POINTS.search(folded) and any(names_subject(term) for term in own):
        return FollowUp(question, kind, (), last, said, told, shown)
    counted = _counted(before) or _counted(fold(said)) if kind == "list" and not own and not items else None
    if counted is not None:
        return FollowUp(f"{counted}{question} {_subject(last, synonyms)}", kind, (), last, said, told, shown)
    subject = last if kind != "other" or not own else f"{last} {said}"
    named = named_place(folded, said) if items else None
    times = "" if TIME.search(folded) else " ".join(match.group() for match in TIME.finditer(before))
    wording = f"{named or question} {times} {_subject(subject, synonyms)}"
    return FollowUp(wording, kind if kind != "other" else None, items, last, said, told, shown)


def _counted(folded: str) -> str | None:
    """What a folded wording counts (五大工程), the last of it; None where it counts nothing."""
    named = {word.start: word.text for word in words(folded) if word.tag.startswith(_COUNTED) and len(word.text) > 1}
    counts = [f"{match.group()}{named[match.end()]}" for match in _COUNT.finditer(folded) if match.end() in named]
    return counts[-1] if counts else None


def _continued(question: str, pair: _Pair) -> str:
    """How a question that goes on after another is shown."""
    return f"{question}（接着“{pair.typed.translate(INNER)}”问）"


def _pairs(history: Sequence[Turn], synonyms: Synonyms) -> list[_Pair]:
    """The last questions, made whole where they leaned on those before them, with what was answered, without markers; in order."""
    pairs: list[_Pair] = []
    for turn in history[-FOLLOWED:]:
        if turn.role == "user" and turn.content.strip():
            asked, before, returns = _returned(turn.content, pairs, synonyms) if pairs else (turn.content, pairs, False)
            leaned = bool(pairs) and (returns or leans(asked, synonyms))
            whole = _read(asked, before, synonyms).wording if leaned else turn.content
            pairs.append(_Pair(turn.content, asked_part(whole), "", leaned))
        elif turn.role == "assistant" and pairs:
            pairs[-1] = replace(pairs[-1], said=_MARKER.sub("", turn.content))
    return pairs


def _lists(pair: _Pair) -> bool:
    """Whether the question asked for a list, or its answer has several items, so that an ordinal can point into it."""
    if pair.leaned and has_ordinal(fold(pair.typed)):
        return False
    several = len(re.findall(r"(?m)^- ", pair.said)) > 1 or len(re.findall("[一二三四五六七八九十](?:是|要)|、|；|;", pair.said)) > 1
    return several or kind_of(fold(pair.typed)) == "list"


def _marked(folded: str) -> bool:
    """Whether a word of the question points back to what was said (那, 这个, 第三条, 呢); 民生这块 only says what it is about."""
    bare = _TOPIC.sub("", folded)
    return has_ordinal(bare) or any(pattern.search(bare) for pattern in (_POINTS, _GOES_ON, NE, _MORE))


def leans(question: str, synonyms: Synonyms) -> bool:
    """Whether the question can't be understood without what came before."""
    folded = fold(question)
    own = terms_of(folded, synonyms)
    if _POINTS.search(_TOPIC.sub("", folded)) or _OPENS.search(folded) or NE.search(folded) or has_ordinal(folded) or _MORE.search(folded):
        return len(own) <= 4
    if len(folded) <= SHORT and not any(names_subject(term) for term in own):
        return True
    if len(own) == 1 and len(folded) <= SHORTER and _THIS_YEAR.match(folded):
        return True
    if TIME.search(folded) or any(len(term.text) >= NAMES_ITSELF for term in own):
        return False
    return (len(own) <= 2 and len(folded) <= SHORT) or (len(own) <= 3 and len(folded) <= SHORTER)


def _subject(wording: str, synonyms: Synonyms) -> str:
    return " ".join(term.text for term in terms_of(fold(wording), synonyms))
