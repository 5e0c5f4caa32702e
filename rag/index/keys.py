"""The key of a passage: what is embedded for it, hashed. Passages of one key have one vector, wherever they stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import DamagedFile
from rag.index import builds, library, records
from rag.index.manifest import Manifest
from rag.passages import Passage
from rag.search import flat

KEYS = "keys.bin"
WIDTH = 32  # bytes of a key


def embedded_text(passage: Passage) -> str:
    """What is embedded for `passage`: its place in the outline, then its text."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def key_of(passage: Passage) -> bytes:
    """The SHA-256 of what is embedded for `passage`."""
    return hashlib.sha256(embedded_text(passage).encode("utf-8", "surrogatepass")).digest()


def keys_of_build(folder: Path, manifest: Manifest) -> NDArray[np.uint8]:
    """The key of each passage of a build, [n, 32]; made anew where its file of them is not intact. DamagedFile."""
    known = {record.name: record for record in manifest.files}
    try:
        builds.check_file(folder, known[KEYS])
        return flat.mapped(folder / KEYS, np.uint8, WIDTH)
    except (KeyError, DamagedFile):  # an older build has none
        lines = builds.read_file(folder, known[library.PASSAGES])
        passages = records.passages(lines, records.ends_of(lines))
        return np.frombuffer(b"".join(map(key_of, passages)), dtype=np.uint8).reshape(-1, WIDTH)
