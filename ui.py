"""The page: ask on the left, read the sources on the right, the library, its index and the records in tabs of their own.

The only module that knows Gradio. What is shown is built in `rag/page`; what is done, in the engine.
Run as a program it serves the page: `python ui.py --help`.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import binascii
import json
import logging
import os
import socket
import sys
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

# Read when Gradio is imported: no visitor count, no version check, no statistics of the latest 10,000 events after each event.
os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9), "GRADIO_ANALYTICS_MAX_EVENTS": "1"}

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from rag import page, settings
from rag.answer.reply import Citation
from rag.engine import Engine
from rag.errors import YanjuError
from rag.keeping import holdings
from rag.keeping.preview import preview
from rag.page import footnotes, front, language, people, places, progress, quoting, rail, reader, records, saved, shelf, upkeep
from rag.page.alike import alike
from rag.page.asking import answering, begun, stopped
from rag.page.catalogue import EVERYTHING, Choice, choice_of
from rag.page.desk import WATCH, Desk, explain
from rag.page.exchange import Exchange, replaced
from rag.page.language import say
from rag.page.ledger import Ledger, golden
from rag.page.listening import Guarded, address, check_open, listener
from rag.page.loading import loading
from rag.page.markup import Markup, fill, sendable
from rag.page.people import Accounts, Throttle, Visitor
from rag.page.shelf import Outcome
from rag.page.sources import sources
from rag.page.standing import State
from rag.page.talk import talk, welcome
from rag.page.unwritten import unwritten
from rag.page.upkeep import Upload
from rag.reading.corpus import KNOWN
from rag.reading.folder import LARGEST_BYTES
from rag.settings import Settings

with loading(), unwritten():
    import gradio as gr
    from gradio.utils import get_upload_folder

HOST = "127.0.0.1"
PORT = 7860
BUSY_SECONDS, IDLE_SECONDS = 0.7, 4.0  # between two looks of a page at how things stand
VISITORS = 200  # open pages that are remembered, half a megabyte each; an open page looks every few seconds, and the longest silent goes
CLOSING_SECONDS = 1  # for answers under way when the server is stopped
FILES = Path(page.__file__).parent
SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
MONO = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
PLACEHOLDER = {"zh": "输入问题,按回车提问", "en": "Type a question in Chinese, press Enter"}
TABS = {"zh": ("问答", "资料库", "索引", "反馈与记录"), "en": ("Ask", "Library", "Index", "Feedback and log")}
BUTTONS = {"zh": ("提问", "重建索引", "取消"), "en": ("Ask", "Rebuild index", "Cancel")}

Exchanges = tuple[Exchange, ...]
Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """What a visitor's page holds: the open conversation, and what the next question is kept to."""

    exchanges: Exchanges = ()
    conversation: str = ""
    choice: Choice = EVERYTHING
    about: tuple[str, int] | None = None
    about_words: str = ""
    shown: int = 0

    def sourced(self) -> Exchange | None:
        """The exchange whose sources are shown: the one asked for (`shown`), else the last."""
        return next((one for one in self.exchanges if one.number == self.shown), self.exchanges[-1] if self.exchanges else None)


@dataclass(slots=True)
class Lists:
    """What the lists of a visitor's page are drawn from: not in `Chat`, so that no list, however late, takes back a conversation.

    `rail` is what stood first and what was marked among the earlier conversations when they were last drawn.
    """

    history_words: str = ""
    rail: tuple[str, str] = ("", "")
    file_words: str = ""
    conversation: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor's page was last drawn from."""

    state: State | None = None
    build: str | None = None
    warning: str = ""


Parts = tuple[str, ...]
# What may be drawn anew: every part that an event names costs the server some time, drawn or not.
CONVERSATION: Parts = ("past", "now", "sources", "reader", "rail", "scope")
STRANGER = 204  # the reply to a page of which it is not known yet whose it is
LOGIN = "access-token"  # how the names of Gradio's own cookies begin that say who is logged in
STANDING: Parts = ("notices", "work", "welcome", "contents", "facts", "files", "scope", "builds", "plots")
ARRIVED = 2  # exchanges after which what was drawn for the page's arrival no longer comes late, over what an answer drew
ARRIVING: Parts = ("head", "stop", "rail", "scope")
TAB: Parts = ("files", "records", "builds", "plots")


class Window:
    """One page of the desk: its parts by name, and what becomes of them when something happens."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parts: dict[str, Any] = {}
        self._chats: OrderedDict[str, Chat] = OrderedDict()
        self._known: OrderedDict[str, tuple[Visitor, dict[str, str]]] = OrderedDict()
        self._turns: dict[str, int] = {}
        self._lists: dict[str, Lists] = {}

    def chat(self, visitor: Visitor) -> Chat:
        """The conversation that the visitor's page holds."""
        return self._chats.get(visitor.session, Chat())

    def hold(self, visitor: Visitor, chat: Chat) -> None:
        """Let the visitor's page hold `chat` from now on."""
        self._chats[visitor.session] = chat
        _latest(self._chats, visitor.session)

    def take_turn(self, visitor: Visitor) -> int:
        """From now on only what bears this number may draw the conversation of the visitor's page."""
        turn = self._turns[visitor.session] = self._turns.get(visitor.session, 0) + 1
        return turn

    def has_turn(self, visitor: Visitor, turn: int) -> bool:
        """Whether nothing else has taken the turn since: the visitor has not stopped, nor gone to another conversation."""
        return self._turns.get(visitor.session) == turn

    def opens(self, visitor: Visitor, turn: int, conversation: str) -> None:
        """Mark this conversation as the open one among the earlier, unless something else has taken the turn."""
        if self.has_turn(visitor, turn):
            self.lists(visitor).conversation = conversation

    def lists(self, visitor: Visitor) -> Lists:
        """What the lists of the visitor's page are drawn from, as of now."""
        return self._lists.setdefault(visitor.session, Lists())

    def visitor(self, request: gr.Request) -> Visitor:
        """Who an event comes from; what is drawn from here on speaks his language."""
        cookies = getattr(request, "cookies", None) or {}
        found = people.visitor(self.desk.accounts, getattr(request, "username", None), dict(cookies), request.session_hash)
        language.speaking(found.language)
        self._known[found.session] = found, _login(cookies)
        for kept in (self._known, self._chats):
            _latest(kept, found.session)
        return found

    def known(self, session: str, cookies: Mapping[str, str]) -> Visitor | None:
        """Whose page this is, as `visitor` saw him; None before it did, and for who is logged in as somebody else."""
        found, login = self._known.get(session, (None, {}))
        if found is None or login != _login(cookies):
            return None
        language.speaking(found.language)
        return found

    def leave(self, request: gr.Request) -> None:
        """Forget a page that was closed."""
        self._known.pop(request.session_hash or "", None)
        self._turns.pop(request.session_hash or "", None)
        self._lists.pop(request.session_hash or "", None)

    def outputs(self, parts: Parts) -> list[Any]:
        """What an event that may draw these parts names as its outputs."""
        return [self.parts[name] for name in parts]

    def drawing(self, parts: Parts, drawn: Mapping[str, Markup]) -> list[Any]:
        """The outputs of an event that may draw `parts`: those of `drawn` anew; the others as they are."""
        assert set(drawn) <= set(parts)
        return [sendable(Markup(drawn[name])) if name in drawn else gr.skip() for name in parts]

    def greeting(self) -> dict[str, Markup]:
        """What stands in the place of a conversation and its sources until the first question.

        Parts of their own, which the style hides beside an exchange: a look at the library, however late it ends, never
        takes away an answer.
        """
        book = self.desk.catalogue()
        return {"welcome": welcome(self.desk.engine.examples()), "contents": shelf.contents(book) if book else sources(None)}

    def conversation(self, visitor: Visitor, chat: Chat) -> dict[str, Markup]:
        """The whole conversation and its sources."""
        if not chat.exchanges:
            return {"past": Markup(""), "now": Markup(""), "sources": sources(None)}
        return {"past": self.talk(visitor, chat, chat.exchanges[:-1]), **self.latest(visitor, chat), "sources": sources(chat.sourced())}

    def latest(self, visitor: Visitor, chat: Chat) -> dict[str, Markup]:
        """The last exchange of the conversation."""
        return {"now": self.talk(visitor, chat, chat.exchanges[-1:])}

    def talk(self, visitor: Visitor, chat: Chat, exchanges: Exchanges) -> Markup:
        """Some exchanges of a conversation, with what the visitor said of them."""
        book = self.desk.catalogue()
        judged = self.desk.ledger.judged(visitor.name, chat.conversation) if chat.conversation else {}
        return talk(exchanges, judged, book.dated if book is not None else undated)

    def side(self, visitor: Visitor, chat: Chat) -> dict[str, Markup]:
        """The earlier conversations, and what the next question is kept to."""
        return {"rail": self.rail(visitor), "scope": self.scope(chat)}

    def scope(self, chat: Chat) -> Markup:
        """What the next question is kept to."""
        return rail.scope(self.desk.catalogue(), chat.choice, chat.about_words)

    def rail(self, visitor: Visitor) -> Markup:
        """The earlier conversations."""
        lists, today = self.lists(visitor), datetime.now().astimezone().date()
        kept = self.desk.ledger.conversations(visitor.name, lists.history_words)
        lists.rail = rail.first(kept, today), lists.conversation
        return rail.rail(kept, lists.conversation, lists.history_words, today)

    def moved(self, visitor: Visitor, chat: Chat, held: Chat) -> dict[str, Markup]:
        """What changes beside the conversation when it goes on from `held`: its place among the others, what was asked about."""
        drawn = {"scope": self.scope(chat)} if held.about else {}
        stands = len(chat.exchanges) > ARRIVED and self.lists(visitor).rail == (chat.conversation,) * 2
        return drawn if stands else drawn | {"rail": self.rail(visitor)}

    def files(self, visitor: Visitor) -> Markup:
        """The table of the corpus folder's files."""
        corpus, lists = self.desk.engine.settings.corpus, self.lists(visitor)
        try:
            held = holdings.listed(corpus, lists.file_words)
            return shelf.files(
                self.desk.engine.library,
                held,
                self.desk.state().behind,
                lists.file_words,
                changing=visitor.librarian,
                folders=holdings.folders(corpus),
                kinds=say("能读{kinds}。", kinds=" ".join(sorted(KNOWN))),
                outcome=lists.outcome,
            )
        except YanjuError as error:
            return shelf.trouble(explain(error))

    def index(self, visitor: Visitor) -> dict[str, Markup]:
        """What the index tab and the records show."""
        desk, library, book = self.desk, self.desk.engine.library, self.desk.catalogue()
        if library is None or book is None:
            return {"builds": Markup("")}
        try:
            kept = shelf.builds(desk.engine.history(), changing=visitor.librarian)
        except YanjuError as error:
            kept = shelf.trouble(explain(error))
        return {"builds": shelf.left_out(library) + kept + shelf.report(library), "plots": records.plots(book, desk.times())}

    def records(self, visitor: Visitor) -> Markup:
        """Judgements and acts, for librarians."""
        if not visitor.librarian:
            return fill('<p class="hint">只有资料管理员能看反馈和操作记录。</p>')
        return records.judgements(self.desk.ledger.judgements()) + records.acts(self.desk.ledger.acts())


def _latest(kept: OrderedDict[str, Any], session: str) -> None:
    """Remember this page for longest, and no more than `VISITORS` of them."""
    if session in kept:
        kept.move_to_end(session)
    while len(kept) > VISITORS:
        kept.popitem(last=False)


def _login(cookies: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in cookies.items() if name.startswith(LOGIN)}


def undated(_: Citation) -> str:
    """What is told of a source's date before there is a library."""
    return ""


def build(desk: Desk) -> gr.Blocks:
    """The page of one desk; every visitor has a conversation of their own."""
    window = Window(desk)
    blocks = gr.Blocks(title="言据", fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        with gr.Column(elem_id="page"):
            _part(window, "wire")
            _part(window, "told", Markup('<div class="told" role="status" aria-live="polite"></div>'))
            _part(window, "head", front.header(Visitor()))
            _part(window, "notices", progress.notices(desk.state(), None))
            with gr.Tabs(elem_id="tabs"):
                tabs = _tabs(window)
        _connect(window, blocks, tabs)
    blocks.api_open = False  # not by `queue`, which builds the web application once more: events name their limit themselves
    blocks.state_session_capacity = VISITORS
    return blocks


def _part(window: Window, name: str, value: Markup = Markup("")) -> None:  # noqa: B008 -- Markup is immutable
    """A part of the page that is HTML of our own, with the page's script."""
    files = ("script.js", "reader.js") if name == "wire" else ("part.js",)
    script = "".join((FILES / file).read_text(encoding="utf-8") for file in files)
    asked = [_asked(window)] if name == "wire" else None
    window.parts[name] = gr.HTML(sendable(value), elem_id=name, js_on_load=script, apply_default_css=False, server_functions=asked)


def _asked(window: Window) -> Callable[..., Any]:
    """What the page's script asks a question by: the answer is the reply itself, which no queue of events has to carry.

    A line for each step, JSON of the parts that it draws anew. A page of which it is not known yet whose it is gets none:
    it is made known by an event, and asks again.
    """

    async def ask(sent: Event, request: gr.Request) -> Response:
        whole: Any = await request.json()  # kept by the request, which was read for what was `sent`
        visitor = window.known(str(whole.get("session_hash")), request.cookies)
        if visitor is None:
            return Response(status_code=STRANGER)
        steps = _ask(window, visitor, str(sent.get("question", "")))
        return StreamingResponse((_line(drawn) async for drawn in steps), media_type="application/x-ndjson")

    return ask


def _line(drawn: Mapping[str, Markup]) -> str:
    return json.dumps({name: sendable(made) for name, made in drawn.items()}, ensure_ascii=False) + "\n"


def _tabs(window: Window) -> list[Any]:
    names = TABS["zh"]
    with gr.Tab(names[0], elem_id="ask-tab") as asking, gr.Row(elem_id="desk", equal_height=False):
        _part(window, "rail")
        with gr.Column(elem_id="chat", scale=1, min_width=300):
            with gr.Column(elem_id="talk"):
                _part(window, "past")
                _part(window, "now")
                _part(window, "welcome", welcome(()))
            _part(window, "scope")
            with gr.Column(elem_id="asking", scale=0, min_width=0):
                window.parts["box"] = gr.Textbox(
                    placeholder=PLACEHOLDER["zh"],
                    lines=1,
                    max_lines=5,
                    label="问题",
                    show_label=False,
                    container=False,
                    submit_btn=BUTTONS["zh"][0],
                    elem_id="box",
                    interactive=True,
                    autofocus=True,
                )
                _part(window, "stop", front.stop())
        with gr.Column(elem_id="side", scale=1, min_width=300):
            _part(window, "contents", sources(None))
            _part(window, "sources", sources(None))
            _part(window, "reader")
    with gr.Tab(names[1], elem_id="library-tab") as library, gr.Row(elem_id="shelf", equal_height=False):
        with gr.Column(scale=1, min_width=300):
            _part(window, "files")
        _part(window, "preview")
    with gr.Tab(names[2], elem_id="index-tab") as index:
        _part(window, "facts", fill('<p class="hint">资料库还没有准备好:进度或原因见页面最上方。</p>'))
        with gr.Row(elem_id="actions"):
            window.parts["rebuild"] = gr.Button(BUTTONS["zh"][1], variant="primary", interactive=False, elem_id="rebuild", scale=0)
            window.parts["cancel"] = gr.Button(BUTTONS["zh"][2], interactive=False, elem_id="cancel", scale=0)
            _part(window, "work")
        _part(window, "plots")
        _part(window, "builds")
    with gr.Tab(names[3], elem_id="records-tab") as noted:
        _part(window, "records")
    return [asking, library, index, noted]


def _connect(window: Window, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """What happens when: every event of the page's script comes through its part `wire`."""
    parts, wire = window.parts, window.parts["wire"]
    for name, (action, drawn) in ACTIONS.items():
        getattr(wire, name)(_event(window, action, drawn), None, [parts["notices"], *window.outputs(drawn)], **QUIET)
    _keep_up(window, blocks, tabs)


Action = Callable[[Window, Visitor, Chat, Event], tuple[Chat, dict[str, Any]]]


def _event(window: Window, action: Action, parts: Parts) -> Callable[..., list[Any]]:
    """An event of the script: `action` is told who it comes from and what it carries; what it draws of `parts` is sent.

    An action that gives back what was held writes nothing: another event may have opened a conversation meanwhile.
    """

    def happened(event: gr.EventData, request: gr.Request) -> list[Any]:
        visitor = window.visitor(request)
        held, data = window.chat(visitor), event._data if isinstance(event._data, dict) else {}
        try:
            latest, drawn = action(window, visitor, held, data)
        except YanjuError as error:
            return [sendable(progress.trouble(explain(error))), *window.drawing(parts, {})]
        if latest is not held:
            window.hold(visitor, latest)
        return [gr.skip(), *window.drawing(parts, drawn)]

    return happened


async def _ask(window: Window, visitor: Visitor, question: str) -> AsyncIterator[dict[str, Markup]]:
    """What is drawn anew, step by step, from the question to its answer; the page's script moves up what was last, and closes the reader.

    Nothing for an empty question, and nothing more once the visitor has stopped or gone to another conversation. The
    question stands on the page already. What was chosen for the next question meanwhile stays chosen.
    """
    if not question.strip():
        return
    desk, chat = window.desk, window.chat(visitor)
    held = replace(chat, exchanges=tuple(map(stopped, chat.exchanges)))  # one whose reply broke off got no further
    turn = window.take_turn(visitor)
    gone: Callable[[], bool] = lambda: not window.has_turn(visitor, turn)  # noqa: E731 -- three words
    exchange = replace(begun(question, held.exchanges, held.choice), about=held.about, about_words=held.about_words)
    conversation = await asyncio.to_thread(_noted, desk, visitor, held, exchange)
    window.opens(visitor, turn, conversation)
    _go_on(window, visitor, held, conversation, exchange)  # what is stopped before its first word was asked all the same
    wait, latest = desk.throttle.wait(visitor.name or visitor.session), exchange
    async with aclosing(_refused(exchange, wait) if wait else answering(desk, exchange, held.exchanges, gone)) as steps:
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
        window.hold(visitor, chat)
    yield window.latest(visitor, chat) | {"sources": sources(chat.sourced())} | window.moved(visitor, chat, held)


def _go_on(window: Window, visitor: Visitor, held: Chat, conversation: str, latest: Exchange) -> Chat:
    """Let the visitor's page hold the conversation with its latest exchange; what this took nothing to do with stays."""
    chat = replace(window.chat(visitor), conversation=conversation, exchanges=(*held.exchanges, latest), shown=0)
    window.hold(visitor, chat)
    return chat


def _noted(desk: Desk, visitor: Visitor, held: Chat, exchange: Exchange) -> str:
    """The conversation that an exchange belongs to, begun where there is none; and a line in the log."""
    desk.ledger.note(visitor.name, "ask", exchange.question)
    return held.conversation or desk.ledger.begin(visitor.name, exchange.question)


async def _refused(exchange: Exchange, seconds: int) -> AsyncGenerator[Exchange, None]:
    yield replace(exchange, phase="failed", note=say("提问太密了,请等{n}秒再问。", n=seconds))


def _stop(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.take_turn(visitor)
    chat = window.chat(visitor)  # nothing else draws it from here on
    if chat.exchanges:
        chat = replace(chat, exchanges=replaced(chat.exchanges, stopped(chat.exchanges[-1])))
        window.desk.ledger.keep(visitor.name, chat.conversation, chat.exchanges[-1])
    return chat, window.conversation(visitor, chat)


def _introduce(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    """Any event makes known whose page it comes from."""
    return held, {}


def _begin_anew(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.opens(visitor, window.take_turn(visitor), "")
    chat = Chat(choice=held.choice)
    return chat, {**window.conversation(visitor, chat), **window.side(visitor, chat), "reader": Markup("")}


def _open_conversation(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    found = window.desk.ledger.exchanges(visitor.name, str(sent.get("id")))
    if not found:
        return held, window.side(visitor, held)
    window.opens(visitor, window.take_turn(visitor), str(sent["id"]))
    chat = replace(held, exchanges=found, conversation=str(sent["id"]), choice=found[-1].choice, about=None, about_words="", shown=0)
    return chat, {**window.conversation(visitor, chat), **window.side(visitor, chat), "reader": Markup("")}


def _open_source(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    """The reader at the source that was asked for; the citation is the one kept here, whatever the browser sent."""
    exchange = _exchange(held, sent)
    citation = exchange.find(sent["cite"]) if exchange is not None and isinstance(sent.get("cite"), int) else None
    book = window.desk.catalogue()
    if exchange is None or citation is None or book is None:
        return held, {}
    latest, drawn = _show_sources(window, visitor, held, sent)
    return latest, {"reader": places.opened(book, exchange, citation, _times(sent)), **drawn}


def _show_sources(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    exchange = _exchange(held, sent)
    if exchange is None or exchange is held.sourced():
        return held, {}
    return replace(held, shown=exchange.number), {"sources": sources(exchange)}


def _exchange(held: Chat, sent: Event) -> Exchange | None:
    return next((one for one in held.exchanges if one.number == sent.get("exchange")), None)


def _times(sent: Event) -> int:
    return sent["opened"] if isinstance(sent.get("opened"), int) else 0


def _open_at(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    book = window.desk.catalogue()
    document, start, end = str(sent.get("document")), sent.get("start"), sent.get("end")
    if book is None or not isinstance(start, int) or not isinstance(end, int):
        return held, {}
    return held, {"reader": places.opened_at(book, document, start, end, _times(sent))}


def _open_speech(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    book, number = window.desk.catalogue(), sent.get("speech")
    if book is None or not isinstance(number, int):
        return held, {}
    return held, {"reader": places.opened_whole(book, str(sent.get("document")), number)}


def _find_alike(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    book, engine = window.desk.catalogue(), window.desk.engine
    place = places.place_at(book, str(sent.get("document")), sent["start"]) if book and isinstance(sent.get("start"), int) else None
    if book is None or place is None:
        return held, {}
    found = alike(book.shelf, lambda words, k: [passage for passage, _ in engine.search(words, k)], place)
    return held, {"reader": reader.likenesses(place, found)}


def _about(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    book = window.desk.catalogue()
    place = places.place_at(book, str(sent.get("document")), sent["start"]) if book and isinstance(sent.get("start"), int) else None
    if place is None:
        chat = replace(held, about=None, about_words="")
        return chat, {"scope": window.scope(chat)}
    words = say("《{title}》第{n}段", title=place.speech.title.strip("《》"), n=place.paragraph.number)
    chat = replace(held, about=(place.document.path, place.start), about_words=words)
    scope = window.scope(chat)
    return chat, {"scope": scope + Markup(f'<span hidden data-ask-about="{place.start}"></span>')}


def _choose(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    chat = replace(held, choice=choice_of(sent))
    return chat, {"scope": window.scope(chat)}


def _unchoose(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    kept = {
        name: [one for one in getattr(held.choice, name) if (name, one) != (sent.get("kind"), sent.get("value"))]
        for name in ("folders", "documents", "years")
    }
    return _choose(window, visitor, held, kept)


def _take(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    """A file of one answer, or of a whole conversation."""
    ledger, book = window.desk.ledger, window.desk.catalogue()
    one = _exchange(held, sent)
    whole = str(sent.get("conversation", ""))
    exchanges = (one,) if one is not None else ledger.exchanges(visitor.name, whole)
    form = "docx" if sent.get("form") == "docx" else "md"
    if not exchanges:
        return held, {}
    title = exchanges[0].question if one is not None else ledger.title(visitor.name, whole)
    sheet = quoting.sheet(title, exchanges, book.dated if book else lambda _: "")
    data = footnotes.word(sheet) if form == "docx" else quoting.markdown(sheet).encode("utf-8", "replace")
    ledger.note(visitor.name, "export", f"{title}.{form}")
    return held, {"wire": front.made(quoting.file_name(title, form), data, time.time_ns())}


def _judge(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    exchange, reason = _exchange(held, sent), str(sent.get("reason", ""))[:500]
    if exchange is None:
        return held, {}
    window.desk.ledger.judge(visitor.name, held.conversation, exchange, good=bool(sent.get("good")), reason=reason)
    window.desk.ledger.note(visitor.name, "judge", f"{exchange.question} {reason}")
    own = window.latest(visitor, held) if exchange is held.exchanges[-1] else {"past": window.talk(visitor, held, held.exchanges[:-1])}
    return held, {**own, "records": window.records(visitor)}


def _search_history(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.lists(visitor).history_words = str(sent.get("words", ""))[:100]
    return held, {"rail": window.rail(visitor)}


def _rename(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.desk.ledger.rename(visitor.name, str(sent.get("id")), str(sent.get("title", "")))
    return held, {"rail": window.rail(visitor)}


def _forget(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.desk.ledger.forget(visitor.name, str(sent.get("id")))
    if held.conversation == sent.get("id"):
        return _begin_anew(window, visitor, held, sent)
    return held, {"rail": window.rail(visitor)}


def _check_saved(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    name, encoded = str(sent.get("name", ""))[:200], str(sent.get("data", ""))
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        data = b""
    window.desk.ledger.note(visitor.name, "check", name)
    found = saved.check(name, data[: saved.MOST_BYTES], window.desk.shelves(), window.desk.snapshots())
    return held, {"reader": saved.shown(found)}


def _put_files(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    files = sent.get("files") if isinstance(sent.get("files"), list) else []
    uploads = [Upload(str(one.get("upload", "")), str(one.get("name", ""))) for one in files or () if isinstance(one, dict)]
    corpus = window.desk.engine.settings.corpus
    return _kept(
        window,
        visitor,
        held,
        "add",
        "、".join(one.name for one in uploads),
        lambda: upkeep.put(corpus, Path(get_upload_folder()), uploads, str(sent.get("into", ""))),
    )


def _settle(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    upload = Upload(str(sent.get("upload", "")), str(sent.get("name", "")))
    if sent.get("how") not in ("replace", "new"):
        window.lists(visitor).outcome = None
        return held, {"files": window.files(visitor)}
    corpus = window.desk.engine.settings.corpus
    return _kept(
        window,
        visitor,
        held,
        "add",
        upload.name,
        lambda: upkeep.settle(corpus, Path(get_upload_folder()), upload, replace=sent["how"] == "replace"),
    )


def _move_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    path, to = str(sent.get("file", "")), str(sent.get("to", ""))
    return _kept(window, visitor, held, "move", f"{path} → {to}", lambda: upkeep.move(window.desk.engine.settings.corpus, path, to))


def _remove_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    path = str(sent.get("file", ""))
    return _kept(window, visitor, held, "delete", path, lambda: upkeep.remove(window.desk.engine.settings.corpus, path))


def _kept(
    window: Window, visitor: Visitor, held: Chat, what: str, detail: str, change: Callable[[], Outcome]
) -> tuple[Chat, dict[str, Any]]:
    """A change of the corpus folder, by a librarian only, written down; then what the folder holds."""
    if not visitor.librarian:
        return held, {}
    window.lists(visitor).outcome = change()
    window.desk.ledger.note(visitor.name, what, detail)
    window.desk.look()
    return held, {"files": window.files(visitor), "preview": Markup("")}


def _preview_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    return held, {"preview": shelf.preview(preview(window.desk.engine.settings.corpus, str(sent.get("file", ""))))}


def _search_files(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.lists(visitor).file_words = str(sent.get("words", ""))[:100]
    return held, {"files": window.files(visitor)}


def _start_again(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    window.desk.start()
    return held, {}


def _rebuild(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "rebuild")
        window.desk.rebuild()
    return held, {}


def _watch(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "watch", "on" if sent.get("on") is True else "off")
        window.desk.watch(sent.get("on") is True)
    return held, {}


def _go_back(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "rollback", str(sent.get("build")))
        window.desk.rollback(str(sent.get("build")))
    return held, {}


def _export_golden(window: Window, visitor: Visitor, held: Chat, sent: Event) -> tuple[Chat, dict[str, Any]]:
    if not visitor.librarian:
        return held, {}
    data = golden(window.desk.ledger.judgements()).encode("utf-8", "replace")
    return held, {"wire": front.made("feedback.jsonl", data, time.time_ns())}


ACTIONS: dict[str, tuple[Action, Parts]] = {
    "introduce": (_introduce, ()),
    "stop": (_stop, CONVERSATION),
    "begin_anew": (_begin_anew, CONVERSATION),
    "open_conversation": (_open_conversation, CONVERSATION),
    "open_source": (_open_source, ("reader", "sources")),
    "show_sources": (_show_sources, ("sources",)),
    "open_at": (_open_at, ("reader",)),
    "open_speech": (_open_speech, ("reader",)),
    "find_alike": (_find_alike, ("reader",)),
    "about": (_about, ("scope",)),
    "choose": (_choose, ("scope",)),
    "unchoose": (_unchoose, ("scope",)),
    "take": (_take, ("wire",)),
    "judge": (_judge, ("past", "now", "records")),
    "search_history": (_search_history, ("rail",)),
    "rename": (_rename, ("rail",)),
    "forget": (_forget, CONVERSATION),
    "check_saved": (_check_saved, ("reader",)),
    "put_files": (_put_files, ("files", "preview")),
    "settle": (_settle, ("files", "preview")),
    "move_file": (_move_file, ("files", "preview")),
    "remove_file": (_remove_file, ("files", "preview")),
    "preview_file": (_preview_file, ("preview",)),
    "rebuild": (_rebuild, ()),
    "watch": (_watch, ()),
    "search_files": (_search_files, ("files",)),
    "start_again": (_start_again, ()),
    "go_back": (_go_back, ()),
    "export_golden": (_export_golden, ("wire",)),
}


def _keep_up(window: Window, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """Draw the page's parts anew when something has changed, and what the buttons of the index do."""
    parts, desk = window.parts, window.desk
    seen: Any = gr.State(Seen())
    clock = gr.Timer(BUSY_SECONDS)
    outputs = [*window.outputs(STANDING), parts["rebuild"], parts["cancel"], clock, seen]

    def look(before: Seen, request: gr.Request) -> list[Any]:
        return _drawn(window, window.visitor(request), before)

    def arrive(request: gr.Request) -> list[Any]:
        visitor = window.visitor(request)
        drawn = {"head": front.header(visitor), "stop": front.stop(), **window.side(visitor, window.chat(visitor))}
        return [*_named(visitor), *window.drawing(ARRIVING, drawn)]

    def rebuild(request: gr.Request) -> None:
        visitor = window.visitor(request)
        if visitor.librarian:
            desk.ledger.note(visitor.name, "rebuild")
            desk.rebuild()

    def cancel(request: gr.Request) -> None:
        if window.visitor(request).librarian:
            desk.cancel()

    def look_into(request: gr.Request) -> list[Any]:
        visitor = window.visitor(request)
        desk.look()
        return window.drawing(TAB, {"files": window.files(visitor), "records": window.records(visitor), **window.index(visitor)})

    blocks.unload(window.leave)
    named = [parts["box"], *tabs, parts["rebuild"], parts["cancel"]]
    blocks.load(arrive, None, [*named, *window.outputs(ARRIVING)], **QUIET)
    for event in (blocks.load, clock.tick):
        event(look, seen, outputs, **QUIET)
    for tab in tabs[1:]:
        tab.select(look_into, None, window.outputs(TAB), **QUIET)
    for event, action in ((parts["rebuild"].click, rebuild), (parts["cancel"].click, cancel)):
        event(action, **QUIET).then(look, seen, outputs, **QUIET)


def _named(visitor: Visitor) -> list[Any]:
    """The question box, the tabs and the buttons, in the visitor's language."""
    asks, rebuilds, cancels = BUTTONS[visitor.language]
    tabs = [gr.Tab(label=name, visible=visitor.librarian or n < 3) for n, name in enumerate(TABS[visitor.language])]
    return [gr.Textbox(placeholder=PLACEHOLDER[visitor.language], submit_btn=asks), *tabs, gr.Button(rebuilds), gr.Button(cancels)]


def _drawn(window: Window, visitor: Visitor, before: Seen) -> list[Any]:
    """The parts that changed since `before`, then the buttons of the index, the clock and what was seen."""
    desk = window.desk
    state, library = desk.state(), desk.engine.library
    warnings = f"{library.warning or ''}{desk.ledger.warning}" if library else desk.ledger.warning
    now = Seen(state, library.build if library else None, warnings)
    if now == before:
        return [gr.skip()] * (len(STANDING) + 4)
    idle = state.work is None
    drawn: dict[str, Any] = {
        "notices": progress.notices(state, library.warning if library else None, desk.ledger.warning),
        "work": progress.work(state),
    }
    if state.phase == "ready" and (before.state is None or before.state.phase != "ready" or before.build != now.build):
        drawn |= window.greeting()
    if library is not None:
        drawn["facts"] = shelf.facts(library, state.behind, state.watching if visitor.librarian else None)
        if before.state is not None:  # a page that has just come draws its tabs when they are opened
            drawn["files"] = window.files(visitor)
        if before.build != now.build or before.state is None or before.state.ended != state.ended:
            drawn["scope"] = window.scope(window.chat(visitor))
            drawn |= window.index(visitor) if before.state is not None else {}
    buttons = [
        gr.Button(interactive=idle and visitor.librarian),
        gr.Button(interactive=state.work == "rebuild" and not state.cancelling and visitor.librarian),
    ]
    return [*window.drawing(STANDING, drawn), *buttons, gr.Timer(IDLE_SECONDS if idle else BUSY_SECONDS), now]


def application(desk: Desk, auth: tuple[str, str] | None = None) -> FastAPI:
    """The web application of one desk; with `auth`, only for who knows that name and password; with accounts, for their owners."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guarded)
    admits: Any = auth if desk.accounts is None else desk.accounts.admits
    gr.mount_gradio_app(
        app,
        build(desk),
        path="/",
        theme=gr.themes.Base(font=SANS, font_mono=MONO),
        css_paths=[FILES / "style.css", FILES / "reader.css"],
        auth=admits,
        auth_message="言据:请用资料管理员给您的用户名和密码登录。",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=LARGEST_BYTES,
    )
    return app


class Server(uvicorn.Server):
    """A web server that stops without a word: the connections that open pages keep are cut, which is no error."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, after what is under way or `CLOSING_SECONDS`."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page is served and who is let in: one name and password, the accounts of a file, or anybody."""

    host: str = HOST
    port: int = PORT
    auth: tuple[str, str] | None = None
    users: Path | None = None
    anyone: bool = False


def serve(chosen: Settings, door: Door) -> None:
    """Serve the page until the program is stopped; it opens at once, the engine starts behind it."""
    check_open(door.host, guarded=door.auth is not None or door.users is not None, anyone=door.anyone)
    accounts = Accounts(door.users) if door.users else None
    rate = os.environ.get("YANJU_RATE") or (people.ASKING if accounts else None)
    throttle = Throttle(rate)
    listening = listener(door.host, door.port)
    desk = Desk(Engine(chosen), Ledger(settings.data_folder()), accounts, throttle)
    with loading():
        app = application(desk, door.auth)
    server = Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=CLOSING_SECONDS))
    sys.stderr.write(f"言据已打开:{address(listening)}(按 Ctrl-C 停止)\n")
    desk.start()
    if os.environ.get("YANJU_WATCH", "").strip() not in ("", "0") or desk.ledger.chosen(WATCH):
        desk.watch(True, remember=False)
    try:
        server.run(sockets=[listening])
    finally:
        desk.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: 0 when stopped, 1 where the page can't be served, 2 for wrong usage, 130 on Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python ui.py", description="打开言据的页面")
    parser.add_argument("--corpus", type=Path, help="讲话所在的文件夹")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹")
    parser.add_argument("--model", help="向量模型的名称或文件夹")
    parser.add_argument("--host", default=HOST, help="监听的地址")
    parser.add_argument("--port", type=int, default=PORT, help="端口")
    parser.add_argument("--auth", type=_name_and_password, metavar="用户名:密码", help="打开页面要用的用户名和密码")
    parser.add_argument("--users", type=Path, metavar="文件", help="用户文件(用 yanju user 建立)")
    parser.add_argument("--allow-anyone", action="store_true", help="没有用户和密码也对别的机器开放")
    options = parser.parse_args(arguments)
    try:
        door = Door(options.host, options.port, options.auth, options.users, options.allow_anyone)
        serve(settings.load(options.corpus, options.index, options.model), door)
    except YanjuError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("已停止。\n")
        return 130
    return 0


def _name_and_password(text: str) -> tuple[str, str]:
    name, colon, password = text.partition(":")
    if not (name and colon and password):
        raise argparse.ArgumentTypeError("请写成 用户名:密码")
    return name, password


if __name__ == "__main__":
    sys.exit(main())
