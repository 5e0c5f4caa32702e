"""What stands in a page's margins: running heads and feet, page numbers, and the notes at its foot."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rag.reading.glyphs import Line, Page

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
_PARTS = r"\s—－–\-·•~～|/"
_PAGED = re.compile(rf"第\s*(\d{{1,4}})\s*页|(?:^|(?<=[{_PARTS}]))(\d{{1,4}})(?=$|[{_PARTS}])")  # a page's number amid a running head
_COUNTED = re.compile(r"(?:附件|附表|附录|附图|表|图)\s*\d|.*[。；]")  # annexes, tables and sentences
NOTE = re.compile(r"(?:[①-⑳⑴-⒇*※†]|\[\d{1,3}\]|[(（]?\d{1,3}[)）]?(?![\d.．、年月日%％万亿]))")


def running_heads(pages: Sequence[Page], rows: dict[int, list[Line]]) -> set[int]:
    """The running heads and feet and the page numbers: the ids of their lines."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in _edge_lines(page, rows[page.number]):
            for key in _keys(line):
                places[key].append((page.number, line.base))
    heads: set[int] = set()
    for page in pages:
        found = set()
        for line in _edge_lines(page, rows[page.number]):
            same = max((_at_one_place(places[key], line) for key in _keys(line)), default=0)
            if same >= max(2, _HEAD_SHARE * len(pages)) or _PAGE_NUMBER.match(line.text):
                found.add(id(line))
        heads |= _set_off(rows[page.number], found)
    return heads


def _at_one_place(places: Sequence[tuple[int, float]], line: Line) -> int:
    """On how many pages one text stands where `line` does."""
    return len({number for number, base in places if abs(base - line.base) <= _SAME_PLACE})


def _set_off(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Those of the lines `found` that stand at the page's very edge and off the text; page numbers need no distance."""
    bases = sorted({line.base for line in lines}, reverse=True)
    gaps = [above - below for above, below in pairwise(bases) if above - below > 2]
    usual = statistics.median(gaps) if gaps else 0.0
    heads: set[int] = set()
    for ordered in (sorted(lines, key=lambda line: -line.base), sorted(lines, key=lambda line: line.base)):
        run: list[Line] = []
        for line in ordered:
            if id(line) not in found or len(line.text) > _HEAD_CHARACTERS:
                off = not run or abs(run[-1].base - line.base) >= _HEAD_GAP * usual
                heads |= {id(one) for one in run if off or _PAGE_NUMBER.match(one.text)}
                break
            run.append(line)
        else:
            heads |= {id(one) for one in run}
    return heads


def _keys(line: Line) -> set[str]:
    """What of a running head is the same on all its pages: its text, or what stands around the page's own number.

    附件1 on one page and 附件2 on the next are no running heads, although they count on as pages do.
    """
    keys = {line.text}
    if not _COUNTED.match(line.text):
        for number in _PAGED.finditer(line.text):
            start, end = number.span(number.lastindex or 0)
            keys.add(f"{line.text[:start]}#{int(line.text[start:end]) - line.page}{line.text[end:]}")
    return keys


def _edge_lines(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The few lines at the head and at the foot of a page that stand in its margins or next to them."""
    if not lines:
        return []
    bases = sorted({round(line.base) for line in lines}, reverse=True)
    edge = {*bases[:_EDGE_LINES], *bases[-_EDGE_LINES:]}
    top, bottom = max(bases), min(bases)
    reach = _EDGE_SHARE * page.height
    near = (line for line in lines if round(line.base) in edge and not line.table)
    return [line for line in near if line.base > top - reach or line.base < bottom + reach]


def body_size(kept: dict[int, list[Line]]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for lines in kept.values():
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def without_notes(lines: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and apart from them the notes at its foot: small type that opens with a note's mark."""
    first = len(lines)
    while first > 0 and lines[first - 1].size < 0.92 * body and not lines[first - 1].table:
        first -= 1
    while first < len(lines) and not NOTE.match(lines[first].text):
        first += 1
    return lines[:first], lines[first:]
