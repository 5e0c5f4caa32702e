"""One page of the desk as its parts: what each shows at the moment, for whom. Who is on it and what he holds, `visits`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from rag.answer.reply import Citation
from rag.errors import YanjuError
from rag.keeping import holdings
from rag.page import rail, records, shelf
from rag.page.desk import Desk, explain
from rag.page.exchange import Exchange
from rag.page.language import say
from rag.page.markup import Markup, fill
from rag.page.people import Visitor
from rag.page.sources import sources
from rag.page.talk import talk, welcome
from rag.page.visits import Chat, Visits
from rag.reading.corpus import KNOWN

Event = Mapping[str, Any]  # what the page's script sent
Drawn = dict[str, Markup]  # parts of the page by name, as they are drawn anew
Act = tuple[Chat, Drawn]  # what the visitor's page holds after something was done, and what of it is drawn anew


class Window:
    """One page of the desk. `uploads` is where files arrive that a browser sends."""

    def __init__(self, desk: Desk, uploads: Path = Path()) -> None:
        self.desk = desk
        self.uploads = uploads
        self.visits = Visits()

    def greeting(self) -> Drawn:
        """What stands in the place of a conversation and its sources until the first question.

        Parts of their own, which the style hides beside an exchange: a look at the library, however late it ends, never
        takes away an answer.
        """
        book = self.desk.catalogue()
        return {"welcome": welcome(self.desk.engine.examples()), "contents": shelf.contents(book) if book else sources(None)}

    def conversation(self, visitor: Visitor, chat: Chat) -> Drawn:
        """The whole conversation and its sources."""
        if not chat.exchanges:
            return {"past": Markup(""), "now": Markup(""), "sources": sources(None)}
        return {**self.past(visitor, chat), **self.latest(visitor, chat), "sources": sources(chat.sourced())}

    def past(self, visitor: Visitor, chat: Chat) -> Drawn:
        """Every exchange of the conversation but the last."""
        return {"past": self._talk(visitor, chat, chat.exchanges[:-1])}

    def latest(self, visitor: Visitor, chat: Chat) -> Drawn:
        """The last exchange of the conversation."""
        return {"now": self._talk(visitor, chat, chat.exchanges[-1:])}

    def dated(self) -> Callable[[Citation], str]:
        """What tells the date of a source, as far as the library knows it."""
        book = self.desk.catalogue()
        return book.dated if book is not None else undated

    def _talk(self, visitor: Visitor, chat: Chat, exchanges: tuple[Exchange, ...]) -> Markup:
        """Some exchanges of a conversation, with what the visitor said of them."""
        judged = self.desk.ledger.judged(visitor.name, chat.conversation) if chat.conversation else {}
        return talk(exchanges, judged, self.dated())

    def side(self, visitor: Visitor, chat: Chat) -> Drawn:
        """The earlier conversations, and what the next question is kept to."""
        return {**self.rail(visitor), **self.scope(chat)}

    def scope(self, chat: Chat) -> Drawn:
        """What the next question is kept to."""
        return {"scope": rail.scope(self.desk.catalogue(), chat.choice, chat.about_words)}

    def rail(self, visitor: Visitor) -> Drawn:
        """The earlier conversations."""
        lists, now = self.visits.lists(visitor), datetime.now().astimezone()
        kept = self.desk.ledger.conversations(visitor.name, lists.history_words, rail.RECENT + 1)
        lists.rail = rail.first(kept, now.date()), lists.conversation
        asof = int(now.timestamp() * 1_000_000)
        return {"rail": rail.rail(kept, lists.conversation, lists.history_words, now.date(), asof)}

    def moved(self, visitor: Visitor, chat: Chat, held: Chat) -> Drawn:
        """What changes beside the conversation when it goes on from `held`: its place among the others, what was asked about."""
        drawn = self.scope(chat) if held.about else {}
        stands = self.visits.lists(visitor).rail == (chat.conversation,) * 2
        return drawn if stands else drawn | self.rail(visitor)

    def files(self, visitor: Visitor) -> Drawn:
        """The table of the corpus folder's files."""
        corpus, lists = self.desk.engine.settings.corpus, self.visits.lists(visitor)
        try:
            held = holdings.listed(corpus, lists.file_words)
            drawn = shelf.files(
                self.desk.engine.library,
                held,
                self.desk.state().behind,
                lists.file_words,
                changing=visitor.librarian,
                folders=holdings.folders(corpus),
                kinds=say("能读{kinds}。", kinds=" ".join(sorted(KNOWN))),
                outcome=lists.outcome,
            )
        except YanjuError as error:
            drawn = shelf.trouble(explain(error))
        return {"files": drawn}

    def index(self, visitor: Visitor) -> Drawn:
        """What the index tab shows below its buttons."""
        desk, library, book = self.desk, self.desk.engine.library, self.desk.catalogue()
        if library is None or book is None:
            return {"builds": Markup("")}
        try:
            kept = shelf.builds(desk.engine.history(), changing=visitor.librarian)
        except YanjuError as error:
            kept = shelf.trouble(explain(error))
        return {"builds": shelf.left_out(library) + kept + shelf.report(library), "plots": records.plots(book, desk.times())}

    def records(self, visitor: Visitor) -> Drawn:
        """Judgements and acts, for librarians."""
        if not visitor.librarian:
            return {"records": fill('<p class="hint">只有资料管理员能看反馈和操作记录。</p>')}
        return {"records": records.judgements(self.desk.ledger.judgements()) + records.acts(self.desk.ledger.acts())}


def undated(_: Citation) -> str:
    """What is told of a source's date before there is a library."""
    return ""
