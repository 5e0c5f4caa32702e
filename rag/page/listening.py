"""Where the page listens, and what it forbids the browser: to load anything from elsewhere."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from rag.errors import YanjuError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

HIGHEST_PORT = 65535
# Gradio evaluates its own templates and styles in the page, hence the two "unsafe" words.
POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    b"frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = ((b"content-security-policy", POLICY), (b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))


class NotListening(YanjuError):
    """The address can't be listened on; `reason` is the system's own word."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host = host
        self.port = port
        self.reason = reason
        other = port + 1 if 0 < port < HIGHEST_PORT else HIGHEST_PORT
        super().__init__(
            f"不能在{host}:{port}打开页面（{reason}）。"
            f"若端口被别的程序或已打开的言据占用，请关闭那个程序，或换一个端口，例如 --port {other}。"
        )


class Unprotected(YanjuError):
    """The page would listen to other machines with nobody having to say who he is."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"没有用户和密码，不能在{host}对别的机器开放：请用 yanju user 建立用户文件并加 --users，或加 --auth 用户名:密码；"
            "确要让任何人都能用、能改资料，请再加 --allow-anyone。"
        )


def check_open(host: str, *, guarded: bool, anyone: bool) -> None:
    """Unprotected where `host` is not this machine alone, nobody has to log in, and `anyone` was not told to be welcome."""
    try:
        alone = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        alone = False
    if not (alone or guarded or anyone):
        raise Unprotected(host)


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens on `host`:`port` alone; NotListening where the system refuses."""
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    # Windows lets two programs share a port unless told otherwise; elsewhere the option only skips the wait after a restart.
    option = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
    try:
        opened.setsockopt(socket.SOL_SOCKET, option, 1)
        opened.bind((host, port))
        opened.listen()
    except (OSError, OverflowError) as error:
        opened.close()
        raise NotListening(host, port, getattr(error, "strerror", None) or str(error)) from error
    return opened


def address(opened: socket.socket) -> str:
    """What to type into the browser to reach the page."""
    host, port = opened.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class Guarded:
    """A web application (ASGI), every response of which carries `HEADERS`."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, guarded)
