"""A document's text into speeches with their trees and numbered paragraphs.

Leaves out where a paragraph ends (`paragraphs`), where a speech ends (`speeches`) and how its tree grows (`branches`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import PurePosixPath

from rag.outline.branches import grow
from rag.outline.paragraphs import Line, lines_of
from rag.outline.speeches import Part, parts_of, title_text
from rag.outline.tree import Node, Paragraph, Speech
from rag.reading.document import Document

HEADING_CHARACTERS = 60  # of a heading in a path; the longest heading of the development texts has 52
_LINE_END = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_start = attrgetter("start")


def outline(document: Document) -> tuple[Speech, ...]:
    """The parts of `document`, in the order of the text; their trees' leaves partition it."""
    text = document.text
    lines = lines_of(text)
    parts = parts_of(text, lines, titled=document.title is not None)
    speeches = []
    for number, part in enumerate(parts, 1):
        start = 0 if number == 1 else lines[part.first].start
        end = len(text) if number == len(parts) else lines[parts[number].first].start
        speeches.append(_speech(document, number, part, lines, start, end))
    return tuple(speeches)


def _speech(document: Document, number: int, part: Part, lines: Sequence[Line], start: int, end: int) -> Speech:
    text = document.text
    own = lines[part.first : part.last]
    body = own[part.titles :]
    title = document.title or PurePosixPath(document.path.split("#")[0]).stem
    title_start = title_end = start
    if part.titles:
        left, _ = title_text(text[own[0].start : own[0].end])
        title_start, title_end = own[0].start + left, own[part.titles - 1].end
        title = _LINE_END.sub("", text[title_start:title_end])
    root = grow(text, body if part.kind == "speech" else (), start, end)
    paragraphs = tuple(
        Paragraph(index, line.start, line.end, path_at(root, text, line.start, line.start)) for index, line in enumerate(own, 1)
    )
    return Speech(document.path, number, part.kind, title, title_start, title_end, start, end, root, paragraphs)


def path_at(root: Node, text: str, start: int, end: int) -> tuple[str, ...]:
    """The headings above the span `start`:`end`, outermost first, each as it stands, cut to 60 characters.

    The heading of a node in which the span lies counts, unless the span opens with it.
    """
    above = nodes_at(root, start, end)
    return tuple(heading_text(text, node) for node in above if node.kind in ("section", "item") and node.heading_start < start)


def heading_text(text: str, node: Node) -> str:
    """A node's heading with its mark, on one line, without the mark that ends it."""
    heading = _LINE_END.sub("", text[node.heading_start : node.heading_end].strip())
    return heading.strip("*_").rstrip("。；;:：!！,，、")[:HEADING_CHARACTERS]


def nodes_at(root: Node, start: int, end: int) -> Iterator[Node]:
    """The nodes that hold the span `start`:`end` whole, outermost first."""
    node: Node | None = root
    while node is not None:
        yield node
        index = bisect_right(node.children, start, key=_start) - 1
        child = node.children[index] if index >= 0 else None
        node = child if child is not None and end <= child.end and start < child.end else None
