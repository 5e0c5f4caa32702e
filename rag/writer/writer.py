"""The language model's answer, sentence by sentence: each is held to its source before anyone sees it.

What holds is shown with the spans that carry it; what does not is replaced by the source's own sentence, or left out.
Where the model fails, or nothing it wrote holds, the quoted answer takes over, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rag.answer import gate
from rag.answer.answerer import Answerer, check_askable
from rag.answer.followup import Turn
from rag.answer.phrases import phrase
from rag.answer.places import Place, citation
from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence
from rag.errors import WriterFault
from rag.events import Event
from rag.writer.access import Access
from rag.writer.carrying import carriers, goes_on, holds, nearest
from rag.writer.client import Client, Stopped
from rag.writer.materials import gather
from rag.writer.prompt import asking
from rag.writer.rewriting import rewritten
from rag.writer.splitting import Draft, Splitter

TAKEN_OVER = "{words},这一问改用原文作答。"
NOT_ASKED = "{words},这一问没有用上语言模型。"  # and is refused without it
POINTS_ELSEWHERE = "开头指代的上文没有写出"


@dataclass
class _Page:
    """What has been written so far: sentences with whether each is a line of its own, and what became of each draft."""

    quoted: Answer
    model: str
    sentences: list[tuple[Sentence, bool]] = field(default_factory=list)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    drafts: list[dict[str, str]] = field(default_factory=list)
    splitter: Splitter = field(default_factory=Splitter)
    last: Place | None = None  # what the last sentence rests on
    verified: int = 0
    named: int = 0  # drafts that named material at all
    first: float = 0.0  # seconds until the model's first word

    def add(self, text: str, places: Sequence[Place], line: bool) -> None:
        """One more sentence, carried by `places`."""
        numbers = []
        for place in places:
            key = (place.document.path, place.start, place.end)
            cited = self.citations.setdefault(key, citation(place, len(self.citations) + 1))
            numbers.append(cited.n)
        self.sentences.append((Sentence(text, tuple(numbers)), line))
        self.last = places[-1]

    def says(self, place: Place) -> bool:
        """Whether something of this place is cited already."""
        return any(path == place.document.path and start < place.end and place.start < end for path, start, end in self.citations)

    def told(self, notices: Sequence[str]) -> dict[str, Any]:
        """What the answer keeps of how it was written."""
        heard = self.splitter.heard
        return {"model": self.model, "first": self.first, "notices": list(notices), "draft": heard, "sentences": list(self.drafts)}

    def answer(self, notices: Sequence[str] = ()) -> Answer:
        """The answer as it stands."""
        return replace(
            self.quoted, answer=gate.joined(self.sentences), sentences=tuple(sentence for sentence, _ in self.sentences),
            citations=tuple(self.citations.values()), coverage=None, mode="llm",
            explain={**self.quoted.explain, "writer": self.told(notices)},
        )


class Writer:
    """Answers with a language model what can be answered with quotes."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.client = Client(access)

    def steps(
        self, answerer: Answerer, question: str, history: Sequence[Turn], speeches: Sequence[str], stopped: Callable[[], bool]
    ) -> Iterator[Event]:
        """The steps to the answer, "done" last; none after `stopped()`. Errors as of `Answerer.answer`."""
        started = time.perf_counter()
        check_askable(question)
        try:
            for event in self._steps(answerer, question, history, speeches, stopped):
                yield _timed(event, started)
        except Stopped:
            return

    def _steps(
        self, answerer: Answerer, question: str, history: Sequence[Turn], speeches: Sequence[str], stopped: Callable[[], bool]
    ) -> Iterator[Event]:
        wording = None
        try:
            wording = rewritten(self.client, question, history, stopped) if history else None
        except WriterFault as fault:
            yield from self._taken_over(_Page(answerer.answer(question, history, speeches), self.access.model), fault)
            return
        quoted = _asked(answerer, question, wording, history, speeches)
        if quoted.explain.get("follow_up"):
            yield Event("understood", _blank(quoted), words=f"结合上文理解为:{quoted.explain['understood']}")
        if quoted.refused:  # what the library does not say, no model is asked
            yield Event("done", quoted)
            return
        page = _Page(quoted, self.access.model)
        try:
            yield from self._written(answerer, page, gather(answerer, quoted, speeches, self.access), stopped)
        except WriterFault as fault:
            yield from self._taken_over(page, fault)

    def _written(self, answerer: Answerer, page: _Page, materials: Sequence[Place], stopped: Callable[[], bool]) -> Iterator[Event]:
        text_of: Callable[[str], str] = lambda path: answerer.shelf.documents[path].text  # noqa: E731 -- three words
        question = str(page.quoted.explain.get("understood") or page.quoted.question)
        asked = time.perf_counter()
        for words in self.client.words(asking(question, materials), stopped):
            page.first = page.first or round(time.perf_counter() - asked, 3)
            for draft in page.splitter.feed(words):
                yield _checked(_weighed(page, draft, materials), text_of)
        for draft in page.splitter.end():
            yield _checked(_weighed(page, draft, materials), text_of)
        if not page.verified:
            raise WriterFault("unsupported" if page.named else "silent")
        _tell_shortfall(page)
        yield _checked(Event("done", replace(page.answer(_notices(page)), coverage=_coverage(page))), text_of)

    def _taken_over(self, page: _Page, fault: WriterFault) -> Iterator[Event]:
        words = (NOT_ASKED if page.quoted.refused else TAKEN_OVER).format(words=fault.words)
        told = replace(page.quoted, explain={**page.quoted.explain, "writer": page.told((words,))})
        yield Event("notice", _blank(told), words=words)
        yield Event("done", told)


def _asked(answerer: Answerer, question: str, wording: str | None, history: Sequence[Turn], speeches: Sequence[str]) -> Answer:
    """The quoted answer; to the rewritten question, where there is one."""
    if wording is None or wording == question:
        return answerer.answer(question, () if wording else history, speeches)
    quoted = answerer.answer(wording, (), speeches)
    return replace(quoted, question=question, explain={**quoted.explain, "understood": wording, "follow_up": True})


def _weighed(page: _Page, draft: Draft, materials: Sequence[Place]) -> Event:
    """What becomes of one sentence of the draft."""
    named = [materials[n - 1] for n in draft.numbers if 0 < n <= len(materials)]
    page.named += bool(named)
    places, why = carriers(draft.text, named)
    if places and goes_on(draft.text, places[0], page.last):
        page.add(draft.text, places, draft.item)
        page.verified += 1
        return _told(page, draft, "verified", "")
    why = why or POINTS_ELSEWHERE
    instead = nearest(draft.text, named)
    if instead is None or page.says(instead) or not goes_on(instead.text, instead, page.last):
        return _told(page, draft, "dropped", why)
    page.add(instead.text, (instead,), draft.item)
    return _told(page, draft, "replaced", why)


def _told(page: _Page, draft: Draft, state: Any, why: str) -> Event:
    page.drafts.append({"draft": draft.text, "state": state, "why": why})
    return Event(state, page.answer(), draft=draft.text, words=why)


def _checked(event: Event, text_of: Callable[[str], str]) -> Event:
    gate.check(event.answer, text_of, holds)
    return event


def _notices(page: _Page) -> list[str]:
    counts = {state: sum(draft["state"] == state for draft in page.drafts) for state in ("replaced", "dropped")}
    parts = [words.format(count) for words, count in (("{}句换成了原文", counts["replaced"]), ("{}句没有采用", counts["dropped"])) if count]
    return [f"模型写的有{'、'.join(parts)}:没有通过与原文的核对。"] if parts else []


def _coverage(page: _Page) -> Coverage | None:
    """How much of a list whose size is stated the answer names, by the items that the quoted answer cites."""
    stated = page.quoted.coverage
    if stated is None:
        return None
    cited = list(page.citations)
    named = [
        item for item in page.quoted.citations
        if any(path == item.document and start < item.end and item.start < end for path, start, end in cited)
    ]
    return Coverage(stated.stated, min(stated.stated, len(named)))


def _tell_shortfall(page: _Page) -> None:
    coverage = _coverage(page)
    if coverage is not None and coverage.found < coverage.stated:
        page.sentences.append((Sentence(phrase("shortfall", stated=coverage.stated, found=coverage.found)), True))


def _blank(answer: Answer) -> Answer:
    """The answer before anything of it is written."""
    return replace(answer, answer="", sentences=(), citations=(), coverage=None, refused=False, reason=None, nearest=())


def _timed(event: Event, started: float) -> Event:
    total = round((time.perf_counter() - started) * 1000, 1)
    retrieve = event.answer.milliseconds.retrieve
    return replace(event, answer=replace(event.answer, milliseconds=Milliseconds(retrieve, round(total - retrieve, 1), total)))
