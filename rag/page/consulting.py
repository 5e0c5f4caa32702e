"""What a visitor does with sources: opens them where they stand, looks for near wordings, keeps the next question to some."""

from __future__ import annotations

from dataclasses import replace

from rag.answer.places import Place
from rag.page import places, reader
from rag.page.alike import alike
from rag.page.catalogue import choice_of
from rag.page.language import say
from rag.page.markup import Markup
from rag.page.people import Visitor
from rag.page.sources import sources
from rag.page.visits import Chat
from rag.page.window import Act, Event, Window


def open_source(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The reader at the source that was asked for; the citation is the one kept here, whatever the browser sent."""
    exchange = held.numbered(sent.get("exchange"))
    citation = exchange.find(sent["cite"]) if exchange is not None and isinstance(sent.get("cite"), int) else None
    book = window.desk.catalogue()
    if exchange is None or citation is None or book is None:
        return held, {}
    latest, drawn = show_sources(window, visitor, held, sent)
    return latest, {"reader": places.opened(book, exchange, citation, _times(sent)), **drawn}


def show_sources(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The cards of one exchange."""
    exchange = held.numbered(sent.get("exchange"))
    if exchange is None or exchange is held.sourced():
        return held, {}
    return replace(held, shown=exchange.number), {"sources": sources(exchange)}


def open_at(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The reader at a stretch of a document."""
    book = window.desk.catalogue()
    document, start, end = str(sent.get("document")), sent.get("start"), sent.get("end")
    if book is None or not isinstance(start, int) or not isinstance(end, int):
        return held, {}
    return held, {"reader": places.opened_at(book, document, start, end, _times(sent))}


def open_speech(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The reader at the beginning of a speech."""
    book, number = window.desk.catalogue(), sent.get("speech")
    if book is None or not isinstance(number, int):
        return held, {}
    return held, {"reader": places.opened_whole(book, str(sent.get("document")), number)}


def find_alike(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """Where else the library says nearly what one paragraph says."""
    book, engine, place = window.desk.catalogue(), window.desk.engine, _place(window, sent)
    if book is None or place is None:
        return held, {}
    found = alike(book.shelf, lambda words, k: [passage for passage, _ in engine.search(words, k)], place)
    return held, {"reader": reader.likenesses(place, found)}


def about(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The next question is kept to one paragraph; without one, no longer."""
    place = _place(window, sent)
    if place is None:
        chat = replace(held, about=None, about_words="")
        return chat, window.scope(chat)
    words = say("《{title}》第{n}段", title=place.speech.title.strip("《》"), n=place.paragraph.number)
    chat = replace(held, about=(place.document.path, place.start), about_words=words)
    return chat, {"scope": window.scope(chat)["scope"] + Markup(f'<span hidden data-ask-about="{place.start}"></span>')}


def choose(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The next questions are kept to these folders, documents and years."""
    chat = replace(held, choice=choice_of(sent))
    return chat, window.scope(chat)


def unchoose(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The choice without one of its folders, documents or years."""
    kept = {
        name: [one for one in getattr(held.choice, name) if (name, one) != (sent.get("kind"), sent.get("value"))]
        for name in ("folders", "documents", "years")
    }
    return choose(window, visitor, held, kept)


def _place(window: Window, sent: Event) -> Place | None:
    book, start = window.desk.catalogue(), sent.get("start")
    return places.place_at(book, str(sent.get("document")), start) if book and isinstance(start, int) else None


def _times(sent: Event) -> int:
    return sent["opened"] if isinstance(sent.get("opened"), int) else 0
