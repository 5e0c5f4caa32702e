"""The tree of one speech, grown line by line from the marks of its lists.

A node ends where its list goes on, where a stronger form begins, or where `endings` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.outline.endings import apart_at, contents_at, released_at
from rag.outline.marks import LABEL_RANK, STRONG_RANK, Mark, at_line_start, inside
from rag.outline.paragraphs import Line
from rag.outline.runs import Member, runs
from rag.outline.signs import is_salutation
from rag.outline.stated import announced
from rag.outline.tree import Node, NodeKind
from rag.writing.patterns import regex

SECTION_CHARACTERS = 60  # a marked line up to this length without a sentence inside is a heading
DEEPEST = 12  # levels; no text means more, and recursion over the tree stays shallow
FRONT_LINES = 8  # title, subtitle, date, speaker and salutation stand among the first lines
_HEADING_RANK = 45  # of a weak form (第一, a label) that makes a heading line
_HEADING_END = regex(r"[。！？!?；;]|[:：](?=\S)(?!//)")
_TAIL = regex(r"[。；;！!][”’）)]*(?=\s*(?:这些|以上|上述|总之|综上|这(?:几|两|三|四|五|六|七|八)[个条项点方]))")


@dataclass(slots=True)
class _Open:
    """A node that is still open, while the tree grows."""

    member: Member | None
    kind: NodeKind
    start: int
    heading: tuple[int, int]
    line_end: int
    children: list[Node] = field(default_factory=list)

    @property
    def mark(self) -> Mark | None:
        return self.member.mark if self.member else None


def grow(text: str, lines: Sequence[Line], start: int, end: int) -> Node:
    """The tree of the speech `start`:`end`, whose `lines` may open nodes (its title is none of them)."""
    contents = contents_at(text, lines)
    members = runs(_candidates(text, [line for line in lines if line.start not in contents]))
    released = released_at(lines, members)
    apart = apart_at(text, lines)
    stack = [_Open(None, "speech", start, (start, start), start)]
    at = 0
    for line in lines:
        if line.start in apart:
            _close(text, stack, line.start, 1)
        elif line.start in released:
            _close(text, stack, line.start, _without_labels(stack, _depth_of(stack, released[line.start])))
        _close(text, stack, line.start, _paragraph_depth(stack, members[at] if at < len(members) else None, line))
        while at < len(members) and members[at].mark.start < line.end:
            following = members[at + 1].mark.start if at + 1 < len(members) else line.end
            _open(text, stack, members[at], line, min(following, line.end))
            at += 1
        tail = _tail(text, stack, line)
        if tail is not None:
            _close(text, stack, tail, _without_inline(stack))
    _close(text, stack, end, 1)
    return _finished(text, stack[0], end)


def _candidates(text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    openers = [at_line_start(text, line.start, line.end) for line in lines]
    front = True
    for index, (line, mark) in enumerate(zip(lines, openers, strict=True)):
        front = front and index < FRONT_LINES and line.end - line.start < SECTION_CHARACTERS and text.find("。", line.start, line.end) < 0
        below = openers[index + 1] if index + 1 < len(lines) else None
        if mark is not None and not _is_front(text, line, mark, below, front):
            yield mark
            front = False
        yield from inside(text, line.start, line.end)


def _is_front(text: str, line: Line, mark: Mark, below: Mark | None, front: bool) -> bool:
    """Whether a label or a dash is a salutation or a subtitle: no prose before it and no list below a label."""
    if mark.style == "label":
        return is_salutation(text[line.start : line.end]) or (front and (below is None or below.style == "label"))
    return front and mark.style == "dash"


def _depth_of(stack: Sequence[_Open], start: int) -> int:
    """How much of the stack is left when the node that starts at `start` is closed."""
    return next((depth for depth in range(1, len(stack)) if stack[depth].start == start), len(stack))


def _paragraph_depth(stack: Sequence[_Open], coming: Member | None, line: Line) -> int:
    """How much of the stack stays open at the paragraph `line`; `coming` is the next mark, in it or after it.

    Items that run on inside a paragraph end with it, unless a mark that opens the next belongs to them. The last
    item of a list ends too where a new list of the same weak form runs on inside the next paragraph.
    """
    if coming is not None and coming.mark.start == line.start:
        return len(stack) if coming.index > 0 or coming.mark.announced else _without_inline(stack, ended=True)
    depth = _without_inline(stack)
    if coming is None or coming.mark.start >= line.end or coming.index > 0 or coming.mark.rank < LABEL_RANK:
        return depth
    style = coming.mark.style
    last = (at for at in range(1, depth) if (top := stack[at].member) and top.mark.style == style and top.following is None)
    return _without_labels(stack, next(last, depth))


def _without_inline(stack: Sequence[_Open], *, ended: bool = False) -> int:
    """The depth of the stack without the items on top that stand inside a paragraph, or only those whose list has `ended`."""
    depth = len(stack)
    while depth > 1 and (top := stack[depth - 1].member) is not None and top.mark.inline and not (ended and top.following is not None):
        depth -= 1
    return depth


def _without_labels(stack: Sequence[_Open], depth: int) -> int:
    """`depth` without the labels that stand by themselves over a list, where that list is closed: they end with it."""
    while 1 < depth < len(stack) and (top := stack[depth - 1].member) is not None and _stands_alone(top):
        depth -= 1
    return depth


def _stands_alone(member: Member) -> bool:
    return member.mark.style == "label" and member.index == 0 and member.following is None


def _open(text: str, stack: list[_Open], member: Member, line: Line, limit: int) -> None:
    same = next((depth for depth in range(len(stack) - 1, 0, -1) if _run(stack[depth]) == member.run), None)
    depth = same if same is not None else _place(text, stack, member)
    _close(text, stack, member.mark.start, min(depth, DEEPEST))
    kind, heading = _heading(text, member.mark, line, limit)
    stack.append(_Open(member, kind, member.mark.start, heading, line.end))


def _run(node: _Open) -> int | None:
    return node.member.run if node.member else None


def _place(text: str, stack: Sequence[_Open], member: Member) -> int:
    """The depth at which a list begins, or goes on where what held it is closed."""
    depth = len(stack)
    while depth > 1 and not _holds(text, stack[depth - 1], member):
        depth -= 1
    return depth


def _holds(text: str, node: _Open, member: Member) -> bool:
    """Whether the list that `member` opens lies within `node`.

    It does where its form is weaker, where it is over before the list of `node` goes on, where it stands
    inside the paragraph of `node`, and where a colon at the end of that paragraph, or section, announces it.
    """
    top, mark = node.member, member.mark
    if top is None or _rank(node, top, mark) < mark.rank or (top.following is not None and member.until < top.following):
        return True
    if member.index > 0 or mark.style == "label":
        return False
    if mark.inline:
        return not top.mark.inline or (not node.children and mark.rank > STRONG_RANK)
    if not mark.announced or node.children or mark.ordinal not in (1, None):
        return False
    return top.mark.rank == mark.rank or not text[node.line_end : mark.start].strip()


def _rank(node: _Open, top: Member, mark: Mark) -> int:
    """The rank of `node` where `mark` follows: a weak form that makes a heading line holds 1. and (1) and labels."""
    if node.kind == "section" and not _stands_alone(top) and _HEADING_RANK < mark.rank <= LABEL_RANK <= top.mark.rank != mark.rank:
        return _HEADING_RANK
    return top.mark.rank


def _heading(text: str, mark: Mark, line: Line, limit: int) -> tuple[NodeKind, tuple[int, int]]:
    """The kind of node that `mark` opens, and its heading, which ends before `limit`, the next mark."""
    end = _HEADING_END.search(text, mark.end, line.end)
    whole = limit == line.end and (end is None or end.end() == line.end)
    if not mark.inline and whole and line.end - line.start <= SECTION_CHARACTERS:
        return "section", (mark.start, line.end)
    return "item", (mark.start, min(end.end(), limit) if end else limit)


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
