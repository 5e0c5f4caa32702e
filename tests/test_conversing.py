"""Questions asked on a page: kept in their conversation, whatever else goes on in it on another page."""

import asyncio

from rag.page.conversing import ask
from rag.page.desk import Desk
from rag.page.people import Visitor
from rag.page.recalling import forget, open_conversation
from rag.page.visits import Chat
from rag.page.window import Window

ONE, OTHER = Visitor("丙", session="一"), Visitor("丙", session="二")
QUESTIONS = ("“四种精神”是哪四种?", "“四种能力”是哪四种?", "一季度全市生产总值是多少?", "固定资产投资完成多少?")


def asked(window: Window, visitor: Visitor, question: str) -> Chat:
    """What the visitor's page holds once the question is answered."""
    async def answered() -> None:
        async for _ in ask(window, visitor, question):
            pass

    asyncio.run(answered())
    return window.visits.chat(visitor)


def test_two_pages_that_go_on_with_one_conversation_lose_nothing_of_each_other(shipped: Desk) -> None:
    """Each question is kept under a number of its own, and the page that asked it finds it by that number."""
    window = Window(shipped)
    conversation = asked(window, ONE, QUESTIONS[0]).conversation
    chat, _ = open_conversation(window, OTHER, Chat(), {"id": conversation})
    window.visits.hold(OTHER, chat)
    asked(window, ONE, QUESTIONS[1])
    held = asked(window, OTHER, QUESTIONS[2])
    assert [one.question for one in held.exchanges] == [QUESTIONS[0], QUESTIONS[2]]
    asked(window, OTHER, QUESTIONS[3])
    kept = shipped.ledger.exchanges("丙", conversation)
    assert [(one.number, one.question) for one in kept] == list(enumerate(QUESTIONS, 1))


def test_what_is_asked_in_a_conversation_that_was_deleted_meanwhile_begins_another(shipped: Desk) -> None:
    """It is kept, and what was deleted stays deleted."""
    window = Window(shipped)
    gone = asked(window, ONE, QUESTIONS[0]).conversation
    forget(window, OTHER, Chat(), {"id": gone})
    held = asked(window, ONE, QUESTIONS[1])
    assert held.conversation != gone and shipped.ledger.exchanges("丙", gone) == ()
    assert [one.question for one in shipped.ledger.exchanges("丙", held.conversation)] == [QUESTIONS[1]]
