"""Where the page is served and who is let in, as the command line asks; and served, until it is stopped, without a word."""

from __future__ import annotations

import argparse
import ctypes
import logging
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from rag import settings
from rag.engine import Engine
from rag.page import people
from rag.page.desk import WATCH, Desk
from rag.page.ledger import Ledger
from rag.page.listening import Application, address, check_open, listener
from rag.page.loading import loading
from rag.page.people import Accounts, Throttle
from rag.settings import Settings

HOST = "127.0.0.1"
PORT = 7860
CLOSING_SECONDS = 1  # for answers under way when the server is stopped
_HEAPS = -8  # M_ARENA_MAX of glibc (malloc.h)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page is served and who is let in: one name and password, the accounts of a file, or anybody."""

    host: str = HOST
    port: int = PORT
    auth: tuple[str, str] | None = None
    users: Path | None = None
    anyone: bool = False


class Server(uvicorn.Server):
    """A web server that stops without a word: the connections that open pages keep are cut, which is no error."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, after what is under way or `CLOSING_SECONDS`."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(chosen: Settings, door: Door, application: Callable[[Desk, tuple[str, str] | None], Application]) -> None:
    """Serve the page until the program is stopped; it opens at once, the engine starts behind it.

    `application` is the page of a desk, where there is such only for who knows that name and password.
    """
    one_heap()
    check_open(door.host, guarded=door.auth is not None or door.users is not None, anyone=door.anyone)
    accounts = Accounts(door.users) if door.users else None
    rate = os.environ.get("YANJU_RATE") or (people.ASKING if accounts else None)
    throttle = Throttle(rate)
    listening = listener(door.host, door.port)
    desk = Desk(Engine(chosen), Ledger(settings.data_folder()), accounts, throttle)
    with loading():
        app = application(desk, door.auth)
    sys.stderr.write(f"言据已打开：{address(listening)}（按 Ctrl-C 停止）\n")
    desk.start()
    if os.environ.get("YANJU_WATCH", "").strip() not in ("", "0") or desk.ledger.chosen(WATCH):
        desk.watch(True, remember=False)
    try:
        _server(app).run(sockets=[listening])
    finally:
        desk.close()


def one_heap() -> None:
    """From now on let all threads take their memory from one heap, where the C library would give each a heap of its own.

    What one of them leaves free no other could use: a page held 24 MB more after 4,000 questions, and grew for 3,000 more.
    """
    limit = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if limit is not None:
        limit(_HEAPS, 1)


def _server(app: Application) -> Server:
    return Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=CLOSING_SECONDS))


def wanted(arguments: Sequence[str] | None) -> tuple[Settings, Door]:
    """What the command line asks for: which library, and where to serve its page; for wrong usage it ends the program with 2."""
    parser = argparse.ArgumentParser(prog="python ui.py", description="打开言据的页面")
    parser.add_argument("--corpus", type=Path, help="讲话所在的文件夹")
    parser.add_argument("--index", type=Path, help="索引所在的文件夹")
    parser.add_argument("--model", help="向量模型的名称或文件夹")
    parser.add_argument("--host", default=HOST, help="监听的地址")
    parser.add_argument("--port", type=int, default=PORT, help="端口")
    parser.add_argument("--auth", type=_name_and_password, metavar="用户名:密码", help="打开页面要用的用户名和密码")
    parser.add_argument("--users", type=Path, metavar="文件", help="用户文件（用 yanju user 建立）")
    parser.add_argument("--allow-anyone", action="store_true", help="没有用户和密码也对别的机器开放")
    options = parser.parse_args(arguments)
    door = Door(options.host, options.port, options.auth, options.users, options.allow_anyone)
    return settings.load(options.corpus, options.index, options.model), door


def _name_and_password(text: str) -> tuple[str, str]:
    name, colon, password = text.partition(":")
    if not (name and colon and password):
        raise argparse.ArgumentTypeError("请写成 用户名:密码")
    return name, password
