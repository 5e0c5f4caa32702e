"""The page: ask on the left, read the sources on the right, the library, its index and the records in tabs of their own.

The only module that knows Gradio. What is shown is built in `rag/page`; what is done, in the engine.
Run as a program it serves the page: `python ui.py --help`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Read when Gradio is imported: no visitor count, no version check, no statistics of the latest 10,000 events after each event.
os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9), "GRADIO_ANALYTICS_MAX_EVENTS": "1"}

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from rag import page, settings
from rag.engine import Engine
from rag.errors import YanjuError
from rag.page import conversing, front, people, progress
from rag.page.acts import ACTIONS, Action, Parts
from rag.page.desk import WATCH, Desk, explain
from rag.page.ledger import Ledger
from rag.page.listening import Guarded, address, check_open, listener
from rag.page.loading import loading
from rag.page.looks import Seen, changes, seen
from rag.page.markup import Markup, fill, sendable
from rag.page.people import Accounts, Throttle, Visitor
from rag.page.serving import Door, server, wanted
from rag.page.sources import sources
from rag.page.talk import welcome
from rag.page.unwritten import unwritten
from rag.page.visits import MOST
from rag.page.window import Drawn, Window
from rag.reading.folder import LARGEST_BYTES
from rag.settings import Settings

with loading(), unwritten():
    import gradio as gr
    from gradio.utils import get_upload_folder

BUSY_SECONDS, IDLE_SECONDS = 0.7, 4.0  # between two looks of a page at how things stand
FILES = Path(page.__file__).parent
SCRIPT = ("script.js", "asking.js", "taking.js", "reader.js", "events.js")  # one program, in this order
STYLE = ("style.css", "asking.css", "sources.css", "reader.css", "library.css")
SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
MONO = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
PLACEHOLDER = {"zh": "输入问题，按回车提问", "en": "Type a question in Chinese, press Enter"}
TABS = {"zh": ("问答", "资料库", "索引", "反馈与记录"), "en": ("Ask", "Library", "Index", "Feedback and log")}
BUTTONS = {"zh": ("提问", "重建索引", "取消"), "en": ("Ask", "Rebuild index", "Cancel")}

STRANGER = 204  # the reply to a page of which it is not known yet whose it is
STANDING: Parts = ("notices", "work", "welcome", "contents", "facts", "files", "scope", "builds", "plots")
ARRIVING: Parts = ("head", "stop", "rail", "scope")
TAB: Parts = ("files", "records", "builds", "plots")


class Frame:
    """Gradio's parts of the page by name, around the window that says what each shows."""

    def __init__(self, desk: Desk) -> None:
        self.window = Window(desk, Path(get_upload_folder()))
        self.parts: dict[str, Any] = {}

    def visitor(self, request: gr.Request) -> Visitor:
        """Who an event comes from; what is drawn from here on speaks his language."""
        cookies = getattr(request, "cookies", None) or {}
        name = getattr(request, "username", None)
        return self.window.visits.come(self.window.desk.accounts, name, cookies, request.session_hash)

    def leave(self, request: gr.Request) -> None:
        """Forget a page that was closed."""
        self.window.visits.leave(request.session_hash or "")

    def outputs(self, parts: Parts) -> list[Any]:
        """What an event that may draw these parts names as its outputs."""
        return [self.parts[name] for name in parts]

    def part(self, name: str, value: Markup = Markup("")) -> None:  # noqa: B008 -- Markup is immutable
        """A part of the page that is HTML of our own, with the page's script."""
        files = SCRIPT if name == "wire" else ("part.js",)
        script = "".join((FILES / file).read_text(encoding="utf-8") for file in files)
        asked = [_asked(self.window)] if name == "wire" else None
        self.parts[name] = gr.HTML(sendable(value), elem_id=name, js_on_load=script, apply_default_css=False, server_functions=asked)


def drawing(parts: Parts, drawn: Drawn) -> list[Any]:
    """The outputs of an event that may draw `parts`: those of `drawn` anew; the others as they are."""
    assert set(drawn) <= set(parts)
    return [sendable(drawn[name]) if name in drawn else gr.skip() for name in parts]


def build(desk: Desk) -> gr.Blocks:
    """The page of one desk; every visitor has a conversation of their own."""
    frame = Frame(desk)
    blocks = gr.Blocks(title="言据", fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        with gr.Column(elem_id="page"):
            frame.part("wire")
            frame.part("told", Markup('<div class="told" role="status" aria-live="polite"></div>'))
            frame.part("head", front.header(Visitor()))
            frame.part("notices", progress.notices(desk.state(), None))
            with gr.Tabs(elem_id="tabs"):
                tabs = _tabs(frame)
        _connect(frame, blocks, tabs)
    blocks.api_open = False  # not by `queue`, which builds the web application once more: events name their limit themselves
    blocks.state_session_capacity = MOST
    return blocks


def _asked(window: Window) -> Callable[..., Any]:
    """What the page's script asks a question by: the answer is the reply itself, which no queue of events has to carry.

    A line for each step, JSON of the parts that it draws anew. A page of which it is not known yet whose it is gets none:
    it is made known by an event, and asks again.
    """

    async def ask(sent: dict[str, Any], request: gr.Request) -> Response:
        whole: Any = await request.json()  # kept by the request, which was read for what was `sent`
        visitor = window.visits.known(str(whole.get("session_hash")), request.cookies)
        if visitor is None:
            return Response(status_code=STRANGER)
        steps = conversing.ask(window, visitor, str(sent.get("question", "")), alone=sent.get("alone") is True)
        return StreamingResponse((_line(drawn) async for drawn in steps), media_type="application/x-ndjson")

    return ask


def _line(drawn: Drawn) -> str:
    return json.dumps({name: sendable(made) for name, made in drawn.items()}, ensure_ascii=False) + "\n"


def _tabs(frame: Frame) -> list[Any]:
    names = TABS["zh"]
    with gr.Tab(names[0], elem_id="ask-tab") as asking, gr.Row(elem_id="desk", equal_height=False):
        frame.part("rail")
        with gr.Column(elem_id="chat", scale=1, min_width=300):
            with gr.Column(elem_id="talk"):
                frame.part("past")
                frame.part("now")
                frame.part("welcome", welcome(()))
            frame.part("scope")
            with gr.Column(elem_id="asking", scale=0, min_width=0):
                frame.parts["box"] = gr.Textbox(
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
                frame.part("stop", front.stop())
        with gr.Column(elem_id="side", scale=1, min_width=300):
            frame.part("contents", sources(None))
            frame.part("sources", sources(None))
            frame.part("reader")
    with gr.Tab(names[1], elem_id="library-tab") as library, gr.Row(elem_id="shelf", equal_height=False):
        with gr.Column(scale=1, min_width=300):
            frame.part("files")
        frame.part("preview")
    with gr.Tab(names[2], elem_id="index-tab") as index:
        frame.part("facts", fill('<p class="hint">资料库还没有准备好：进度或原因见页面最上方。</p>'))
        with gr.Row(elem_id="actions"):
            frame.parts["rebuild"] = gr.Button(BUTTONS["zh"][1], variant="primary", interactive=False, elem_id="rebuild", scale=0)
            frame.parts["cancel"] = gr.Button(BUTTONS["zh"][2], interactive=False, elem_id="cancel", scale=0)
            frame.part("work")
        frame.part("plots")
        frame.part("builds")
    with gr.Tab(names[3], elem_id="records-tab") as noted:
        frame.part("records")
    return [asking, library, index, noted]


def _connect(frame: Frame, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """What happens when: every event of the page's script comes through its part `wire`."""
    parts, wire = frame.parts, frame.parts["wire"]
    for name, (action, drawn) in ACTIONS.items():
        getattr(wire, name)(_event(frame, action, drawn), None, [parts["notices"], *frame.outputs(drawn)], **QUIET)
    blocks.unload(frame.leave)
    _keep_up(frame, blocks, tabs)
    _look_into(frame, tabs)


def _event(frame: Frame, action: Action, parts: Parts) -> Callable[..., Any]:
    """An event of the script: `action` is told who it comes from and what it carries; what it draws of `parts` is sent.

    An action that gives back what was held writes nothing: another event may have opened a conversation meanwhile.
    """

    def happened(event: gr.EventData, request: gr.Request) -> Any:
        visitor, visits = frame.visitor(request), frame.window.visits
        held, data = visits.chat(visitor), event._data if isinstance(event._data, dict) else {}
        try:
            latest, drawn = action(frame.window, visitor, held, data)
        except YanjuError as error:
            return _several(sendable(progress.trouble(explain(error))), *drawing(parts, {}))
        if latest is not held:
            visits.hold(visitor, latest)
        return _several(gr.skip(), *drawing(parts, drawn))

    return happened


def _several(*values: Any) -> Any:
    """The outputs of an event; Gradio takes a list for one only where there are several, else for the value itself."""
    return list(values) if len(values) > 1 else values[0]


def _keep_up(frame: Frame, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """Draw the page's parts anew when something has changed, and what the buttons of the index do."""
    parts, desk, window = frame.parts, frame.window.desk, frame.window
    before: Any = gr.State(None)
    clock = gr.Timer(BUSY_SECONDS)
    outputs = [*frame.outputs(STANDING), parts["rebuild"], parts["cancel"], clock, before]

    def look(before: Seen | None, request: gr.Request) -> list[Any]:
        return _changed(window, frame.visitor(request), before)

    def arrive(request: gr.Request) -> list[Any]:
        visitor = frame.visitor(request)
        drawn = {"head": front.header(visitor), "stop": front.stop(), **window.side(visitor, window.visits.chat(visitor))}
        return [*_named(visitor), *drawing(ARRIVING, drawn)]

    def rebuild(request: gr.Request) -> None:
        visitor = frame.visitor(request)
        ACTIONS["rebuild"][0](window, visitor, window.visits.chat(visitor), {})

    def cancel(request: gr.Request) -> None:
        if frame.visitor(request).librarian:
            desk.cancel()

    named = [parts["box"], *tabs, parts["rebuild"], parts["cancel"]]
    blocks.load(arrive, None, [*named, *frame.outputs(ARRIVING)], **QUIET)
    for event in (blocks.load, clock.tick):
        event(look, before, outputs, **QUIET)
    for event, action in ((parts["rebuild"].click, rebuild), (parts["cancel"].click, cancel)):
        event(action, **QUIET).then(look, before, outputs, **QUIET)


def _look_into(frame: Frame, tabs: list[Any]) -> None:
    """A tab is drawn as it is opened; and it is looked up meanwhile which files have changed."""
    window = frame.window

    def look_into(request: gr.Request) -> list[Any]:
        visitor = frame.visitor(request)
        window.desk.look()
        return drawing(TAB, {**window.files(visitor), **window.records(visitor), **window.index(visitor)})

    for tab in tabs[1:]:
        tab.select(look_into, None, frame.outputs(TAB), **QUIET)


def _named(visitor: Visitor) -> list[Any]:
    """The question box, the tabs and the buttons, in the visitor's language."""
    asks, rebuilds, cancels = BUTTONS[visitor.language]
    tabs = [gr.Tab(label=name, visible=visitor.librarian or n < 3) for n, name in enumerate(TABS[visitor.language])]
    return [gr.Textbox(placeholder=PLACEHOLDER[visitor.language], submit_btn=asks), *tabs, gr.Button(rebuilds), gr.Button(cancels)]


def _changed(window: Window, visitor: Visitor, before: Seen | None) -> list[Any]:
    """The parts that changed since `before`, then the buttons of the index, the clock and what was seen."""
    now = seen(window)
    if now == before:
        return [gr.skip()] * (len(STANDING) + 4)
    state, idle = now.state, now.state.work is None
    buttons = [
        gr.Button(interactive=idle and visitor.librarian),
        gr.Button(interactive=state.work == "rebuild" and not state.cancelling and visitor.librarian),
    ]
    clock = gr.Timer(IDLE_SECONDS if idle else BUSY_SECONDS)
    return [*drawing(STANDING, changes(window, visitor, before, now)), *buttons, clock, now]


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
        css_paths=[FILES / file for file in STYLE],
        auth=admits,
        auth_message="言据：请用资料管理员给您的用户名和密码登录。",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=LARGEST_BYTES,
    )
    return app


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
    sys.stderr.write(f"言据已打开:{address(listening)}(按 Ctrl-C 停止)\n")
    desk.start()
    if os.environ.get("YANJU_WATCH", "").strip() not in ("", "0") or desk.ledger.chosen(WATCH):
        desk.watch(True, remember=False)
    try:
        server(app).run(sockets=[listening])
    finally:
        desk.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: 0 when stopped, 1 where the page can't be served, 2 for wrong usage, 130 on Ctrl-C."""
    try:
        serve(*wanted(arguments))
    except YanjuError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("已停止。\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
