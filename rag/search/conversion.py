"""A model made ready for ONNX Runtime: once, in a process of its own, checked, and kept in the user's cache with hashes.

That process fetches the model, loads it with sentence-transformers, writes it as ONNX and checks that both give the
same vectors; then it tries eight bits, and keeps them only where the neighbours and scores of real texts hold. What can't be
converted is recorded as such, with the reason, and runs on sentence-transformers. The process that asks or builds
never loads torch for it. The folder appears whole, by one rename, or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.search import model as default_model
from rag.search import source
from rag.search.model import Progress
from rag.settings import PROJECT

Form = Literal["int8", "fp32", "torch"]
Matrix = NDArray[np.float32]
RECIPE = 1  # raised with every change of how a model is converted: vectors of another recipe are not taken over
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
RECORD = "conversion.json"
FOLDER = "converted"
# fp32 must be torch's own numbers but for rounding. int8 of m3e-small on the trial texts: overlap 0.92, scores off by
# at most 0.023, cosine at least 0.995; a broken one (eight full bits on a processor without VNNI): 0.64, 0.45, 0.59.
SAME = 1e-4
SAMPLE = 24  # trial texts that go through torch, which takes longer than all the rest; the odd ones are among them
NEIGHBOURS = 10
LEAST_OVERLAP = 0.9
MOST_OFF = 0.04
LEAST_COSINE = 0.98
STEPS = 5  # of a conversion, told as progress
_PATIENCE_SECONDS = 5.0
_LOOK_SECONDS = 0.2
_ROOM = Path(__file__).parent
_LONG = 12  # trial passages joined into one that is longer than any model reads


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion came to. `why` says in Chinese why the form is not a smaller one; `check` holds its measures."""

    source: str
    recipe: int
    form: Form
    why: str | None
    dimensions: int
    query_prompt: str
    passage_prompt: str
    check: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Equal where passage vectors may stand for each other: fp32 gives torch's own, int8 others."""
        return f"{self.source}+int8.{self.recipe}" if self.form == "int8" else self.source


def kept(name: str) -> tuple[Path, Converted] | None:
    """The folder of the converted model and its record, if it is there and whole; nothing is fetched or made."""
    return _read(_target(source.fingerprint(name)), source.fingerprint(name))


def converted(name: str, progress: Progress | None = None) -> tuple[Path, Converted]:
    """The folder of the converted model and its record; converts it where that was not done yet.

    `progress(done, total)` counts bytes of a download, then steps; what it raises calls the conversion off. One
    process converts, the others wait for it. ModelError where the model can't be had, loaded or kept.
    """
    source.check_name(name)
    identity = source.fingerprint(name)
    target = _target(identity)
    found = _read(target, identity)
    if found:
        return found
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with default_model.only_one(target.with_suffix(".lock"), progress):
            return _read(target, identity) or _converted(name, identity, target, progress)
    except OSError as error:
        said = default_model.reason(error)
        raise ModelError(f"无法写入模型文件夹{target.parent}({said}):请检查磁盘空间和权限,或用 YANJU_CACHE 另指一处。") from error


def _target(identity: str) -> Path:
    """A folder for each model and recipe; the name is short, and safe on every system."""
    plain = "".join(character if character.isalnum() and character.isascii() else "-" for character in identity)[-40:]
    mark = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return default_model.cache_folder() / FOLDER / f"{plain}-{mark}-{RECIPE}"


def _read(folder: Path, identity: str) -> tuple[Path, Converted] | None:
    """The record, where it is this model's and every file has its hash."""
    try:
        record = Converted(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
        whole = record.source == identity and record.recipe == RECIPE
        whole = whole and all(_hash(folder / file) == known for file, known in record.files.items())
    except (OSError, ValueError, TypeError):  # missing, unreadable, or no record
        return None
    return (folder, record) if whole else None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _converted(name: str, identity: str, target: Path, progress: Progress | None) -> tuple[Path, Converted]:
    default_model.sweep(target.parent, f".{target.name}-")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-", ignore_cleanup_errors=True) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        _run(name, made, Path(scratch), progress)
        if _read(made, identity) is None:
            raise ModelError(f"模型{name}转换后核对不符:请检查磁盘后重试。")
        if target.exists():
            target.rename(Path(scratch) / "damaged")
        made.rename(target)
    found = _read(target, identity)
    assert found is not None
    return found


def _run(name: str, made: Path, scratch: Path, progress: Progress | None) -> None:
    """Let another process convert the model into `made`; it ends where this one is stopped."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    said = scratch / "said"
    with said.open("wb") as errors, subprocess.Popen(
        [sys.executable, "-P", "-m", "rag.search.conversion", name, str(made)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=errors, env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "TMPDIR": str(scratch)}, text=True, encoding="utf-8",
    ) as process:
        try:
            _follow(process, progress)
            process.wait()
        finally:
            _end(process)
    if process.returncode != 0:
        last = (said.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["没有说明"])[-1][:200]
        raise ModelError(f"模型{name}没有准备好({last}):请检查内存和磁盘空间后重试。")


def _follow(process: subprocess.Popen[str], progress: Progress | None) -> None:
    """Pass on what the other process tells, until it has told all."""
    assert process.stdout is not None
    for line in process.stdout:
        told = json.loads(line)
        if "error" in told:
            raise ModelError(told["error"])
        if progress is not None:
            progress(told["done"], told["total"])


def _end(process: subprocess.Popen[str]) -> None:
    """See the other process out: its next word meets a closed pipe, which lets it clean up; then it is killed."""
    assert process.stdout is not None
    process.stdout.close()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def main(name: str, made: str) -> None:
    """The other process: convert `name` into the folder `made`, telling progress in lines of JSON."""
    def tell(done: int, total: int) -> None:
        sys.stdout.write(json.dumps({"done": done, "total": total}) + "\n")
        sys.stdout.flush()

    try:
        record = convert(name, Path(made), tell)
    except ModelError as error:
        sys.stdout.write(json.dumps({"error": str(error)}) + "\n")
        return
    (Path(made) / RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")


def convert(name: str, made: Path, tell: Callable[[int, int], None]) -> Converted:
    """Convert the model `name` into `made` as far as its checks hold; what this came to. Loads torch. ModelError."""
    from rag.search import sentence

    identity = source.fingerprint(name)
    model = sentence.load(name, identity, source.folder(name, tell))
    tell(1, STEPS)
    common: dict[str, Any] = {
        "source": identity, "recipe": RECIPE, "dimensions": model.dimensions,
        "query_prompt": model.query_prompt, "passage_prompt": model.passage_prompt,
    }
    plain = made / "plain.onnx"
    try:
        (made / TOKENIZER).write_text(model.export(plain), encoding="utf-8")
        tell(2, STEPS)
        form, why, check = _smallest(model, plain, made, common, tell)
    except sentence.CONVERSION_ERRORS as error:
        form, why, check = "torch", source.first_line(error), {}
    finally:
        plain.unlink(missing_ok=True)
    files = {} if form == "torch" else {file: _hash(made / file) for file in (NETWORK, TOKENIZER)}
    return Converted(form=form, why=why, check=check, files=files, **common)


def _smallest(model: Any, plain: Path, made: Path, common: Mapping[str, Any], tell: Callable[[int, int], None],
              ) -> tuple[Form, str | None, dict[str, float]]:
    """Write the smallest form of the network whose check holds; ValueError where none does."""
    from rag.search import runtime

    network, eight = made / NETWORK, made / "eight.onnx"
    given = {key: common[key] for key in ("dimensions", "query_prompt", "passage_prompt")}
    runtime.optimise(plain, network)
    queries, passages = _trial()
    torch_own = model.queries(queries[:SAMPLE]), model.passages(passages[:SAMPLE])
    tell(3, STEPS)
    whole = runtime.OnnxEncoder(network, made / TOKENIZER, **given)
    right = whole.queries(queries), whole.passages(passages)
    off = max(float(np.abs(torch_own[0] - right[0][:SAMPLE]).max()), float(np.abs(torch_own[1] - right[1][:SAMPLE]).max()))
    if not off <= SAME:
        raise ValueError(f"转换后的向量与原模型相差{off:.2g}")
    tell(4, STEPS)
    runtime.quantise(plain, made / "quantised.onnx")
    runtime.optimise(made / "quantised.onnx", eight)
    (made / "quantised.onnx").unlink()
    small = runtime.OnnxEncoder(eight, made / TOKENIZER, **given)
    measures = {"fp32_off": off, **compare(right, (small.queries(queries), small.passages(passages)))}
    holds = measures["overlap"] >= LEAST_OVERLAP and measures["off"] <= MOST_OFF and measures["cosine"] >= LEAST_COSINE
    if holds:
        eight.replace(network)
    eight.unlink(missing_ok=True)
    tell(5, STEPS)
    return ("int8", None, measures) if holds else ("fp32", "八位整数的检索结果与原模型相差太多", measures)


def compare(right: tuple[Matrix, Matrix], other: tuple[Matrix, Matrix]) -> dict[str, float]:
    """How far `other` queries and passages keep the neighbours, scores and vectors of the `right` ones.

    `overlap` is the mean share of each query's ten nearest passages that are the same, `off` the largest change of
    a score, `cosine` the least between a vector and the right one.
    """
    before, after = right[0] @ right[1].T, other[0] @ other[1].T
    pairs = zip(np.argsort(-before, axis=1)[:, :NEIGHBOURS], np.argsort(-after, axis=1)[:, :NEIGHBOURS], strict=True)
    return {
        "overlap": float(np.mean([len(np.intersect1d(one, two)) / len(one) for one, two in pairs])),
        "off": float(np.abs(before - after).max()),
        "cosine": min(float((one * two).sum(axis=1).min()) for one, two in zip(right, other, strict=True)),
    }


def _trial() -> tuple[list[str], list[str]]:
    """Questions and passages of official writing; and what trips a tracer: a single mark, no text, endless text."""
    queries, passages = (
        (_ROOM / f"trial_{kind}.txt").read_text(encoding="utf-8").splitlines() for kind in ("queries", "passages")
    )
    return queries, ["".join(passages[:_LONG]), "。", "", *passages]


if __name__ == "__main__":
    main(*sys.argv[1:])
