"""Where lists end before the next heading: at the paragraphs after a last item that are plainly no part of it.

The other items have no such paragraphs, or an address, a signature or an annex closes the speech. A table of
contents, which repeats the headings, is none of the speech's lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.outline.marks import at_line_start
from rag.outline.paragraphs import Line
from rag.outline.runs import Member
from rag.outline.signs import is_contents, is_signature
from rag.writing.patterns import regex

CLOSING_LINES = 3  # a closing address stands among the last lines of a speech
_SIGNATURE_CHARACTERS = 30
_CLOSING = regex(r"(?:同志们|各位(?:代表|委员|同志|来宾|领导|朋友)|总之|综上|让我们|谢谢大家|最后[,，]|新的一年)")
_PAGE = regex(r"[\s.·…—-]*\d*$")  # dots and a page number behind a line of contents
_CONTENTS_CHARACTERS = 80
_APART = regex(r"(?:结束语|结语|附件|附录|附表|附则|名词解释|注释?[:：]).{0,30}$")


def apart_at(text: str, lines: Sequence[Line]) -> set[int]:
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


def contents_at(text: str, lines: Sequence[Line]) -> set[int]:
    """The starts of the lines of a table of contents: from 目录 on, up to where its first entry stands again."""
    top = next((index for index, line in enumerate(lines) if is_contents(text[line.start : line.end][:10])), None)
    if top is None or top + 1 == len(lines):
        return set()
    entry = _entry(text, lines[top + 1])
    contents: set[int] = set()
    for line in lines[top:]:
        if len(contents) > 1 and _entry(text, line) == entry:
            return contents
        if line.end - line.start > _CONTENTS_CHARACTERS:
            break
        contents.add(line.start)
    return set()


def _entry(text: str, line: Line) -> str:
    return _PAGE.sub("", text[line.start : line.end][: 2 * _CONTENTS_CHARACTERS])


def _is_plain(text: str, line: Line) -> bool:
    """Whether a line is short and opens nothing, as the name of an office and a date under a speech are."""
    if line.end - line.start > 2 * _SIGNATURE_CHARACTERS or any(mark in "。！？!?；;：:，," for mark in text[line.start : line.end]):
        return False
    return at_line_start(text, line.start, line.end) is None


def released_at(lines: Sequence[Line], members: Sequence[Member]) -> dict[int, int]:
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
