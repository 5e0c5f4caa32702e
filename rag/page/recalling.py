"""What a visitor does with his conversations: begins one, goes back to one, finds, renames and deletes them."""

from __future__ import annotations

from dataclasses import replace

from rag.page.markup import Markup
from rag.page.people import Visitor
from rag.page.visits import Chat
from rag.page.window import Act, Event, Window

WORDS = 100  # characters of what is searched for


def introduce(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """Nothing: any event makes known whose page it comes from."""
    return held, {}


def begin_anew(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """An empty conversation; what questions are kept to stays."""
    window.visits.opens(visitor, window.visits.take_turn(visitor), "")
    chat = Chat(choice=held.choice)
    return chat, {**window.conversation(visitor, chat), **window.side(visitor, chat), "reader": Markup("")}


def open_conversation(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """An earlier conversation, and what its last question was kept to; one that is gone is gone from the list."""
    found = window.desk.ledger.exchanges(visitor.name, str(sent.get("id")))
    if not found:
        return held, window.side(visitor, held)
    window.visits.opens(visitor, window.visits.take_turn(visitor), str(sent["id"]))
    chat = replace(held, exchanges=found, conversation=str(sent["id"]), choice=found[-1].choice, about=None, about_words="", shown=0)
    return chat, {**window.conversation(visitor, chat), **window.side(visitor, chat), "reader": Markup("")}


def search_history(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The conversations that hold the words."""
    window.visits.lists(visitor).history_words = str(sent.get("words", ""))[:WORDS]
    return held, window.rail(visitor)


def rename(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The conversation under its new name."""
    window.desk.ledger.rename(visitor.name, str(sent.get("id")), str(sent.get("title", "")))
    return held, window.rail(visitor)


def forget(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The conversation is no longer kept; the page that holds it begins anew."""
    window.desk.ledger.forget(visitor.name, str(sent.get("id")))
    if held.conversation == sent.get("id"):
        return begin_anew(window, visitor, held, sent)
    return held, window.rail(visitor)
