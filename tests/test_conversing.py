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


async def answered(window: Window, visitor: Visitor, question: str) -> None:
    """Ask, and wait for the end of the answer."""
    async for _ in ask(window, visitor, question):
        pass


def asked(window: Window, visitor: Visitor, question: str) -> Chat:
    """What the visitor's page holds once the question is answered."""
    asyncio.run(answered(window, visitor, question))
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


def test_two_pages_that_ask_at_the_same_moment_take_different_numbers(shipped: Desk) -> None:
    """What both asked is kept, though neither was answered when the other began."""
    window = Window(shipped)
    conversation = asked(window, ONE, QUESTIONS[0]).conversation
    chat, _ = open_conversation(window, OTHER, Chat(), {"id": conversation})
    window.visits.hold(OTHER, chat)

    async def together() -> None:
        await asyncio.gather(answered(window, ONE, QUESTIONS[1]), answered(window, OTHER, QUESTIONS[2]))

    asyncio.run(together())
    kept = shipped.ledger.exchanges("丙", conversation)
    assert [one.number for one in kept] == [1, 2, 3]
    assert {one.question for one in kept} == set(QUESTIONS[:3])


def test_what_is_asked_in_a_conversation_that_was_deleted_meanwhile_begins_another(shipped: Desk) -> None:
    """It is kept, and what was deleted stays deleted."""
    window = Window(shipped)
    gone = asked(window, ONE, QUESTIONS[0]).conversation
    forget(window, OTHER, Chat(), {"id": gone})
    held = asked(window, ONE, QUESTIONS[1])
    assert held.conversation != gone and shipped.ledger.exchanges("丙", gone) == ()
    assert [one.question for one in shipped.ledger.exchanges("丙", held.conversation)] == [QUESTIONS[1]]
