"""One builder at a time, across threads and processes. The system frees the lock of a process that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import BuildRunning
from rag.index import files

NAME = ".lock"


@contextmanager
def only_builder(index: Path) -> Iterator[None]:
    """Hold the build lock of `index`, made where it is missing; BuildRunning at once where another holds it."""
    from filelock import FileLock, Timeout  # who only asks does not wait for it

    lock = FileLock(index / NAME)
    with files.writing(index):
        index.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BuildRunning(str(index)) from error
    try:
        yield
    finally:
        lock.release()
