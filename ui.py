"""The page: ask on the left, read the sources on the right, the library in a tab of its own.

The only module that knows Gradio. What is shown is built in `rag/page`; what is done, in the engine.
Run as a program it serves the page: `python ui.py --help`.
"""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported: no visitor count, no version check

import gradio as gr
import uvicorn
from fastapi import FastAPI

from rag import page, settings
from rag.engine import Engine
from rag.errors import YanjuError
from rag.page import places, progress, shelf
from rag.page.asking import answering, begun, stopped
from rag.page.desk import Desk, State, explain
from rag.page.exchange import Exchange, replaced
from rag.page.listening import Guarded, address, listener
from rag.page.markup import Markup, sendable
from rag.page.sources import sources
from rag.page.talk import talk
from rag.settings import Settings

HOST = "127.0.0.1"
PORT = 7860
BUSY_SECONDS, IDLE_SECONDS = 0.7, 4.0  # between two looks of a page at how things stand
CLOSING_SECONDS = 1  # for answers under way when the server is stopped
FILES = Path(page.__file__).parent
SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
MONO = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
HEADER = """<header class="brand"><span class="seal" aria-hidden="true">据</span><h1>言据</h1><p>问讲话,每一句都有出处</p>
<button type="button" class="quiet" data-theme>浅色/深色</button></header>"""
NOT_READY = '<p class="hint">资料库还没有准备好。准备的进度在页面最上方。</p>'

Exchanges = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor's page was last drawn from."""

    state: State | None = None
    build: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page that change by themselves."""

    notices: gr.HTML
    talk: gr.HTML
    sources: gr.HTML
    facts: gr.HTML
    rebuild: gr.Button
    cancel: gr.Button
    work: gr.HTML
    tables: gr.HTML

    def all(self) -> list[Any]:
        """In the order in which `_drawn` fills them."""
        return [self.notices, self.talk, self.sources, self.facts, self.rebuild, self.cancel, self.work, self.tables]


def build(desk: Desk) -> gr.Blocks:
    """The page of one desk; every visitor has a conversation of their own."""
    blocks = gr.Blocks(title="言据", fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        exchanges: Any = gr.State(())
        with gr.Column(elem_id="page"):
            _part("brand", Markup(HEADER))
            notices = _part("notices", progress.notices(desk.state(), None))
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab("问答", elem_id="ask-tab"):
                    conversation, cards = _asking(desk, exchanges)
                with gr.Tab("资料库与索引", elem_id="library-tab") as library_tab:
                    facts = _part("facts", Markup(NOT_READY))
                    with gr.Row(elem_id="actions"):
                        rebuild = gr.Button("重建索引", variant="primary", interactive=False, elem_id="rebuild", scale=0)
                        cancel = gr.Button("取消", interactive=False, elem_id="cancel", scale=0)
                        work = _part("work")
                    tables = _part("tables")
        _keep_up(desk, blocks, library_tab, Parts(notices, conversation, cards, facts, rebuild, cancel, work, tables), exchanges)
    blocks.queue(default_concurrency_limit=None, api_open=False)
    return blocks


def _part(name: str, value: Markup = Markup("")) -> gr.HTML:  # noqa: B008 -- Markup is immutable
    """A part of the page that is HTML of our own, with the page's script."""
    script = (FILES / "script.js").read_text(encoding="utf-8")
    return gr.HTML(sendable(value), elem_id=name, js_on_load=script, apply_default_css=False)


def _asking(desk: Desk, exchanges: Any) -> tuple[gr.HTML, gr.HTML]:
    """The tab of questions: the chat at the left, its sources and the reader at the right."""
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(elem_id="chat", scale=1, min_width=300):
            conversation = _part("talk", talk((), ()))
            box = gr.Textbox(placeholder="输入问题,按回车提问", lines=1, max_lines=5, label="问题", show_label=False, container=False,
                             submit_btn="提问", elem_id="box", autofocus=True)
            clear = gr.Button("清空对话", size="sm", elem_id="clear")
        with gr.Column(elem_id="side", scale=1, min_width=300):
            cards = _part("sources", sources(()))
            reader = _part("reader")
    _connect_asking(desk, exchanges, box, clear, conversation, cards, reader)
    return conversation, cards


def _connect_asking(desk: Desk, exchanges: Any, box: Any, clear: Any, conversation: Any, cards: Any, reader: Any) -> None:
    shown = [box, exchanges, conversation, cards, reader]

    async def ask(question: str, earlier: Exchanges) -> AsyncIterator[list[Any]]:
        async for drawing in _ask(desk, question, earlier):
            yield drawing

    async def ask_example(event: gr.EventData, earlier: Exchanges) -> AsyncIterator[list[Any]]:
        async for drawing in _ask(desk, str(event._data["question"]), earlier):
            yield drawing

    def stop(held: Exchanges) -> list[Any]:
        latest = replaced(held, stopped(held[-1])) if held else held
        return [_box(), latest, *_conversation(desk, latest), gr.skip()]

    def clear_all() -> list[Any]:
        return [_box(), (), *_conversation(desk, ()), ""]

    def open_source(event: gr.EventData, held: Exchanges) -> Any:
        return _opened(desk, held, event._data)

    def open_speech(event: gr.EventData) -> Any:
        library = desk.engine.library
        return sendable(places.opened_whole(library, str(event._data["document"]), event._data["speech"])) if library else gr.skip()

    asked = box.submit(ask, [box, exchanges], shown, **QUIET)
    example = conversation.ask_example(ask_example, exchanges, shown, **QUIET)
    box.stop(stop, exchanges, shown, cancels=[asked, example], **QUIET)
    clear.click(clear_all, None, shown, cancels=[asked, example], **QUIET)
    for opener in (conversation, cards):
        opener.open_source(open_source, exchanges, reader, **QUIET)
    cards.open_speech(open_speech, None, reader, **QUIET)


async def _ask(desk: Desk, question: str, earlier: Exchanges) -> AsyncIterator[list[Any]]:
    """What the tab of questions shows, from the question to its whole answer; an empty question changes nothing."""
    if not question.strip():
        yield [gr.skip()] * 5
        return
    exchange = begun(question, earlier)
    box, reader = _box(busy=True), ""
    async for latest in answering(desk, exchange, earlier):
        now = (*earlier, latest)
        yield [box, now, *_conversation(desk, now), reader]
        box = reader = gr.skip()
    yield [_box(), *[gr.skip()] * 4]


def _box(*, busy: bool = False) -> Any:
    """The question box: empty while an answer is under way, with a button to stop it; else with one to ask."""
    if busy:
        return gr.Textbox(value="", submit_btn=False, stop_btn="停止")
    return gr.Textbox(submit_btn="提问", stop_btn=False)


def _conversation(desk: Desk, exchanges: Exchanges) -> list[str]:
    if exchanges or desk.engine.library is None:
        return [sendable(talk(exchanges, ())), sendable(sources(exchanges))]
    return [sendable(talk((), desk.engine.examples())), sendable(shelf.contents(desk.engine.library))]


def _opened(desk: Desk, held: Exchanges, asked: Mapping[str, Any]) -> Any:
    """The reader at the source that was asked for; the citation is the one kept here, whatever the browser sent."""
    exchange = next((one for one in held if one.number == asked.get("exchange")), None)
    citation = exchange.find(asked["cite"]) if exchange is not None and isinstance(asked.get("cite"), int) else None
    library = desk.engine.library
    if exchange is None or citation is None or library is None:
        return gr.skip()
    return sendable(places.opened(library, exchange, citation, int(asked.get("opened", 0))))


def _keep_up(desk: Desk, blocks: gr.Blocks, library_tab: Any, parts: Parts, exchanges: Any) -> None:
    """Draw the page's parts anew when something has changed, and what the buttons of the library do."""
    seen: Any = gr.State(Seen())
    clock = gr.Timer(BUSY_SECONDS)
    outputs = [*parts.all(), clock, seen]

    def look(before: Seen, held: Exchanges) -> list[Any]:
        return _drawn(desk, before, held)

    def go_back(event: gr.EventData) -> None:
        desk.rollback(str(event._data["build"]))

    notices: Any = parts.notices
    tables: Any = parts.tables
    for event in (blocks.load, clock.tick):
        event(look, [seen, exchanges], outputs, **QUIET)
    library_tab.select(desk.look, **QUIET)
    for event, action in ((parts.rebuild.click, desk.rebuild), (parts.cancel.click, desk.cancel), (notices.start_again, desk.start),
                          (tables.go_back, go_back)):
        event(action, **QUIET).then(look, [seen, exchanges], outputs, **QUIET)


def _drawn(desk: Desk, before: Seen, held: Exchanges) -> list[Any]:
    """The parts that changed since `before`, in the order of `Parts.all`, then the clock and what was seen."""
    state, library = desk.state(), desk.engine.library
    now = Seen(state, library.build if library else None)
    if now == before:
        return [gr.skip()] * 10
    idle = state.work is None
    other_library = library is not None and (before.build != now.build or before.state is None or before.state.ended != state.ended)
    return [
        sendable(progress.notices(state, library.warning if library else None)),
        *(_conversation(desk, held) if not held and state.phase == "ready" else [gr.skip()] * 2),
        sendable(shelf.facts(library, state.behind)) if library else gr.skip(),
        gr.Button(interactive=idle),
        gr.Button(interactive=state.work == "rebuild" and not state.cancelling),
        sendable(progress.work(state)),
        _tables(desk) if other_library else gr.skip(),
        gr.Timer(IDLE_SECONDS if idle else BUSY_SECONDS),
        now,
    ]


def _tables(desk: Desk) -> str:
    library = desk.engine.library
    if library is None:
        return NOT_READY
    try:
        kept = shelf.builds(desk.engine.history())
    except YanjuError as error:
        kept = shelf.trouble(explain(error))
    return sendable(shelf.left_out(library) + shelf.documents(library) + kept)


def application(desk: Desk, auth: tuple[str, str] | None = None) -> FastAPI:
    """The web application of one desk; with `auth`, only for who knows that name and password."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guarded)
    gr.mount_gradio_app(
        app, build(desk), path="/", theme=gr.themes.Base(font=SANS, font_mono=MONO), css_paths=[FILES / "style.css"],
        auth=auth, footer_links=[], run_history=False, enable_monitoring=False, ssr_mode=False, pwa=False, mcp_server=False,
        max_file_size=1)  # the page takes no files
    return app


class Server(uvicorn.Server):
    """A web server that stops without a word: the connections that open pages keep are cut, which is no error."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, after what is under way or `CLOSING_SECONDS`."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(chosen: Settings, host: str = HOST, port: int = PORT, auth: tuple[str, str] | None = None) -> None:
    """Serve the page until the program is stopped; it opens at once, the engine starts behind it."""
    listening = listener(host, port)
    desk = Desk(Engine(chosen))
    server = Server(uvicorn.Config(application(desk, auth), log_level="warning", timeout_graceful_shutdown=CLOSING_SECONDS))
    sys.stderr.write(f"言据已打开:{address(listening)}(按 Ctrl-C 停止)\n")
    desk.start()
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
    options = parser.parse_args(arguments)
    try:
        serve(settings.load(options.corpus, options.index, options.model), options.host, options.port, options.auth)
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
