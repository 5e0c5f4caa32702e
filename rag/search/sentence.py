"""Any sentence-transformers model, as it is: loaded once to be converted, and run where it can't be converted."""

from __future__ import annotations

import logging
import os
import pickle
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.errors import ModelError
from rag.search.cache import Progress
from rag.search.flat import Matrix
from rag.search.model import damaged_weights, undisturbed
from rag.search.source import ADVICE, first_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 16  # passages of one batch on two cores: larger batches were no faster and take more memory
OPSET = 17  # the first with LayerNormalization as one operator
# What exporting and checking raise where a model is made of what ONNX, the exporter or ONNX Runtime does not know.
CONVERSION_ERRORS = (ValueError, TypeError, LookupError, AttributeError, RuntimeError, ImportError)
_BGE = re.compile(r"bge-(?:small|base|large)-zh", re.IGNORECASE)
_BGE_QUERY = "为这个句子生成表示以用于检索相关文章："  # the instruction of the model's card


class SentenceTransformerEncoder:
    """A sentence-transformers model on the processor. Safe to call from several threads."""

    def __init__(self, name: str, fingerprint: str, model: SentenceTransformer) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._model = model
        self._one_at_a_time = threading.Lock()  # a fast tokenizer fails ("Already borrowed") when two threads use it
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self.query_prompt, self.passage_prompt = _prompts(name, model)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of passages, in the order given; batches run from the longest text to the shortest."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            vectors[rows] = self._encode(self._model.encode_document, [texts[row] for row in rows], self.passage_prompt)
            if progress is not None:
                progress(min(first + BATCH, len(order)), len(order))
        return vectors

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of queries, in the order given."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._encode(self._model.encode_query, texts, self.query_prompt)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str], prompt: str) -> Matrix:
        """Vectors by `encode`, the model's own for queries or for documents: some models have a network for each."""
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # half a surrogate pair is no text to tokenizers
        with self._one_at_a_time:
            encoded = encode(whole, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(encoded, dtype=np.float32)

    def export(self, target: Path) -> str:
        """Write the network, from token numbers to unit vectors, as ONNX to `target`; returns its tokenizer as JSON.

        ValueError where the model is no plain row of modules over one fast tokenizer. That what was written is
        right is for the caller to check: tracing may take what depends on the text for a constant.
        """
        import torch
        from sentence_transformers.sentence_transformer.modules import Transformer

        first = self._model[0]
        tokenizer = getattr(first, "tokenizer", None)
        if not isinstance(first, Transformer) or not getattr(tokenizer, "is_fast", False):
            raise ValueError("没有单一的快速分词器")
        first.auto_model.config._attn_implementation = "eager"  # written out in plain operators
        example = torch.tensor([[1, 2, 3, 4, 5], [1, 2, 3, 4, 6]])
        with _quiet():
            # The TorchScript exporter: the one built upon torch.export needs onnxscript and takes as long again.
            torch.onnx.export(
                _network(self._model), (example,), str(target), dynamo=False, opset_version=OPSET, input_names=["input_ids"],
                output_names=["vectors"], dynamic_axes={"input_ids": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}},
            )
        assert tokenizer is not None
        cutting = tokenizer.backend_tokenizer
        cutting.no_padding()
        cutting.enable_truncation(int(self._model.max_seq_length or tokenizer.model_max_length))
        return str(cutting.to_str())


def _network(model: SentenceTransformer) -> Any:
    """The model as one torch module that takes the numbers of texts of one length, without padding, and returns unit vectors.

    Without a mask the attention adds none up: a thirtieth of the time.
    """
    import torch

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.steps = model

        def forward(self, input_ids: Any) -> Any:
            transformer, *others = self.steps
            features = {**transformer({"input_ids": input_ids}), "attention_mask": torch.ones_like(input_ids)}
            for step in others:
                features = step(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], p=2, dim=1)

    return Network().eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter's notes are for developers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def load(name: str, fingerprint: str, folder: Path) -> SentenceTransformerEncoder:
    """The model in `folder`, ready to encode. Raises ModelError."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with undisturbed():
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write into pipes
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # its reports are for developers
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        with undisturbed():
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, damaged_weights(), pickle.UnpicklingError) as error:
        raise ModelError(f"无法载入模型{name}（{first_line(error)}）。{ADVICE}") from error
    if not model.get_embedding_dimension():
        raise ModelError(f"模型{name}不是把文本变成向量的模型：请另选一个。")
    return SentenceTransformerEncoder(name, fingerprint, model)


def _prompts(name: str, model: SentenceTransformer) -> tuple[str, str]:
    """The query's and the passage's prompt, as the model brings them; for bge-*-zh its card's instruction; else none."""
    prompts = {key: value for key, value in (model.prompts or {}).items() if value}
    query = prompts.get("query", _BGE_QUERY if _BGE.search(Path(name).name) else "")
    passage = prompts.get("passage", prompts.get("document", ""))
    return query, passage
