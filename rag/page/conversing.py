"""A question asked on a page: from its words to its answer, step by step, kept in the history; or stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace

from rag.page import language
from rag.page.asking import answering, begun, stopped
from rag.page.desk import Desk
from rag.page.exchange import Exchange, replaced
from rag.page.language import say
from rag.page.people import Visitor
from rag.page.sources import sources
from rag.page.visits import Chat
from rag.page.window import Act, Drawn, Event, Window


async def ask(window: Window, visitor: Visitor, question: str, *, alone: bool = False) -> AsyncIterator[Drawn]:
    """What is drawn anew, step by step, from the question to its answer; the page's script moves up what was last, and closes the reader.

    Nothing for an empty question, and nothing more once the visitor has stopped or gone to another conversation. The
    question stands on the page already. What was chosen for the next question meanwhile stays chosen. A question asked
    `alone` leans on none of those before it.
    """
    if not question.strip():
        return
    desk, visits, chat = window.desk, window.visits, window.visits.chat(visitor)
    held = replace(chat, exchanges=tuple(map(stopped, chat.exchanges)))  # one whose reply broke off got no further
    turn = visits.take_turn(visitor)
    gone: Callable[[], bool] = lambda: not visits.has_turn(visitor, turn)  # noqa: E731 -- three words
    exchange = replace(begun(question, held.exchanges, held.choice), about=held.about, about_words=held.about_words)
    conversation, number = await asyncio.to_thread(_noted, desk, visitor, held, exchange)
    exchange = replace(exchange, number=number)
    visits.opens(visitor, turn, conversation)
    _go_on(window, visitor, held, conversation, exchange)  # what is stopped before its first word was asked all the same
    wait, latest = desk.throttle.wait(visitor.name or visitor.session), exchange
    earlier = () if alone else held.exchanges
    async with aclosing(_refused(exchange, wait) if wait else answering(desk, exchange, earlier, gone)) as steps:
        async for step in steps:
            language.speaking(visitor.language)  # each step may run in a context of its own
            if gone():
                return
            before, latest = latest, step
            if latest.phase in ("done", "failed"):
                break
            if latest != before:
                chat = _go_on(window, visitor, held, conversation, latest)
                yield window.latest(visitor, chat) | ({"sources": sources(latest)} if latest.citations() else {})
        else:
            return
    await asyncio.to_thread(desk.ledger.keep, visitor.name, conversation, latest)
    desk.finished(latest)
    language.speaking(visitor.language)
    if gone():
        return
    chat = _go_on(window, visitor, held, conversation, latest)
    if (chat.about, chat.about_words) == (held.about, held.about_words):
        chat = replace(chat, about=None, about_words="")
        visits.hold(visitor, chat)
    yield window.latest(visitor, chat) | {"sources": sources(chat.sourced())} | window.moved(visitor, chat, held)


def stop(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The answer under way, as far as it has got; it is kept as one that was stopped."""
    window.visits.take_turn(visitor)
    chat = window.visits.chat(visitor)  # nothing else draws it from here on
    if chat.exchanges:
        chat = replace(chat, exchanges=replaced(chat.exchanges, stopped(chat.exchanges[-1])))
        window.desk.ledger.keep(visitor.name, chat.conversation, chat.exchanges[-1])
    return chat, window.conversation(visitor, chat)


def _go_on(window: Window, visitor: Visitor, held: Chat, conversation: str, latest: Exchange) -> Chat:
    """Let the visitor's page hold the conversation with its latest exchange; what this took nothing to do with stays."""
    chat = replace(window.visits.chat(visitor), conversation=conversation, exchanges=(*held.exchanges, latest), shown=0)
    window.visits.hold(visitor, chat)
    return chat


def _noted(desk: Desk, visitor: Visitor, held: Chat, exchange: Exchange) -> tuple[str, int]:
    """The conversation that an exchange belongs to, begun where there is none or no longer, and its number there; a line in the log.

    On another page the same conversation may go on at the same moment, or have been deleted.
    """
    ledger, name = desk.ledger, visitor.name
    ledger.note(name, "ask", exchange.question)
    conversation = held.conversation
    number = ledger.number(name, conversation, exchange.number) if conversation else None
    if number is None:
        conversation = ledger.begin(name, exchange.question)
        number = ledger.number(name, conversation, exchange.number)
    return conversation, number or exchange.number


async def _refused(exchange: Exchange, seconds: int) -> AsyncGenerator[Exchange, None]:
    yield replace(exchange, phase="failed", note=say("提问太密了，请等{n}秒再问。", n=seconds))
