"""What happens when: which event does what, and which parts of the page it draws anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rag.errors import YanjuError
from rag.page import front, progress
from rag.page.acts import ACTIONS, Action, Parts
from rag.page.desk import explain
from rag.page.language import say
from rag.page.layout import Frame
from rag.page.looks import Seen, changes, seen
from rag.page.markup import sendable
from rag.page.people import Visitor
from rag.page.toolkit import forget, gr
from rag.page.web import reply
from rag.page.window import Drawn, Window

BUSY_SECONDS, IDLE_SECONDS = 0.7, 4.0  # between two looks of a page at how things stand
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
_STANDING: Parts = ("notices", "work", "welcome", "contents", "facts", "files", "scope", "builds", "plots")
_ARRIVING: Parts = ("head", "stop", "rail", "scope")
_TAB: Parts = ("files", "records", "builds", "plots")


def asked(window: Window) -> Callable[..., Any]:
    """What the page's script asks a question by."""

    async def ask(sent: dict[str, Any], request: gr.Request) -> Any:
        whole: Any = await request.json()  # kept by the request, which was read for what was `sent`
        return reply(window, window.visits.known(str(whole.get("session_hash")), request.cookies), sent)

    return ask


def connect(frame: Frame, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """Let every event do what it is for: those of the page's script, of its arrival, its clock, its buttons and its tabs."""
    parts, wire = frame.parts, frame.parts["wire"]
    for name, (action, drawn) in ACTIONS.items():
        getattr(wire, name)(_event(frame, action, drawn), None, [parts["notices"], *frame.outputs(drawn)], **_QUIET)
    frame.window.visits.forgotten = partial(forget, blocks)
    blocks.unload(frame.leave)
    _keep_up(frame, blocks, tabs)
    _look_into(frame, tabs)


def _drawing(parts: Parts, drawn: Drawn) -> list[Any]:
    """The outputs of an event that may draw `parts`: those of `drawn` anew; the others as they are."""
    assert set(drawn) <= set(parts)
    return [sendable(drawn[name]) if name in drawn else gr.skip() for name in parts]


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
            return _several(sendable(progress.trouble(explain(error))), *_drawing(parts, {}))
        if latest is not held:
            visits.hold(visitor, latest)
        return _several(gr.skip(), *_drawing(parts, drawn))

    return happened


def _several(*values: Any) -> Any:
    """The outputs of an event; Gradio takes a list for one only where there are several, else for the value itself."""
    return list(values) if len(values) > 1 else values[0]


def _keep_up(frame: Frame, blocks: gr.Blocks, tabs: list[Any]) -> None:
    """Draw the page's parts anew when something has changed, and what the buttons of the index do."""
    parts, desk, window = frame.parts, frame.window.desk, frame.window
    before: Any = gr.State(None)
    clock = gr.Timer(BUSY_SECONDS)
    outputs = [*frame.outputs(_STANDING), parts["rebuild"], parts["cancel"], clock, before]

    def look(before: Seen | None, request: gr.Request) -> list[Any]:
        return _changed(window, frame.visitor(request), before)

    def arrive(request: gr.Request) -> list[Any]:
        visitor = frame.visitor(request)
        drawn = {"head": front.header(visitor), "stop": front.stop(), **window.side(visitor, window.visits.chat(visitor))}
        return [*_named(visitor), *_drawing(_ARRIVING, drawn)]

    def rebuild(request: gr.Request) -> None:
        visitor = frame.visitor(request)
        ACTIONS["rebuild"][0](window, visitor, window.visits.chat(visitor), {})

    def cancel(request: gr.Request) -> None:
        if frame.visitor(request).librarian:
            desk.cancel()

    named = [parts["box"], *tabs, parts["rebuild"], parts["cancel"]]
    blocks.load(arrive, None, [*named, *frame.outputs(_ARRIVING)], **_QUIET)
    for event in (blocks.load, clock.tick):
        event(look, before, outputs, **_QUIET)
    for event, action in ((parts["rebuild"].click, rebuild), (parts["cancel"].click, cancel)):
        event(action, **_QUIET).then(look, before, outputs, **_QUIET)


def _look_into(frame: Frame, tabs: list[Any]) -> None:
    """A tab is drawn as it is opened; and it is looked up meanwhile which files have changed."""
    window = frame.window

    def look_into(request: gr.Request) -> list[Any]:
        visitor = frame.visitor(request)
        window.desk.look()
        return _drawing(_TAB, {**window.files(visitor), **window.records(visitor), **window.index(visitor)})

    for tab in tabs[1:]:
        tab.select(look_into, None, frame.outputs(_TAB), **_QUIET)


def _named(visitor: Visitor) -> list[Any]:
    """The question box, the tabs and the buttons, in the visitor's language."""
    asks, rebuilds, cancels = map(say, front.BUTTONS)
    tabs = [gr.Tab(label=say(name), visible=visitor.librarian or n < 3) for n, name in enumerate(front.TABS)]
    return [gr.Textbox(placeholder=say(front.PLACEHOLDER), submit_btn=asks), *tabs, gr.Button(rebuilds), gr.Button(cancels)]


def _changed(window: Window, visitor: Visitor, before: Seen | None) -> list[Any]:
    """The parts that changed since `before`, then the buttons of the index, the clock and what was seen."""
    now = seen(window)
    if now == before:
        return [gr.skip()] * (len(_STANDING) + 4)
    state, idle = now.state, now.state.work is None
    buttons = [
        gr.Button(interactive=idle and visitor.librarian),
        gr.Button(interactive=state.work == "rebuild" and not state.cancelling and visitor.librarian),
    ]
    clock = gr.Timer(IDLE_SECONDS if idle else BUSY_SECONDS)
    return [*_drawing(_STANDING, changes(window, visitor, before, now)), *buttons, clock, now]
