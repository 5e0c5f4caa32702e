"""What each visitor's open page holds: his conversation, his lists, whose turn it is to draw; so many pages and no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rag.page import language, people
from rag.page.catalogue import EVERYTHING, Choice
from rag.page.exchange import Exchange
from rag.page.people import Accounts, Visitor
from rag.page.shelf import Outcome

MOST = 200  # open pages that are remembered, half a megabyte each; an open page looks every few seconds, and the longest silent goes
LOGIN = "access-token"  # how the names of Gradio's own cookies begin that say who is logged in


@dataclass(frozen=True, slots=True)
class Chat:
    """What a visitor's page holds: the open conversation, and what the next question is kept to."""

    exchanges: tuple[Exchange, ...] = ()
    conversation: str = ""
    choice: Choice = EVERYTHING
    about: tuple[str, int] | None = None
    about_words: str = ""
    shown: int = 0

    def sourced(self) -> Exchange | None:
        """The exchange whose sources are shown: the one asked for (`shown`), else the last."""
        return self.numbered(self.shown) or (self.exchanges[-1] if self.exchanges else None)

    def numbered(self, number: object) -> Exchange | None:
        """The exchange of that number, whatever a browser sent for one."""
        return next((one for one in self.exchanges if one.number == number), None)


@dataclass(slots=True)
class Lists:
    """What the lists of a visitor's page are drawn from: not in `Chat`, so that no list, however late, takes back a conversation.

    `rail` is what stood first and what was marked among the earlier conversations when they were last drawn.
    """

    history_words: str = ""
    rail: tuple[str, str] = ("", "")
    file_words: str = ""
    conversation: str = ""
    outcome: Outcome | None = None


class Visits:
    """The open pages by their sessions. `forgotten` is told of each that is not remembered any longer."""

    def __init__(self) -> None:
        self._chats: OrderedDict[str, Chat] = OrderedDict()
        self._known: OrderedDict[str, tuple[Visitor, dict[str, str]]] = OrderedDict()
        self._turns: dict[str, int] = {}
        self._lists: dict[str, Lists] = {}
        self.forgotten: Callable[[str], object] = lambda _: None

    def come(self, accounts: Accounts | None, name: str | None, cookies: Mapping[str, str], session: str | None) -> Visitor:
        """Who an event comes from; what is drawn from here on speaks his language."""
        found = people.visitor(accounts, name, dict(cookies), session)
        language.speaking(found.language)
        self._known[found.session] = found, _login(cookies)
        for gone in _latest(self._known, found.session):
            self.leave(gone)
        _latest(self._chats, found.session)
        return found

    def known(self, session: str, cookies: Mapping[str, str]) -> Visitor | None:
        """Whose page this is, as he came; None before he did, and for who is logged in as somebody else."""
        found, login = self._known.get(session, (None, {}))
        if found is None or login != _login(cookies):
            return None
        language.speaking(found.language)
        return found

    def leave(self, session: str) -> None:
        """Forget a page that was closed."""
        self._known.pop(session, None)
        self._turns.pop(session, None)
        self._lists.pop(session, None)
        self.forgotten(session)

    def chat(self, visitor: Visitor) -> Chat:
        """The conversation that the visitor's page holds."""
        return self._chats.get(visitor.session, Chat())

    def hold(self, visitor: Visitor, chat: Chat) -> None:
        """Let the visitor's page hold `chat` from now on."""
        self._chats[visitor.session] = chat
        _latest(self._chats, visitor.session)

    def lists(self, visitor: Visitor) -> Lists:
        """What the lists of the visitor's page are drawn from, as of now."""
        return self._lists.setdefault(visitor.session, Lists())

    def take_turn(self, visitor: Visitor) -> int:
        """From now on only what bears this number may draw the conversation of the visitor's page."""
        turn = self._turns[visitor.session] = self._turns.get(visitor.session, 0) + 1
        return turn

    def has_turn(self, visitor: Visitor, turn: int) -> bool:
        """Whether nothing else has taken the turn since: the visitor has not stopped, nor gone to another conversation."""
        return self._turns.get(visitor.session) == turn

    def opens(self, visitor: Visitor, turn: int, conversation: str) -> None:
        """Mark this conversation as the open one among the earlier, unless something else has taken the turn."""
        if self.has_turn(visitor, turn):
            self.lists(visitor).conversation = conversation


def _latest(kept: OrderedDict[str, Any], session: str) -> list[str]:
    """Remember this page for longest, and no more than `MOST` of them; the sessions that were forgotten."""
    if session in kept:
        kept.move_to_end(session)
    return [kept.popitem(last=False)[0] for _ in range(len(kept) - MOST)]


def _login(cookies: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in cookies.items() if name.startswith(LOGIN)}
