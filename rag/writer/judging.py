"""Whether a sentence says no more, no less and nothing else than the source that it cites.

A clause of the sentence must claim what a clause of the source claims (or several in a row, or the subject of a clause
and what a later one says of it): every number, direction, negation and limit on either side also on the other, in its
order, and the words of each in the other but for a calibrated share. Clauses may be left out and change places; what
they are about, the times and the conditions that govern them may not be lost. One sentence is carried by one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rag.writer.claims import Clause, Token, bare, clauses_of, tokens_of
from rag.writing.fold import fold
from rag.writing.sentences import Span, sentences

LEAST_COVERED = 0.9  # of the words on either side, by characters: see the table of `yanju eval --gate`
RUN = 4  # clauses of the source that one clause of a sentence may draw together
JOINED = 3  # clauses of a sentence that may stand for one of the source
QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,})[”\"」』》]")
_FRAME = re.compile(
    r"^(?:根据|按照|依据)?(?:以上|上述|所给)?(?:材料|资料|原文|文件|文中|文章|讲话|报告)(?:中|里|的内容)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?"
)
_TITLED = re.compile(r"^《(?P<title>[^》]+)》(?:中|里)?(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)?[,，:：]?")
_SHOULD = "应"


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
class _Stretch:
    """What one clause of a sentence may be held against: a row of source clauses and, before it, what they are about."""

    sentence: _Sentence
    first: int
    last: int
    subject: int | None
    bare: str
    tokens: tuple[Token, ...]
    lead: int  # where the clauses themselves begin in `bare`; before it stands what may be left out
    continues: bool = False  # only what the clause says, of which the sentence has said what it is about

    @property
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
    """How far a sentence is carried: the stretches so far, and which clause of the source the reader takes it to be about."""

    used: tuple[tuple[_Stretch, bool], ...] = ()  # and whether the time over it is claimed too
    subject: tuple[int, int, int] | None = None  # text, sentence start, clause
    lead: tuple[int, int, int] | None = None


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
    state = _carry(own, 0, _State(), of_source)
    if state is None:
        return Verdict(False, "数字、对象、方向或限定与原文对不上")
    return Verdict(True, spans=tuple(sorted(set(_spans(state.used)))))


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
            yield _Stretch(sentence, first, first, None, body, tokens_of(body), 0, continues=True)


def _stretch(sentence: _Sentence, first: int, last: int, subject: int | None) -> _Stretch:
    lead = sentence.leads[first if subject is None else subject]
    parts = [] if lead is None else [sentence.clauses[lead].bare]
    begins = sum(map(len, parts))
    if subject is not None:
        parts.append(sentence.clauses[subject].bare[: sentence.clauses[subject].head])
    parts += [clause.bare for clause in sentence.clauses[first : last + 1]]
    tokens: list[Token] = []
    offset = 0
    for part in parts:
        tokens += [_moved(token, offset) for token in tokens_of(part)]
        offset += len(part)
    return _Stretch(sentence, first, last, subject, "".join(parts), tuple(tokens), begins)


def _moved(token: Token, by: int) -> Token:
    return Token(token.key, token.kind, token.text, token.tag, token.start + by, token.end + by)


def _carry(own: Sequence[Clause], index: int, state: _State, source: Sequence[_Sentence]) -> _State | None:
    """The state in which all of the sentence from clause `index` on is carried; None where it is not."""
    if index == len(own):
        return state if _whole(state.used) else None
    if all(token.kind == "free" for token in own[index].tokens):
        return _carry(own, index + 1, state, source)
    for count in range(1, min(JOINED, len(own) - index) + 1):
        joined = own[index : index + count]
        text = "".join(clause.bare for clause in joined)
        for sentence in source:
            for stretch in sentence.stretches:
                after = _follows(state, stretch, joined)
                if after is not None and (covered := same(text, stretch)) is not None:
                    after = replace(after, used=(*after.used, (stretch, any(covered[: stretch.lead]))))
                    carried = _carry(own, index + count, after, source)
                    if carried is not None:
                        return carried
    return None


def _follows(state: _State, stretch: _Stretch, joined: Sequence[Clause]) -> _State | None:
    """The state after a clause that rests on `stretch`; None where what it would be read to be about is another than there."""
    sentence = stretch.sentence
    about = sentence.about[stretch.first]
    place = (sentence.text, sentence.start)
    opens = stretch.subject is not None or sentence.clauses[stretch.first].opens
    if stretch.continues:
        return _State(state.used, state.subject, None) if state.subject == (*place, stretch.first) else None
    if state.lead is not None and state.lead != (*place, sentence.leads[stretch.first]) and state.lead != (*place, sentence.leads[about]):
        return None
    if all(sentence.clauses[i].adverbial for i in range(stretch.first, stretch.last + 1)):
        return _State(state.used, state.subject, (*place, stretch.last))
    if not opens:
        if state.subject is not None and state.subject != (*place, about):
            return None
        if state.subject is None and stretch.has_number and about != stretch.first:
            return None
    return _State(state.used, (*place, sentence.about[stretch.last]), None)


def _whole(used: Sequence[tuple[_Stretch, bool]]) -> bool:
    """Whether each condition that governs a clause used is used itself."""
    covered = {(s.sentence.text, s.sentence.start, i) for s, _ in used for i in range(s.first, s.last + 1)}
    for stretch, _ in used:
        before = stretch.first - 1
        governed = before >= 0 and stretch.sentence.clauses[before].condition
        if governed and (stretch.sentence.text, stretch.sentence.start, before) not in covered:
            return False
    return True


def _spans(used: Sequence[tuple[_Stretch, bool]]) -> Iterator[tuple[int, int, int]]:
    """For each sentence of the source the span from the first to the last clause that is claimed, or whose subject is."""
    touched: dict[tuple[int, int], tuple[_Sentence, set[int]]] = {}
    for stretch, timed in used:
        sentence = stretch.sentence
        lead = sentence.leads[stretch.first if stretch.subject is None else stretch.subject] if timed else None
        indices = {*range(stretch.first, stretch.last + 1)} | {i for i in (stretch.subject, lead) if i is not None}
        touched.setdefault((sentence.text, sentence.start), (sentence, set()))[1].update(indices)
    for sentence, indices in touched.values():
        first, last = sentence.clauses[min(indices)], sentence.clauses[max(indices)]
        yield sentence.text, sentence.start + first.start, sentence.start + last.end


def same(said: str, stretch: _Stretch) -> list[bool] | None:
    """Which characters of `stretch` the bare text `said` claims, if it claims no more and no less; else None."""
    own = tokens_of(said)
    covered, strange = _aligned(own, stretch)
    if covered is None:
        return None
    content = sum(len(token.text) for token in own if token.kind in ("word", "time"))
    if content and 1 - strange / content < LEAST_COVERED:
        return None
    return covered if _nothing_lost(covered, stretch) else None


def _aligned(own: Sequence[Token], stretch: _Stretch) -> tuple[list[bool] | None, int]:
    """Which characters of the stretch are claimed by `own`, and how many characters of its words the stretch lacks.

    None where a number, a turning word or a name is not there, or not in its order.
    """
    covered = [False] * len(stretch.bare)
    at = 0
    strange = 0
    for token in own:
        span = _find(token, stretch, at, covered)
        if span is not None:
            covered[span[0] : span[1]] = [True] * (span[1] - span[0])
            at = at if _unordered(token) else span[1]
        elif token.kind == "word" and token.tag.startswith(("v", "a", "d", "p", "c", "f", "z", "b")):
            strange += len(token.text)
        elif token.kind not in ("free", "scope"):
            return None, 0
    return covered, strange


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
        if token.kind in ("free", "scope") and (not share or token.kind == "scope" or len(token.text) == 1):
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
