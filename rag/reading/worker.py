"""A process of its own in which office files are read: what hangs, swells or crashes there costs that file only.

    python -m rag.reading.worker

Takes requests from standard input and answers each on standard output: a line of JSON that says how many bytes follow,
then those bytes. Ends with its input, in the midst of a file too, for whoever asked is gone; and, where the system has a
clock for it, by itself once a file has taken longer than it may.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from rag.errors import UnreadableFile
from rag.reading import archive, docx, html, pdf
from rag.reading.extracted import Extracted

MEMORY_BYTES = 3 * 2**30  # of address space; a PDF of 500 pages takes a tenth
GRACE_SECONDS = 10.0  # beyond the limit, at which whoever asked ends this process
READERS: dict[str, Callable[[bytes, str], Extracted]] = {
    "docx": docx.read, "pdf": pdf.read, "html": html.read, "mht": archive.read,
}


def send(stream: IO[bytes], head: dict[str, Any], data: bytes = b"") -> None:
    """Write one message."""
    stream.write(json.dumps(head | {"bytes": len(data)}).encode("ascii") + b"\n" + data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None where the stream has ended, in the middle of one too."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head: dict[str, Any] = json.loads(line)
    data = stream.read(head["bytes"])
    return (head, data) if len(data) == head["bytes"] else None


def answer(kind: str, data: bytes, document: str) -> dict[str, Any]:
    """What the reader of `kind` makes of a file, or the reason why it can't."""
    try:
        return {"extracted": READERS[kind](data, document).as_json()}
    except UnreadableFile as error:
        return {"reason": error.reason}
    except (MemoryError, RecursionError):
        return {"reason": "文件展开后过大或嵌套过深，没有读：请拆成几个文件，或另存为UTF-8编码的.txt。"}


def main() -> None:
    """Serve until the input ends."""
    _limit_memory()
    target = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library says is no answer
    messages: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, messages), daemon=True).start()
    while True:
        head, data = messages.get()
        _limit_seconds(head["seconds"] + GRACE_SECONDS)
        made = json.dumps(answer(head["kind"], data, head["document"]), ensure_ascii=False)
        _limit_seconds(0)
        send(target, {}, made.encode("utf-8", "surrogatepass"))


def _listen(source: IO[bytes], messages: queue.SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    """Hand on what comes, and end the process where the input ends, whatever is being read."""
    while (message := receive(source)) is not None:
        messages.put(message)
    os._exit(0)


def _limit_seconds(seconds: float) -> None:
    """End the process after so many seconds, 0 for never, by the system: a library that never returns lets no thread of Python run."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
