"""A model made ready for ONNX Runtime: once, in a process of its own, checked, and kept in the user's cache with hashes.

That process (`converting`) fetches the model, loads it with sentence-transformers, writes it as ONNX and checks that both
give the same vectors; then it tries eight bits, and keeps them only where the neighbours and scores of real texts hold.
What can't be converted is recorded as such, with the reason, and runs on sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from rag.errors import ModelError
from rag.search import cache, forms, source
from rag.search.cache import Progress
from rag.search.forms import RECIPE, Converted
from rag.settings import PROJECT

FOLDER = "converted"
_NAME_CHARACTERS = 40  # of a model's name in the name of its folder; a hash tells those apart that end alike
_PATIENCE_SECONDS = 5.0  # for the other process to clean up after itself
_REASON_CHARACTERS = 200  # of what it said last


def kept(name: str) -> tuple[Path, Converted] | None:
    """The folder of the converted model and its record, if it is there and whole; nothing is fetched or made."""
    identity = source.fingerprint(name)
    return _read(_target(identity), identity)


def converted(name: str, progress: Progress | None = None) -> tuple[Path, Converted]:
    """The folder of the converted model and its record; converts it where that was not done yet.

    `progress(done, total)` counts bytes of a download, then steps; what it raises calls the conversion off. One
    process converts, the others wait for it. ModelError where the model can't be had, loaded or kept.
    """
    source.check_name(name)
    identity = source.fingerprint(name)
    target = _target(identity)
    found = _read(target, identity)
    if found:
        return found
    with cache.alone(target, progress):
        return _read(target, identity) or _converted(name, identity, target, progress)


def _target(identity: str) -> Path:
    """A folder for each model and recipe; the name is short, and safe on every system."""
    plain = "".join(character if character.isalnum() and character.isascii() else "-" for character in identity)[-_NAME_CHARACTERS:]
    mark = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return cache.folder() / FOLDER / f"{plain}-{mark}-{RECIPE}"


def _read(folder: Path, identity: str) -> tuple[Path, Converted] | None:
    record = forms.read(folder, identity)
    return (folder, record) if record else None


def _converted(name: str, identity: str, target: Path, progress: Progress | None) -> tuple[Path, Converted]:
    with cache.appearing(target) as (made, scratch):
        _run(name, made, scratch, progress)
        record = forms.read(made, identity)
        if record is None:
            raise ModelError(f"模型{name}转换后核对不符：请检查磁盘后重试。")
    return target, record


def _run(name: str, made: Path, scratch: Path, progress: Progress | None) -> None:
    """Let another process convert the model into `made`; it ends where this one is stopped."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    said = scratch / "said"
    with said.open("wb") as errors, subprocess.Popen(
        [sys.executable, "-P", "-m", "rag.search.converting", name, str(made)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=errors, env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "TMPDIR": str(scratch)}, text=True, encoding="utf-8",
    ) as process:
        try:
            _follow(process, progress)
            process.wait()
        finally:
            _end(process)
    if process.returncode != 0:
        last = (said.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["没有说明"])[-1][:_REASON_CHARACTERS]
        raise ModelError(f"模型{name}没有准备好（{last}）：请检查内存和磁盘空间后重试。")


def _follow(process: subprocess.Popen[str], progress: Progress | None) -> None:
    """Pass on what the other process tells, until it has told all."""
    assert process.stdout is not None
    for line in process.stdout:
        told = json.loads(line)
        if "error" in told:
            raise ModelError(told["error"])
        if progress is not None:
            progress(told["done"], told["total"])


def _end(process: subprocess.Popen[str]) -> None:
    """See the other process out: its next word meets a closed pipe, which lets it clean up; then it is killed."""
    assert process.stdout is not None
    process.stdout.close()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
