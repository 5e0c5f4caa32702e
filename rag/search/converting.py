"""One conversion, in the process that is started for it: fetch the model, write it as ONNX, hold it against itself.

It loads torch, which the process that asks or builds never does. Progress and errors are told in lines of JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from rag.errors import ModelError
from rag.search import forms, runtime, sentence, source, trial
from rag.search.cache import sha256_of
from rag.search.forms import NETWORK, RECIPE, TOKENIZER, Converted, Form
from rag.search.sentence import SentenceTransformerEncoder

STEPS = 5  # of a conversion, told as progress

Tell = Callable[[int, int], None]


def main(name: str, made: str) -> None:
    """Convert `name` into the folder `made`, telling progress, or what prevented it, on standard output."""
    try:
        record = convert(name, Path(made), lambda done, total: _say({"done": done, "total": total}))
    except ModelError as error:
        _say({"error": str(error)})
        return
    forms.write(Path(made), record)


def _say(line: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def convert(name: str, made: Path, tell: Tell) -> Converted:
    """Convert the model `name` into `made` as far as its checks hold; what this came to. ModelError where it can't be had."""
    identity = source.fingerprint(name)
    model = sentence.load(name, identity, source.folder(name, tell))
    tell(1, STEPS)
    plain = made / "plain.onnx"
    form: Form
    try:
        (made / TOKENIZER).write_text(model.export(plain), encoding="utf-8")
        tell(2, STEPS)
        form, why, check = _smallest(model, plain, made, tell)
    except sentence.CONVERSION_ERRORS as error:
        form, why, check = "torch", source.first_line(error), {}
    finally:
        plain.unlink(missing_ok=True)
    files = {} if form == "torch" else {file: sha256_of(made / file) for file in (NETWORK, TOKENIZER)}
    return Converted(identity, RECIPE, form, why, model.dimensions, model.query_prompt, model.passage_prompt, check, files)


def _smallest(model: SentenceTransformerEncoder, plain: Path, made: Path, tell: Tell) -> tuple[Form, str | None, dict[str, float]]:
    """Write the smallest form of the network whose check holds; ValueError where none does."""
    network = made / NETWORK
    runtime.optimise(plain, network)
    queries, passages = trial.texts()
    own = model.queries(queries[: trial.SAMPLE]), model.passages(passages[: trial.SAMPLE])
    tell(3, STEPS)
    right = _vectors(model, network, made, (queries, passages))
    off = trial.largest_difference(own, right)
    if not off <= trial.SAME:  # so that NaN is no success
        raise ValueError(f"转换后的向量与原模型相差{off:.2g}")
    tell(4, STEPS)
    eight = _in_eight_bits(plain, made)
    measures = {"fp32_off": off, **trial.compare(right, _vectors(model, eight, made, (queries, passages)))}
    holds = trial.holds(measures)
    if holds:
        eight.replace(network)
    eight.unlink(missing_ok=True)
    tell(5, STEPS)
    return ("int8", None, measures) if holds else ("fp32", "八位整数的检索结果与原模型相差太多", measures)


def _in_eight_bits(plain: Path, made: Path) -> Path:
    """The network in eight bits, in a file of its own."""
    quantised, eight = made / "quantised.onnx", made / "eight.onnx"
    runtime.quantise(plain, quantised)
    runtime.optimise(quantised, eight)
    quantised.unlink()
    return eight


def _vectors(model: SentenceTransformerEncoder, network: Path, made: Path, texts: tuple[list[str], list[str]]) -> trial.Vectors:
    """The vectors of queries and passages by the network, with the model's own prompts."""
    opened = runtime.OnnxEncoder(
        network, made / TOKENIZER, dimensions=model.dimensions, query_prompt=model.query_prompt, passage_prompt=model.passage_prompt
    )
    return opened.queries(texts[0]), opened.passages(texts[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
