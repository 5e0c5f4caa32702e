"""Vectors that kept builds lend, by key: a moved, renamed or repeated passage is not embedded again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import DamagedFile
from rag.index import builds
from rag.index.keys import keys_of_build
from rag.search.vectors import MATRIX, Vectors


class Held:
    """The vectors of an intact build, found by key."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """DamagedFile where the build's keys or vectors are not as recorded, or are another model's."""
        self._manifest = builds.read_manifest(folder)
        self._folder = folder
        if self._manifest.model.fingerprint != fingerprint:
            raise DamagedFile(folder.name, f"模型{fingerprint}的向量", f"模型{self._manifest.model.fingerprint}的向量")
        self._keys = keys_of_build(folder, self._manifest)
        beginnings = np.ascontiguousarray(self._keys[:, :8]).view(np.uint64).ravel()
        self._order = np.argsort(beginnings, kind="stable")
        self._sorted = beginnings[self._order]
        self._numbers: NDArray[Any] | None = None

    def vector(self, key: bytes) -> NDArray[Any] | None:
        """The vector of the text of this key; None where the build has no such text. DamagedFile."""
        wanted = np.frombuffer(key, dtype=np.uint8)
        first, last = (int(np.searchsorted(self._sorted, wanted[:8].view(np.uint64)[0], side)) for side in ("left", "right"))
        for row in self._order[first:last]:
            if (self._keys[row] == wanted).all():
                return np.asarray(self._vectors()[row])
        return None

    def _vectors(self) -> NDArray[Any]:
        """All of them, checked when the first is asked for."""
        if self._numbers is None:
            builds.check_file(self._folder, next(record for record in self._manifest.files if record.name == MATRIX))
            self._numbers = Vectors.load(self._folder, replace(self._manifest.search, kind="exact")).numbers
        return self._numbers


class Lenders:
    """The builds kept, newest first, opened one after another as long as something is looked for."""

    def __init__(self, index: Path, fingerprint: str) -> None:
        self._rest = [builds.folder_of(index, name) for name in builds.names(index)]
        self._fingerprint = fingerprint
        self._open: list[Held] = []

    def vector(self, key: bytes) -> NDArray[Any] | None:
        """The vector that an intact build of this model has for the key, else None."""
        for held in self._opened():
            try:
                found = held.vector(key)
            except DamagedFile:
                self._open.remove(held)
                return self.vector(key)
            if found is not None:
                return found
        return None

    def _opened(self) -> Iterator[Held]:
        yield from list(self._open)
        while self._rest:
            try:
                held = Held(self._rest.pop(0), self._fingerprint)
            except DamagedFile:
                continue
            self._open.append(held)
            yield held
