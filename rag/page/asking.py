"""From a question to a finished exchange, step by step, as the page draws it; one conversation never sees another's.

An answer is whole, and has passed the gate, before its first sentence is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from rag.answer.followup import Turn
from rag.answer.reply import Answer
from rag.page.desk import Desk, explain
from rag.page.exchange import Exchange
from rag.page.places import origins

SENTENCE_SECONDS = 0.08  # between the sentences of an answer: slow enough to follow, too short to wait for
WAITING_SECONDS = 0.3


def begun(question: str, earlier: Sequence[Exchange]) -> Exchange:
    """The exchange that a question opens."""
    return Exchange(len(earlier) + 1, question.strip(), note="正在查找…")


async def answering(desk: Desk, exchange: Exchange, earlier: Sequence[Exchange]) -> AsyncIterator[Exchange]:
    """The exchange as it gets on: waiting for the library, looking, each sentence, done or failed."""
    while desk.state().phase == "starting":
        yield replace(exchange, note="正在准备资料库,准备好后马上回答…")
        await asyncio.sleep(WAITING_SECONDS)
    state = desk.state()
    if state.phase == "failed":
        yield replace(exchange, phase="failed", note=state.error)
        return
    yield exchange
    asked = asyncio.to_thread(desk.engine.answer, exchange.question, turns(earlier))
    outcome = (await asyncio.gather(asked, return_exceptions=True))[0]
    if isinstance(outcome, BaseException):
        yield replace(exchange, phase="failed", note=explain(outcome))
        return
    async for said in _saying(_with_answer(desk, exchange, outcome)):
        yield said


def stopped(exchange: Exchange) -> Exchange:
    """The exchange after the user pressed stop; one that had ended stays as it is."""
    return replace(exchange, phase="stopped", note="已停止。") if exchange.phase in ("waiting", "speaking") else exchange


def turns(earlier: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The conversation so far, as the engine takes it: questions that were answered, each with its answer."""
    pairs = ((Turn("user", one.question), Turn("assistant", one.answer.answer)) for one in earlier if one.answer is not None)
    return tuple(turn for pair in pairs for turn in pair)


def _with_answer(desk: Desk, exchange: Exchange, answer: Answer) -> Exchange:
    library = desk.engine.library
    known = {} if library is None else origins(library, (*answer.citations, *answer.nearest))
    return replace(exchange, answer=answer, origins=known)


async def _saying(exchange: Exchange) -> AsyncIterator[Exchange]:
    """One sentence after the other."""
    count = len(exchange.answer.sentences) if exchange.answer else 0
    for said in range(1, count):
        yield replace(exchange, phase="speaking", said=said)
        await asyncio.sleep(SENTENCE_SECONDS)
    yield replace(exchange, phase="done", said=count)
