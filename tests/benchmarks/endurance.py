"""Whether memory grows with questions: an engine in this process, and the page as a process of its own.

    python -m tests.benchmarks.endurance engine [QUESTIONS]
    python -m tests.benchmarks.endurance page [QUESTIONS] [PORT]

Each question is another one (a figure, a year and a wording drawn anew) over the library that is set. Told is the memory of
the process's own (RssAnon), not what it maps, at the first hundred and ten times on the way. On the page ten questions make one visitor.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rag import settings
from rag.engine import Engine
from tests.benchmarks import beside, data, start

PER_VISITOR = 10
FIRST = 100  # questions after which most of what is loaded late is there


def questions(count: int) -> Iterator[str]:
    """`count` questions, each different."""
    drawn = random.Random(5)
    known = data.questions()
    for number in range(count):
        yield f"20{drawn.randrange(10, 30)}年第{number}号{drawn.choice(known)}"


def own(process: int | str) -> float:
    """The memory of a process's own, in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024


def follow(count: int, ask: Callable[[int, str], None], process: int | str) -> None:
    """Ask, and tell the memory on the way."""
    for number, question in enumerate(questions(count)):
        if number % max(1, count // 10) == 0 or number == FIRST:
            sys.stdout.write(f"after {number:6d}: {own(process):.1f} MB\n")
            sys.stdout.flush()
        ask(number, question)
    sys.stdout.write(f"after {count:6d}: {own(process):.1f} MB\n")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    if sys.argv[1] == "engine":
        engine = Engine(settings.load())
        engine.start()
        follow(count, lambda _, question: _answered(engine, question), "self")
        return
    port = int(sys.argv[3]) if len(sys.argv) > 3 else 7811
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "ui.py", "--port", str(port)]
    served = subprocess.Popen(command, cwd=beside.PROJECT, env=start.environment(), stderr=subprocess.DEVNULL)
    try:
        start.when(lambda: start.answered(address))
        time.sleep(1)
        follow(count, lambda number, question: _asked(address, question, f"visitor{number // PER_VISITOR}"), served.pid)
    finally:
        served.terminate()
        served.wait()


def _answered(engine: Engine, question: str) -> None:
    engine.answer(question)


def _asked(address: str, question: str, visitor: str) -> None:
    if not start.answered(address, question, visitor):
        raise RuntimeError(json.dumps([question, visitor], ensure_ascii=False))


if __name__ == "__main__":
    main()
