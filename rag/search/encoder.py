"""Texts into vectors, by sentence-transformers.

The default model is m3e-small, kept by `model`; any other is a folder or a hub name, with the prompts that it
brings for queries and passages.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.search import model as default_model
from rag.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Matrix = NDArray[np.float32]
Progress = Callable[[int, int], None]
BATCH = 16  # passages of one batch on two cores: larger batches were no faster and take more memory
_BGE = re.compile(r"bge-(?:small|base|large)-zh", re.IGNORECASE)
_BGE_QUERY = "为这个句子生成表示以用于检索相关文章："  # the instruction of the model's card


class Encoder(Protocol):
    """What turns texts into vectors."""

    name: str
    fingerprint: str
    dimensions: int

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """float32 [len(texts), dimensions], rows of unit length; `progress(done, total)` counts texts."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """float32 [len(texts), dimensions], rows of unit length."""


class SentenceTransformerEncoder:
    """A sentence-transformers model on the processor."""

    def __init__(self, name: str, fingerprint: str, model: SentenceTransformer) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self._query_prompt, self._passage_prompt = _prompts(name, model)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of passages, in the order given; batches run from the longest text to the shortest."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            vectors[rows] = self._encode([texts[row] for row in rows], self._passage_prompt)
            if progress is not None:
                progress(min(first + BATCH, len(order)), len(order))
        return vectors

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of queries, in the order given."""
        return self._encode(list(texts), self._query_prompt) if texts else np.zeros((0, self.dimensions), dtype=np.float32)

    def _encode(self, texts: list[str], prompt: str | None) -> Matrix:
        encoded = self._model.encode(texts, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(encoded, dtype=np.float32)


def load(name: str = DEFAULT_MODEL, progress: Progress | None = None) -> SentenceTransformerEncoder:
    """The model `name` (m3e-small, a folder, or a hub name), ready to encode.

    `progress(done, total)` counts bytes while the default model is fetched. Raises ModelError.
    """
    path = _path(name, progress)
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    local = Path(path).is_dir()
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write into pipes
    try:
        model = SentenceTransformer(path, device="cpu", local_files_only=local, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"无法载入模型{name}({str(error).splitlines()[0][:120]}):请检查名称或文件夹;没有网络时请把模型文件夹放到本机,用 --model 指定。"
        ) from error
    return SentenceTransformerEncoder(name, fingerprint(name), model)


def _path(name: str, progress: Progress | None = None) -> str:
    return str(default_model.folder(progress)) if name == DEFAULT_MODEL else name


def fingerprint(name: str) -> str:
    """What identifies the model's content, without loading it: equal fingerprints give equal vectors.

    For m3e-small the hash of its wheel; for a folder a hash over its configuration and weight files; for a hub
    name that name, since its files are the hub's.
    """
    if name == DEFAULT_MODEL:
        return f"{DEFAULT_MODEL}@{default_model.WHEEL_SHA256[:16]}"
    folder = Path(name)
    if not folder.is_dir():
        return f"hub:{name}"
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".json", ".txt", ".safetensors", ".bin", ".model") and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode("utf-8"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"folder@{digest.hexdigest()[:16]}"


def _prompts(name: str, model: SentenceTransformer) -> tuple[str | None, str | None]:
    """The query's and the passage's prompt, as the model brings them; for bge-*-zh its card's instruction."""
    prompts = {key: value for key, value in (model.prompts or {}).items() if value}
    query = prompts.get("query")
    passage = prompts.get("passage") or prompts.get("document")
    if query is None and _BGE.search(Path(name).name):
        query = _BGE_QUERY
    return query, passage
