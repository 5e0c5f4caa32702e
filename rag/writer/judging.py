"""Whether a sentence says no more, no less and nothing else than the source that it cites.

A clause of the sentence must claim what a clause of the source claims (or several in a row, or the subject of a clause
and what a later one says of it): every number, direction, negation and limit on either side also on the other, in its
order, and the words of each in the other but for a calibrated share. Clauses may be left out and change places; what
they are about, the times and the conditions that govern them may not be lost. One sentence is carried by one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.writer.claims import tokens_of
from rag.writer.clauses import Clause, clauses_of
from rag.writer.sameness import may_be_same, same
from rag.writer.stretches import Mark, Sentence, Stretch, source_sentences
from rag.writing.fold import fold

JOINED = 3  # clauses of a sentence that may stand for one of the source
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,})[”\"」』》]")
_FRAME = re.compile(
    r"^(?:根据|按照|依据)?(?:以上|上述|所给)?(?:材料|资料|原文|文件|文中|文章|讲话|报告)(?:中|里|的内容)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?"
)
_TITLED = re.compile(r"^《(?P<title>[^》]+)》(?:中|里)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?")


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of one paragraph that is cited, and the title of its speech."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the source carries the sentence, by which spans of its texts (number of the text, start, end), or why not."""

    holds: bool
    why: str = ""
    spans: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    """What a reader takes the next clause to be about, and under which time and condition."""

    subject: Mark | None = None
    lead: Mark | None = None
    condition: Mark | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """A stretch that claims the same as a clause of the sentence, and whether the time over it is claimed too."""

    stretch: Stretch
    timed: bool


def judge(sentence: str, sources: Sequence[Source]) -> Verdict:
    """The verdict on `sentence` (without its markers), which cites `sources`, all stretches of one paragraph."""
    said = _unframed(sentence.strip(), {fold(source.title.strip("《》")) for source in sources})
    texts = [re.sub(r"[^\w]", "", fold(source.text)) for source in sources]
    for quoted in _QUOTED.findall(said):
        if not any(re.sub(r"[^\w]", "", fold(quoted)) in text for text in texts):
            return Verdict(False, f"原文没有“{quoted}”")
    own = clauses_of(said)
    if not own:
        return Verdict(False, "没有内容")
    missing = _missing(own, sources)
    if missing:
        return Verdict(False, f"原文没有“{missing}”")
    of_source = [one for number, source in enumerate(sources) for one in source_sentences(number, source.text)]
    fits = _Reading(own, of_source).fits(0, _State())
    if fits is None:
        return Verdict(False, "数字、对象、方向或限定与原文对不上")
    return Verdict(True, spans=tuple(sorted(set(_spans(fits)))))


def _unframed(said: str, titles: set[str]) -> str:
    """The sentence without 材料指出, and without the title of the speech it cites, before what it says."""
    titled = _TITLED.match(said)
    if titled and any(fold(titled["title"]) in title for title in titles if title):
        return said[titled.end() :]
    return _FRAME.sub("", said, count=1) or said


def _missing(own: Sequence[Clause], sources: Sequence[Source]) -> str:
    """The first number or turning word of the sentence that the source has nowhere; empty where there is none."""
    there = {token.key for source in sources for clause in clauses_of(source.text) for token in clause.tokens}
    return next((t.text for clause in own for t in clause.tokens if t.kind in ("number", "strict") and t.key not in there), "")


class _Reading:
    """One sentence read over one source."""

    def __init__(self, own: Sequence[Clause], source: Sequence[Sentence]) -> None:
        self._own = own
        self._stretches = [stretch for sentence in source for stretch in sentence.stretches]
        self._found: dict[tuple[int, int], list[_Fit]] = {}
        self._failed: set[tuple[int, _State]] = set()

    def fits(self, index: int, state: _State) -> tuple[_Fit, ...] | None:
        """What carries the sentence from clause `index` on; None where nothing does."""
        if index == len(self._own):
            return ()
        if all(token.kind == "free" for token in self._own[index].tokens):
            return self.fits(index + 1, state)
        if (index, state) in self._failed:
            return None
        for count in range(1, min(JOINED, len(self._own) - index) + 1):
            for fit in self._same(index, count):
                after = _follows(state, fit.stretch)
                more = None if after is None else self.fits(index + count, after)
                if more is not None:
                    return (fit, *more)
        self._failed.add((index, state))
        return None

    def _same(self, index: int, count: int) -> list[_Fit]:
        """The stretches that claim the same as `count` clauses from `index` on."""
        if (index, count) not in self._found:
            said = "".join(clause.bare for clause in self._own[index : index + count])
            claimed = (token for token in tokens_of(said) if token.kind != "free")
            needed = sorted(claimed, key=lambda token: (token.kind != "number", -len(token.text)))
            likely = (stretch for stretch in self._stretches if may_be_same(needed, stretch))
            fits = ((stretch, same(said, stretch)) for stretch in likely)
            self._found[index, count] = [_Fit(stretch, any(covered[: stretch.lead])) for stretch, covered in fits if covered is not None]
        return self._found[index, count]


def _follows(state: _State, stretch: Stretch) -> _State | None:
    """The state after a clause that rests on `stretch`; None where what it would be read to be about is another than there."""
    sentence, first = stretch.sentence, stretch.first
    about = sentence.about[first]
    if not _under_same_condition(state, stretch):
        return None
    own = _last_condition(sentence, first, stretch.last + 1)
    condition = state.condition if own is None else stretch.mark(own)
    if stretch.continues:
        return _State(state.subject, None, condition) if state.subject == stretch.mark(first) else None
    leads = [None if lead is None else stretch.mark(lead) for lead in (sentence.leads[first], sentence.leads[about])]
    if state.lead is not None and state.lead not in leads:
        return None
    if all(sentence.clauses[i].adverbial for i in range(first, stretch.last + 1)):
        return _State(state.subject, stretch.mark(stretch.last), condition)
    if stretch.subject is None and not sentence.clauses[first].opens:
        if state.subject is not None and state.subject != stretch.mark(about):
            return None
        if state.subject is None and stretch.has_number and sentence.clauses[about].opens:
            return None
    return _State(stretch.mark(sentence.about[stretch.last]), None, condition)


def _under_same_condition(state: _State, stretch: Stretch) -> bool:
    """Whether what governs the stretch there was said here: the clause right before it, or, once one was said, any further back."""
    governing = _last_condition(stretch.sentence, 0, stretch.first)
    if governing is None:
        return state.condition is None
    governed = governing == stretch.first - 1 or state.condition is not None
    return not governed or state.condition == stretch.mark(governing)


def _last_condition(sentence: Sentence, start: int, end: int) -> int | None:
    """The last of the clauses `start`:`end` that is a condition."""
    return next((i for i in range(end - 1, start - 1, -1) if sentence.clauses[i].condition), None)


def _spans(fits: Sequence[_Fit]) -> Iterator[tuple[int, int, int]]:
    """For each sentence of the source the span from the first to the last clause that is claimed, or whose subject is."""
    touched: dict[tuple[int, int], tuple[Sentence, set[int]]] = {}
    for fit in fits:
        stretch, sentence = fit.stretch, fit.stretch.sentence
        led = (stretch.subject, stretch.time if fit.timed else None)
        indices = {*range(stretch.first, stretch.last + 1), *(i for i in led if i is not None)}
        touched.setdefault((sentence.text, sentence.start), (sentence, set()))[1].update(indices)
    for sentence, indices in touched.values():
        first, last = sentence.clauses[min(indices)], sentence.clauses[max(indices)]
        yield sentence.text, sentence.start + first.start, sentence.start + last.end
