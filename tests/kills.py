"""Kill builds at random moments; after each kill the index must answer, hold, and be built upon.

    python -m tests.kills --kills 20

Each round changes the corpus, starts a real build in a process of its own, and kills it without warning at one of
its steps, a few milliseconds more or less. Exit status 1, with what is wrong, where a promise is broken.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rag.index import builds, library
from rag.index.build import build
from rag.index.verify import verify
from rag.search import encoder
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL

PROJECT = Path(__file__).resolve().parent.parent
QUESTION = "一季度生产总值增长多少"


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
        build(*chosen.child, DEFAULT_MODEL, progress=lambda step: _say(f"{step.stage} {step.done}/{step.total}"))
        return 0
    model = encoder.load()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(shutil.copytree(PROJECT / "corpus", Path(folder) / "corpus"))
        index = Path(folder) / "index"
        build(corpus, index, DEFAULT_MODEL)
        moments = random.Random(chosen.seed)
        for round_number in range(1, chosen.kills + 1):
            _say(f"{round_number}: killed {kill(corpus, index, moments)}; build {check(corpus, index, model)} holds")
    return 0


def kill(corpus: Path, index: Path, moments: random.Random) -> str:
    """Start a build of a changed corpus and kill it at a random step; which one."""
    sentences = (f"第{number}项任务要在{moments.randrange(10**6)}天内完成。\n" for number in range(120))
    (corpus / "任务.txt").write_text("关于任务的讲话\n" + "".join(sentences), encoding="utf-8")
    command = [sys.executable, "-m", "tests.kills", "--child", str(corpus), str(index)]
    steps_left = moments.randrange(14)
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        step = "at the start"
        for line in child.stdout:
            step = line.strip()
            steps_left -= 1
            if steps_left < 0:
                break
        time.sleep(moments.random() * 0.03)
        child.kill()
    return step


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
