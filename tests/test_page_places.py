"""A source opens in the library where it still stands there, else as it was cited."""

from dataclasses import replace

from rag.answer.reply import Sentence
from rag.index.library import Library
from rag.page import places
from rag.page.catalogue import catalogue
from rag.page.exchange import Exchange
from rag.page.markup import sendable
from tests.drawn import Seen, answer, citation


def test_a_source_opens_in_the_library_or_as_it_was_cited(library: Library) -> None:
    """Where the document has changed since, the page says so and shows the paragraph of the answer."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    paragraph = speech.paragraphs[4]
    text = library.text_of(speech.document)[paragraph.start : paragraph.end]
    cited = citation(1, text, text[:9], paragraph.start, document=speech.document, paragraph=paragraph.number)
    assert places.origins(catalogue(library), [cited]) == {1: paragraph.start}
    exchange = Exchange(1, "问", "done", answer=answer("", [Sentence("", (1,))], [cited]), said=1)
    opened = Seen(sendable(places.opened(catalogue(library), exchange, cited, 1)))
    assert opened.text("quote") == text[:9] and "改动" not in opened.text()
    for other in (replace(cited, quote="改过的原文"), replace(cited, document="没有.txt")):
        assert "已经改动或移走" in Seen(sendable(places.opened(catalogue(library), exchange, other, 1))).text("notice")


def test_a_speech_opens_from_the_list(library: Library) -> None:
    """From its beginning, with nothing highlighted; an unknown one opens nothing."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    seen = Seen(sendable(places.opened_whole(catalogue(library), speech.document, speech.number)))
    assert seen.text("reader-title") == speech.title and "mark" not in {tag for tag, _ in seen.tags}
    assert places.opened_whole(catalogue(library), speech.document, 99) == ""
