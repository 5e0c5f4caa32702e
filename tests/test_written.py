"""Golden questions with a model that writes rightly, wrongly, and both: no wrong figure is ever shown as cited."""

from pathlib import Path

import pytest

from rag import batch
from rag.settings import DEFAULT_MODEL, Settings
from tests.scribes import MANNERS, Scribe, unfounded, written_by

GOLDEN = Path(__file__).resolve().parent / "golden"
QUESTIONS = 40  # of a hundred; `python -m tests.benchmarks.written` asks all of them, and those of any other folder


@pytest.fixture
def golden(golden_index: Path) -> Settings:
    """The library of the project's own golden questions, built."""
    return Settings(GOLDEN / "corpus", golden_index, DEFAULT_MODEL, writes=True)


@pytest.mark.parametrize("manner", MANNERS)
def test_no_wrong_figure_is_shown_as_cited(manner: str, golden: Settings) -> None:
    """Whatever the model writes: every figure stands in its quote, and no sentence it made false is shown."""
    scribe = Scribe(manner)
    with written_by(scribe, golden) as engine:
        answers = [engine.answer(asked.question) for asked in batch.read(GOLDEN / "own.jsonl")[:QUESTIONS]]
    assert [text for answer in answers for text in unfounded(answer)] == []
    assert scribe.shown(answers) == {}
    written = sum(answer.mode == "llm" for answer in answers)
    assert written >= 25 if manner != "wrong" else scribe.made["invented"] >= 25 and len(scribe.made) >= 12
