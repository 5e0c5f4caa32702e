"""The address of the page: taken, told, and guarded."""

import asyncio
import socket

import pytest

from rag.page.listening import HEADERS, Guarded, NotListening, address, listener


def test_a_busy_port_is_told_with_a_way_out() -> None:
    """The sentence names the address and another port."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(NotListening, match=f"127.0.0.1:{port}.*--port") as caught:
            listener("127.0.0.1", port)
    assert caught.value.port == port


def test_an_address_can_be_typed_into_the_browser() -> None:
    """The port that the system chose stands in it; one out of range is refused."""
    with listener("127.0.0.1", 0) as opened:
        assert address(opened) == f"http://127.0.0.1:{opened.getsockname()[1]}/"
    with pytest.raises(NotListening):
        listener("127.0.0.1", 99999)


def test_every_response_forbids_what_comes_from_elsewhere() -> None:
    """The headers are added, those of the application stay; what is not a page passes untouched."""
    sent: list[dict[str, object]] = []

    async def app(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    asyncio.run(Guarded(app)({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert sent[0]["headers"] == [(b"a", b"b"), *HEADERS]
    assert sent[1] == {"type": "http.response.body", "body": b""}
