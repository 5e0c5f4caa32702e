"""What stands where on the page: tabs, columns and their parts by name; most of them HTML of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.page import assets, front, progress
from rag.page.acts import Parts
from rag.page.desk import Desk
from rag.page.markup import Markup, fill, sendable
from rag.page.people import Visitor
from rag.page.sources import sources
from rag.page.talk import welcome
from rag.page.toolkit import get_upload_folder, gr
from rag.page.window import Window


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
        """A part of the page that is HTML of our own."""
        self._html(name, value, assets.adopted())

    def wire(self, asked: Callable[..., Any]) -> None:
        """The part that holds the page's script: its events come through it, and it asks a question by `asked`."""
        self._html("wire", Markup(""), assets.script(), [asked])

    def _html(self, name: str, value: Markup, script: str, asked: list[Callable[..., Any]] | None = None) -> None:
        self.parts[name] = gr.HTML(sendable(value), elem_id=name, js_on_load=script, apply_default_css=False, server_functions=asked)


def lay(frame: Frame, asked: Callable[..., Any]) -> list[Any]:
    """Put the parts of the page where they stand; its tabs, in order. The script asks a question by `asked`."""
    with gr.Column(elem_id="page"):
        frame.wire(asked)
        frame.part("told", Markup('<div class="told" role="status" aria-live="polite"></div>'))
        frame.part("head", front.header(Visitor()))
        frame.part("notices", progress.notices(frame.window.desk.state(), None))
        with gr.Tabs(elem_id="tabs"):
            names = front.TABS
            return [_asking(frame, names[0]), _library(frame, names[1]), _index(frame, names[2]), _records(frame, names[3])]


def _asking(frame: Frame, name: str) -> Any:
    with gr.Tab(name, elem_id="ask-tab") as tab, gr.Row(elem_id="desk", equal_height=False):
        frame.part("rail")
        with gr.Column(elem_id="chat", scale=1, min_width=300):
            with gr.Column(elem_id="talk"):
                frame.part("past")
                frame.part("now")
                frame.part("welcome", welcome(()))
            frame.part("scope")
            with gr.Column(elem_id="asking", scale=0, min_width=0):
                frame.parts["box"] = _box()
                frame.part("stop", front.stop())
        with gr.Column(elem_id="side", scale=1, min_width=300):
            frame.part("contents", sources(None))
            frame.part("sources", sources(None))
            frame.part("reader")
    return tab


def _box() -> Any:
    return gr.Textbox(
        placeholder=front.PLACEHOLDER,
        lines=1,
        max_lines=5,
        label="问题",
        show_label=False,
        container=False,
        submit_btn=front.BUTTONS[0],
        elem_id="box",
        interactive=True,
        autofocus=True,
    )


def _library(frame: Frame, name: str) -> Any:
    with gr.Tab(name, elem_id="library-tab") as tab, gr.Row(elem_id="shelf", equal_height=False):
        with gr.Column(scale=1, min_width=300):
            frame.part("files")
        frame.part("preview")
    return tab


def _index(frame: Frame, name: str) -> Any:
    _, rebuild, cancel = front.BUTTONS
    with gr.Tab(name, elem_id="index-tab") as tab:
        frame.part("facts", fill('<p class="hint">资料库还没有准备好：进度或原因见页面最上方。</p>'))
        with gr.Row(elem_id="actions"):
            frame.parts["rebuild"] = gr.Button(rebuild, variant="primary", interactive=False, elem_id="rebuild", scale=0)
            frame.parts["cancel"] = gr.Button(cancel, interactive=False, elem_id="cancel", scale=0)
            frame.part("work")
        frame.part("plots")
        frame.part("builds")
    return tab


def _records(frame: Frame, name: str) -> Any:
    with gr.Tab(name, elem_id="records-tab") as tab:
        frame.part("records")
    return tab
