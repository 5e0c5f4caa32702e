"""A question asked at the desk: waiting, then whole, in its own conversation."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.page.asking import answering, begun, stopped, turns
from rag.page.desk import Desk
from rag.page.exchange import Exchange, replaced
from rag.settings import DEFAULT_MODEL, Settings
from tests.drawn import LISTED


@pytest.fixture(scope="module")
def desk(index_dir: Path, corpus_dir: Path) -> Iterator[Desk]:
    """A desk over the shipped corpus, ready to answer."""
    made = Desk(Engine(Settings(corpus_dir, index_dir, DEFAULT_MODEL)))
    made.start()
    made.finish()
    yield made
    made.close()


def follow(desk: Desk, question: str, earlier: tuple[Exchange, ...] = ()) -> list[Exchange]:
    """Every step of an exchange."""
    async def collect() -> list[Exchange]:
        return [one async for one in answering(desk, begun(question, earlier), earlier)]
    return asyncio.run(collect())


def test_a_quoted_answer_comes_at_once(desk: Desk) -> None:
    """Waiting, then whole: nothing holds back what is known; every quote is the library's own text."""
    steps = follow(desk, "“四种精神”是哪四种?")
    assert [(one.phase, one.said) for one in steps] == [("waiting", 0), ("done", 4)]
    library = desk.engine.library
    assert library is not None
    for one in steps[-1].citations():
        origin = steps[-1].origin(one)
        assert library.text_of(one.document)[origin : origin + len(one.text)] == one.text


def test_a_follow_up_sees_its_own_conversation(desk: Desk) -> None:
    """The engine is given the questions answered so far, with their answers."""
    first = follow(desk, "“四种精神”是哪四种?")[-1]
    assert [(turn.role, turn.content) for turn in turns((first, Exchange(2, "没答", "failed", "坏")))] == [
        ("user", first.question), ("assistant", first.answer.answer if first.answer else "")]
    second = follow(desk, "第三种展开讲讲", (first,))[-1]
    assert any("团结协作" in one.text for one in second.citations())


def test_a_question_that_can_not_be_asked_gets_the_engines_sentence(desk: Desk) -> None:
    """Only punctuation: the exchange fails with the sentence of the error."""
    last = follow(desk, "???")[-1]
    assert last.phase == "failed" and "请输入" in last.note


def test_stopping_keeps_what_was_said() -> None:
    """An exchange under way is stopped; one that ended stays as it is."""
    speaking = replace(LISTED, phase="speaking", said=1)
    assert stopped(speaking).phase == "stopped" and stopped(speaking).said == 1
    assert stopped(LISTED) is LISTED
    assert replaced((LISTED, speaking), stopped(speaking))[1].phase == "stopped"
