"""Whether a sentence says no more, no less and nothing else than the source that it cites.

A clause of the sentence must claim what a clause of the source claims (or several in a row, or the subject of a clause
and what a later one says of it): every number, direction, negation and limit on either side also on the other, in its
order, and the words of each in the other but for a calibrated share. Clauses may be left out and change places; what
they are about, the times and the conditions that govern them may not be lost. One sentence is carried by one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rag.writer.claims import Clause, Key, Token, bare, clauses_of, tokens_of
from rag.writing.fold import fold
from rag.writing.sentences import Span, sentences

LEAST_COVERED = 0.9  # of the words of the source, by characters; of the sentence's own all: see the table of `yanju eval --gate`
RUN = 4  # clauses of the source that one clause of a sentence may draw together
JOINED = 3  # clauses of a sentence that may stand for one of the source
QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,})[”\"」』》]")
_FRAME = re.compile(
    r"^(?:根据|按照|依据)?(?:以上|上述|所给)?(?:材料|资料|原文|文件|文中|文章|讲话|报告)(?:中|里|的内容)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?"
)
_TITLED = re.compile(r"^《(?P<title>[^》]+)》(?:中|里)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?")
_SHOULD = "应"
Mark = tuple[int, int, int]  # a clause of the source: its text's number, its sentence's start, its own number


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


@dataclass(frozen=True, eq=False)
class _Stretch:
    """What one clause of a sentence may be held against: a row of source clauses and, before it, what they are about."""

    sentence: _Sentence
    first: int
    last: int
    subject: int | None
    parts: tuple[str, ...]
    lead: int  # where the clauses themselves begin in `bare`; before it stands what may be left out
    continues: bool = False  # only what the clause says, of which the sentence has said what it is about

    def mark(self, clause: int) -> Mark:
        """What tells the clause from every other of the source."""
        return self.sentence.text, self.sentence.start, clause

    @cached_property
    def bare(self) -> str:
        return "".join(self.parts)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        tokens: list[Token] = []
        offset = 0
        for part in self.parts:
            tokens += [_moved(token, offset) for token in tokens_of(part)]
            offset += len(part)
        return tuple(tokens)

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset(token.key for part in self.parts for token in tokens_of(part))

    @cached_property
    def has_number(self) -> bool:
        return any(clause.has_number for clause in self.sentence.clauses[self.first : self.last + 1])


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    """A sentence of the source: its clauses, the clause that each is about (itself, if it opens), and the times over each."""

    text: int
    start: int
    clauses: tuple[Clause, ...]
    about: tuple[int, ...]
    leads: tuple[int | None, ...]
    stretches: list[_Stretch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """What a reader takes the next clause to be about, and under which time and condition."""

    subject: Mark | None = None
    lead: Mark | None = None
    condition: Mark | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """A stretch that claims the same as a clause of the sentence, and whether the time over it is claimed too."""

    stretch: _Stretch
    timed: bool


def judge(sentence: str, sources: Sequence[Source]) -> Verdict:
    """The verdict on `sentence` (without its markers), which cites `sources`, all stretches of one paragraph."""
    said = _unframed(sentence.strip(), {fold(source.title.strip("《》")) for source in sources})
    texts = [re.sub(r"[^\w]", "", fold(source.text)) for source in sources]
    for quoted in QUOTED.findall(said):
        if not any(re.sub(r"[^\w]", "", fold(quoted)) in text for text in texts):
            return Verdict(False, f"原文没有“{quoted}”")
    own = clauses_of(said)
    if not own:
        return Verdict(False, "没有内容")
    missing = _missing(own, sources)
    if missing:
        return Verdict(False, f"原文没有“{missing}”")
    of_source = [one for number, source in enumerate(sources) for one in _parsed(number, source.text)]
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


@lru_cache(maxsize=512)
def _parsed(number: int, text: str) -> tuple[_Sentence, ...]:
    """The sentences of a source text, each with the stretches that a clause may be held against."""
    return tuple(_sentence(number, text, span) for span in sentences(text, 0, len(text)))


def _sentence(number: int, text: str, span: Span) -> _Sentence:
    own = clauses_of(text[slice(*span)])
    about: list[int] = []
    leads: list[int | None] = []
    lead: int | None = None
    for index, clause in enumerate(own):
        about.append(index if clause.opens or not about else about[-1])
        leads.append(lead)
        if clause.adverbial:
            lead = index
    made = _Sentence(number, span[0], own, tuple(about), tuple(leads))
    made.stretches.extend(_stretches(made))
    return made


def _stretches(sentence: _Sentence) -> Iterator[_Stretch]:
    for first in range(len(sentence.clauses)):
        for last in range(first, min(first + RUN, len(sentence.clauses))):
            subject = sentence.about[first]
            yield _stretch(sentence, first, last, None)
            if subject != first and sentence.clauses[subject].head:
                yield _stretch(sentence, first, last, subject)
        if sentence.clauses[first].opens and sentence.clauses[first].head < len(sentence.clauses[first].bare):
            body = sentence.clauses[first].bare[sentence.clauses[first].head :]
            yield _Stretch(sentence, first, first, None, (body,), 0, continues=True)


def _stretch(sentence: _Sentence, first: int, last: int, subject: int | None) -> _Stretch:
    lead = sentence.leads[first if subject is None else subject]
    parts = [] if lead is None else [sentence.clauses[lead].bare]
    begins = sum(map(len, parts))
    if subject is not None:
        parts.append(sentence.clauses[subject].bare[: sentence.clauses[subject].head])
    parts += [clause.bare for clause in sentence.clauses[first : last + 1]]
    return _Stretch(sentence, first, last, subject, tuple(parts), begins)


def _moved(token: Token, by: int) -> Token:
    return Token(token.key, token.kind, token.text, token.tag, token.start + by, token.end + by)


class _Reading:
    """One sentence read over one source."""

    def __init__(self, own: Sequence[Clause], source: Sequence[_Sentence]) -> None:
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
            likely = (stretch for stretch in self._stretches if _may_be(needed, stretch))
            fits = ((stretch, same(said, stretch)) for stretch in likely)
            self._found[index, count] = [_Fit(stretch, any(covered[: stretch.lead])) for stretch, covered in fits if covered is not None]
        return self._found[index, count]


def _may_be(needed: Sequence[Token], stretch: _Stretch) -> bool:
    """Whether the stretch has all tokens `needed`, in whatever order: what costs little to find out."""
    return all((token.kind not in ("number", "strict") and token.text in stretch.bare) or token.key in stretch.keys for token in needed)


def _follows(state: _State, stretch: _Stretch) -> _State | None:
    """The state after a clause that rests on `stretch`; None where what it would be read to be about is another than there."""
    sentence, first = stretch.sentence, stretch.first
    about = sentence.about[first]
    governing = next((i for i in range(first - 1, -1, -1) if sentence.clauses[i].condition), None)
    governed = governing is not None and (governing == first - 1 or state.condition is not None)
    if (state.condition is not None and governing is None) or (governed and state.condition != stretch.mark(governing or 0)):
        return None
    own = next((i for i in range(stretch.last, first - 1, -1) if sentence.clauses[i].condition), None)
    condition = state.condition if own is None else stretch.mark(own)
    leads = [None if lead is None else stretch.mark(lead) for lead in (sentence.leads[first], sentence.leads[about])]
    if stretch.continues:
        return _State(state.subject, None, condition) if state.subject == stretch.mark(first) else None
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


def _spans(fits: Sequence[_Fit]) -> Iterator[tuple[int, int, int]]:
    """For each sentence of the source the span from the first to the last clause that is claimed, or whose subject is."""
    touched: dict[tuple[int, int], tuple[_Sentence, set[int]]] = {}
    for fit in fits:
        stretch, sentence = fit.stretch, fit.stretch.sentence
        lead = sentence.leads[stretch.first if stretch.subject is None else stretch.subject] if fit.timed else None
        indices = {*range(stretch.first, stretch.last + 1)} | {i for i in (stretch.subject, lead) if i is not None}
        touched.setdefault((sentence.text, sentence.start), (sentence, set()))[1].update(indices)
    for sentence, indices in touched.values():
        first, last = sentence.clauses[min(indices)], sentence.clauses[max(indices)]
        yield sentence.text, sentence.start + first.start, sentence.start + last.end


def same(said: str, stretch: _Stretch) -> list[bool] | None:
    """Which characters of `stretch` the bare text `said` claims, if it claims no more and no less; else None."""
    covered = _aligned(tokens_of(said), stretch)
    return covered if covered is not None and _nothing_lost(covered, stretch) else None


def _aligned(own: Sequence[Token], stretch: _Stretch) -> list[bool] | None:
    """Which characters of the stretch are claimed by `own`; None where something of it is not there, or not in its order."""
    covered = [False] * len(stretch.bare)
    at = 0
    for token in own:
        span = _find(token, stretch, at, covered)
        if span is not None:
            covered[span[0] : span[1]] = [True] * (span[1] - span[0])
            at = at if _unordered(token) else span[1]
        elif token.kind != "free":
            return None
    return covered


def _unordered(token: Token) -> bool:
    return token.kind in ("time", "scope") or (token.kind == "number" and token.key[2] in ("年", "月", "日", "季度"))


def _find(token: Token, stretch: _Stretch, at: int, covered: list[bool]) -> Span | None:
    """Where the stretch claims the same, from `at` on; a time or scope anywhere."""
    start = 0 if _unordered(token) else at
    for other in stretch.tokens:
        if other.key == token.key and other.start >= start and not any(covered[other.start : other.end]):
            return other.start, other.end
    if token.kind in ("number", "strict"):
        return None
    found = stretch.bare.find(token.text, start)
    if found >= 0 and not any(covered[found : found + len(token.text)]):
        return found, found + len(token.text)
    return None


def _nothing_lost(covered: Sequence[bool], stretch: _Stretch) -> bool:
    """Whether nothing that limits or turns the stretch is left out, and of its words no more than the calibrated share."""
    lost = content = 0
    for token in stretch.tokens:
        share = sum(covered[token.start : token.end])
        led = token.start < stretch.lead
        if token.kind == "word":
            content += 0 if led else len(token.text)
        if share == token.end - token.start or (led and not share):
            continue
        if token.kind in ("free", "degree", "scope") and (not share or token.kind == "scope" or len(token.text) == 1):
            continue
        if token.key[2] == _SHOULD and not stretch.has_number:
            continue
        if token.kind != "word" or _listed(token, stretch, covered):
            if token.kind == "word":
                continue
            return False
        lost += token.end - token.start - share
    return content == 0 or 1 - lost / content >= LEAST_COVERED


def _listed(token: Token, stretch: _Stretch, covered: Sequence[bool]) -> bool:
    """Whether the word is one of an enumeration, between two 、, that is left out whole while another is named."""
    left, right = stretch.bare.rfind("、", 0, token.start), stretch.bare.find("、", token.end)
    return left >= 0 and right >= 0 and not any(covered[left:right]) and any(covered[:left])


__all__ = ["Source", "Verdict", "bare", "judge"]
