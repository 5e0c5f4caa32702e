"""The tree of one speech, grown line by line from the marks of its lists.

A node ends where its list goes on, where a stronger form begins, or where the paragraphs after a list's last
item are plainly no part of it: its other items have none, or an address or a signature closes the speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.outline.marks import LABEL_RANK, STRONG_RANK, Mark, at_line_start, inside
from rag.outline.paragraphs import Line
from rag.outline.runs import Member, runs
from rag.outline.speeches import is_salutation, is_signature
from rag.outline.stated import announced
from rag.outline.tree import Node, NodeKind

SECTION_CHARACTERS = 60  # a marked line up to this length without a sentence inside is a heading
DEEPEST = 12  # levels; no text means more, and recursion over the tree stays shallow
FRONT_LINES = 8  # title, subtitle, date, speaker and salutation stand among the first lines
CLOSING_LINES = 3  # a closing address stands among the last lines of a speech
_SIGNATURE_CHARACTERS = 30
_HEADING_RANK = 45  # of a weak form (第一, a label) that makes a heading line
_HEADING_END = re.compile(r"[。！？!?；;]|[:：](?=\S)(?!//)")
_TAIL = re.compile(r"[。；;！!][”’）)]*(?=\s*(?:这些|以上|上述|总之|综上|这(?:几|两|三|四|五|六|七|八)[个条项点方]))")
_CLOSING = re.compile(r"(?:同志们|各位(?:代表|委员|同志|来宾|领导|朋友)|总之|综上|让我们|谢谢大家|最后[,，]|新的一年)")
_APART = re.compile(r"(?:结束语|结语|附件|附录|附表|附则|名词解释|注释?[:：]).{0,30}$")


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
    members = runs(_candidates(text, lines))
    released = _released(lines, members)
    apart = _apart(text, lines)
    stack = [_Open(None, "speech", start, (start, start), start)]
    at = 0
    for line in lines:
        if line.start in apart:
            _close(text, stack, line.start, 1)
        elif line.start in released:
            _close(text, stack, line.start, _depth_of(stack, released[line.start]))
        if at == len(members) or members[at].mark.start != line.start:
            _close(text, stack, line.start, _paragraph_depth(stack, members[at] if at < len(members) else None, line))
        while at < len(members) and members[at].mark.start < line.end:
            following = members[at + 1].mark.start if at + 1 < len(members) else line.end
            _open(text, stack, members[at], line, min(following, line.end))
            at += 1
        tail = _tail(text, stack, line)
        if tail is not None:
            _close(text, stack, tail, _paragraph_depth(stack))
    _close(text, stack, end, 1)
    return _finished(text, stack[0], end)


def _candidates(text: str, lines: Sequence[Line]) -> Iterator[Mark]:
    front = True
    for index, line in enumerate(lines):
        front = front and index < FRONT_LINES and line.end - line.start < SECTION_CHARACTERS and text.find("。", line.start, line.end) < 0
        mark = at_line_start(text, line.start, line.end)
        if mark is not None and not (mark.style in ("label", "dash") and _is_front(text, line, mark, front)):
            yield mark
        yield from inside(text, line.start, line.end)


def _is_front(text: str, line: Line, mark: Mark, front: bool) -> bool:
    """Whether a label or a dash is a salutation or a subtitle: no line of prose stands before it."""
    return front or (mark.style == "label" and is_salutation(text[line.start : line.end]))


def _apart(text: str, lines: Sequence[Line]) -> set[int]:
    """The starts of the lines that belong to no section: a closing address, a signature, annexes."""
    apart = {line.start for line in lines[-CLOSING_LINES:] if _CLOSING.match(text, line.start)}
    apart |= {line.start for line in lines if line.end - line.start <= _SIGNATURE_CHARACTERS and _APART.match(text, line.start, line.end)}
    last = lines[-CLOSING_LINES:]
    for before, line in zip([None, *last], last, strict=False):
        if _is_plain(text, line) and is_signature(text[line.start : line.end]):
            apart.add(line.start)
            if before is not None and _is_plain(text, before):
                apart.add(before.start)
    return apart


def _is_plain(text: str, line: Line) -> bool:
    """Whether a line is short and opens nothing, as the name of an office and a date under a speech are."""
    if line.end - line.start > 2 * _SIGNATURE_CHARACTERS or re.search(r"[。！？!?；;：:，,]", text[line.start : line.end]):
        return False
    return at_line_start(text, line.start, line.end) is None


def _released(lines: Sequence[Line], members: Sequence[Member]) -> dict[int, int]:
    """The starts of lines at which the last item of a list ends before them, with the item's start.

    Where every other item of the list has the same few paragraphs (none or one) below its own, so has the
    last; and a label that stands by itself, with no list below, speaks of the next paragraph only.
    """
    index_of = {line.start: index for index, line in enumerate(lines)}
    heads = [member for member in members if member.mark.start in index_of]
    bodies: dict[int, list[int | None]] = {}
    released = {}
    for member, after in zip(heads, [*heads[1:], None], strict=False):
        own = index_of[member.mark.start]
        beyond = index_of[after.mark.start] if after else len(lines)
        body = beyond - own - 1
        earlier = bodies.setdefault(member.run, [])
        if member.following is None:
            few = _few(member, earlier, body)
            if few is not None and few < body:
                released[lines[own + 1 + few].start] = member.mark.start
        earlier.append(body if after and after.mark.start == member.following else None)
    return released


def _few(last: Member, earlier: Sequence[int | None], body: int) -> int | None:
    """How many paragraphs the last item of a list has below its own, where the others tell; else None."""
    if last.mark.style == "label" and not earlier:
        return 1
    if not earlier or last.mark.rank < 25 or earlier[0] not in (0, 1) or any(count != earlier[0] for count in earlier):
        return None
    weak = not last.mark.alone or last.mark.style == "dash"
    return earlier[0] if len(earlier) > 1 or (weak and earlier[0] == 0) else None


def _depth_of(stack: Sequence[_Open], start: int) -> int:
    """How much of the stack is left when the node that starts at `start` is closed."""
    return next((depth for depth in range(1, len(stack)) if stack[depth].start == start), len(stack))


def _paragraph_depth(stack: Sequence[_Open], coming: Member | None = None, line: Line | None = None) -> int:
    """How much of the stack stays open at a paragraph without a mark: items that run on inside one end.

    So does the last item of a list where a new list of the same weak form runs on inside `line`, from `coming` on.
    """
    depth = len(stack)
    while depth > 1 and (mark := stack[depth - 1].mark) is not None and mark.inline:
        depth -= 1
    if coming is None or line is None or coming.mark.start >= line.end or coming.index > 0 or coming.mark.rank < LABEL_RANK:
        return depth
    style = coming.mark.style
    return next((at for at in range(1, depth) if (top := stack[at].member) and top.mark.style == style and top.following is None), depth)


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
    lone_label = top.mark.style == "label" and top.index == 0 and top.following is None
    if node.kind == "section" and not lone_label and _HEADING_RANK < mark.rank <= LABEL_RANK <= top.mark.rank != mark.rank:
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
