"""Office files read in a process apart (`worker`), each within a time; the process is started when first needed.

Leaves out what the file is (`kinds`) and old formats, which are converted first (`office`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.errors import UnreadableFile
from rag.reading.extracted import Extracted, from_json
from rag.reading.worker import receive, send

SECONDS = 60.0
SECONDS_A_MEGABYTE = 2.0
_PROJECT = Path(__file__).resolve().parent.parent.parent
_STOPPED = "读取时出错或占用内存过多，已停下，可能已损坏：请用WPS或Word打开核对，另存为.docx或UTF-8编码的.txt，放回原处。"


class Apart:
    """Reads one file after another in one process. For one thread; leave it as a context, or the process stays."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def read(self, kind: str, data: bytes, document: str) -> Extracted:
        """The text of the file; UnreadableFile where the reader refuses it, crashes, or takes longer than it may."""
        limit = SECONDS + SECONDS_A_MEGABYTE * len(data) / 2**20
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        late = threading.Event()
        timer = threading.Timer(limit, _end, (process, late))
        timer.start()
        try:
            with suppress(BrokenPipeError, OSError):
                send(process.stdin, {"kind": kind, "document": document, "seconds": limit}, data)
            message = receive(process.stdout)
        finally:
            timer.cancel()
        if message is None:
            self._stop()
            raise UnreadableFile(document, _too_long(limit) if late.is_set() else _STOPPED)
        answer = json.loads(message[1].decode("utf-8", "surrogatepass"))
        if "reason" in answer:
            raise UnreadableFile(document, answer["reason"])
        return from_json(answer["extracted"])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            path = os.pathsep.join(part for part in (str(_PROJECT), os.environ.get("PYTHONPATH")) if part)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rag.reading.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path})
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _too_long(seconds: float) -> str:
    return f"读了{seconds:.0f}秒还没有读完，已停下：请用WPS或Word打开核对，另存为.docx或UTF-8编码的.txt，放回原处。"
