"""How well refusals are told from answers, at equal cost: questions whose documents are there, and whose are not.

    python -m tests.calibrate --set FOLDER... [--half] [--fit]

FOLDER holds `corpus/` (or `corpus.jsonl`) and files of questions whose lines name the documents that answer them:
`positive_ids`, or `sources`, the beginnings of paragraphs. Each question is asked twice, of the whole library and of the
library without those documents; with `--half` once, of the one or the other as drawn. Printed are the area under the
curve of `trusted` (0.5 is chance), and what the threshold in use refuses on either side; or, with `--fit`, the weights of
`rag/answer/trust.py` that tell the two apart best. Questions that are marked as not answerable count as without.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answer.trust import LEAST, Signs
from rag.engine import Engine
from rag.index.library import Library
from rag.settings import Settings, load

DRAWN = 7  # the seed by which --half draws
MARKED = 4.0  # weight of a question that nothing answers although its speech is there: the rarer case, and the harder


@dataclass(frozen=True)
class Asked:
    """One question asked: whether its documents were there, how far the answer was trusted, whether it was refused."""

    there: bool
    trusted: float
    refused: bool
    kind: str
    signs: dict[str, float]
    marked: bool


def main() -> None:
    """Ask, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, nargs="+")
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    asked = [one for folder in given.set for one in asked_of(folder, half=given.half)]
    sys.stdout.write(f"{fitted(asked) if given.fit else report(asked)}\n")


def asked_of(folder: Path, *, half: bool) -> list[Asked]:
    """The questions of one set, asked of its own library."""
    with tempfile.TemporaryDirectory(prefix="yanju-") as room:
        engine = Engine(settings_of(folder, Path(room)))
        engine.build()
        questions = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) if path.name != "corpus.jsonl" for line in lines(path)]
        return ask(engine, [one for one in questions if "question" in one and not one.get("history")], half=half)


def settings_of(folder: Path, room: Path) -> Settings:
    """The settings in use, over the set's own corpus and an index that is thrown away."""
    corpus = folder / "corpus"
    if not corpus.is_dir():
        corpus = room / "corpus"
        corpus.mkdir()
        (corpus / "corpus.jsonl").write_bytes((folder / "corpus.jsonl").read_bytes())
    return replace(load(), corpus=corpus, index=room / "index")


def lines(path: Path) -> list[str]:
    """The lines of a file that are not empty."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ask(engine: Engine, questions: list[dict[str, Any]], *, half: bool) -> list[Asked]:
    """Each question of the whole library and without the documents that answer it, or, by `half`, of one of the two."""
    library = engine.open()
    everything = [document.path for document in library.documents]
    draw = random.Random(DRAWN)
    asked = []
    for question in questions:
        own = answering(library, question)
        sides = [draw.random() < 0.5] if half else [True, False]
        for there in [True] if len(own) in (0, len(everything)) else sides:
            rest = [] if there else [path for path in everything if path not in own]
            told = engine.answer(question["question"], (), rest)
            explain, answered = told.explain, there and question.get("answerable", True)
            marked = not question.get("answerable", True)
            asked.append(Asked(answered, explain["trusted"], told.refused, explain["kind"], explain["signs"], marked))
    return asked


def answering(library: Library, question: dict[str, Any]) -> set[str]:
    """The paths of the documents that the question's line names."""
    ids = {str(identity) for identity in question.get("positive_ids", ())}
    named = {one.path for one in library.documents if ids & {one.path, str(one.document_id)}}
    return named | {one.path for one in library.documents for source in question.get("sources", ()) if source in one.text}


def report(asked: list[Asked]) -> str:
    """The area under the curve and, at the threshold, the shares refused where the documents are there and where not."""
    there, gone = [one for one in asked if one.there], [one for one in asked if not one.there]
    area = roc_auc_score([one.there for one in asked], [one.trusted for one in asked])
    return "\n".join((
        f"{len(there)} questions with their documents, {len(gone)} without",
        f"area under the curve: {area:.3f}",
        f"refused at {LEAST}: {share(there):.3f} of those with, {share(gone):.3f} of those without",
    ))


def fitted(asked: list[Asked]) -> str:
    """The weights of the signs, the bias and what each kind adds, as the module of trust writes them."""
    told = [one for one in asked if one.signs]
    kinds, names = sorted({one.kind for one in told}), list(Signs.__annotations__)
    signs = np.array([[one.signs[name] for name in names] for one in told])
    scale = signs.std(axis=0)
    table = np.hstack([signs / scale, np.array([[float(one.kind == kind) for kind in kinds] for one in told])])
    model = LogisticRegression(C=0.5, max_iter=1000)
    model.fit(table, [one.there for one in told], sample_weight=[MARKED if one.marked else 1.0 for one in told])
    weights, added = model.coef_[0][: len(names)] / scale, model.coef_[0][len(names) :]
    return "\n".join((
        f"{len(told)} answers, {sum(one.there for one in told)} of them with their documents",
        f"_WEIGHTS = {dict(zip(names, weights.round(3).tolist(), strict=True))}",
        f"_BIAS = {model.intercept_[0]:.3f}",
        f"_KINDS = {dict(zip(kinds, added.round(2).tolist(), strict=True))}",
    ))


def share(asked: list[Asked]) -> float:
    """The share that was refused."""
    return sum(one.refused for one in asked) / len(asked)


if __name__ == "__main__":
    main()
