"""What a visitor does with his conversations: each is his own, and the page that holds one that is deleted begins anew."""

from collections.abc import Iterator

import pytest

from rag.page import recalling
from rag.page.catalogue import Choice
from rag.page.desk import Desk
from rag.page.people import Visitor
from rag.page.visits import Chat
from rag.page.window import Window
from tests.drawn import LISTED

MINE, OTHER = Visitor("甲", session="甲"), Visitor("乙", session="乙")


@pytest.fixture
def kept(shipped: Desk) -> Iterator[str]:
    """A conversation of the first visitor's, kept with one answer."""
    conversation = shipped.ledger.begin("甲", LISTED.question)
    shipped.ledger.keep("甲", conversation, LISTED)
    yield conversation
    shipped.ledger.forget("甲", conversation)


def test_an_earlier_conversation_is_opened_with_its_answers(shipped: Desk, kept: str) -> None:
    """Marked among the others from then on; who else asks for it gets nothing of it."""
    window = Window(shipped)
    chat, drawn = recalling.open_conversation(window, MINE, Chat(), {"id": kept})
    assert chat.exchanges == (LISTED,) and "一是认真负责的精神" in drawn["now"]
    assert window.visits.lists(MINE).conversation == kept
    other, drawn = recalling.open_conversation(window, OTHER, Chat(), {"id": kept})
    assert other == Chat() and "now" not in drawn


def test_the_page_that_holds_what_is_deleted_begins_anew(shipped: Desk, kept: str) -> None:
    """And keeps what its questions are kept to; a page that holds another conversation goes on with it."""
    window, choice = Window(shipped), Choice(years=("2023",))
    going_on = Chat((LISTED,), "别的", choice)
    assert recalling.forget(window, MINE, going_on, {"id": "没有"})[0] is going_on
    chat, drawn = recalling.forget(window, MINE, Chat((LISTED,), kept, choice), {"id": kept})
    assert chat == Chat(choice=choice) and drawn["now"] == ""
    assert shipped.ledger.exchanges("甲", kept) == ()


def test_a_conversation_is_renamed(shipped: Desk, kept: str) -> None:
    """It stands under its new name in the list, and is found by it."""
    window = Window(shipped)
    assert "新的名称" in recalling.rename(window, MINE, Chat(), {"id": kept, "title": "新的名称"})[1]["rail"]
    assert "新的名称" in recalling.search_history(window, MINE, Chat(), {"words": "新的名"})[1]["rail"]
    assert "新的名称" not in recalling.search_history(window, MINE, Chat(), {"words": "高铁"})[1]["rail"]
