"""Golden questions with a model that writes rightly, wrongly, and both: no wrong figure is ever shown as cited."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from rag import batch
from rag.answer.reply import Answer
from rag.engine import Engine
from rag.settings import DEFAULT_MODEL, Settings
from rag.writer.changes import Base
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source
from rag.writer.scripted import Script, served
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.sentences import sentences

GOLDEN = Path(__file__).resolve().parent / "golden"
QUESTIONS = 40  # of a hundred; all of them, and those over the shipped speeches, take two minutes
WRONG = ("figure", "neighbour", "year", "direction", "denied", "limit", "subject")


class Model:
    """Writes the sentences of the first two materials, as they stand, falsified, or in turns; keeps what it falsified."""

    def __init__(self, manner: str) -> None:
        self.manner = manner
        self.false: set[str] = set()
        self._random = Random(manner)

    def say(self, messages: Sequence[dict[str, str]]) -> str:
        """A draft, each sentence with the number of its material."""
        found = re.findall(r"〖材料 (\d+)〗[^\n]*\n(.*?)\n〖/材料〗", messages[-1]["content"], re.S)[:2]
        return "".join(f"{self._written(said, text)}[{n}]\n" for n, text in found for said in _sentences(text))

    def _written(self, said: str, text: str) -> str:
        if self.manner == "right" or (self.manner == "mixed" and self._random.random() < 0.5):
            return said
        base = Base(said, Source(text), Source(text))
        made = (FALSE[kind](base, self._random) for kind in self._random.sample(WRONG, len(WRONG)))
        false = next((one for one in made if one is not None and _plain(one) not in _plain(text)), None)
        if false is not None:
            self.false.add(_plain(false))
        return false or said


def _sentences(text: str) -> Iterator[str]:
    return (re.sub(r"\s+", "", fold(text[start:end])) for start, end in sentences(text, 0, len(text)))


def _plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


@contextmanager
def written_by(model: Model, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine whose answers `model` writes."""
    with served(Script(model.say)) as url:
        monkeypatch.setenv("YANJU_LLM_URL", url)
        monkeypatch.setenv("YANJU_LLM_MODEL", "m")
        yield Engine(settings)


@pytest.fixture
def golden(golden_index: Path) -> Settings:
    """The library of the project's own golden questions, built."""
    return Settings(GOLDEN / "corpus", golden_index, DEFAULT_MODEL, writes=True)


def unfounded(answer: Answer) -> list[str]:
    """The figures of the answer's sentences that stand in none of the quotes these cite."""
    quotes = {citation.n: fold(citation.quote) for citation in answer.citations}
    found = []
    for sentence in answer.sentences:
        there = {(figure.value, figure.unit) for n in sentence.citations for figure in figures(quotes[n])}
        said = figures(fold(sentence.text)) if sentence.citations else []
        found += [sentence.text for figure in said if (figure.value, figure.unit) not in there]
    return found


@pytest.mark.parametrize("manner", ["right", "wrong", "mixed"])
def test_no_wrong_figure_is_shown_as_cited(manner: str, golden: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the model writes: every figure stands in its quote, and no sentence it made false is shown."""
    model = Model(manner)
    with written_by(model, golden, monkeypatch) as engine:
        answers = [engine.answer(asked.question) for asked in batch.read(GOLDEN / "own.jsonl")[:QUESTIONS]]
    assert [text for answer in answers for text in unfounded(answer)] == []
    shown = {_plain(sentence.text) for answer in answers if answer.mode == "llm" for sentence in answer.sentences}
    assert shown & model.false == set()
    written = sum(answer.mode == "llm" for answer in answers)
    assert written >= 25 if manner != "wrong" else model.false
