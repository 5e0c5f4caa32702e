"""Files that survive a crash: flushed to the disk, put in place in one step, removed without half a folder left.

Leaves out what the files mean (`manifest`, `records`) and which may be removed (`store`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from rag.errors import NotWritten

REMOVING = ".removing-"
WRITING = ".writing-"
# Windows refuses to rename what a reader or a virus scanner holds open; they let go within moments.
PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.02
# What file systems answer (network shares, mostly) that have no flush for folders.
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "这里只能读，不能写",
    errno.EIO: "磁盘读写出错",
}

Result = TypeVar("Result")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an operating system's refusal to write below `folder` into `NotWritten`."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or f"没有写全：{error}"
        raise NotWritten(str(folder), reason) from error


def write(path: Path, data: bytes) -> None:
    """Write `data` to a new file and flush it to the disk. The name itself is safe after `sync_folder`."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def take(source: Path, target: Path) -> None:
    """Move a file of the same disk to `target` and flush it. The name itself is safe after `sync_folder`."""
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    source.rename(target)


def replace(source: Path, target: Path) -> None:
    """Give `source` the name `target` in one step, durably; wait while another program holds either."""
    _patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that at any moment it holds the old content, whole, or the new, whole."""
    draft = path.with_name(f"{WRITING}{uuid.uuid4().hex}")
    try:
        write(draft, data)
        replace(draft, path)
    except BaseException:  # Ctrl-C too leaves no draft behind, and is not held up
        with suppress(OSError):
            draft.unlink()
        raise


def read(path: Path) -> bytes:
    """The bytes of `path`; waits while another program holds it."""
    return _patiently(path.read_bytes)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex, without holding them all in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Flush the names in `folder` to the disk, where the system can: Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def remove_folder(folder: Path) -> bool:
    """Remove `folder`; True when it is gone. First renamed, so that no crash leaves half of it under its name.

    A folder that a reader holds open (Windows) stays whole, for the next try.
    """
    aside = folder.parent / f"{REMOVING}{uuid.uuid4().hex}"
    try:
        folder.replace(aside)
    except OSError:
        return False
    shutil.rmtree(aside, ignore_errors=True)
    return True


def _patiently(action: Callable[[], Result]) -> Result:
    """What `action` returns, tried again while the system answers that access is refused."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)
