"""The language model's answer, sentence by sentence: each is held to its source before anyone sees it.

What holds is shown with the spans that carry it; what does not is replaced by the source's own sentence, or left out.
Where the model fails, or nothing it wrote holds, the quoted answer takes over, and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag.answer import gate
from rag.answer.answerer import Answerer, check_askable
from rag.answer.followup import Turn
from rag.answer.places import Place
from rag.answer.reply import Answer, Milliseconds
from rag.errors import WriterFault
from rag.events import Event
from rag.writer.access import Access
from rag.writer.carrying import holds
from rag.writer.client import Client, Stopped
from rag.writer.materials import gather
from rag.writer.prompt import asking
from rag.writer.rewriting import rewritten
from rag.writer.sheet import Sheet

TAKEN_OVER = "{words}，这一问改用原文作答。"
NOT_ASKED = "{words}，这一问没有用上语言模型。"  # and is refused without it


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
            yield from self._taken_over(Sheet(answerer.answer(question, history, speeches), self.access.model), fault)
            return
        quoted = _asked(answerer, question, wording, history, speeches)
        if quoted.explain.get("follow_up"):
            yield Event("understood", _blank(quoted), words=f"结合上文理解为：{quoted.explain['understood']}")
        if quoted.refused:  # what the library does not say, no model is asked
            yield Event("done", quoted)
            return
        sheet = Sheet(quoted, self.access.model)
        try:
            yield from self._written(answerer, sheet, gather(answerer, quoted, speeches, self.access), stopped)
        except WriterFault as fault:
            yield from self._taken_over(sheet, fault)

    def _written(self, answerer: Answerer, sheet: Sheet, materials: Sequence[Place], stopped: Callable[[], bool]) -> Iterator[Event]:
        text_of: Callable[[str], str] = lambda path: answerer.shelf.documents[path].text  # noqa: E731 -- three words
        question = str(sheet.quoted.explain.get("understood") or sheet.quoted.question)
        asked = time.perf_counter()
        for words in self.client.words(asking(question, materials), stopped):
            sheet.first = sheet.first or round(time.perf_counter() - asked, 3)
            for draft in sheet.splitter.feed(words):
                yield _checked(sheet.weigh(draft, materials), text_of)
        for draft in sheet.splitter.end():
            yield _checked(sheet.weigh(draft, materials), text_of)
        if not sheet.verified:
            raise WriterFault("unsupported" if sheet.named else "silent")
        yield _checked(Event("done", sheet.whole()), text_of)

    def _taken_over(self, sheet: Sheet, fault: WriterFault) -> Iterator[Event]:
        words = (NOT_ASKED if sheet.quoted.refused else TAKEN_OVER).format(words=fault.words)
        told = replace(sheet.quoted, explain={**sheet.quoted.explain, "writer": sheet.told((words,))})
        yield Event("notice", _blank(told), words=words)
        yield Event("done", told)


def _asked(answerer: Answerer, question: str, wording: str | None, history: Sequence[Turn], speeches: Sequence[str]) -> Answer:
    """The quoted answer; to the rewritten question, where there is one."""
    if wording is None or wording == question:
        return answerer.answer(question, () if wording else history, speeches)
    quoted = answerer.answer(wording, (), speeches)
    return replace(quoted, question=question, explain={**quoted.explain, "understood": wording, "follow_up": True})


def _checked(event: Event, text_of: Callable[[str], str]) -> Event:
    gate.check(event.answer, text_of, holds)
    return event


def _blank(answer: Answer) -> Answer:
    """The answer before anything of it is written."""
    return replace(answer, answer="", sentences=(), citations=(), coverage=None, refused=False, reason=None, nearest=())


def _timed(event: Event, started: float) -> Event:
    total = round((time.perf_counter() - started) * 1000, 1)
    retrieve = event.answer.milliseconds.retrieve
    return replace(event, answer=replace(event.answer, milliseconds=Milliseconds(retrieve, round(total - retrieve, 1), total)))
