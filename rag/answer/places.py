"""Places: spans of the library's text with all that a citation says about them.

Reads documents and speeches only; knows nothing of questions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from rag.answer.reply import Citation
from rag.answer.speakers import giver
from rag.outline.headings import heading_text, nodes_at, path_at
from rag.outline.signs import is_signature
from rag.outline.tree import Node, Paragraph, Speech
from rag.reading.document import Document
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.texts import Texts

STRETCHES = 256  # of folded text that are kept, seldom more than a few thousand characters each


@dataclass(frozen=True, slots=True)
class Place:
    """The span `start`:`end` of a document, inside one paragraph of one speech."""

    document: Document
    speech: Speech
    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The span's own text."""
        return self.document.text[self.start : self.end]

    @property
    def paragraph_text(self) -> str:
        """The whole paragraph's text."""
        return self.document.text[self.paragraph.start : self.paragraph.end]

    def at(self, start: int, end: int) -> Place:
        """Another span of the same paragraph."""
        return Place(self.document, self.speech, self.paragraph, start, end)

    def __hash__(self) -> int:
        return hash((self.document.path, self.start, self.end))


class Shelf:
    """Finds places in an opened build by document and position."""

    def __init__(self, documents: Iterable[Document], speeches: Iterable[Speech]) -> None:
        self.documents = {document.path: document for document in documents}
        self.speeches: dict[str, list[Speech]] = {path: [] for path in self.documents}
        for speech in speeches:
            self.speeches[speech.document].append(speech)
        self._bearings: dict[tuple[str, int], str] = {}
        self.folded = lru_cache(maxsize=STRETCHES)(self._folded)
        self._starts = {path: [speech.start for speech in found] for path, found in self.speeches.items()}

    def speech(self, document: str, number: int) -> Speech:
        """The part `number` (from 1) of a document."""
        return self.speeches[document][number - 1]

    def bearing(self, speech: Speech) -> str:
        """What a speech bears on its front, folded: title, document, occasion, date, speaker."""
        key = (speech.document, speech.number)
        if key not in self._bearings:
            self._bearings[key] = fold(bearing_of(speech, self.documents[speech.document].text))
        return self._bearings[key]

    def _folded(self, document: str, start: int, end: int) -> str:
        """The stretch of a document's text, folded; the latest are kept."""
        return fold(self.documents[document].text[start:end])

    def every_speech(self) -> Iterator[Speech]:
        """Every speech, matter left out, in library order."""
        return iter(self.every)

    @cached_property
    def every(self) -> tuple[Speech, ...]:
        """Every speech, matter left out, in library order; `titles` and `paths` have the same order."""
        return tuple(speech for found in self.speeches.values() for speech in found if speech.kind == "speech")

    @cached_property
    def titles(self) -> Texts:
        """The title of every speech, folded."""
        return Texts([fold(speech.title) for speech in self.every])

    @cached_property
    def paths(self) -> Texts:
        """The document of every speech, folded."""
        return Texts([fold(speech.document) for speech in self.every])

    @cached_property
    def _fronts(self) -> Texts:
        return Texts([self.bearing(speech) for speech in self.every])

    def bearers(self, name: str) -> list[Speech]:
        """The speeches that bear the folded `name` on their front, in library order."""
        return [self.every[number] for number in self._fronts.having(name)]

    def place(self, document: str, start: int, end: int) -> Place:
        """The place `start`:`end`, cut to the paragraph in which it starts."""
        speech = self.speeches[document][max(0, bisect_right(self._starts[document], start) - 1)]
        index = max(0, bisect_right([paragraph.start for paragraph in speech.paragraphs], start) - 1)
        paragraph = speech.paragraphs[index]
        return Place(self.documents[document], speech, paragraph, max(start, paragraph.start), min(end, paragraph.end))


_CONGRESS = regex("第(?P<n>[一二三四五六七八九十]{1,3})次全国代表大会")
FRONT_LINES = 8
SIGNED_LINES = 3
FRONT_CHARACTERS = 60
OPENING_CHARACTERS, LAST_CHARACTERS = 160, 60  # of a paragraph that tells what the speech is: 为…,制定本办法。
_DATELINE = regex(
    r"新华社.{0,12}\d日电|\d{1,2}月\d{1,2}日[^。]{0,60}(?:出席|闭幕|开幕|会晤)"
    r"|讲话[（(]?\d{4}年|[（(]\d{4}年\d{1,2}月\d{1,2}日"
)


def front_of(speech: Speech, text: str) -> list[str]:
    """The short lines that open a speech before its first paragraph: title, occasion, date, speaker."""
    front = []
    for paragraph in speech.paragraphs[:FRONT_LINES]:
        line = text[paragraph.start : paragraph.end]
        if len(line) > FRONT_CHARACTERS or line.endswith(("。", "；", ";")) or paragraph.path:
            break
        front.append(line)
    return front


def bearing_of(speech: Speech, text: str) -> str:
    """What a speech bears on its front and under it: title, document, occasion, date, speaker; a congress also in short (二十大).

    The speaker also where it does not say itself who gave it.
    """
    front = front_of(speech, text)
    whole = " ".join((speech.title, speech.document, *front, *_opening(speech, text), *_signed(speech, text)))
    known = giver(fold(speech.title), fold(" ".join(front)))
    return " ".join((whole, *(f"{match['n']}大" for match in _CONGRESS.finditer(whole)), known))


def _signed(speech: Speech, text: str) -> Iterator[str]:
    """What stands under the speech: who issued it, and when."""
    for paragraph in speech.paragraphs[-SIGNED_LINES:]:
        line = text[paragraph.start : paragraph.end]
        if is_signature(line):
            yield line


def _opening(speech: Speech, text: str) -> Iterator[str]:
    """What the first paragraphs say of the speech itself: its dateline; of a speech without a title, its first paragraph."""
    untitled = speech.title == PurePosixPath(speech.document).stem
    for paragraph in speech.paragraphs[:FRONT_LINES]:
        line = text[paragraph.start : paragraph.end]
        if len(line) > FRONT_CHARACTERS and (_DATELINE.search(line[:OPENING_CHARACTERS]) or untitled):
            yield line[:OPENING_CHARACTERS]
            yield line[OPENING_CHARACTERS:][-LAST_CHARACTERS:] if untitled else ""
            untitled = False


def outline_of(place: Place) -> tuple[str, ...]:
    """The headings above the place, items that run on inside its paragraph included."""
    return path_at(place.speech.root, place.document.text, place.start, place.end)


def label(place: Place) -> str:
    """How an office cites the place: 《题目》第三部分“四种精神”第2项,第12段; of a document with pages also ,第3页."""
    steps = "".join(_step(node, place) for node in nodes_at(place.speech.root, place.start, place.end))
    title = place.speech.title.strip("《》")
    comma = "," if steps else ""
    page = place.document.page_at(place.start)
    return f"《{title}》{steps}{comma}第{place.paragraph.number}段" + (f",第{page}页" if page is not None else "")


def _step(node: Node, place: Place) -> str:
    mark = node.mark.strip().rstrip("、,，.．:： ")
    if node.kind in ("text", "speech"):
        return ""
    if not mark or node.ordinal is None:
        return f"“{heading_text(place.document.text, node)}”" if len(mark) == 0 else ""
    if mark.endswith(("章", "节", "条", "部分", "编", "篇")):
        return mark
    if node.mark.strip().endswith("、") and not mark.startswith("第") and not mark.isdecimal():
        return f"第{mark}部分"
    if mark.startswith(("(", "（")):
        return f"第{mark}条"
    return f"第{node.ordinal}项"


def citation(place: Place, n: int) -> Citation:
    """The citation number `n` of the place, in the contract's form."""
    document = place.document
    return Citation(
        n=n,
        document=document.path,
        document_id=document.document_id,
        sha256=document.sha256,
        speech=place.speech.title,
        outline=outline_of(place),
        paragraph=place.paragraph.number,
        start=place.start,
        end=place.end,
        quote=place.text,
        text=place.paragraph_text,
        label=label(place),
        page=document.page_at(place.start),
    )
