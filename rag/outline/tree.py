"""The outline of a document: speeches, their trees of sections and items, their paragraphs.

All positions count characters of the document's text. The leaves of a document's trees partition its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["speech", "section", "item", "text"]
SpeechKind = Literal["speech", "matter"]


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the outline, the span `start`:`end`, white space after it included.

    `kind`: a whole "speech", a "section" (its heading is a line of its own), an "item" (its mark opens a
    paragraph or stands inside one), or "text" (a leaf without a mark). `mark` is the label as it stands
    ("三、", "(二)", "一是", "## "), `ordinal` its number, `heading_start`:`heading_end` the heading with its
    mark (for an item its first clause or sentence; empty for "text"). `stated` is the number of children
    that the text announces ("四种精神:" says 4), where it does. Children lie inside, in order, without gaps.
    """

    kind: NodeKind
    start: int
    end: int
    heading_start: int
    heading_end: int
    mark: str = ""
    ordinal: int | None = None
    stated: int | None = None
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Node]:
        """The nodes without children, in the order of the text; their spans partition this node's."""
        return (node for node in self.walk() if not node.children)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text, not blank; `number` counts from 1 within its speech.

    It is a line of the text, or, where line ends were plainly lost or added, a part of one or several.

    `start`:`end` leaves out white space around it. `path` holds the headings above it, outermost first,
    as the text has them, cut to `HEADING_CHARACTERS`.
    """

    number: int
    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech of a document, or "matter" around speeches (a web page's blurb, its foot).

    `number` counts the parts of the document from 1 in the order of the text, matter included.
    `title` is the title's text as the source has it, or a name made from the file where it has none;
    `title_start`:`title_end` is where it stands (empty where it does not stand in the text).
    """

    document: str
    number: int
    kind: SpeechKind
    title: str
    title_start: int
    title_end: int
    start: int
    end: int
    root: Node
    paragraphs: tuple[Paragraph, ...]

    def __hash__(self) -> int:
        return hash((self.document, self.number))  # not the whole tree: an answer keeps speeches apart a hundred times
