"""Where a citation stands in the library: its speech, and where its paragraph starts."""

from __future__ import annotations

from collections.abc import Iterable

from rag.answer.reply import Citation
from rag.errors import UnknownDocument
from rag.index.library import Library
from rag.outline.tree import Paragraph, Speech
from rag.page.exchange import Exchange
from rag.page.markup import Markup
from rag.page.reader import reader, snapshot


def speech_of(library: Library, citation: Citation) -> Speech | None:
    """The part of the document that holds the quote's first character; None where the library has no such place."""
    return next((speech for speech in library.speeches
                 if speech.document == citation.document and speech.start <= citation.start < speech.end), None)


def origins(library: Library, citations: Iterable[Citation]) -> dict[int, int]:
    """For each citation's number the start of its paragraph, where the library still holds that paragraph."""
    found = {}
    for citation in citations:
        speech = speech_of(library, citation)
        paragraph = _paragraph(speech, citation) if speech else None
        if paragraph is not None and paragraph.end - paragraph.start == len(citation.text):
            found[citation.n] = paragraph.start
    return found


def opened(library: Library, exchange: Exchange, citation: Citation, times: int) -> Markup:
    """The whole speech at `citation`, or, where the document has changed since, the paragraph as it was cited."""
    speech = speech_of(library, citation)
    try:
        text = library.text_of(citation.document)
    except UnknownDocument:
        speech = None
    if speech is None or text[citation.start : citation.end] != citation.quote:
        return snapshot(citation, exchange.origin(citation), times)
    others = [one for one in exchange.citations() if one.document == citation.document]
    return reader(speech, text, citation, others, times)


def opened_whole(library: Library, document: str, number: int) -> Markup:
    """The speech `number` of `document`, from its beginning; nothing where the library has no such speech."""
    speech = next((one for one in library.speeches if one.document == document and one.number == number), None)
    return Markup("") if speech is None else reader(speech, library.text_of(document))


def _paragraph(speech: Speech, citation: Citation) -> Paragraph | None:
    return next((one for one in speech.paragraphs if one.start <= citation.start < one.end), None)
