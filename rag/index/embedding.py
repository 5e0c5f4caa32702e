"""Vectors of passages, each text embedded once, while others are still being read; what a kept build has is taken from there.

The key is the text and the model's fingerprint, so that a moved, renamed or repeated passage costs nothing. Texts wait
in a queue of bounded length, vectors are written as they come: memory does not grow with the corpus, but for a key each.
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rag.errors import DamagedFile
from rag.index import builds, library, records
from rag.index.manifest import Manifest
from rag.passages import Passage
from rag.search import encoder, flat
from rag.search.vectors import MATRIX, Vectors

Report = Callable[[int, int], None]
KEYS = "keys.bin"
WIDTH = 32  # bytes of a key
WINDOW = 512  # texts that are embedded in one go, the longest first
WAITING = 4 * WINDOW  # texts read ahead of the model
LOOKING_SECONDS = 0.1  # between two looks at how far the model is


class _CalledOffError(Exception):
    """The thread that embeds is to end."""


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


class Embedding:
    """Passages in, vectors out: `add` them as they are read, then `finish`. A context: left early, nothing goes on."""

    def __init__(self, model: str, lenders: Lenders, place: Path) -> None:
        self._model = model
        self._lenders = lenders
        self._place = place
        self._numbers: dict[bytes, int] = {}  # by key: the row of what is written, in `place`
        self._taken: list[NDArray[Any]] = []  # by -1 - number: what a build lent
        self._queue: queue.Queue[str | None] = queue.Queue(WAITING)
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="embedding")
        self._work: Future[None] | None = None
        self._done = 0
        self.computed = 0
        self.width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._pool.shutdown()

    def add(self, key: bytes, passage: Passage) -> None:
        """Have the passage embedded, unless its text was already, here or in a build kept."""
        if key in self._numbers:
            return
        lent = self._lenders.vector(key)
        if lent is not None:
            self._taken.append(lent)
            self._numbers[key] = -len(self._taken)
            return
        self._numbers[key] = self.computed
        self.computed += 1
        self._put(embedded_text(passage))

    def finish(self, fetching: Report, embedding: Report, *, width: int = 0) -> None:
        """Wait until all is embedded. `fetching` is told of a model being loaded, `embedding` texts done, and of how many.

        `width` of the vectors, where that is known: else, with nothing added, the model is asked for it.
        """
        if self._work is None:
            self.width = len(self._taken[0]) if self._taken else width
            if self.width:
                return
        fetching(0, 0)
        self._put(None)
        assert self._work is not None
        told = -1
        while not self._work.done() or told < self._done:
            if told != self._done:
                told = self._done
                embedding(told, self.computed)
            wait((self._work,), LOOKING_SECONDS)
        self._work.result()

    def vectors(self) -> Callable[[bytes], NDArray[Any]]:
        """What gives the vector of each key that was added; after `finish`."""
        written = np.zeros((0, self.width), dtype=np.float32)
        if self.computed:
            written = np.memmap(self._place, dtype=np.float32, mode="r", shape=(self.computed, self.width))

        def vector(key: bytes) -> NDArray[Any]:
            number = self._numbers[key]
            return np.asarray(written[number]) if number >= 0 else self._taken[-1 - number]

        return vector

    def _put(self, text: str | None) -> None:
        """Hand a text to the thread, waiting where it is far behind; its error is raised here."""
        if self._work is None:
            self._work = self._pool.submit(self._embed)
        while True:
            if self._work.done():
                self._work.result()
            try:
                self._queue.put(text, timeout=LOOKING_SECONDS)
            except queue.Full:
                continue
            return

    def _embed(self) -> None:
        """What the thread does: embed window by window, until None comes."""
        loaded = encoder.load(self._model)
        self.width = loaded.dimensions
        with self._place.open("xb") as file:
            for texts in self._windows():
                file.write(loaded.passages(texts, partial(self._told, self._done)).data)

    def _windows(self) -> Iterator[list[str]]:
        more = True
        while more:
            texts: list[str] = []
            while more and len(texts) < WINDOW:
                if self._stop.is_set():
                    raise _CalledOffError
                try:
                    text = self._queue.get(timeout=LOOKING_SECONDS)
                except queue.Empty:
                    continue
                more = text is not None
                texts += [text] if text is not None else []
            if texts:
                yield texts

    def _told(self, before: int, done: int, _: int) -> None:
        self._done = before + done
        if self._stop.is_set():
            raise _CalledOffError
