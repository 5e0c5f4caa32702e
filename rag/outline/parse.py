"""A document's text into speeches with their trees and numbered paragraphs.

Leaves out which marks exist (`marks`) and where one speech ends (`speeches`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rag.outline.marks import LABEL_RANK, Mark, at_line_start, inside, runs
from rag.outline.speeches import Line, Part, is_salutation, lines_of, parts_of, title_text
from rag.outline.stated import announced
from rag.outline.tree import Node, NodeKind, Paragraph, Speech
from rag.reading.document import Document

HEADING_CHARACTERS = 60  # of a heading in a path; the longest heading of the development texts has 52
_SECTION_LINE = 60  # a marked line up to this length without a sentence inside is a heading
_HEADING_END = re.compile(r"[。！？!?；;]|[:：](?=\S)")
_TAIL = re.compile(r"[。；;！!][”’）)]*(?=\s*(?:这些|以上|上述|总之|综上|这(?:几|两|三|四|五|六)[个条项点方]))")
_CLOSING = re.compile(r"(?:同志们|各位(?:代表|委员|同志|来宾|领导|朋友)|总之|综上|让我们|谢谢大家|最后[,，]|新的一年)")
CLOSING_LINES = 3  # a closing address stands among the last lines of a speech


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
    title_start = title_end = start
    title = document.title or PurePosixPath(document.path.split("#")[0]).stem
    if part.title is not None:
        line = lines[part.title]
        left, right = title_text(text[line.start : line.end])
        title_start, title_end = line.start + left, line.start + right
        title = text[title_start:title_end]
    body = own[1:] if part.title is not None else own
    root = _tree(text, body if part.kind == "speech" else (), start, end)
    paragraphs = tuple(
        Paragraph(index, line.start, line.end, path_at(root, text, line.start, line.start)) for index, line in enumerate(own, 1)
    )
    return Speech(document.path, number, part.kind, title, title_start, title_end, start, end, root, paragraphs)


@dataclass(slots=True)
class _Open:
    """A node that is still open, while the tree grows."""

    mark: Mark | None
    kind: NodeKind
    start: int
    heading: tuple[int, int]
    children: list[Node] = field(default_factory=list)


def _tree(text: str, lines: Sequence[Line], start: int, end: int) -> Node:
    marks = {mark.start: mark for mark in _marks(text, lines)}
    closing = {line.start for line in lines[-CLOSING_LINES:] if _CLOSING.match(text, line.start)}
    stack = [_Open(None, "speech", start, (start, start))]
    for line in lines:
        opener = marks.get(line.start)
        if opener is None or opener.start != line.start:
            _close(text, stack, line.start, _paragraph_depth(stack, line.start in closing))
        for position in sorted(at for at in marks if line.start <= at < line.end):
            _open(text, stack, marks[position], line)
        tail = _tail(text, stack, line)
        if tail is not None:
            _close(text, stack, tail, _paragraph_depth(stack, closing=False))
    _close(text, stack, end, 1)
    return _finished(text, stack[0], end)


def _marks(text: str, lines: Sequence[Line]) -> list[Mark]:
    return runs(_candidates(text, lines))


def _candidates(text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    for index, line in enumerate(lines):
        first = at_line_start(text, line.start, line.end)
        if first is not None and not _front_matter(text, lines, index, first):
            yield first if first.start != first.end else Mark("label", LABEL_RANK, None, line.start, line.start, inline=False)
        yield from inside(text, line.start, line.end)


def _front_matter(text: str, lines: Sequence[Line], index: int, mark: Mark) -> bool:
    """Whether a label or a dash is a salutation or a subtitle: no longer line stands before it."""
    if mark.style not in ("label", "dash"):
        return False
    if mark.style == "label" and is_salutation(text[lines[index].start : lines[index].end]):
        return True
    return all(line.end - line.start < 40 for line in lines[:index]) and index < 8


def _paragraph_depth(stack: Sequence[_Open], closing: bool) -> int:
    """How much of the stack stays open at a paragraph without a mark: items that run on inside one end."""
    if closing:
        return 1
    depth = len(stack)
    while depth > 1 and (mark := stack[depth - 1].mark) is not None and mark.inline:
        depth -= 1
    return depth


def _open(text: str, stack: list[_Open], mark: Mark, line: Line) -> None:
    depth = len(stack)
    same = next((i for i in range(len(stack) - 1, 0, -1) if _style(stack[i]) == (mark.style, mark.rank)), None)
    if same is not None and not (mark.ordinal == 1 and mark.style not in ("label", "dash", "markdown") and same < len(stack) - 1):
        depth = same
    else:
        while depth > 1 and _above(text, stack[depth - 1], mark):
            depth -= 1
    _close(text, stack, mark.start, depth)
    kind, heading = _heading(text, mark, line)
    stack.append(_Open(mark, kind, mark.start, heading))


def _style(node: _Open) -> tuple[str, int] | None:
    return (node.mark.style, node.mark.rank) if node.mark else None


def _above(text: str, top: _Open, mark: Mark) -> bool:
    """Whether `mark` ends the node `top` although their forms differ: it is of a stronger form.

    A list that a colon announces, or that starts inside an item which itself runs on, lies below all the same.
    """
    if top.mark is None:
        return False
    if mark.ordinal in (1, None) and mark.style != "label" and not top.children:
        announced_here = text[top.start : mark.start].rstrip().endswith((":", "："))
        if announced_here or (mark.inline and top.mark.inline):
            return False
    return top.mark.rank >= mark.rank


def _heading(text: str, mark: Mark, line: Line) -> tuple[NodeKind, tuple[int, int]]:
    end = _HEADING_END.search(text, mark.end, line.end)
    if not mark.inline and (end is None or end.end() == line.end) and line.end - line.start <= _SECTION_LINE:
        return "section", (mark.start, line.end)
    return "item", (mark.start, end.end() if end else line.end)


def _tail(text: str, stack: Sequence[_Open], line: Line) -> int | None:
    """Where, after the last item that runs on inside `line`, words about all items begin; or None."""
    top = stack[-1]
    if top.mark is None or not top.mark.inline or top.start < line.start:
        return None
    match = _TAIL.search(text, top.start, line.end)
    return match.end() if match else None


def _close(text: str, stack: list[_Open], position: int, depth: int) -> None:
    while len(stack) > depth:
        node = stack.pop()
        stack[-1].children.append(_finished(text, node, position))


def _finished(text: str, node: _Open, end: int) -> Node:
    children = _with_text(node.children, node.start, end)
    mark = node.mark
    return Node(
        kind=node.kind,
        start=node.start,
        end=end,
        heading_start=node.heading[0],
        heading_end=node.heading[1],
        mark=text[mark.start : mark.end] if mark else "",
        ordinal=mark.ordinal if mark else None,
        stated=announced(text, node.heading, children),
        children=children,
    )


def _with_text(children: Sequence[Node], start: int, end: int) -> tuple[Node, ...]:
    """`children` with a text leaf in every gap of `start`:`end`; nothing where there are no children."""
    if not children:
        return ()
    whole: list[Node] = []
    for child in children:
        if child.start > start:
            whole.append(Node("text", start, child.start, start, start))
        whole.append(child)
        start = child.end
    if start < end:
        whole.append(Node("text", start, end, start, start))
    return tuple(whole)


def path_at(root: Node, text: str, start: int, end: int) -> tuple[str, ...]:
    """The headings above the span `start`:`end`, outermost first, each as it stands, cut to 60 characters.

    The heading of a node in which the span lies counts, unless the span opens with it.
    """
    above = (node for node in nodes_at(root, start, end) if node.kind in ("section", "item"))
    return tuple(heading_text(text, node) for node in above if node.heading_start < start)


def heading_text(text: str, node: Node) -> str:
    """A node's heading with its mark, without the mark that ends it."""
    return text[node.heading_start : node.heading_end].strip().rstrip("。；;:：!！")[:HEADING_CHARACTERS]


def nodes_at(root: Node, start: int, end: int) -> Iterator[Node]:
    """The nodes that hold the span `start`:`end` whole, outermost first."""
    node: Node | None = root
    while node is not None:
        yield node
        node = next((c for c in node.children if c.start <= start and end <= c.end and start < c.end), None)
