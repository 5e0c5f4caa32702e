"""With no language model set, what the way to one costs: the engine's answers beside its answerer's own, in one run.

    python -m tests.benchmarks.unwritten [QUESTIONS.jsonl CORPUS]

Both must be equal, and nothing that speaks to a model may have been loaded.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rag import batch
from rag.answer.reply import Answer
from rag.engine import Engine
from rag.settings import DEFAULT_MODEL, Settings

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ROUNDS = 4  # even, since who answers second finds things at hand
MODELS = ("openai", "rag.writer.access", "rag.writer.client", "rag.writer.writer")


def timed(answer: Callable[[str], Answer], question: str) -> tuple[dict[str, object], float]:
    """The answer without its times, and the milliseconds that it took."""
    began = time.perf_counter()
    given = answer(question)
    return {**given.as_json(), "milliseconds": None}, 1000 * (time.perf_counter() - began)


def main(file: str = str(GOLDEN / "own.jsonl"), corpus: str = str(GOLDEN / "corpus")) -> None:
    """Measure and print."""
    questions = [line.question for line in batch.read(Path(file))]
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(Settings(Path(corpus), Path(scratch) / "index", DEFAULT_MODEL))
        engine.build()
        answerer = engine._ready()
        ways = {"engine": engine.answer, "answerer": answerer.answer}
        times: dict[str, list[float]] = {name: [] for name in ways}
        same = 0
        for turn in range(1 + ROUNDS):  # the first to warm up
            for question in questions:
                given = {name: timed(answer, question) for name, answer in (ways.items() if turn % 2 else reversed(ways.items()))}
                for name, (_, milliseconds) in given.items():
                    times[name] += [milliseconds] if turn else []
                same += bool(turn) and given["engine"][0] == given["answerer"][0]
    told = ", ".join(f"{name} {statistics.median(own):.2f} ms" for name, own in times.items())
    loaded = [name for name in MODELS if name in sys.modules]
    sys.stdout.write(f"{same} of {ROUNDS * len(questions)} answers equal; median {told}; loaded of a model: {loaded}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
