"""Where the page is served, who is let in, and a server that stops without a word."""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

HOST = "127.0.0.1"
PORT = 7860
CLOSING_SECONDS = 1  # for answers under way when the server is stopped


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


def server(app: Any) -> Server:
    """What serves the web application `app`."""
    return Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=CLOSING_SECONDS))
