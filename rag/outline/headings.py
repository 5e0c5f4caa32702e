"""Where a span stands in an outline: the nodes that hold it, and the headings above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from rag.outline.tree import Node
from rag.writing.patterns import regex

HEADING_CHARACTERS = 60  # of a heading in a path; the longest heading of the development texts has 52
LINE_END = regex(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_start = attrgetter("start")


def path_at(root: Node, text: str, start: int, end: int) -> tuple[str, ...]:
    """The headings above the span `start`:`end`, outermost first, each as it stands, cut to 60 characters.

    The heading of a node in which the span lies counts, unless the span opens with it.
    """
    above = nodes_at(root, start, end)
    return tuple(heading_text(text, node) for node in above if node.kind in ("section", "item") and node.heading_start < start)


def heading_text(text: str, node: Node) -> str:
    """A node's heading with its mark, on one line, without the mark that ends it."""
    heading = LINE_END.sub("", text[node.heading_start : node.heading_end].strip())
    return heading.strip("*_").rstrip("。；;:：!！,，、")[:HEADING_CHARACTERS]


def nodes_at(root: Node, start: int, end: int) -> Iterator[Node]:
    """The nodes that hold the span `start`:`end` whole, outermost first."""
    node: Node | None = root
    while node is not None:
        yield node
        index = bisect_right(node.children, start, key=_start) - 1
        child = node.children[index] if index >= 0 else None
        node = child if child is not None and end <= child.end and start < child.end else None
