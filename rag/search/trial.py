"""Whether a converted model finds what the model itself finds: its vectors of real texts held against the right ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from rag.search.flat import Matrix

Vectors = tuple[Matrix, Matrix]  # of queries and of passages
# fp32 must be torch's own numbers but for rounding. int8 of m3e-small on the trial texts: overlap 0.92, scores off by
# at most 0.023, cosine at least 0.995; a broken one (eight full bits on a processor without VNNI): 0.64, 0.45, 0.59.
SAME = 1e-4
SAMPLE = 24  # trial texts that go through torch, which takes longer than all the rest; the odd ones are among them
NEIGHBOURS = 10  # as many as a search gives unless it is asked for more
LEAST_OVERLAP = 0.9
MOST_OFF = 0.04
LEAST_COSINE = 0.98
_LONG = 12  # trial passages joined into one that is longer than any model reads
_ROOM = Path(__file__).parent


def texts() -> tuple[list[str], list[str]]:
    """Questions and passages of official writing; and what trips a tracer: a single mark, no text, endless text."""
    queries, passages = (
        (_ROOM / f"trial_{kind}.txt").read_text(encoding="utf-8").splitlines() for kind in ("queries", "passages")
    )
    return queries, ["".join(passages[:_LONG]), "。", "", *passages]


def largest_difference(one: Vectors, other: Vectors) -> float:
    """How far the first `SAMPLE` queries and passages of the two are apart, in the number in which they are most.

    NaN where either holds one.
    """
    return float(np.max([np.abs(mine[:SAMPLE] - theirs[:SAMPLE]).max() for mine, theirs in zip(one, other, strict=True)]))


def compare(right: Vectors, other: Vectors) -> dict[str, float]:
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


def holds(measures: Mapping[str, float]) -> bool:
    """Whether what `compare` measured is near enough to answer alike."""
    return measures["overlap"] >= LEAST_OVERLAP and measures["off"] <= MOST_OFF and measures["cosine"] >= LEAST_COSINE
