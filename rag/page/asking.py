"""From a question to a finished exchange, step by step, as the page draws it; one conversation never sees another's.

An answer is whole, and has passed the gate, before its first sentence is shown.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace

from rag.answer.followup import Turn
from rag.answer.reply import Answer
from rag.events import Event
from rag.page.catalogue import EVERYTHING, Catalogue, Choice
from rag.page.desk import Desk, explain
from rag.page.exchange import Exchange, Phase
from rag.page.language import say
from rag.page.places import origins, place_at

WAITING_SECONDS = 0.3
OPENING_CHARACTERS = 60  # of a paragraph asked about: enough to be found by

Gone = Callable[[], bool]
_never: Gone = lambda: False  # noqa: E731 -- a default argument with a name


def begun(question: str, earlier: Sequence[Exchange], choice: Choice = EVERYTHING) -> Exchange:
    """The exchange that a question opens, kept to `choice`."""
    return Exchange(earlier[-1].number + 1 if earlier else 1, question.strip(), note=say("正在查找…"), choice=choice)


async def answering(desk: Desk, exchange: Exchange, earlier: Sequence[Exchange], gone: Gone = _never) -> AsyncGenerator[Exchange, None]:
    """The exchange as it gets on: waiting for the library, looking, each sentence, done or failed; no further once `gone()`."""
    while desk.state().phase == "starting" and not gone():
        yield replace(exchange, note=say("正在准备资料库，准备好后马上回答…"))
        await asyncio.sleep(WAITING_SECONDS)
    state, book = desk.state(), desk.catalogue()
    if state.phase == "failed" or book is None:
        yield replace(exchange, phase="failed", note=state.error)
        return
    documents = (exchange.about[0],) if exchange.about else book.matching(exchange.choice) if exchange.choice else ()
    if exchange.choice and not documents:
        yield replace(exchange, phase="failed", note=say("所选的范围里没有文件：请在“范围”里放宽年份或改选文件夹。"))
        return
    yield replace(exchange, note=say("正在查找原文，再由语言模型作答…")) if desk.engine.settings.writes else exchange
    async for step in _steps(desk, exchange.question, (*turns(earlier), *_about(book, exchange)), documents, gone):
        if isinstance(step, BaseException):
            yield replace(exchange, phase="failed", note=explain(step))
        elif step.kind == "done":
            yield _with_answer(book, exchange, step.answer, "done")
        elif step.answer.sentences:
            yield _with_answer(book, exchange, step.answer, "speaking")
        else:
            yield replace(exchange, note=step.words or exchange.note)


def _about(book: Catalogue, exchange: Exchange) -> tuple[Turn, ...]:
    """The paragraph that is asked about, as if it had just been told: what points back then points at it."""
    place = place_at(book, *exchange.about) if exchange.about else None
    return () if place is None else (Turn("user", place.text[:OPENING_CHARACTERS]), Turn("assistant", place.text))


async def _steps(
    desk: Desk, question: str, history: Sequence[Turn], documents: Sequence[str], gone: Gone
) -> AsyncIterator[Event | BaseException]:
    """The engine's steps, or what went wrong with one; closing this asks the engine to stop."""
    stopping = threading.Event()
    steps = desk.engine.stream(question, history, documents, stopped=lambda: stopping.is_set() or gone())
    try:
        while True:
            step = (await asyncio.gather(_next(desk, steps), return_exceptions=True))[0]
            if step is None:
                return
            yield step
            if isinstance(step, BaseException) or step.kind == "done":
                return
    finally:
        stopping.set()


async def _next(desk: Desk, steps: Iterator[Event]) -> Event | None:
    """The next step; quoted answers take turns, as many at once as there are cores, since more would only hold each other up."""
    if desk.engine.settings.writes:  # what a language model writes is waited for, not worked for
        return await asyncio.to_thread(next, steps, None)
    return await asyncio.get_running_loop().run_in_executor(desk.quoting, next, steps, None)


def stopped(exchange: Exchange) -> Exchange:
    """The exchange after the user pressed stop; one that had ended stays as it is."""
    return replace(exchange, phase="stopped", note=say("已停止。")) if exchange.phase in ("waiting", "speaking") else exchange


def turns(earlier: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The conversation so far, as the engine takes it: questions that were answered, each with its answer."""
    pairs = ((Turn("user", one.question), Turn("assistant", one.answer.answer)) for one in earlier if one.answer is not None)
    return tuple(turn for pair in pairs for turn in pair)


def _with_answer(book: Catalogue, exchange: Exchange, answer: Answer, phase: Phase) -> Exchange:
    known = origins(book, (*answer.citations, *answer.nearest))
    return replace(exchange, phase=phase, answer=answer, said=len(answer.sentences), origins=known)
