"""A document's text into speeches with their trees and numbered paragraphs.

Leaves out where a paragraph ends (`paragraphs`), where a speech ends (`speeches`) and how its tree grows (`branches`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from rag.outline.branches import grow
from rag.outline.headings import LINE_END, path_at
from rag.outline.paragraphs import Line, lines_of
from rag.outline.speeches import Part, parts_of
from rag.outline.titles import title_text
from rag.outline.tree import Paragraph, Speech
from rag.reading.document import Document
from rag.writing.sentences import Span


def outline(document: Document) -> tuple[Speech, ...]:
    """The parts of `document`, in the order of the text; their trees' leaves partition it."""
    text = document.text
    lines = lines_of(text)
    parts = parts_of(text, lines, titled=document.title is not None)
    speeches = []
    for number, part in enumerate(parts, 1):
        start = 0 if number == 1 else lines[part.first].start
        end = len(text) if number == len(parts) else lines[parts[number].first].start
        speeches.append(_speech(document, number, part, lines, (start, end)))
    return tuple(speeches)


def _speech(document: Document, number: int, part: Part, lines: Sequence[Line], span: Span) -> Speech:
    """The part with its tree and its paragraphs; `span` is where it stands, with the blanks around it."""
    text, (start, end) = document.text, span
    own = lines[part.first : part.last]
    body = own[part.titles :]
    title = document.title or PurePosixPath(document.path.split("#")[0]).stem
    title_start = title_end = start
    if part.titles:
        left, _ = title_text(text[own[0].start : own[0].end])
        title_start, title_end = own[0].start + left, own[part.titles - 1].end
        title = LINE_END.sub("", text[title_start:title_end])
    root = grow(text, body if part.kind == "speech" else (), start, end)
    paragraphs = tuple(
        Paragraph(index, line.start, line.end, path_at(root, text, line.start, line.start)) for index, line in enumerate(own, 1)
    )
    return Speech(document.path, number, part.kind, title, title_start, title_end, start, end, root, paragraphs)
