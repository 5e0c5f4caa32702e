"""A process of its own in which office files are read: what hangs, swells or crashes there costs that file only.

    python -m rag.reading.worker

Takes requests from standard input and answers each on standard output: a line of JSON that says how many bytes follow,
then those bytes. Ends with its input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import IO, Any

from rag.errors import UnreadableFile
from rag.reading import archive, docx, html, pdf
from rag.reading.extracted import Extracted

MEMORY_BYTES = 3 * 2**30  # of address space; a PDF of 500 pages takes a tenth
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
        return {"reason": "文件展开后过大或嵌套过深,没有读:请拆成几个文件,或另存为UTF-8编码的.txt。"}


def main() -> None:
    """Serve until the input ends."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library says is no answer
    while (message := receive(source)) is not None:
        head, data = message
        made = json.dumps(answer(head["kind"], data, head["document"]), ensure_ascii=False)
        send(target, {}, made.encode("utf-8", "surrogatepass"))


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
