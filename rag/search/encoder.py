"""Texts into vectors, by sentence-transformers.

The default model is m3e-small, kept by `model`; any other is a folder or a hub name, with the prompts that it
brings for queries and passages. A model that lies on this machine is loaded without a call to any hub.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import re
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

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
_CONTENT = (".json", ".txt", ".safetensors", ".bin", ".model")  # the files that decide a model's vectors
_HUB_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?", re.ASCII)
_BGE = re.compile(r"bge-(?:small|base|large)-zh", re.IGNORECASE)
_BGE_QUERY = "为这个句子生成表示以用于检索相关文章："  # the instruction of the model's card
_ADVICE = "请检查模型的名称或文件夹;没有网络时请先把模型文件夹放到本机,用 --model 指定。"


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
    """A sentence-transformers model on the processor. Safe to call from several threads."""

    def __init__(self, name: str, fingerprint: str, model: SentenceTransformer) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self._one_at_a_time = threading.Lock()  # a fast tokenizer fails ("Already borrowed") when two threads use it
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self._query_prompt, self._passage_prompt = _prompts(name, model)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of passages, in the order given; batches run from the longest text to the shortest."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            vectors[rows] = self._encode(self._model.encode_document, [texts[row] for row in rows], self._passage_prompt)
            if progress is not None:
                progress(min(first + BATCH, len(order)), len(order))
        return vectors

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of queries, in the order given."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Matrix:
        """Vectors by `encode`, the model's own for queries or for documents: some models have a network for each."""
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # half a surrogate pair is no text to tokenizers
        with self._one_at_a_time:
            encoded = encode(whole, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(encoded, dtype=np.float32)


def load(name: str = DEFAULT_MODEL, progress: Progress | None = None) -> SentenceTransformerEncoder:
    """The model `name` (m3e-small, a folder, or a hub name), ready to encode.

    `progress(done, total)` counts bytes while the default model is fetched. Raises ModelError.
    """
    folder = default_model.folder(progress) if name == DEFAULT_MODEL else _folder(name)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with default_model.undisturbed():
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write into pipes
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # its reports are for developers
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        with default_model.undisturbed():
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, default_model.DamagedWeights, pickle.UnpicklingError) as error:
        raise ModelError(f"无法载入模型{name}({_first_line(error)})。{_ADVICE}") from error
    if not model.get_embedding_dimension():
        raise ModelError(f"模型{name}不是把文本变成向量的模型:请另选一个。")
    return SentenceTransformerEncoder(name, fingerprint(name), model)


def _folder(name: str) -> Path:
    """The folder of a model that is not the default: as named, else the hub's files, fetched once."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    if not _HUB_NAME.fullmatch(name):
        raise ModelError(f"找不到模型文件夹{name}。{_ADVICE}")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    kept = [f"*{suffix}" for suffix in _CONTENT]
    try:
        try:
            return Path(snapshot_download(name, allow_patterns=kept, local_files_only=True))
        except LocalEntryNotFoundError:
            return Path(snapshot_download(name, allow_patterns=kept))
    except (OSError, ValueError, HfHubHTTPError) as error:
        raise ModelError(f"无法从模型库取得模型{name}({_first_line(error)})。{_ADVICE}") from error


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]


def fingerprint(name: str) -> str:
    """What identifies the model's content, without loading it: equal fingerprints give equal passage vectors.

    For m3e-small the hash of its wheel; for a folder a hash over its configuration and weight files; for a hub
    name that name, since its files are the hub's.
    """
    if name == DEFAULT_MODEL:
        return f"{DEFAULT_MODEL}@{default_model.M3E_SMALL.sha256[:16]}"
    folder = Path(name).expanduser()
    if not folder.is_dir():
        return f"hub:{name}"
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in _CONTENT and path.is_file()}
    try:
        return _content_hash(tuple((relative, path, *_state(path)) for relative, path in sorted(found.items())))
    except OSError as error:
        raise ModelError(f"读不了模型文件夹{name}({_first_line(error)})。{_ADVICE}") from error


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


def _prompts(name: str, model: SentenceTransformer) -> tuple[str, str]:
    """The query's and the passage's prompt, as the model brings them; for bge-*-zh its card's instruction; else none."""
    prompts = {key: value for key, value in (model.prompts or {}).items() if value}
    query = prompts.get("query", _BGE_QUERY if _BGE.search(Path(name).name) else "")
    passage = prompts.get("passage", prompts.get("document", ""))
    return query, passage
