"""A follow-up made whole by a model is used only where it adds nothing to what was said."""

from collections.abc import Sequence

import pytest

from rag.answer.followup import Turn
from rag.writer.access import Access
from rag.writer.client import Client
from rag.writer.rewriting import TURNS, rewritten
from rag.writer.scripted import Script, served

HISTORY = [Turn("user", "2023年青溪县生产总值是多少"), Turn("assistant", "236.5亿元")]
QUESTION = "那固定资产投资呢"


def made_of(said: str, history: Sequence[Turn] = HISTORY) -> str | None:
    """What becomes of a rewriting that the model gives as `said`."""
    with served(Script(said)) as url:
        return rewritten(Client(Access(url, "m", first=2, idle=2, total=4)), QUESTION, history, lambda: False)


@pytest.mark.parametrize("words", ["青溪县固定资产投资是多少?", "2023年青溪县固定资产投资是多少"])
@pytest.mark.parametrize("frame", ["{}", "〖问题〗{}〖/问题〗", "<think>想一想。</think>{}"])
def test_what_was_said_before_may_be_filled_in(words: str, frame: str) -> None:
    """With a question mark or without, in its frame or without, after thoughts or none."""
    assert made_of(frame.format(words)) == words


@pytest.mark.parametrize(
    "said", ["2024年青溪县固定资产投资是多少?", "白桦市固定资产投资是多少?", "青溪县固定资产投资没有增长吗?", "", "好\n好", "青溪县" * 90]
)
def test_what_was_not_said_is_not_filled_in(said: str) -> None:
    """A year, a place, a negation; nor is nothing, more than a line, or more than a question."""
    assert made_of(said) is None


def test_only_the_last_turns_are_leant_on() -> None:
    """What was said long ago is not given to the model, and counts as not said."""
    assert made_of("青溪县固定资产投资是多少?", [*HISTORY, *[Turn("user", "粮食呢")] * TURNS]) is None
