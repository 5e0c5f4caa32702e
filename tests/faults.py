"""Hurt an index in every way that a disk can, and see that nothing is lost and nothing is answered from in silence.

    python -m tests.faults writes    # every write of a build fails once in turn, with each of three errors
    python -m tests.faults flips --count 2000
    python -m tests.faults readers   # 500 questions from 8 threads during 20 rebuilds and 10 rollbacks

Run by hand: some minutes each. Exit status 1, with what is wrong, where a promise is broken.
"""

from __future__ import annotations

import argparse
import builtins
import errno
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag import settings
from rag.answer.places import Shelf
from rag.answer.recheck import recheck
from rag.engine import Engine
from rag.errors import BuildRunning, DamagedFile, DamagedIndex, NoEarlierBuild, NoIndex, YanjuError
from rag.index import builds, files, library, pointer
from rag.index.build import build
from rag.index.verify import verify
from rag.settings import DEFAULT_MODEL

PROJECT = Path(__file__).resolve().parent.parent
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
QUESTIONS = ("一季度生产总值增长多少", "四种精神分别是什么", "怎样加强队伍建设", "什么是值班制度", "今年的主要任务有哪些")


class BrokenPromise(Exception):
    """What an index does that it must not do."""


class Faults:
    """Lets one call, the one number `at`, of those that write below `index` fail with the error `code`."""

    def __init__(self, index: Path) -> None:
        self.index = str(index)
        self.at: int | None = None
        self.code = 0
        self.calls = 0

    def meet(self, target: Any) -> None:
        """Count a call that writes to `target`, and fail where its turn has come."""
        if isinstance(target, int) or str(target).startswith(self.index):
            self.calls += 1
            if self.calls - 1 == self.at:
                raise OSError(self.code, os.strerror(self.code), str(target))

    def before(self, call: Callable[..., Any], of: Callable[..., Any] = lambda first, *_: first) -> Callable[..., Any]:
        """`call`, which first counts."""
        def counted(*args: Any, **named: Any) -> Any:
            self.meet(of(*args))
            return call(*args, **named)
        return counted


class Failing:
    """A file whose `write` may fail."""

    def __init__(self, file: Any, faults: Faults, path: Any) -> None:
        self._file, self._faults, self._path = file, faults, path

    def write(self, data: Any) -> Any:
        """Write half of what is given, and fail, where the turn has come."""
        try:
            self._faults.meet(self._path)
        except OSError:
            self._file.write(data[: len(data) // 2])
            raise
        return self._file.write(data)

    def __enter__(self) -> Failing:
        self._file.__enter__()
        return self

    def __exit__(self, *problem: Any) -> Any:
        return self._file.__exit__(*problem)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def failing(faults: Faults) -> Iterator[None]:
    """All ways in which Python writes to a disk, with the faults in them."""
    opened, path_open = builtins.open, Path.open
    replaced = {name: getattr(os, name) for name in ("fsync", "replace", "rename", "mkdir", "link")}

    def open_(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:
        if any(letter in mode for letter in "wxa+") and not isinstance(file, int):
            faults.meet(file)
            return Failing(opened(file, mode, *args, **named), faults, file) if str(file).startswith(faults.index) else opened(
                file, mode, *args, **named)
        return opened(file, mode, *args, **named)

    builtins.open = open_
    Path.open = lambda self, mode="r", *args, **named: open_(self, mode, *args, **named)
    for name, call in replaced.items():
        setattr(os, name, faults.before(call))
    try:
        yield
    finally:
        builtins.open, Path.open = opened, path_open
        for name, call in replaced.items():
            setattr(os, name, call)


def writes(folder: Path) -> str:
    """Every write of a build fails once in turn: the old build stays whole, or the new one is."""
    corpus, index = _prepared(folder)
    faults = Faults(index)
    told: Counter[str] = Counter()
    for code in ERRORS:
        at = 0
        while True:
            _change(corpus, at)
            before = library.load(index).build
            faults.at, faults.code, faults.calls = at, code, 0
            try:
                with failing(faults):
                    build(corpus, index, DEFAULT_MODEL)
                outcome = "built"
            except YanjuError as error:
                outcome = type(error).__name__
            reached = faults.calls > at
            told[f"{errno.errorcode[code]} {outcome}"] += reached
            _holds(index, {before, builds.names(index)[0]})
            if not reached:
                break
            faults.at = None
            _change(corpus, at + 1000)
            build(corpus, index, DEFAULT_MODEL)
            left = sorted(entry.name for entry in index.iterdir() if entry.name != ".lock")
            if left != ["builds", "current.json"] or any(entry.name.startswith(".") for entry in (index / "builds").iterdir()):
                raise BrokenPromise(f"junk after the next build: {left}")
            at += 1
    return f"{sum(told.values())} faults: {dict(told)}"


def _holds(index: Path, allowed: set[str]) -> None:
    problems = verify(index)
    opened = library.load(index)
    if problems or opened.warning or opened.build not in allowed:
        raise BrokenPromise(f"{opened.build} not in {allowed}: {problems} {opened.warning}")


def flips(folder: Path, count: int, seed: int) -> str:
    """Flips, truncations and deletions anywhere: `verify` finds each, and what opens is another build, with a warning."""
    corpus, index = _prepared(folder)
    for number in range(2):
        _change(corpus, number)
        build(corpus, index, DEFAULT_MODEL)
    chance = random.Random(seed)
    every = [path for path in sorted(index.rglob("*")) if path.is_file() and path.name != ".lock"]
    kinds: Counter[str] = Counter()
    served: Counter[str] = Counter()
    current = library.load(index).build
    for _ in range(count):
        path = chance.choice(every)
        data = path.read_bytes()
        kind, hurt = _hurt(data, chance)
        path.unlink() if hurt is None else path.write_bytes(hurt)
        kinds[kind] += 1
        if not verify(index):
            raise BrokenPromise(f"verify did not find a {kind} in {path}")
        try:
            opened = library.load(index)
            touched = current in path.parts or path.name == pointer.NAME
            if touched and not opened.warning:
                raise BrokenPromise(f"{opened.build} answers in silence after a {kind} in {path}")
            served["with a warning" if opened.warning else "from the current build, another being hurt"] += 1
        except (DamagedIndex, DamagedFile, NoIndex) as error:
            served[type(error).__name__] += 1
        path.write_bytes(data)
    if verify(index):
        raise BrokenPromise("not mended")
    return f"{sum(kinds.values())} of {dict(kinds)} found; served {dict(served)}"


def _hurt(data: bytes, chance: random.Random) -> tuple[str, bytes | None]:
    kind = chance.choice(("flip", "flip", "truncation", "deletion", "growth"))
    if kind == "flip" and data:
        at = chance.randrange(len(data))
        return kind, data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if kind == "truncation" and data:
        return kind, data[: chance.randrange(len(data))]
    return ("growth", data + b"\0") if kind == "growth" else ("deletion", None)


def readers(folder: Path, questions: int, threads: int, rebuilds: int, rollbacks: int) -> str:
    """Questions from many threads during rebuilds and rollbacks: none fails, each verifies against its build."""
    corpus, index = _prepared(folder)
    engine = Engine(settings.load(corpus, index, DEFAULT_MODEL))
    engine.start()
    shelves: dict[str, Shelf] = {}
    done = threading.Event()
    states: Counter[str] = Counter()

    def keep() -> None:
        opened = engine.open()
        shelves.setdefault(opened.build, Shelf(opened.documents, opened.speeches))

    def change() -> None:
        backs = 0
        for number in range(rebuilds):
            _change(corpus, number)
            engine.rebuild()
            keep()
            if number % 2 and backs < rollbacks:
                try:
                    engine.rollback()
                except (NoEarlierBuild, BuildRunning) as error:
                    states[type(error).__name__] += 1
                keep()
                backs += 1
        states["rollbacks"] = backs
        done.set()

    def ask(number: int) -> str:
        return json.dumps(engine.answer(f"{QUESTIONS[number % len(QUESTIONS)]}").as_json(), ensure_ascii=False)

    keep()
    changer = threading.Thread(target=change)
    changer.start()
    started = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        lines = list(pool.map(ask, range(questions)))
        while not done.is_set():
            lines += pool.map(ask, range(threads))
    changer.join()
    seconds = time.monotonic() - started
    for number, line in enumerate(lines, 1):
        finding = recheck(line, number, lambda name: (shelves[name], True))
        states[finding.state] += 1
        if finding.state != "holds":
            raise BrokenPromise(f"{finding}")
    used = len({json.loads(line)["build"] for line in lines})
    return f"{len(lines)} answers over {used} builds in {seconds:.0f} s: {dict(states)}"


def _prepared(folder: Path) -> tuple[Path, Path]:
    """A copy of the shipped corpus and an index of it."""
    corpus = Path(shutil.copytree(PROJECT / "corpus", folder / "corpus"))
    index = folder / "index"
    build(corpus, index, DEFAULT_MODEL)
    return corpus, index


def _change(corpus: Path, number: int) -> None:
    (corpus / "任务.txt").write_text(f"关于任务的讲话\n第{number}项任务要在{number + 3}天内完成。\n", encoding="utf-8")


def main() -> int:
    """Hurt an index of the shipped corpus as asked for, and tell what it did."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kind", choices=("writes", "flips", "readers"))
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    files.PATIENCE_SECONDS = 0.05  # what is refused here stays refused
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        if chosen.kind == "writes":
            told = writes(folder)
        elif chosen.kind == "flips":
            told = flips(folder, chosen.count, chosen.seed)
        else:
            told = readers(folder, questions=500, threads=8, rebuilds=20, rollbacks=10)
    sys.stdout.write(f"{told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
