"""Where a citation stands in the library: its speech, where its paragraph starts, and the reader opened there."""

from __future__ import annotations

from collections.abc import Iterable

from rag.answer.places import Place
from rag.answer.places import citation as cited_at
from rag.answer.reply import Citation
from rag.errors import UnknownDocument
from rag.outline.tree import Paragraph, Speech
from rag.page.catalogue import Catalogue
from rag.page.exchange import Exchange
from rag.page.markup import Markup
from rag.page.reader import Opening, reader, snapshot


def speech_of(book: Catalogue, citation: Citation) -> Speech | None:
    """The part of the document that holds the quote's first character; None where the library has no such place."""
    own = book.shelf.speeches.get(citation.document, ())
    return next((speech for speech in own if speech.start <= citation.start < speech.end), None)


def origins(book: Catalogue, citations: Iterable[Citation]) -> dict[int, int]:
    """For each citation's number the start of its paragraph, where the library still holds that paragraph."""
    found = {}
    for citation in citations:
        speech = speech_of(book, citation)
        paragraph = _paragraph(speech, citation) if speech else None
        if paragraph is not None and paragraph.end - paragraph.start == len(citation.text):
            found[citation.n] = paragraph.start
    return found


def opened(book: Catalogue, exchange: Exchange, citation: Citation, times: int, kept: str = "") -> Markup:
    """The whole speech at `citation`, or, where the document has changed since, the paragraph as it was cited."""
    library = book.library
    speech = speech_of(book, citation)
    opening = Opening(citation, exchange.citations(), exchange.number, times)
    try:
        text = library.text_of(citation.document)
    except UnknownDocument:
        speech = None
    if speech is None or text[citation.start : citation.end] != citation.quote:
        return snapshot(citation, exchange.origin(citation), opening, kept)
    return reader(library.document(citation.document), speech, opening, book.date(citation.document))


def opened_whole(book: Catalogue, document: str, number: int) -> Markup:
    """The speech `number` of `document`, from its beginning; nothing where the library has no such speech."""
    speech = next((one for one in book.library.speeches if one.document == document and one.number == number), None)
    return Markup("") if speech is None else reader(book.library.document(document), speech, date=book.date(document))


def opened_at(book: Catalogue, document: str, start: int, end: int, times: int) -> Markup:
    """The speech of `document` that holds the characters `start`:`end`, with these highlighted; nothing where none does."""
    place = place_at(book, document, start)
    if place is None:
        return Markup("")
    cited = cited_at(place.at(start, max(start, min(end, place.paragraph.end))), 1)
    return reader(place.document, place.speech, Opening(cited, times=times), book.date(document))


def place_at(book: Catalogue, document: str, start: int) -> Place | None:
    """The whole paragraph of `document` in which the character `start` stands; None where there is none."""
    speech = next((one for one in book.library.speeches if one.document == document and one.start <= start < one.end), None)
    if speech is None or not speech.paragraphs:
        return None
    place = book.shelf.place(document, start, start + 1)
    return place.at(place.paragraph.start, place.paragraph.end)


def _paragraph(speech: Speech, citation: Citation) -> Paragraph | None:
    return next((one for one in speech.paragraphs if one.start <= citation.start < one.end), None)
