"""What speaks to the language model: its words as they come, within bounds, or what went wrong.

Any server with the OpenAI-compatible interface. Reading happens in a thread of its own, so that no server, however it
behaves, holds up who waits. One retry, and only before the first word.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2
import openai
import tenacity
from openai.types.chat import ChatCompletionChunk

from rag.errors import WriterFault
from rag.writer.access import Access
from rag.writer.prompt import Message, probing

ANSWER_TOKENS = 2048
ANSWER_CHARACTERS = 12_000  # four pages: no answer is longer, and what a model thinks before it seldom
ANSWER_BYTES = 4 << 20  # of the wire, whose frames take some 200 bytes a word
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 0.4
LOOK_SECONDS = 0.05  # between two looks whether the user has stopped
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Never: Callable[[], bool] = lambda: False  # noqa: E731 -- a default argument with a name


@dataclass(frozen=True, slots=True)
class Probe:
    """What a model says of itself, and how fast: seconds to its first word."""

    model: str
    first: float


class Stopped(Exception):
    """The user no longer waits."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the answer, who says them, and whether they are its last."""

    text: str = ""
    model: str = ""
    reason: str | None = None


class Client:
    """One model. Safe to use from several threads."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._model = _connected(access)

    def words(self, messages: Sequence[Message], stopped: Callable[[], bool] = Never) -> Iterator[str]:
        """The answer as it comes. WriterFault, or Stopped; nothing is left running for longer than `idle` seconds."""
        yield from (piece.text for piece in self._pieces(messages, stopped) if piece.text)

    def probe(self) -> Probe:
        """Ask for one word, and say who answered and how fast. WriterFault."""
        started = time.monotonic()
        for piece in self._pieces(probing(), Never):
            return Probe(piece.model or self.access.model, time.monotonic() - started)
        raise WriterFault("silent")

    def _pieces(self, messages: Sequence[Message], stopped: Callable[[], bool]) -> Iterator[_Piece]:
        reading = _Reading(self._model, self.access, messages)
        threading.Thread(target=reading.run, name="writer", daemon=True).start()
        try:
            yield from self._in_time(reading, stopped)
        finally:
            reading.stop()

    def _in_time(self, reading: _Reading, stopped: Callable[[], bool]) -> Iterator[_Piece]:
        started = latest = time.monotonic()
        heard = False
        said = 0
        while True:
            now = time.monotonic()
            bound = min(started + self.access.total, latest + (self.access.idle if heard else self.access.first))
            if stopped():
                raise Stopped
            if now >= bound:
                raise WriterFault("slow", f"{bound - started:.0f}")
            try:
                piece = reading.pieces.get(timeout=min(LOOK_SECONDS, bound - now))
            except queue.Empty:
                continue
            if isinstance(piece, WriterFault):
                raise piece
            heard, latest = True, time.monotonic()
            said += len(piece.text)
            if said > ANSWER_CHARACTERS:
                raise WriterFault("endless")
            yield piece
            if piece.reason is not None:
                if piece.reason == "length":
                    raise WriterFault("cut")
                return


def _connected(access: Access) -> openai.OpenAI:
    """The library's client, made once: straight to this machine, as the system is set to others; it follows no redirection."""
    timeout = httpx2.Timeout(access.first, connect=CONNECT_SECONDS)
    near = urlsplit(access.url).hostname in _LOOPBACK
    http = httpx2.Client(timeout=timeout, trust_env=not near, follow_redirects=False, event_hooks={"response": [_bound]})
    key = access.key or "none"
    return openai.OpenAI(api_key=key, base_url=access.url, organization="", project="", max_retries=0, http_client=http)


def _bound(response: httpx2.Response) -> None:
    assert isinstance(response.stream, httpx2.SyncByteStream)
    response.stream = _Bounded(response.stream, _reader.stopping)


class _Reader(threading.local):
    """What the thread that reads an answer is told to stop by."""

    stopping = threading.Event()


_reader = _Reader()


class _Reading:
    """One request, read to its end in a thread of its own; what it hears it puts into `pieces`."""

    def __init__(self, model: openai.OpenAI, access: Access, messages: Sequence[Message]) -> None:
        self.pieces: queue.SimpleQueue[_Piece | WriterFault] = queue.SimpleQueue()
        self._model = model
        self._access = access
        self._messages = messages
        self._stopping = threading.Event()
        self._heard = False

    def stop(self) -> None:
        """Read no further."""
        self._stopping.set()

    def run(self) -> None:
        """Ask, and read until the end, a fault, or `stop`."""
        _reader.stopping = self._stopping
        try:
            self._read()
        except WriterFault as fault:
            self.pieces.put(fault)
        except openai.APIStatusError as error:
            self.pieces.put(_of_status(error.status_code))
        except (openai.APITimeoutError, httpx2.TimeoutException):
            self.pieces.put(WriterFault("slow", f"{self._access.first:.0f}"))
        except (openai.APIConnectionError, httpx2.TransportError):
            self.pieces.put(WriterFault("cut" if self._heard else "unreachable"))
        except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, AttributeError, IndexError, KeyError):
            self.pieces.put(WriterFault("nonsense"))  # what is no answer of this interface, in whatever way

    def _read(self) -> None:
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_fixed(RETRY_SECONDS), retry=tenacity.retry_if_exception(_passing),
            reraise=True,
        )
        stream: openai.Stream[ChatCompletionChunk] = retrying(
            self._model.chat.completions.create, model=self._access.model, messages=list(self._messages), stream=True, temperature=0,
            max_tokens=ANSWER_TOKENS,
        )
        for chunk in stream:
            self._heard = True
            choice = chunk.choices[0] if chunk.choices else None
            if choice is not None:
                self.pieces.put(_Piece(choice.delta.content or "", chunk.model or "", choice.finish_reason))
                if choice.finish_reason is not None:
                    return
        raise WriterFault("cut" if self._heard else "nonsense")


class _Bounded(httpx2.SyncByteStream):
    """The bytes of an answer, no more of them than an answer has, and none once nobody waits."""

    def __init__(self, stream: httpx2.SyncByteStream, stopping: threading.Event) -> None:
        self._stream = stream
        self._stopping = stopping

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > ANSWER_BYTES or self._stopping.is_set():
                raise WriterFault("endless")
            yield piece

    def close(self) -> None:
        """Close the connection's stream."""
        self._stream.close()


def _passing(error: BaseException) -> bool:
    """Whether a second try may do better."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in (408, 409, 429) or error.status_code >= 500
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


def _of_status(status: int) -> WriterFault:
    kind = "unauthorised" if status in (401, 403) else "quota" if status == 429 else "failing"
    return WriterFault(kind, f"（状态码{status}）")


