"""A server with the OpenAI-compatible interface that says what it is told to, or fails as it is told to; for tests.

It stands beside the client because it stands in for the real thing: real HTTP on loopback, real streaming, real faults.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal["401", "404", "429", "500", "slow", "pause", "cut", "nonsense", "page", "endless", "huge", "line", "length", "empty"]
Say = Callable[[Sequence[dict[str, str]]], str]
PIECE = 3  # characters that are sent at a time
_HUGE_BYTES = 10 << 20


class Script:
    """What the server says to the messages it gets, and the faults of its next answers, in order (None: none)."""

    def __init__(
        self, say: Say | str, faults: Sequence[Fault | None] = (), *, forever: Fault | None = None, piece_seconds: float = 0
    ) -> None:
        self.say: Say = say if callable(say) else (lambda _: say)
        self.faults = list(faults)
        self.forever = forever
        self.piece_seconds = piece_seconds
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.sent: Callable[[str], None] = lambda _: None  # told of each piece that is on its way
        self.closing = threading.Event()

    def fault(self) -> Fault | None:
        """The fault of the answer that is due."""
        return self.faults.pop(0) if self.faults else self.forever


@contextmanager
def served(script: Script) -> Iterator[str]:
    """The base URL of a server that follows `script`, as long as the context is open."""
    server = _Server(("127.0.0.1", 0), _handler(script))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of who has gone in the middle of an answer."""


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.asked.append(request)
            script.keys.append(self.headers["Authorization"])
            with suppress(OSError):  # who asked has gone
                _answer(self, script, request)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def _answer(handler: BaseHTTPRequestHandler, script: Script, request: dict[str, Any]) -> None:
    fault = script.fault()
    if fault in ("401", "404", "429", "500"):
        key = script.keys[-1]
        _whole(handler, int(fault), "application/json", json.dumps({"error": {"message": f"no: {key}", "code": fault}}).encode())
    elif fault == "page":
        _whole(handler, 200, "text/html", b"<html><body>login</body></html>")
    else:
        if fault == "slow":
            script.closing.wait(60)
        _stream(handler, script, script.say(request["messages"]), fault)


def _whole(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _stream(handler: BaseHTTPRequestHandler, script: Script, text: str, fault: Fault | None) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    if fault == "line":
        while not script.closing.is_set():
            _chunk(handler, b"x" * 65536)
    for number, piece in enumerate(_pieces(text, fault, script.closing)):
        _chunk(handler, _frame(piece) if fault != "nonsense" or number != 1 else b"data: {nonsense\n\n")
        script.sent(piece)
        if fault == "pause" and number == 1:
            script.closing.wait(60)
        time.sleep(script.piece_seconds)
    if fault == "cut":
        handler.close_connection = True
        return
    _chunk(handler, _frame("", "length" if fault == "length" else "stop") + b"data: [DONE]\n\n")
    _chunk(handler, b"")


def _pieces(text: str, fault: Fault | None, closing: threading.Event) -> Iterator[str]:
    if fault == "empty":
        return
    if fault == "huge":
        yield "大" * (_HUGE_BYTES // 3)
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    yield from pieces[: len(pieces) // 2] if fault == "cut" else pieces
    while fault == "endless" and not closing.is_set():
        yield from pieces


def _chunk(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()


def _frame(text: str, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "照本宣科", "choices": [choice]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
