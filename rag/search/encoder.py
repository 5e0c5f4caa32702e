"""Texts into vectors: a converted model on ONNX Runtime, or one that can't be converted on sentence-transformers.

The default model is m3e-small; any other is a folder or a hub name, with the prompts that it brings for queries and
passages. A model that lies on this machine is loaded without a call to any hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from rag.search import conversion, source
from rag.search.cache import Progress
from rag.search.flat import Matrix
from rag.search.forms import NETWORK, TOKENIZER
from rag.settings import DEFAULT_MODEL

_BEGUN: dict[str, Future[Encoder | None]] = {}


class Encoder(Protocol):
    """What turns texts into vectors."""

    name: str
    fingerprint: str
    dimensions: int

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """float32 [len(texts), dimensions], rows of unit length; `progress(done, total)` counts texts."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """float32 [len(texts), dimensions], rows of unit length."""


def begin(name: str) -> None:
    """Begin to load a model that was converted on this machine, beside whatever the caller does next; `load` then waits for it.

    That is mostly outside Python: a program that has other modules to load meanwhile starts sooner.
    """
    beside = ThreadPoolExecutor(1)
    _BEGUN[name] = beside.submit(lambda: _loaded(name, None) if conversion.kept(name) else None)
    beside.shutdown(wait=False)


def load(name: str = DEFAULT_MODEL, progress: Progress | None = None) -> Encoder:
    """The model `name` (m3e-small, a folder, or a hub name), ready to encode; fetched and converted where needed.

    `progress(done, total)` counts bytes while it is fetched, steps while it is converted. Raises ModelError.
    """
    begun = _BEGUN.pop(name, None)
    return begun.result() or _loaded(name, progress) if begun is not None else _loaded(name, progress)


def _loaded(name: str, progress: Progress | None) -> Encoder:
    folder, record = conversion.converted(name, progress)
    if record.form == "torch":
        from rag.search import sentence

        return sentence.load(name, record.fingerprint, source.folder(name, progress))
    from rag.search.runtime import OnnxEncoder

    return OnnxEncoder(
        folder / NETWORK, folder / TOKENIZER, name=name, fingerprint=record.fingerprint, dimensions=record.dimensions,
        query_prompt=record.query_prompt, passage_prompt=record.passage_prompt,
    )


def fingerprint(name: str, progress: Progress | None = None) -> str:
    """What identifies the vectors of the model as it runs here: equal fingerprints give equal passage vectors.

    The model is fetched and converted first where that was not done yet: only then is it known how it will run.
    """
    return conversion.converted(name, progress)[1].fingerprint


def known_fingerprint(name: str) -> str | None:
    """The fingerprint of a model that was converted on this machine, else None; nothing is fetched or made."""
    found = conversion.kept(name)
    return found[1].fingerprint if found else None


def runs_slowly(name: str) -> str | None:
    """A sentence for the user where the model could not be converted, else None."""
    found = conversion.kept(name)
    if found is None or found[1].form != "torch":
        return None
    return f"模型{name}没能转换（{found[1].why}），仍用sentence-transformers运行：结果一样，只是启动和建索引较慢。"
