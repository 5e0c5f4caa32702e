"""Kill builds at random moments; after each kill the index must answer, hold, and be built upon.

    python -m tests.kills --kills 200

Each round changes the corpus, starts a real build in a process of its own, and ends it by SIGKILL, SIGTERM or SIGINT
(Ctrl-C) at any moment from its start to its end: in even rounds at one of its steps, in odd ones at a time that is drawn.
Exit status 1, with what is wrong, where a promise is broken.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from rag.console import called_off
from rag.index import builds, library
from rag.index.build import build
from rag.index.verify import verify
from rag.search import encoder
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL

PROJECT = Path(__file__).resolve().parent.parent
QUESTION = "一季度生产总值增长多少"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


class BrokenPromise(Exception):
    """What an index does after a kill that it must not do."""


def main() -> int:
    """Run as many rounds as asked for, on a copy of the shipped corpus, and tell what each found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--child", nargs=2, type=Path, metavar=("CORPUS", "INDEX"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs would ignore
        with called_off() as cancelled:
            build(*chosen.child, DEFAULT_MODEL, progress=lambda step: _say(f"{step.stage} {step.done}/{step.total}"), cancelled=cancelled)
        return 0
    model = encoder.load()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(shutil.copytree(PROJECT / "corpus", Path(folder) / "corpus"))
        index = Path(folder) / "index"
        build(corpus, index, DEFAULT_MODEL)
        _rounds(corpus, index, model, chosen.kills, random.Random(chosen.seed))
    return 0


def _rounds(corpus: Path, index: Path, model: Encoder, kills: int, moments: random.Random) -> None:
    """Kill and check, again and again; in the end how often by which signal, at which stage."""
    told: Counter[str] = Counter()
    said, whole = run(corpus, index, moments)
    for number in range(1, kills + 1):
        chosen = SIGNALS[number % len(SIGNALS)]
        if number % 2:
            steps, _ = run(corpus, index, moments, chosen, seconds=moments.random() * whole)
        else:
            steps, _ = run(corpus, index, moments, chosen, after=moments.randrange(len(said)))
        step = steps[-1] if steps else "开始前"
        told[f"{chosen.name} {step.split(' ')[0]}"] += 1
        _say(f"{number}: {chosen.name} {step}; build {check(corpus, index, model)} holds")
    _say(f"{kills} kills over {whole:.1f} s of a build: {dict(sorted(told.items()))}")


def run(corpus: Path, index: Path, moments: random.Random, sign: signal.Signals | None = None, *,
        seconds: float | None = None, after: int | None = None) -> tuple[list[str], float]:
    """Build a changed corpus in a child, ended by `sign` after so many seconds or steps; what steps it said, and its seconds."""
    sentences = (f"第{number}项任务要在{moments.randrange(10**6)}天内完成。\n" for number in range(120))
    (corpus / "任务.txt").write_text("关于任务的讲话\n" + "".join(sentences), encoding="utf-8")
    command = [sys.executable, "-m", "tests.kills", "--child", str(corpus), str(index)]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as child:
        timer = threading.Timer(seconds or 0, child.send_signal, (sign,))
        if seconds is not None:
            timer.start()
        steps: list[str] = []
        assert child.stdout is not None
        for line in child.stdout:
            steps.append(line.strip())
            if sign is not None and after == len(steps) - 1:
                time.sleep(moments.random() * 0.03)
                child.send_signal(sign)
        child.communicate()
        timer.cancel()
    if sign is None and child.returncode:
        raise BrokenPromise("a build that nobody kills fails")
    return steps, time.monotonic() - started


def check(corpus: Path, index: Path, model: Encoder) -> str:
    """The build that answers after the kill; BrokenPromise unless it is whole and can be built upon."""
    problems = verify(index)
    if problems:
        raise BrokenPromise("; ".join(map(str, problems)))
    opened = library.load(index)
    if opened.warning or not opened.hybrid.search(model.queries([QUESTION])[0], QUESTION, 3):
        raise BrokenPromise(opened.warning or "no hits")
    made = build(corpus, index, DEFAULT_MODEL)
    names = sorted(entry.name for entry in index.iterdir() if entry.name != ".lock")
    if names != ["builds", "current.json"] or verify(index):
        raise BrokenPromise(f"after the next build: {names}, {verify(index)}")
    if not library.load(index).build == made.build == builds.names(index)[0]:
        raise BrokenPromise(f"the next build {made.build} is not current")
    return opened.build


def _say(words: str) -> None:
    sys.stdout.buffer.write(f"{words}\n".encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
