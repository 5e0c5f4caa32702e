"""Where a model's files lie, and what identifies them: m3e-small, a folder, or a name of the hub."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from rag.errors import ModelError
from rag.search import model as default_model
from rag.search.cache import Progress
from rag.settings import DEFAULT_MODEL

ADVICE = "请检查模型的名称或文件夹；没有网络时请先把模型文件夹放到本机，用 --model 指定。"
_CONTENT = (".json", ".txt", ".safetensors", ".bin", ".model")  # the files that decide a model's vectors
_HUB_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?", re.ASCII)


def folder(name: str, progress: Progress | None = None) -> Path:
    """The folder of the model `name`, fetched where it is not on this machine. ModelError where it can't be had."""
    if name == DEFAULT_MODEL:
        return default_model.folder(progress)
    own = Path(name).expanduser()
    if own.is_dir():
        return own
    check_name(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    kept = [f"*{suffix}" for suffix in _CONTENT]
    try:
        try:
            return Path(snapshot_download(name, allow_patterns=kept, local_files_only=True))
        except LocalEntryNotFoundError:
            return Path(snapshot_download(name, allow_patterns=kept))
    except (OSError, ValueError, HfHubHTTPError) as error:
        raise ModelError(f"无法从模型库取得模型{name}（{first_line(error)}）。{ADVICE}") from error


def check_name(name: str) -> None:
    """Raise ModelError where `name` is neither a folder nor could be a name of the hub."""
    if name != DEFAULT_MODEL and not Path(name).expanduser().is_dir() and not _HUB_NAME.fullmatch(name):
        raise ModelError(f"找不到模型文件夹{name}。{ADVICE}")


def first_line(error: BaseException) -> str:
    """What an error says first, cut to a line."""
    return (str(error).splitlines() or [type(error).__name__])[0][:160]


def fingerprint(name: str) -> str:
    """What identifies the model's files, without loading them.

    For m3e-small the hash of its wheel; for a folder a hash over its configuration and weight files; for a hub
    name that name, since its files are the hub's.
    """
    if name == DEFAULT_MODEL:
        return f"{DEFAULT_MODEL}@{default_model.M3E_SMALL.sha256[:16]}"
    own = Path(name).expanduser()
    if not own.is_dir():
        return f"hub:{name}"
    found = {path.relative_to(own).as_posix(): path for path in own.rglob("*") if path.suffix in _CONTENT and path.is_file()}
    try:
        return _content_hash(tuple((relative, path, *_state(path)) for relative, path in sorted(found.items())))
    except OSError as error:
        raise ModelError(f"读不了模型文件夹{name}（{first_line(error)}）。{ADVICE}") from error


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=4)
def _content_hash(files: tuple[tuple[str, Path, int, int], ...]) -> str:
    """A hash over names and contents, read again only where size or time of a file has changed."""
    digest = hashlib.sha256()
    for relative, path, _, _ in files:
        digest.update(relative.encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"folder@{digest.hexdigest()[:16]}"
