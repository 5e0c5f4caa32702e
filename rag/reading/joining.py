"""Lines in reading order in, text out: one paragraph a line, whatever the margins, columns and pages cut apart.

Notes at a page's foot come after the paragraph that they interrupt. Lengths are in units of the size of the type.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.reading.glyphs import Line
from rag.reading.margins import NOTE
from rag.reading.order import COLUMN_CHARACTERS

_INDENT = 1.2  # a paragraph's first line is set in by two characters
_FULL = 2.3  # a line may end that far before the margin: a stop must not begin a line, and pulls a character along
_LEADING = 1.45  # of the usual distance between lines; more of it parts paragraphs
_SAME_SIZE = 0.12
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:…][”’」』）)》\"']*$")
_CLAUSE = re.compile(r"[，,、（(《“]$")
_FIXED_SHARE = 0.4  # of the lines, that have one same number of characters
_LONG = 0.75  # of the measure: a line so long that does not end its sentence goes on in the next
_CUT_CELL = 15  # characters of a cell that goes over lines, and so perhaps over pages
_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_MARK = re.compile(
    rf"第(?:{_NUMERAL}|\d{{1,3}})[章节条篇编部]|{_NUMERAL}[、是要]|[(（](?:{_NUMERAL}|\d{{1,3}})[)）]|\d{{1,3}}(?:[.．、](?!\d)|[)）])|[①-⑳●•■◆○]|附件"
)


@dataclass(slots=True)
class Text:
    """The text while it is being put together."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str, page: int) -> None:
        """Put `text`, which stands on `page`, behind what there is."""
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((self.length, page))
        self.pieces.append(text)
        self.length += len(text)

    def amend(self, text: str) -> None:
        """Put `text` in the place of what was added last."""
        self.length += len(text) - len(self.pieces[-1])
        self.pieces[-1] = text


def joined(flow: Sequence[Line], notes: dict[int, list[Line]]) -> Text:
    """The text of the lines, one paragraph a line."""
    text = Text()
    leading = _usual_leading(flow)
    indented = _is_indented(flow)
    count = _fixed_count(flow)
    waiting: list[Line] = []
    before: Line | None = None
    for line in flow:
        if before is not None and line.page != before.page:
            waiting += [note for number in range(before.page, line.page) for note in notes.get(number, ())]
        row = _row_over_pages(before, line) if before is not None else ()
        if before is not None and row:
            text.amend("\t".join(row))
            before.cells, before.page = row, line.page
            continue
        if before is not None and _goes_on(before, line, leading, indented=indented, count=count):
            _append(text, before.text, line)
        else:
            _end_paragraph(text)
            _add_notes(text, waiting)
            waiting = []
            text.add(line.text, line.page)
        before = line
    _end_paragraph(text)
    last = before.page if before is not None else 0
    _add_notes(text, [*waiting, *(note for number in sorted(notes) if number >= last for note in notes[number])])
    while text.pieces and text.pieces[-1] == "\n":
        text.pieces.pop()
    return text


def _row_over_pages(before: Line, line: Line) -> tuple[str, ...]:
    """The cells of a table's row of which the end stands on the next page; none where `line` is a row of its own."""
    alike = len(before.cells) == len(line.cells) and abs(before.left - line.left) + abs(before.right - line.right) < line.size
    if not alike or line.page != before.page + 1 or 2 * sum(map(bool, line.cells)) > len(line.cells):
        return ()
    pairs = list(zip(before.cells, line.cells, strict=True))
    cut = all(len(above) >= _CUT_CELL and not _ENDS_SENTENCE.search(above) for above, below in pairs if below)
    return tuple(above + below for above, below in pairs) if cut else ()


def _end_paragraph(text: Text) -> None:
    if text.pieces and text.pieces[-1] != "\n":
        text.pieces.append("\n")
        text.length += 1


def _add_notes(text: Text, notes: Sequence[Line]) -> None:
    """The notes, each a paragraph that begins with its mark."""
    before = ""
    for note in notes:
        if before and not NOTE.match(note.text):
            _append(text, before, note)
        else:
            _end_paragraph(text)
            text.add(note.text, note.page)
        before = note.text
    _end_paragraph(text)


def _append(text: Text, before: str, line: Line) -> None:
    """Add a line to its paragraph: a hyphen at a line's end falls away, Latin words keep their space."""
    if re.search(r"[A-Za-z]-$", before) and line.text[:1].islower() and line.text[:1].isascii():
        text.pieces[-1] = text.pieces[-1][:-1]
        text.length -= 1
        text.add(line.text, line.page)
    else:
        latin = re.search(r"[A-Za-z0-9,.;:!?)]$", before) and re.match(r"[A-Za-z(]", line.text)
        text.add(f" {line.text}" if latin else line.text, line.page)


def _usual_leading(flow: Sequence[Line]) -> float:
    """The usual distance between lines, in units of their size."""
    gaps = [line.gap / line.size for line in flow if line.gap is not None and 0 < line.gap < 6 * line.size and not line.table]
    return statistics.median(gaps) if gaps else 1.5


def _is_indented(flow: Sequence[Line]) -> bool:
    """Whether paragraphs are set in: some lines are that end further right than they begin from the margin."""
    set_in = [line for line in flow if _INDENT * line.size < line.left - line.edge[0] < 3 * line.size and _is_full(line, "")]
    return len(set_in) >= 2 or len(set_in) * 10 >= len(flow) > 0


def _is_full(line: Line, following: str) -> bool:
    """Whether a line goes to the margin, or so near that the next word did not fit. Lines that are all short have no margin."""
    if line.edge[1] - line.edge[0] < COLUMN_CHARACTERS * line.size:
        return False
    word = re.match(r"[!-~]+", following)
    room = max(_FULL, 0.6 * len(word[0]) + 0.5) if word and len(word[0]) > 1 else _FULL
    return line.right >= line.edge[1] - room * line.size


def _fixed_count(flow: Sequence[Line]) -> int | None:
    """The number of characters at which every line was cut, whatever its width; None where lines go by width."""
    counts = Counter(len(line.text) for line in flow)
    if not counts:
        return None
    most, times = counts.most_common(1)[0]
    return most if times >= max(4, _FIXED_SHARE * len(flow)) and most >= COLUMN_CHARACTERS else None


def _stops_short(before: Line, line: Line, count: int | None) -> bool:
    """Whether the line `before` ends before the margin: with it its paragraph ends, but in mid-sentence it goes on."""
    if _is_full(before, line.text) or (count is not None and len(before.text) in (count, count - 2)):
        return False
    if _CLAUSE.search(before.text) or (before.text[-1:].isdigit() and re.match(r"[.,%％万亿]", line.text)):
        return False
    measure = before.edge[1] - before.edge[0]
    long = before.right - before.edge[0] >= _LONG * measure and line.right - line.left > before.size * COLUMN_CHARACTERS
    return not long or bool(_ENDS_SENTENCE.search(before.text)) or bool(_MARK.match(line.text))


def _goes_on(before: Line, line: Line, leading: float, *, indented: bool, count: int | None) -> bool:
    """Whether `line` goes on with the paragraph of the line `before`."""
    if before.table or line.table or abs(before.size - line.size) > _SAME_SIZE * max(before.size, line.size):
        return False
    if _stops_short(before, line, count):
        return False
    if line.gap is not None and line.page == before.page and line.gap > _LEADING * leading * line.size:
        return False
    set_in = line.left - line.edge[0] > _INDENT * line.size
    ended = bool(_ENDS_SENTENCE.search(before.text))
    if set_in:
        as_before = before.left - before.edge[0] > line.left - line.edge[0] - 0.3 * line.size
        hanging = _MARK.match(before.text) and before.left - before.edge[0] < 0.3 * before.size  # an item whose lines are set in
        return not ended and not _MARK.match(line.text) and bool(as_before or hanging or not indented)
    return indented or not ended or not _MARK.match(line.text)
