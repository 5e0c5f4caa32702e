"""Golden questions with a language model that writes rightly, wrongly and both, from the question to the shown answer.

    python -m tests.benchmarks.written [--set QUESTIONS.jsonl=CORPUS]... [--seeds N]

Without sets, all of the project's own questions. The model is scripted and reached over HTTP: it writes the sentences of the
first two materials as they stand or otherwise put, falsified in each of the ways of `rag.writer.falsehoods`, and some that
it makes up, each citing real material. Two tables: for each manner what became of its sentences; for each way how many it
wrote. What is shown of those, and the figures shown that stand in no quote they cite, must be 0: else the exit status is 1.
"""

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rag import batch
from rag.answer.reply import Answer
from rag.engine import Engine
from rag.settings import DEFAULT_MODEL, Settings
from tests.scribes import MANNERS, Scribe, unfounded, written_by
from tests.test_written import GOLDEN

STATES = ("verified", "replaced", "dropped")


@dataclass
class Tally:
    """What was made false, and what of it was shown, by kind; sentences with a figure that no quote has."""

    made: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    unfounded: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The table of the kinds."""
        rows = [f"| {kind} | {count} | {self.shown[kind]} |" for kind, count in sorted(self.made.items())]
        total = f"| all | {self.made.total()} | {self.shown.total()} |"
        return ["| false | written | shown |", "| --- | --: | --: |", *rows, total, *map(repr, self.unfounded)]


def row(name: str, scribe: Scribe, answers: list[Answer], tally: Tally) -> str:
    """One line of the table of manners, added to the tally."""
    shown = scribe.shown(answers)
    wrong = [text for answer in answers for text in unfounded(answer)]
    tally.made += scribe.made
    tally.shown += shown
    tally.unfounded += wrong
    states = Counter(one["state"] for answer in answers for one in answer.explain.get("writer", {}).get("sentences", ()))
    written = sum(answer.mode == "llm" for answer in answers)
    cells = [len(answers), written, *(states[state] for state in STATES), scribe.made.total(), shown.total(), len(wrong)]
    return f"| {name} | {scribe.manner} | {' | '.join(map(str, cells))} |"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--set", action="append", default=[], metavar="QUESTIONS.jsonl=CORPUS")
    asked.add_argument("--seeds", type=int, default=1)
    chosen = asked.parse_args()
    tally = Tally()
    sys.stdout.write("| questions | manner | n | by the model | verified | replaced | dropped | false written | false shown | "
                     "figures in no quote |\n| --- | --- |" + " --: |" * 8 + "\n")
    for one in chosen.set or [f"{GOLDEN / 'own.jsonl'}={GOLDEN / 'corpus'}"]:
        file, _, corpus = one.partition("=")
        questions = batch.read(Path(file))
        with tempfile.TemporaryDirectory() as scratch:
            settings = Settings(Path(corpus), Path(scratch) / "index", DEFAULT_MODEL, writes=True)
            Engine(settings).build()
            for manner, seed in ((manner, seed) for manner in MANNERS for seed in range(chosen.seeds)):
                scribe = Scribe(manner, seed)
                with written_by(scribe, settings) as engine:
                    answers = [engine.answer(line.question, line.history) for line in questions]
                sys.stdout.write(f"{row(Path(file).stem, scribe, answers, tally)}\n")
                sys.stdout.flush()
    sys.stdout.write("\n" + "\n".join(tally.lines()) + "\n")
    sys.exit(bool(tally.shown or tally.unfounded))


if __name__ == "__main__":
    main()
