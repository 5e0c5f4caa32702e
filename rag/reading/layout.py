"""Characters with their places on pages in, text in reading order out: one paragraph a line, whatever the page cut apart.

Columns are read one after the other, running heads and page numbers left out and counted, lines that were cut at the
margin joined again, over columns and pages, and notes at a page's foot put after the paragraph that they interrupt.
Knows nothing of PDF. Leaves out vertical writing; of a table only the rows are kept, as lines with tabs.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.reading.document import SAMPLE_CHARACTERS, LeftOut

# All lengths below are in units of the size of the type.
_SAME_ROW = 0.35
_WORD_GAP = 0.22  # between Latin words; within a word kerning stays under a tenth
_CELL_GAP = 1.8  # between cells of a table or columns; a space of full width is 1.0
_SMALL = 0.8  # of the text's size: a note's mark, or a note
_RAISED = 0.15
_INDENT = 1.2  # a paragraph's first line is set in by two characters
_FULL = 2.3  # a line may end that far before the margin: a stop must not begin a line, and pulls a character along
_LEADING = 1.45  # of the usual distance between lines; more of it parts paragraphs
_SAME_SIZE = 0.12
_COLUMN_LINES = 5
_COLUMN_CHARACTERS = 8
_COLUMN_FULL = 0.5  # of a column's lines are nearly of full width; of a table's cells a third at most
_NEARLY_FULL = 0.8
_EDGE_LINES = 3
_EDGE_SHARE = 0.14  # of the page's height, in which running heads stand
_HEAD_CHARACTERS = 60
_HEAD_GAP = 1.25  # of the usual distance between lines, by which a running head stands off the text
_HEAD_SHARE = 0.3  # of the pages, on which a running head stands at the same place
_SAME_PLACE = 6.0  # points
_PAGE_NUMBER = re.compile(
    r"[—－–\-·•~～|\s]*(?:第?\s*(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,4})\s*页?)"
    r"(?:\s*[/,，;；(（]?\s*(?:共|of)?\s*\d{1,4}\s*页?\s*[)）]?)?[—－–\-·•~～|\s]*$"
)
_ENDS_SENTENCE = re.compile(r"[。！？!?；;：:…][”’」』）)》\"']*$")
_CLAUSE = re.compile(r"[，,、（(《“]$")
_FIXED_SHARE = 0.4  # of the lines, that have one same number of characters
_LONG = 0.75  # of the measure: a line so long that does not end its sentence goes on in the next
_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_MARK = re.compile(
    rf"第(?:{_NUMERAL}|\d{{1,3}})[章节条篇编部]|{_NUMERAL}[、是要]|[(（](?:{_NUMERAL}|\d{{1,3}})[)）]|\d{{1,3}}(?:[.．、](?!\d)|[)）])|[①-⑳●•■◆○]|附件"
)
_NOTE = re.compile(r"(?:[①-⑳⑴-⒇*※†]|\[\d{1,3}\]|[(（]?\d{1,3}[)）]?(?![\d.．、年月日%％万亿]))")
_NOTE_MARK = re.compile(r"[\d①-⑳⑴-⒇*※†,，\[\]()（）-]+$")
_UNITS = re.compile(r"(?:m|cm|km|mm|dm|米|[A-Za-zΑ-ω])$")  # m², 10³: what is raised there is no note


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character from `left` to `right`, standing on the line `base`, in points from the page's corner below left.

    `box` is what its maker needs to turn it: bottom, top and origin.
    """

    character: str
    left: float
    right: float
    base: float
    size: float
    box: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its characters in the order of the file; its largest picture takes `picture_share` of it."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    picture_share: float = 0.0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, where each page's parts of it begin, what was left out, and the pages that have next to no text."""

    text: str
    pages: tuple[tuple[int, int], ...]
    left_out: tuple[LeftOut, ...]
    bare: frozenset[int]


@dataclass(slots=True)
class _Line:
    """A line of a page; `edge` is where its column begins and ends. `gap` is the distance from the line above."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    edge: tuple[float, float] = (0.0, 0.0)
    gap: float | None = None
    table: bool = False


@dataclass(slots=True)
class _Text:
    """The text while it is being put together."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str, page: int) -> None:
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((self.length, page))
        self.pieces.append(text)
        self.length += len(text)


def composed(pages: Sequence[Page]) -> Composed:
    """The text of `pages` in reading order."""
    rows = {page.number: _segments(page) for page in pages}
    heads = _heads(pages, rows)
    kept = {number: [line for line in lines if id(line) not in heads] for number, lines in rows.items()}
    bare = frozenset(number for number, lines in kept.items() if sum(len(line.text) for line in lines) < 20)
    body = _body_size(kept)
    flow: list[_Line] = []
    notes: dict[int, list[_Line]] = {}
    for page in pages:
        own, notes[page.number] = _without_notes(kept[page.number], body)
        flow += _in_order(own)
    _settle_edges(flow)
    text = _joined(flow, notes)
    removed = [line.text for number in rows for line in rows[number] if id(line) in heads]
    left_out = []
    if removed:
        left_out.append(LeftOut("页眉页脚", len(removed), sum(map(len, removed)), " ".join(dict.fromkeys(removed))[:SAMPLE_CHARACTERS]))
    return Composed("".join(text.pieces), tuple(text.pages), tuple(left_out), bare)


def _segments(page: Page) -> list[_Line]:
    """The stretches of a page's lines that nothing wide parts, from the top down, each line from the left."""
    glyphs = _without_doubles([glyph for glyph in page.glyphs if glyph.character.strip() or glyph.character in " \u3000\xa0"])
    found: list[_Line] = []
    for row in _rows(glyphs):
        main = statistics.median(glyph.size for glyph in row)
        for stretch in _stretches(row, main):
            text = _text_of(stretch, main)
            solid = [glyph for glyph in stretch if glyph.character.strip()]
            if text:
                base = statistics.median(glyph.base for glyph in solid)
                found.append(_Line(text, solid[0].left, max(glyph.right for glyph in solid), base, main, page.number))
    return found


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those printed twice at one place, as cheap bold type is."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        cells = [(glyph.character, round(glyph.left / 2) + dx, round(glyph.base / 2) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        near = (seen[cell] for cell in cells if cell in seen and glyph.character.strip())
        if any(abs(one.left - glyph.left) < 0.25 * glyph.size and abs(one.base - glyph.base) < 1 for one in near):
            continue
        seen[cells[4]] = glyph
        kept.append(glyph)
    return kept


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one line together, from the top down, each line from the left; raised and lowered ones with their line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.base, one.left)):
        row = rows[-1] if rows else None
        if row is not None and row[0].base - glyph.base <= _SAME_ROW * max(glyph.size, row[0].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    merged: list[list[Glyph]] = []
    for row in rows:
        above = merged[-1] if merged else None
        if above is not None and _is_raised(above, row):
            above.extend(row)
        else:
            merged.append(row)
    for row in merged:
        yield sorted(row, key=lambda one: one.left)


def _is_raised(above: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether `above` are the small raised signs of the line `row`: each stands right behind a character of it."""
    size = statistics.median(glyph.size for glyph in row)
    if max(glyph.size for glyph in above) > _SMALL * size or above[0].base - row[0].base > 0.8 * size:
        return False
    ends = [glyph.right for glyph in row]
    return all(any(-0.5 * size < glyph.left - end < 1.5 * size for end in ends) for glyph in above)


def _stretches(row: Sequence[Glyph], size: float) -> Iterator[list[Glyph]]:
    """A line in the places where a gap is wide."""
    stretch: list[Glyph] = []
    end: float | None = None
    for glyph in row:
        if not glyph.character.strip():
            stretch.append(glyph)
            continue
        if end is not None and glyph.left - end > _CELL_GAP * size and not _is_spaced(stretch, end, glyph, size):
            yield stretch
            stretch = []
        stretch.append(glyph)
        end = glyph.right
    if any(glyph.character.strip() for glyph in stretch):
        yield stretch


def _is_spaced(stretch: Sequence[Glyph], end: float, glyph: Glyph, size: float) -> bool:
    """Whether the file itself holds the space before `glyph`, and no more of it than a writer types."""
    spaces = [one for one in stretch[-4:] if not one.character.strip() and one.left >= end - size]
    return bool(spaces) and glyph.left - end <= 4 * size and glyph.left - max(one.right for one in spaces) < size


def _text_of(stretch: Sequence[Glyph], size: float) -> str:
    """The characters of a stretch with the spaces that its gaps mean; marks of notes left out."""
    text = ""
    end: float | None = None
    base = statistics.median(glyph.base for glyph in stretch)
    for glyph in stretch:
        if not glyph.character.strip():
            text += " " if glyph.character != "\u3000" else glyph.character
            continue
        raised = glyph.size < _SMALL * size and glyph.base > base + _RAISED * size
        if raised and _NOTE_MARK.match(glyph.character) and not _UNITS.search(text):
            end = glyph.right
            continue
        if end is not None and not text.endswith((" ", "\u3000")) and _is_word_gap(text[-1:], glyph, end, size):
            text += " "
        text += glyph.character
        end = glyph.right
    return re.sub(" {2,}", " ", text).strip(" \u3000\xa0")


def _is_word_gap(before: str, glyph: Glyph, end: float, size: float) -> bool:
    latin = before.isascii() and glyph.character.isascii()
    return glyph.left - end > (_WORD_GAP if latin else 3 * _WORD_GAP) * size


def _heads(pages: Sequence[Page], rows: dict[int, list[_Line]]) -> set[int]:
    """The running heads and feet and the page numbers: the ids of their lines."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in _edge_lines(page, rows[page.number]):
            places[_key(line)].append((page.number, line.base))
    heads: set[int] = set()
    for page in pages:
        found = set()
        for line in _edge_lines(page, rows[page.number]):
            same = {number for number, base in places[_key(line)] if abs(base - line.base) <= _SAME_PLACE}
            if len(same) >= max(2, _HEAD_SHARE * len(pages)) or _PAGE_NUMBER.match(line.text):
                found.add(id(line))
        heads |= _set_off(rows[page.number], found)
    return heads


def _set_off(lines: Sequence[_Line], found: set[int]) -> set[int]:
    """Those of the lines `found` that stand at the page's very edge and off the text; page numbers need no distance."""
    bases = sorted({line.base for line in lines}, reverse=True)
    gaps = [above - below for above, below in pairwise(bases) if above - below > 2]
    usual = statistics.median(gaps) if gaps else 0.0
    heads: set[int] = set()
    for ordered in (sorted(lines, key=lambda line: -line.base), sorted(lines, key=lambda line: line.base)):
        run: list[_Line] = []
        for line in ordered:
            if id(line) not in found or len(line.text) > _HEAD_CHARACTERS:
                off = not run or abs(run[-1].base - line.base) >= _HEAD_GAP * usual
                heads |= {id(one) for one in run if off or _PAGE_NUMBER.match(one.text)}
                break
            run.append(line)
        else:
            heads |= {id(one) for one in run}
    return heads


def _key(line: _Line) -> str:
    """A line's text with its numbers alike."""
    return re.sub(r"\d+|[ivxlcIVXLC]+(?![a-zA-Z])", "#", line.text)


def _edge_lines(page: Page, lines: Sequence[_Line]) -> list[_Line]:
    """The few lines at the head and at the foot of a page that stand in its margins or next to them."""
    if not lines:
        return []
    bases = sorted({round(line.base) for line in lines}, reverse=True)
    edge = {*bases[:_EDGE_LINES], *bases[-_EDGE_LINES:]}
    top, bottom = max(bases), min(bases)
    reach = _EDGE_SHARE * page.height
    return [line for line in lines if round(line.base) in edge and (line.base > top - reach or line.base < bottom + reach)]


def _body_size(kept: dict[int, list[_Line]]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for lines in kept.values():
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _without_notes(lines: list[_Line], body: float) -> tuple[list[_Line], list[_Line]]:
    """The lines of a page, and apart from them the notes at its foot: small type that opens with a note's mark."""
    first = len(lines)
    while first > 0 and lines[first - 1].size < 0.92 * body:
        first -= 1
    while first < len(lines) and not _NOTE.match(lines[first].text):
        first += 1
    return lines[:first], lines[first:]


def _in_order(lines: list[_Line]) -> list[_Line]:
    """The lines of a page in reading order: a column after the other between the lines that go over all of them."""
    gutter = _gutter(lines)
    if gutter is None:
        return _with_cells(lines)
    ordered: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []
    for line in lines:
        if line.left < gutter < line.right:
            ordered += [*_in_order(left), *_in_order(right), *_with_cells([line])]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*ordered, *_in_order(left), *_in_order(right)]


def _gutter(lines: Sequence[_Line]) -> float | None:
    """The middle of the gap that parts two columns of running text; None where there is none."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    for step in range(25, 76):
        x = start + (end - start) * step / 100
        crossing = sum(line.left - 1 < x < line.right + 1 for line in lines)
        if best is None or (crossing, abs(step - 50)) < (best[0], abs((best[1] - start) / (end - start) * 100 - 50)):
            best = (crossing, x)
    assert best is not None
    left = [line for line in lines if line.right <= best[1]]
    right = [line for line in lines if line.left >= best[1]]
    return best[1] if _is_column(left) and _is_column(right) else None


def _is_column(lines: Sequence[_Line]) -> bool:
    """Whether lines are set to a measure, as text is and cells are not."""
    if len(lines) < _COLUMN_LINES:
        return False
    widths = sorted(line.right - line.left for line in lines)
    measure = widths[int(0.8 * (len(widths) - 1))]
    full = sum(width >= _NEARLY_FULL * measure for width in widths)
    return measure >= _COLUMN_CHARACTERS * lines[0].size and full >= _COLUMN_FULL * len(lines)


def _with_cells(lines: Sequence[_Line]) -> list[_Line]:
    """Stretches that stand side by side as one line with tabs between; each line with its edges and its gap."""
    whole: list[_Line] = []
    for line in lines:
        above = whole[-1] if whole else None
        if above is not None and abs(above.base - line.base) <= _SAME_ROW * line.size and line.left >= above.right - line.size:
            above.text += f"\t{line.text}"
            above.right = line.right
            above.table = True
            continue
        line.gap = above.base - line.base if above is not None else None
        whole.append(line)
    edge = _edges(whole)
    for line in whole:
        line.edge = edge
    return whole


def _edges(lines: Sequence[_Line]) -> tuple[float, float]:
    """Where a column begins and ends: the least place at which two lines begin, the greatest at which they end."""
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((one for one, following in pairwise(lefts) if following - one < 2), lefts[0])
    right = next((one for one, following in pairwise(rights) if one - following < 8), rights[0])
    return left, right


def _settle_edges(flow: Sequence[_Line]) -> None:
    """Give the edges that most columns at their place have to those that have too few lines to tell."""
    measures = [line.edge for line in flow]
    for line in flow:
        near = [edge for edge in measures if abs(edge[0] - line.edge[0]) < 3 * line.size and edge[1] > line.edge[1]]
        if near and len(near) * 3 > len(measures):
            line.edge = (min(line.edge[0], statistics.median(edge[0] for edge in near)), statistics.median(edge[1] for edge in near))


def _joined(flow: Sequence[_Line], notes: dict[int, list[_Line]]) -> _Text:
    """The text of the lines, one paragraph a line."""
    text = _Text()
    leading = _usual_leading(flow)
    indented = _is_indented(flow)
    count = _fixed_count(flow)
    waiting: list[_Line] = []
    before: _Line | None = None
    for line in flow:
        if before is not None and line.page != before.page:
            waiting += [note for number in range(before.page, line.page) for note in notes.get(number, ())]
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


def _end_paragraph(text: _Text) -> None:
    if text.pieces and text.pieces[-1] != "\n":
        text.pieces.append("\n")
        text.length += 1


def _add_notes(text: _Text, notes: Sequence[_Line]) -> None:
    """The notes, each a paragraph that begins with its mark."""
    before = ""
    for note in notes:
        if before and not _NOTE.match(note.text):
            _append(text, before, note)
        else:
            _end_paragraph(text)
            text.add(note.text, note.page)
        before = note.text
    _end_paragraph(text)


def _append(text: _Text, before: str, line: _Line) -> None:
    """Add a line to its paragraph: a hyphen at a line's end falls away, Latin words keep their space."""
    if re.search(r"[A-Za-z]-$", before) and line.text[:1].islower() and line.text[:1].isascii():
        text.pieces[-1] = text.pieces[-1][:-1]
        text.length -= 1
        text.add(line.text, line.page)
    else:
        latin = re.search(r"[A-Za-z0-9,.;:!?)]$", before) and re.match(r"[A-Za-z(]", line.text)
        text.add(f" {line.text}" if latin else line.text, line.page)


def _usual_leading(flow: Sequence[_Line]) -> float:
    """The usual distance between lines, in units of their size."""
    gaps = [line.gap / line.size for line in flow if line.gap is not None and 0 < line.gap < 6 * line.size]
    return statistics.median(gaps) if gaps else 1.5


def _is_indented(flow: Sequence[_Line]) -> bool:
    """Whether paragraphs are set in: some lines are that end further right than they begin from the margin."""
    set_in = [line for line in flow if _INDENT * line.size < line.left - line.edge[0] < 3 * line.size and _is_full(line, "")]
    return len(set_in) >= 2 or len(set_in) * 10 >= len(flow) > 0


def _is_full(line: _Line, following: str) -> bool:
    """Whether a line goes to the margin, or so near that the next word did not fit."""
    word = re.match(r"[!-~]+", following)
    room = max(_FULL, 0.6 * len(word[0]) + 0.5) if word and len(word[0]) > 1 else _FULL
    return line.right >= line.edge[1] - room * line.size


def _fixed_count(flow: Sequence[_Line]) -> int | None:
    """The number of characters at which every line was cut, whatever its width; None where lines go by width."""
    counts = Counter(len(line.text) for line in flow)
    if not counts:
        return None
    most, times = counts.most_common(1)[0]
    return most if times >= max(4, _FIXED_SHARE * len(flow)) and most >= _COLUMN_CHARACTERS else None


def _stops_short(before: _Line, line: _Line, count: int | None) -> bool:
    """Whether the line `before` ends before the margin: with it its paragraph ends, but in mid-sentence it goes on."""
    if _is_full(before, line.text) or (count is not None and len(before.text) in (count, count - 2)):
        return False
    if _CLAUSE.search(before.text) or (before.text[-1:].isdigit() and re.match(r"[.,%％万亿]", line.text)):
        return False
    measure = before.edge[1] - before.edge[0]
    long = before.right - before.edge[0] >= _LONG * measure and line.right - line.left > before.size * _COLUMN_CHARACTERS
    return not long or bool(_ENDS_SENTENCE.search(before.text)) or bool(_MARK.match(line.text))


def _goes_on(before: _Line, line: _Line, leading: float, *, indented: bool, count: int | None) -> bool:
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
        return not ended and not _MARK.match(line.text) and (as_before or not indented)
    return indented or not ended or not _MARK.match(line.text)
