"""The user's folder of models, which several processes share: one at a time makes a folder, and it appears whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from rag.errors import ModelError

ASKING_SECONDS = 1.0  # between two questions, while waiting for another process, whether to go on waiting
_REASONS = {errno.ENOSPC: "磁盘已满", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "只读"}

Progress = Callable[[int, int], None]  # how much is done, of how much; what it raises calls the work off


def folder() -> Path:
    """Where models are kept: YANJU_CACHE, else the user's cache folder of this system."""
    return Path(os.environ.get("YANJU_CACHE") or platformdirs.user_cache_path("yanju", appauthor=False))


@contextmanager
def alone(target: Path, progress: Progress | None) -> Iterator[None]:
    """Be the only process that makes `target`; `progress` is asked while waiting, so that the wait can be called off.

    ModelError where the system lets nothing be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.parent / f"{target.name}.lock", progress):
            yield
    except OSError as error:
        advice = "请检查磁盘空间和权限，或用 YANJU_CACHE 另指一处。"
        raise ModelError(f"无法写入模型文件夹{target.parent}（{reason(error)}）：{advice}") from error


@contextmanager
def _locked(path: Path, progress: Progress | None) -> Iterator[None]:
    from filelock import FileLock, Timeout  # not needed once the model is there

    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=ASKING_SECONDS)
            break
        except Timeout:
            if progress is not None:
                progress(0, 0)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def appearing(target: Path) -> Iterator[tuple[Path, Path]]:
    """A new folder that takes the place of `target` if all inside goes well, and one for what is needed meanwhile.

    A damaged `target` gives way; what killed processes left of earlier tries is removed. The caller is `alone`.
    """
    prefix = f".{target.name}-"
    for left in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=prefix, ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        made = scratch / "made"
        made.mkdir()
        yield made, scratch
        if target.exists():
            target.rename(scratch / "damaged")
        made.rename(target)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex. OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reason(error: OSError) -> str:
    """What the system says, in Chinese where that is known."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
