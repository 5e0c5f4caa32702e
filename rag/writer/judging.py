"""Whether a sentence says no more, no less and nothing else than the source that it cites.

A clause of the sentence must claim what a clause of the source claims (or several in a row, or the subject of a clause
and what a later one says of it): every number, direction, negation and limit on either side also on the other, in its
order, and the words of each in the other; where no figure is said, but for a calibrated share. Clauses may be left out
and change places; what they are about, the times and the conditions that govern them may not be lost. One sentence is
carried by one paragraph; one that stands there from its first character to its last always is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.writer.claims import bare, tokens_of
from rag.writer.clauses import PART, Clause, clauses_of
from rag.writer.following import Fit, State, follows
from rag.writer.sameness import may_be_same, same
from rag.writer.stretches import Sentence, source_sentences
from rag.writing.fold import fold
from rag.writing.sentences import sentences

JOINED = 3  # clauses of a sentence that may stand for one of the source
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,})[”\"」』》]")
_SAYS = "(?:还|也)?(?:指出|提到|显示|写道|称|说|提出|表示|介绍)[,，:：]?"
_WRITING = "(?:以上|上述|所给)?(?:材料|资料|原文|文件|文中|文章|讲话|报告)(?:中|里|的内容)?"
_FRAME = re.compile(rf"^(?:{_WRITING}{_SAYS}|(?:根据|按照|依据){_WRITING}(?:{_SAYS}|[,，:：]))")  # not the 讲话 of 讲话对于我们很重要
_TITLED = re.compile(rf"^《(?P<title>[^》]+)》(?:中|里)?(?:{_SAYS}|[,，:：])")


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
    whole = _verbatim(said, sources)
    if whole is not None:
        return Verdict(True, spans=(whole,))
    of_source = [one for number, source in enumerate(sources) for one in source_sentences(number, source.text)]
    fits = _Reading(own, of_source).fits(0, State())
    if fits is None:
        return Verdict(False, "数字、对象、方向或限定与原文对不上")
    return Verdict(True, spans=tuple(sorted(set(_spans(fits)))))


def _unframed(said: str, titles: set[str]) -> str:
    """The sentence without 材料指出, and without the title of the speech it cites, before what it says."""
    titled = _TITLED.match(said)
    if titled and any(fold(titled["title"]) in title for title in titles if title):
        return said[titled.end() :]
    return _FRAME.sub("", said, count=1) or said


def _verbatim(said: str, sources: Sequence[Source]) -> tuple[int, int, int] | None:
    """The sentence of the source that `said` is, from its first character to its last."""
    spans = ((number, *span) for number, source in enumerate(sources) for span in sentences(source.text, 0, len(source.text)))
    return next(((number, start, end) for number, start, end in spans if bare(sources[number].text[start:end]) == bare(said)), None)


def _missing(own: Sequence[Clause], sources: Sequence[Source]) -> str:
    """The first number or turning word of the sentence that the source has nowhere; empty where there is none."""
    there = {token.key for source in sources for clause in clauses_of(source.text) for token in clause.tokens}
    return next((t.text for clause in own for t in clause.tokens if t.kind in ("number", "strict") and t.key not in there), "")


class _Reading:
    """One sentence read over one source."""

    def __init__(self, own: Sequence[Clause], source: Sequence[Sentence]) -> None:
        self._own = own
        self._stretches = [stretch for sentence in source for stretch in sentence.stretches]
        self._found: dict[tuple[int, int], list[Fit]] = {}
        self._failed: set[tuple[int, State]] = set()

    def fits(self, index: int, state: State) -> tuple[Fit, ...] | None:
        """What carries the sentence from clause `index` on; None where nothing does."""
        if index == len(self._own):
            return ()
        if all(token.kind == "free" for token in self._own[index].tokens):
            return self.fits(index + 1, state)
        if (index, state) in self._failed:
            return None
        for count in range(1, min(JOINED, len(self._own) - index) + 1):
            for fit in self._same(index, count):
                after = follows(state, fit)
                more = None if after is None else self.fits(index + count, after)
                if more is not None:
                    return (fit, *more)
        self._failed.add((index, state))
        return None

    def _same(self, index: int, count: int) -> list[Fit]:
        """The stretches that claim the same as `count` clauses from `index` on."""
        if (index, count) not in self._found:
            said = "".join(clause.bare for clause in self._own[index : index + count])
            claimed = (token for token in tokens_of(said) if token.kind != "free")
            needed = sorted(claimed, key=lambda token: (token.kind != "number", -len(token.text)))
            likely = (stretch for stretch in self._stretches if may_be_same(needed, stretch))
            fits = ((stretch, same(said, stretch)) for stretch in likely)
            self._found[index, count] = [
                Fit(stretch, any(covered[: stretch.lead]), said.startswith(PART)) for stretch, covered in fits if covered is not None
            ]
        return self._found[index, count]


def _spans(fits: Sequence[Fit]) -> Iterator[tuple[int, int, int]]:
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
