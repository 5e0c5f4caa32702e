"""A converted model at work: ONNX Runtime and `tokenizers`, and nothing else.

Each text runs alone, one on each core: without padding that is the fastest on a processor, and a vector never
depends on what was encoded beside it (the eight-bit form scales its numbers by all that is in one run).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from rag.search.cache import Progress
from rag.search.flat import Matrix

CHUNK = 16  # texts between two reports of progress
_ERRORS_ONLY = 3


class OnnxEncoder:
    """A converted model. Safe to call from several threads."""

    def __init__(self, network: Path, tokenizer: Path, *, name: str = "", fingerprint: str = "", dimensions: int,
                 query_prompt: str = "", passage_prompt: str = "") -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self._tokenizer = Tokenizer.from_str(tokenizer.read_text(encoding="utf-8"))
        self._session = onnxruntime.InferenceSession(network.read_bytes(), _options(), providers=["CPUExecutionProvider"])

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of passages, in the order given; the longest run first, so that all cores end together."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        with ThreadPoolExecutor(cores()) as pool:
            made = pool.map(self._vector, [self._passage_prompt + texts[row] for row in order])
            try:
                for done, (row, vector) in enumerate(zip(order, made, strict=True), 1):
                    vectors[row] = vector
                    _tell(progress, done, len(order))
            except BaseException:  # Ctrl-C and a build called off too: what is not begun is not done
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return vectors

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of queries, in the order given."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(self._query_prompt + text)
        return vectors

    def _vector(self, text: str) -> Matrix:
        whole = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text to tokenizers
        numbers = np.array([self._tokenizer.encode(whole).ids], dtype=np.int64)
        made = self._session.run(None, {"input_ids": numbers})
        vector: Matrix = made[0][0]
        return vector


def _tell(progress: Progress | None, done: int, total: int) -> None:
    """Report progress once a chunk is done, and when all is."""
    if progress is not None and (done % CHUNK == 0 or done == total):
        progress(done, total)


def cores() -> int:
    """The processor's cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _options() -> onnxruntime.SessionOptions:
    """One thread a run, since runs stand side by side; the graph was optimised when it was converted."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_mem_pattern = False  # it is for inputs of one shape
    return options


def optimise(source: Path, target: Path) -> None:
    """Write the network with its operators fused, as far as that is the same on every processor: opening takes a quarter."""
    options = _options()
    # Layer normalisation fused with the sum before it takes four times as long: a tenth of the whole (1.32, 256 tokens).
    options.add_session_config_entry("optimization.disable_specified_optimizers", "SkipLayerNormFusion")
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def quantise(source: Path, target: Path) -> None:
    """Write the network with its weights in eight bits, a scale for each channel.

    Of those eight bits seven are used: processors without VNNI add two products of eight bits into sixteen and
    cut off what goes over; with all eight, the vectors of m3e-small came out with a cosine of 0.67 to the right ones.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises to infer shapes first, which changes nothing here
    quantize_dynamic(str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
