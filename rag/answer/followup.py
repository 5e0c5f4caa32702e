"""A follow-up into a question of its own: what it leaves out is taken from the turns before.

那增长多少? keeps the subject of the last question; 各项贷款余额呢 keeps what was asked of it; 这种作风 and 第三种
point into the last answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answer.anaphora import goes_on, leans, marked, may_stand_alone, points, returns_to
from rag.answer.another import asked_of_another, names_subject, of_another_place
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

_COUNTED = ("n", "vn", "l")  # parts of speech of what is counted
_COUNT = regex("(?<![第\\d])(?:[两二三四五六七八九十]{1,2}|\\d{1,2})(?:大|个|项|种|条|点|件|类)")
_MARKER = regex(r"\[\d+\]")
_QUOTED = regex('[“"「『](?P<w>[^”"」』]{2,24})[”"」』]')  # names itself where nothing that was said has it
LIKELY = 0.3  # the same, where no word of it points back
CERTAIN = 0.95  # a question that may lean on another is read by itself where its answer is trusted so far
SHOWN = 40  # characters of the question before, by which it is known again
FOLLOWED = 8  # turns that are looked back


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
    if follow is not None and not may_stand_alone(folded, synonyms):
        whole = goes_on(folded) or not terms_of(folded, synonyms) or kind == "figure"
        return (Reading(follow), Reading(apart)) if whole else (Reading(None, CERTAIN), Reading(follow), Reading(apart))
    if follow is not None:
        alone = CERTAIN if kind == "figure" or marked(folded) else LIKELY  # 新增贷款安排多少 may be of the year asked about before
        return Reading(None, alone), Reading(follow), Reading(apart)
    return Reading(None), Reading(apart)


def _returned(question: str, pairs: list[_Pair], synonyms: Synonyms) -> tuple[str, list[_Pair], bool]:
    """The rest of a question that goes back to what was spoken of before, and the turns up to there; else all as it is."""
    back = returns_to(fold(question))
    if back is None:
        return question, pairs, False
    topic = [term.text for term in terms_of(back.topic, synonyms)] or [back.topic]
    spoken = [at for at, pair in enumerate(pairs) if any(word in fold(f"{pair.typed} {pair.said}") for word in topic)]
    return back.rest, pairs[: spoken[-1] + 1] if spoken else pairs, True


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
    if not items and kind != "other" and not points(folded) and any(names_subject(term) for term in own):
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
    asked = pair.typed if len(pair.typed) <= SHOWN else f"{pair.typed[:SHOWN]}…"
    return f"{question}（接着“{asked.translate(INNER)}”问）"


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


def _subject(wording: str, synonyms: Synonyms) -> str:
    return " ".join(term.text for term in terms_of(fold(wording), synonyms))
