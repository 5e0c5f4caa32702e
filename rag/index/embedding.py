"""Vectors of passages, each text embedded once: what a kept build has embedded is taken from there.

The key is the text and the model's fingerprint, so that a moved, renamed or repeated passage costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.errors import DamagedFile
from rag.index import builds, records
from rag.index.library import PASSAGES
from rag.passages import Passage
from rag.search import encoder
from rag.search.vectors import MATRIX, Matrix, Vectors

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """`matrix` has a row for each passage; `computed` texts were embedded for it, all other rows are copies."""

    matrix: Matrix
    computed: int


def embed(passages: Sequence[Passage], model: str, index: Path, *, fetching: Report, embedding: Report) -> Embedded:
    """The vectors of `passages` by `model`, with those that a build kept in `index` has already.

    The model is loaded only when a text is new: `fetching` counts the bytes of its download, of 0 where it is at
    hand. `embedding` counts texts.
    """
    texts = {key_of(passage): embedded_text(passage) for passage in passages}
    rows = kept_vectors(index, encoder.fingerprint(model), texts.keys())
    new = [key for key in texts if key not in rows]
    if new or not texts:
        fetching(0, 0)
        loaded = encoder.load(model, fetching)
        matrix = loaded.passages([texts[key] for key in new], embedding)
        rows |= dict(zip(new, matrix, strict=True))
        width = loaded.dimensions
    else:
        width = len(next(iter(rows.values())))
    whole = np.array([rows[key_of(passage)] for passage in passages], dtype=np.float32).reshape(len(passages), width)
    return Embedded(whole, len(new))


def embedded_text(passage: Passage) -> str:
    """What is embedded for `passage`: its place in the outline, then its text."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def key_of(passage: Passage) -> bytes:
    """The SHA-256 of what is embedded for `passage`."""
    return hashlib.sha256(embedded_text(passage).encode("utf-8", "surrogatepass")).digest()


def kept_vectors(index: Path, fingerprint: str, wanted: Iterable[bytes]) -> dict[bytes, Matrix]:
    """The vectors of those of the `wanted` keys that an intact build of this model holds, newest builds first."""
    missing = set(wanted)
    found: dict[bytes, Matrix] = {}
    for name in builds.names(index):
        if not missing:
            break
        try:
            held = _held(builds.folder_of(index, name), fingerprint)
        except DamagedFile:
            continue
        found |= {key: held[key] for key in missing & held.keys()}
        missing -= found.keys()
    return found


def _held(folder: Path, fingerprint: str) -> dict[bytes, Matrix]:
    """All vectors of the build in `folder` by key; none where another model made them."""
    manifest = builds.read_manifest(folder)
    if manifest.model.fingerprint != fingerprint:
        return {}
    known = {record.name: record for record in manifest.files}
    passages = records.load_passages(builds.read_file(folder, known[PASSAGES]))
    builds.check_file(folder, known[MATRIX])
    matrix = Vectors.load(folder, replace(manifest.search, kind="exact")).matrix()
    return dict(zip(map(key_of, passages), matrix, strict=True))
