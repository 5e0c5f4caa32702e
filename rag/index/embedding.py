"""Vectors of passages, each text embedded once, while others are still being read; what a kept build has is taken from there.

Texts wait in a queue of bounded length, vectors are written as they come: memory does not grow with the corpus, but for
a key each.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rag.index.keys import embedded_text
from rag.index.lending import Lenders
from rag.passages import Passage
from rag.search import encoder

Report = Callable[[int, int], None]
WINDOW = 512  # texts at most that are embedded in one go, the longest first
WAITING = 4 * WINDOW  # texts read ahead of the model
LOOKING_SECONDS = 0.1  # between two looks at how far the model is


class _CalledOffError(Exception):
    """The thread that embeds is to end."""


class Embedding:
    """Passages in, vectors out: `add` them as they are read, then `finish`. A context: left early, nothing goes on.

    `check` is called for each text that waits; what it raises is raised here.
    """

    def __init__(self, model: str, lenders: Lenders, place: Path, check: Callable[[], None]) -> None:
        self._model = model
        self._lenders = lenders
        self._place = place
        self._check = check
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

    def begin(self) -> Future[None]:
        """Have the model loaded now, where it is sure to be needed; the work that this is the beginning of."""
        if self._work is None:
            self._work = self._pool.submit(self._embed)
        return self._work

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
        work = self.begin()
        self._put(None)
        while not work.done():
            embedding(self._done, self.computed)
            wait((work,), LOOKING_SECONDS)
        embedding(self._done, self.computed)
        work.result()

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
        work = self.begin()
        while True:
            self._check()
            if work.done():
                work.result()
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
        """What waits, up to a window of it: the first text is embedded while the second is being read."""
        more = True
        while more:
            texts: list[str] = []
            while more and len(texts) < WINDOW:
                if self._stop.is_set():
                    raise _CalledOffError
                try:
                    text = self._queue.get(block=not texts, timeout=LOOKING_SECONDS)
                except queue.Empty:
                    if texts:
                        break
                    continue
                more = text is not None
                texts += [text] if text is not None else []
            if texts:
                yield texts

    def _told(self, before: int, done: int, _: int) -> None:
        self._done = before + done
        if self._stop.is_set():
            raise _CalledOffError
