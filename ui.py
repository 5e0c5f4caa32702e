"""The page: ask on the left, read the sources on the right, the library, its index and the records in tabs of their own.

What stands where is in `rag/page/layout.py`, what happens when in `rag/page/wiring.py`; what is shown is built beside them,
what is done, in the engine. Run as a program it serves the page: `python ui.py --help`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rag.errors import YanjuError
from rag.page import assets, serving, web
from rag.page.desk import Desk
from rag.page.layout import Frame, lay
from rag.page.listening import Application
from rag.page.serving import Door, wanted
from rag.page.toolkit import gr
from rag.page.visits import MOST
from rag.page.wiring import asked, connect
from rag.reading.folder import LARGEST_BYTES
from rag.settings import Settings


def build(desk: Desk) -> gr.Blocks:
    """The page of one desk; every visitor has a conversation of their own."""
    frame = Frame(desk)
    blocks = gr.Blocks(title="言据", fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        tabs = lay(frame, asked(frame.window))
        connect(frame, blocks, tabs)
    blocks.api_open = False  # not by `queue`, which builds the web application once more: events name their limit themselves
    blocks.state_session_capacity = MOST
    return blocks


def application(desk: Desk, auth: tuple[str, str] | None = None) -> Application:
    """The web application of one desk; with `auth`, only for who knows that name and password; with accounts, for their owners."""
    app = web.application()
    admits: Any = auth if desk.accounts is None else desk.accounts.admits
    gr.mount_gradio_app(
        app,
        build(desk),
        path="/",
        theme=gr.themes.Base(font=assets.SANS, font_mono=assets.MONO),
        css_paths=list(assets.STYLES),
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
    """Serve the page until the program is stopped."""
    serving.serve(chosen, door, application)


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
