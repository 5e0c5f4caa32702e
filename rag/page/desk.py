"""The engine at work behind the page: it starts, rebuilds and goes back in the background, and says how far it is.

One desk serves every visitor. Leaves out how its state is drawn (`progress`) and who asks what.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.engine import Engine
from rag.errors import BuildCancelled, NoIndex, YanjuError
from rag.index.library import Library
from rag.index.report import BuildReport, Progress
from rag.page.catalogue import Catalogue, catalogue
from rag.page.exchange import Exchange
from rag.page.figures import counted, duration
from rag.page.language import say
from rag.page.ledger import Ledger
from rag.page.people import Accounts, Throttle
from rag.page.standing import State, Work
from rag.settings import Settings
from rag.shelves import ShelfOf, SnapshotsOf, shelves, snapshots

if TYPE_CHECKING:
    from rag.keeping.watch import Watcher

_LOG = logging.getLogger(__name__)
TIMES = 500  # answers whose times are plotted
WATCH = "watch"  # the choice that is remembered


class Closing(YanjuError):
    """The page is being closed while the engine starts."""


class Desk:
    """An engine, and one thread that works on its index; safe to call from any thread.

    `ledger` keeps what users ask and say, `accounts` who may (None: everybody), `throttle` how often.
    """

    def __init__(
        self, engine: Engine, ledger: Ledger | None = None, accounts: Accounts | None = None, throttle: Throttle | None = None
    ) -> None:
        self.engine = engine
        self.ledger = ledger or Ledger(None)
        self.accounts = accounts
        self.throttle = throttle or Throttle(None)
        self._book: Catalogue | None = None
        self._times: deque[float] = deque(maxlen=TIMES)
        self._lock = threading.Lock()
        self._state = State()
        self._stop = threading.Event()
        self._closing = threading.Event()
        self._watcher: Watcher | None = None
        self._due = False  # files have changed, or may have, since the index was last rebuilt by itself
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")
        self._looker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="corpus")
        self.quoting = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="answer")

    def state(self) -> State:
        """How things stand now."""
        with self._lock:
            return self._state

    def catalogue(self) -> Catalogue | None:
        """The catalogue of the build that answers now; None before there is one."""
        library, book = self.engine.library, self._book
        if library is not None and (book is None or book.library is not library):
            book = self._book = catalogue(library)
        return book

    def shelves(self) -> ShelfOf:
        """What saved answers are checked against, by the build that they name. NoIndex before there is a library."""
        library, settings = self._opened()
        return shelves(settings.index, library, settings.keep)

    def snapshots(self) -> SnapshotsOf:
        """What finds the quotes of saved answers in builds kept. NoIndex before there is a library."""
        library, settings = self._opened()
        return snapshots(settings.index, library, settings.keep)

    def _opened(self) -> tuple[Library, Settings]:
        library, settings = self.engine.library, self.engine.settings
        if library is None:
            raise NoIndex(str(settings.index))
        return library, settings

    def finished(self, exchange: Exchange) -> None:
        """Remember how long an answer took."""
        if exchange.answer is not None:
            self._times.append(exchange.answer.milliseconds.total)

    def times(self) -> tuple[float, ...]:
        """The milliseconds of the latest answers."""
        return tuple(self._times)

    def start(self) -> None:
        """Fetch, build and open what is missing, in the background; the page's retry does the same."""
        self._begin("start", self._start)

    def rebuild(self) -> None:
        """Bring the index up to date in the background; nothing happens while other work is under way."""
        self._stop.clear()
        self._begin("rebuild", self._rebuild)

    def rollback(self, build: str) -> None:
        """Make the earlier `build` current, in the background."""
        self._begin("rollback", lambda: self._rollback(build))

    def cancel(self) -> None:
        """Ask the rebuild to stop; the old index stays."""
        self._stop.set()
        with self._lock:
            self._state = replace(self._state, cancelling=self._state.work == "rebuild")

    def watch(self, on: bool, *, remember: bool = True) -> None:
        """From now on rebuild the index by itself when files of the corpus change, or no longer do.

        What changed before counts as well. Many changes within a moment make one rebuild; those made while work is
        under way make one more after it.
        """
        from rag.keeping.watch import Watcher  # nobody else needs it

        with self._lock:
            if self._closing.is_set() or on == self._state.watching:
                return
            self._state = replace(self._state, watching=on)
            before, self._watcher = self._watcher, Watcher(self.engine.settings.corpus, self._changed) if on else None
            after = self._watcher
        if remember:
            self.ledger.choose(WATCH, "on" if on else "")
        if before is not None:
            before.close()
        if after is not None:
            after.start()
            self._changed()

    def _changed(self) -> None:
        """Files have changed, or may have: rebuild as soon as it is seen that they did and nothing is under way."""
        with self._lock:
            self._due = True
        self.look()

    def look(self) -> None:
        """Find out in the background which files have changed since the build."""
        with self._lock:
            looking = None
            if self._state.phase == "ready" and not self._closing.is_set():
                looking = self._looker.submit(self.engine.behind)
        if looking is not None:
            looking.add_done_callback(self._looked)

    def finish(self) -> None:
        """Wait until nothing is under way."""
        for thread in (self._worker, self._looker):
            thread.submit(self.state).result()

    def close(self) -> None:
        """Stop what is under way as soon as it can be stopped."""
        with self._lock:
            self._closing.set()
        self._stop.set()
        if self._watcher is not None:
            self._watcher.close()
        self._worker.shutdown(wait=False, cancel_futures=True)
        self._looker.shutdown(wait=False, cancel_futures=True)
        self.quoting.shutdown(wait=False, cancel_futures=True)
        self.ledger.close()

    def _start(self) -> str:
        self.engine.start(self._report)
        self._looker.submit(self.engine.check, self._closing.is_set)
        return ""

    def _rebuild(self) -> str:
        before = self.engine.library
        report = self.engine.rebuild(self._report, self._stop.is_set)
        if before is not None and report.build == before.build:
            return say("资料没有变化，索引已经是最新的。")
        return summary(report)

    def _rollback(self, build: str) -> str:
        self.engine.rollback(build)
        return say("已回退到{build}。", build=build)

    def _begin(self, work: Work, task: Callable[[], str]) -> None:
        with self._lock:
            if self._state.work is not None or self._closing.is_set():
                return
            self._state = self._state.begun(work)
        self._worker.submit(task).add_done_callback(self._ended)

    def _report(self, step: Progress) -> None:
        """What the engine calls as it gets on."""
        if self._closing.is_set():
            raise Closing
        with self._lock:
            self._state = self._state.at(step, time.monotonic())

    def _ended(self, future: Future[str]) -> None:
        error = None if future.cancelled() else future.exception()
        words = "" if future.cancelled() else future.result() if error is None else explain(error)
        with self._lock:
            self._state = self._state.over(words, failed=error is not None, unharmed=isinstance(error, BuildCancelled))
        self.look()

    def _looked(self, future: Future[list[str]]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            explain(error)
            return
        with self._lock:
            self._state = replace(self._state, behind=tuple(future.result()))
            due = self._due and self._state.watching and self._state.work is None
            self._due = self._due and not due
        if due and future.result():
            self.ledger.note("", "rebuild")
            self.rebuild()


def explain(error: BaseException) -> str:
    """What to tell the user of an error: its own sentence, or, for a fault of the program, what to do about it."""
    if isinstance(error, YanjuError):
        return str(error)
    _LOG.error("unexpected error", exc_info=error)
    return say(
        "程序出错（{kind}：{error}）。请重试；若仍出错，请运行 yanju doctor，把结果交给维护人员。",
        kind=type(error).__name__,
        error=error,
    )


def summary(report: BuildReport) -> str:
    """How a build ended, in one sentence."""
    indexed = sum(one.state == "indexed" for one in report.documents)
    missing = len(report.documents) - indexed
    words = say(
        "重建完成，用时{time}：{files}份文件，{passages}个片段（新算{embedded}个，沿用{reused}个）",
        time=duration(report.seconds),
        files=counted(indexed),
        passages=counted(report.passages),
        embedded=counted(report.embedded),
        reused=counted(report.reused),
    )
    return words + (say("；有{n}个文件没有读入，原因见下表。", n=counted(missing)) if missing else say("。"))
