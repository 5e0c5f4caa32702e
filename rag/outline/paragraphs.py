"""The lines of a text as they were meant, one a paragraph.

Line ends get lost and added on a text's way: a web page becomes one line with spaces where its paragraphs
ended, a printed page is cut every forty characters, a link breaks a sentence into three lines. Where that is
plain, a line of this module is a part of one line of the text, or covers several. The text is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.outline.marks import at_line_start, opens_heading
from rag.writing.patterns import regex

RUN_TOGETHER = 200  # a shorter line is never parted: its spaces are its author's
# White space, and what takes no room: a byte order mark stands before the first line of every text that was put behind another.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u200c\u200d\u2060\ufeff"
_NO_HEADING, _NO_NAME = regex("[。；;：:！!？?]"), regex("[。；;！!？?，,]")  # marks that none has, behind a mark of an outline and without
_HEADING_CHARACTERS = 60
_SALUTATION_CHARACTERS = 40
_ENDS_SENTENCE = regex(r"[。！？!?；;：:…][”’」』）)》\"']*$")
_OPENING = regex(r"[《“‘（「『【〈\[]$")
_CLOSING = regex(r"[》”’）」』】〉\]，。；、：！？]")
_CN = "[一二三四五六七八九十]{1,3}"
_BARE_MARK = regex(rf"(?:第?{_CN}[是要、,，]|其{_CN}[,，、是]|[(（]{_CN}[)）]|\d{{1,2}}[.．、])$")
_GAP = regex(r"[ \t\u3000\xa0]+")
_ENDS_PARAGRAPH = regex(r"[。！？!?…][”’」』）)》\"']*$")
_BRACKETS = regex(r"[《》（）()]")
_LONGEST_BRACKET = 120  # one that stays open longer was never closed


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, the span `start`:`end` of the text, white space around it left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Physical:
    """A line as it stands: `indent` characters of white space before it; `adjoins` the one before it."""

    start: int
    end: int
    indent: int
    adjoins: bool


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order; any of CR, LF, CRLF, VT, FF, NEL, LS, PS ends one."""
    physical = _physical(text)
    few = len(physical) <= 3
    whole = _joined(text, physical)
    return [Line(*span) for index, (start, end) in enumerate(whole) for span in _parted(text, start, end, titled=few and index == 0)]


def _physical(text: str) -> list[_Physical]:
    lines = []
    position = 0
    adjoins = False
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip(_BLANKS)
        if stripped:
            indent = len(raw) - len(raw.lstrip(_BLANKS))
            lines.append(_Physical(position + indent, position + indent + len(stripped), indent, adjoins))
        adjoins = bool(stripped)
        position += len(raw)
    return lines


def _joined(text: str, lines: Sequence[_Physical]) -> list[tuple[int, int]]:
    """The spans of `lines`, those joined that are pieces of one paragraph."""
    width = _wrap_width(text, lines)
    base = min((line.indent for line in lines), default=0)
    spans: list[tuple[int, int]] = []
    broken = False  # whether the last span has been joined of pieces
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and line.adjoins:
            pieces = _are_pieces(text, before, line, broken)
            if pieces or (width and _wraps(text, before, line, width, base)):
                spans[-1] = (spans[-1][0], line.end)
                broken = pieces
                continue
        spans.append((line.start, line.end))
        broken = False
    return spans


def _are_pieces(text: str, before: _Physical, line: _Physical, broken: bool) -> bool:
    """Whether a sentence is broken between two lines: at a bracket, before a stop, or after a bare mark."""
    if _OPENING.search(text, before.start, before.end) or _CLOSING.match(text, line.start):
        return True
    if line.indent or at_line_start(text, line.start, line.end):
        return False
    return bool(_BARE_MARK.fullmatch(text, before.start, before.end)) or (
        broken and not _ENDS_SENTENCE.search(text, max(before.start, before.end - 4), before.end)
    )


def _wraps(text: str, before: _Physical, line: _Physical, width: int, base: int) -> bool:
    """Whether `line` goes on where `before`, cut at `width` columns, stops."""
    full = _columns(text, before) >= width - 4
    ends = _ENDS_SENTENCE.search(text, max(before.start, before.end - 4), before.end)
    return full and not ends and line.indent <= base and at_line_start(text, line.start, line.end) is None


def _wrap_width(text: str, lines: Sequence[_Physical]) -> int:
    """The width in columns at which every line of `text` was cut, or 0.

    Plain only where it shows: nearly half of at least ten lines are of one width, the greatest, and stop in
    mid-sentence, while of the shorter ones a third ends a sentence (in a table none does).
    """
    if len(lines) < 10 or max(line.end - line.start for line in lines) > 160:
        return 0
    widths = [_columns(text, line) for line in lines]
    width = max(widths)
    ends = [bool(_ENDS_SENTENCE.search(text, max(line.start, line.end - 4), line.end)) for line in lines]
    full = [end for end, columns in zip(ends, widths, strict=True) if columns >= width - 4]
    short = [end for end, columns in zip(ends, widths, strict=True) if columns < width - 4]
    plain = 40 <= width <= 160 and len(full) >= 0.4 * len(lines) and sum(full) <= 0.4 * len(full) and sum(short) * 3 >= len(short) > 0
    return width if plain else 0


def _columns(text: str, line: _Physical) -> int:
    """The line's width on a terminal, its indent included: a Chinese character takes two columns."""
    span = text[line.start - line.indent : line.end]
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in span)


def _parted(text: str, start: int, end: int, *, titled: bool) -> Iterator[tuple[int, int]]:
    """A long line in the places where white space stands for a line end; `titled` if a title may open it."""
    if end - start <= RUN_TOGETHER:
        yield start, end
        return
    gaps = _open_gaps(text, start, end)
    left = start
    for index, gap in enumerate(gaps):
        beyond = gaps[index + 1].start() if index + 1 < len(gaps) else end
        title = titled and left == start
        if gap.start() > left and _is_line_end(text, left, gap, beyond, end, title=title):
            yield left, gap.start()
            left = gap.end()
    yield left, end


def _open_gaps(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The white space of a line that does not stand within brackets."""
    gaps = []
    opened: int | None = None
    position = start
    for gap in _GAP.finditer(text, start, end):
        for bracket in _BRACKETS.finditer(text, position, gap.start()):
            opened = bracket.start() if bracket.group() in "《（(" else None
        position = gap.end()
        if opened is None or gap.start() - opened > _LONGEST_BRACKET:
            gaps.append(gap)
    return gaps


def _is_line_end(text: str, left: int, gap: re.Match[str], beyond: int, end: int, *, title: bool) -> bool:
    """Whether the white space `gap` after the piece from `left` on stands for a line end."""
    if "\u3000\u3000" in gap.group() or _ENDS_PARAGRAPH.search(text, max(left, gap.start() - 4), gap.start()):
        return True
    length = gap.start() - left
    if text[gap.start() - 1] in ":：" and length <= _SALUTATION_CHARACTERS:
        return True
    mark = opens_heading(text, left, gap.start())
    bare = mark is not None and mark.end() >= gap.start()
    if not bare and opens_heading(text, gap.end(), end):
        return True
    typed = text[gap.start() - 1].isascii() and text[gap.start() - 1].isalnum()  # 24 小时, APP 下载: a space of the writer
    heading = title or (mark is not None and not bare and not typed)
    plain = length <= _HEADING_CHARACTERS and not (_NO_HEADING if mark else _NO_NAME).search(text, left, gap.start())
    return heading and plain and (beyond - gap.end() >= length or text[beyond - 1] in ":：")
