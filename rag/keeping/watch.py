"""The corpus folder watched: who asked is told soon after its files have changed, once for many changes together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

SETTLING_MILLISECONDS = 1_500  # a folder that is being copied changes many times; one rebuild is enough
STEP_MILLISECONDS = 300
STOPPING_MILLISECONDS = 500  # after which a watcher that was stopped has noticed
MISSING_SECONDS = 5.0  # between looks for a folder that is not there


class Watcher:
    """Calls `changed` in a thread of its own after files below `corpus` were added, changed or removed.

    Dot files and `~$` owner files, which no build reads, are no change. A folder that is not there yet is waited for.
    """

    def __init__(self, corpus: Path, changed: Callable[[], object]) -> None:
        self._corpus = corpus
        self._changed = changed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """Stop watching, and wait until that is so."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            if self._corpus.is_dir():
                self._follow()
            else:
                self._stop.wait(MISSING_SECONDS)

    def _follow(self) -> None:
        """Tell of changes until stopped, or until the folder itself is gone."""
        follow = watch(self._corpus, watch_filter=lambda _, path: self._counts(Path(path)), debounce=SETTLING_MILLISECONDS,
                       step=STEP_MILLISECONDS, stop_event=self._stop, rust_timeout=STOPPING_MILLISECONDS, yield_on_timeout=True,
                       raise_interrupt=False)
        try:
            for changes in follow:
                if changes:
                    self._changed()
                if not self._corpus.is_dir():
                    return
        except FileNotFoundError:
            return

    def _counts(self, path: Path) -> bool:
        """Whether a path is one that builds read: nothing on the way to it is hidden."""
        try:
            parts = path.relative_to(self._corpus.resolve()).parts
        except ValueError:
            parts = path.parts[-1:]
        return not any(part.startswith((".", "~$")) for part in parts)
