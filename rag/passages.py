"""Passages: what is embedded and searched, cut along paragraphs, items and sentences.

A passage lies within one paragraph, and within one section; small neighbouring items of one paragraph share
one. A long one is cut by langchain-text-splitters at sentence ends, else at clauses, never inside a number.
None is longer than `PASSAGE_CHARACTERS`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.outline.tree import Paragraph, Speech
from rag.reading.document import Document

if TYPE_CHECKING:  # it takes half a second, and only a build cuts
    from langchain_text_splitters import RecursiveCharacterTextSplitter

PASSAGE_CHARACTERS = 320  # two or three sentences; m3e-small reads 512 tokens, context included
CONTEXT_CHARACTERS = 120
# Each pattern cuts after its mark. A point or a comma within a number cuts nothing, nor does what stands between
# a number and its unit; the last, empty one cuts anywhere, for a number longer than a passage is none.
_QUOTED = "”’」』）)"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两点"
_SEPARATORS = (
    rf"(?<=[。！？!?…])(?![。！？!?…{_QUOTED}])|(?<=[。！？!?…][{_QUOTED}])(?![{_QUOTED}])",
    r"(?<=[；;])",
    r"(?<=[，、,：:])(?!(?<=\d[,，])\d{3}(?!\d))(?!(?<=\d[:：])\d)",
    r"(?<=\s)(?!(?<=\d\s)\d)",
    rf"(?<![\d.．,，%％万亿])(?!(?<=\d[:：])\d)(?!(?<=[{_NUMERALS}])[{_NUMERALS}元倍])(?!(?<=[A-Za-z])[A-Za-z\d])(?=\S)",
    "",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one paragraph: `text == document.text[start:end]`.

    `document` is the document's path, `speech` the speech's number in it, `paragraph` the paragraph's number
    in the speech. `context` (title and outline path) is embedded and searched with it but never shown.
    """

    document: str
    speech: int
    paragraph: int
    start: int
    end: int
    text: str
    context: str


@lru_cache(maxsize=1)
def _splitter() -> RecursiveCharacterTextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=list(_SEPARATORS),
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=PASSAGE_CHARACTERS,
        chunk_overlap=0,
        strip_whitespace=False,
    )


def cut(document: Document, speeches: Sequence[Speech]) -> tuple[Passage, ...]:
    """The passages of `document`, in the order of the text; every paragraph is covered but for white space."""
    return tuple(passage for speech in speeches for passage in _passages(document, speech))


def _passages(document: Document, speech: Speech) -> Iterator[Passage]:
    borders = [leaf.start for leaf in speech.root.leaves()]
    for paragraph in speech.paragraphs:
        inner = borders[bisect_right(borders, paragraph.start) : bisect_left(borders, paragraph.end)]
        context = context_of(speech, paragraph)
        for start, end in _merged([paragraph.start, *inner, paragraph.end]):
            for left, right in _split(document.text, start, end):
                yield Passage(speech.document, speech.number, paragraph.number, left, right, document.text[left:right], context)


def context_of(speech: Speech, paragraph: Paragraph) -> str:
    """The speech's title and the headings above the paragraph, on one line, cut to 120 characters."""
    return " ".join((speech.title, *paragraph.path))[:CONTEXT_CHARACTERS]


def _merged(borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring stretches between `borders`, joined while they stay within a passage's length."""
    start, end = borders[0], borders[1]
    for border in borders[2:]:
        if border - start > PASSAGE_CHARACTERS:
            yield start, end
            start = end
        end = border
    yield start, end


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch cut to length, white space at the ends left out; pieces that are blank are dropped."""
    position = start
    for piece in _splitter().split_text(text[start:end]) if end - start > PASSAGE_CHARACTERS else [text[start:end]]:
        left = position + len(piece) - len(piece.lstrip())
        right = position + len(piece.rstrip())
        position += len(piece)
        if left < right:
            yield left, right
