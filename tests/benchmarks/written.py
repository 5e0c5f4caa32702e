"""Golden questions with a language model that writes rightly, wrongly and both.

    python -m tests.benchmarks.written [--set QUESTIONS.jsonl=CORPUS]...

Without sets, all of the project's own. For each manner: how many answers the model wrote, what became of its sentences,
and, which must be 0, the figures shown that stand in no quote they cite, and the sentences made false that were shown.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from pytest import MonkeyPatch

from rag import batch
from rag.engine import Engine
from rag.settings import DEFAULT_MODEL, Settings
from tests.test_written import GOLDEN, Model, _plain, unfounded, written_by

MANNERS = ("right", "wrong", "mixed")


def written(manner: str, settings: Settings, questions: list[str]) -> str:
    """What came of the questions with a model of this manner."""
    model = Model(manner)
    with MonkeyPatch.context() as patch, written_by(model, settings, patch) as engine:
        answers = [engine.answer(question) for question in questions]
    states = [one["state"] for answer in answers for one in answer.explain.get("writer", {}).get("sentences", ())]
    shown = {_plain(sentence.text) for answer in answers if answer.mode == "llm" for sentence in answer.sentences}
    counts = "  ".join(f"{state} {states.count(state)}" for state in ("verified", "replaced", "dropped"))
    wrong = [text for answer in answers for text in unfounded(answer)]
    return (f"{manner:6s} {len(answers)} questions, {sum(one.mode == 'llm' for one in answers)} written, sentences: {counts}; "
            f"false ones made {len(model.false)}, shown {len(shown & model.false)}; figures without a quote {len(wrong)} {wrong[:3]}")


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--set", action="append", default=[], metavar="QUESTIONS.jsonl=CORPUS")
    for one in asked.parse_args().set or [f"{GOLDEN / 'own.jsonl'}={GOLDEN / 'corpus'}"]:
        file, _, corpus = one.partition("=")
        questions = [line.question for line in batch.read(Path(file))]
        sys.stdout.write(f"{Path(file).name}\n")
        with tempfile.TemporaryDirectory() as scratch:
            settings = Settings(Path(corpus), Path(scratch) / "index", DEFAULT_MODEL, writes=True)
            Engine(settings).build()
            for manner in MANNERS:
                sys.stdout.write(f"{written(manner, settings, questions)}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
