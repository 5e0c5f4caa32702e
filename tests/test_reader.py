"""The reader shows a speech whole, the quote in its paragraph."""

from rag.index.library import Library
from rag.page.markup import sendable
from rag.page.reader import Opening, reader
from tests.drawn import Seen, citation


def test_the_reader_shows_the_whole_speech(library: Library) -> None:
    """Every paragraph with its number, every heading in the outline, the quote highlighted in its paragraph."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    text = library.text_of(speech.document)
    quote = "二是无私奉献的精神。"
    start = text.index(quote)
    others = [citation(n, "", words, text.index(words), document=speech.document)
              for n, words in ((2, "无私奉献"), (3, "三是团结协作的精神"))]
    cited = citation(1, "", quote, start, document=speech.document)
    seen = Seen(sendable(reader(library.document(speech.document), speech, Opening(cited, [cited, *others]))))
    assert seen.text("words") == "".join(text[one.start:one.end] for one in speech.paragraphs)
    assert seen.text("number") == "".join(str(one.number) for one in speech.paragraphs)
    assert seen.text("quote") == quote
    assert seen.text("also") == "三是团结协作的精神"
    here = [attributes["title"] for _, attributes in seen.tags if attributes.get("aria-current") == "location"]
    assert here == [quote]
