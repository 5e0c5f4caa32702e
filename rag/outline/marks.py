"""Marks that open a section or an item: 一、 (一) 1. 第一, 一是 首先 其一 —— 第X章 # and label lines.

`at_line_start` reads the mark of a paragraph; `inside` finds those that stand within one. Which of them
really make a list is decided by `runs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.writing.numerals import CIRCLED, integer
from rag.writing.patterns import regex

_CN = "[一二三四五六七八九十百两〇零]{1,5}"
_DIGITS = r"[0-9０-９]{1,3}"
_MEASURE = "[0-9万亿元倍吨亩度公平立千]|个百分|个点"  # 3.5亿元 is a decimal; 3.300个村 goes on with a list 1. 2.
_GAP = r"[ \t\u3000]?"  # 第 一 章, （ 一 ）, as headings are spaced out in print

# Rank: a style of lower rank contains one of higher rank where the text does not say otherwise. The order is
# that of GB/T 9704-2012 (一、 then (一) then 1. then (1)), with the forms of speech below them.
LABEL_RANK = 75
STRONG_RANK = 40  # 一、 and (一) and what stands above them are headings wherever they stand
MOST = 200  # a greater ordinal is a number of the text
# A mark inside a paragraph stands after one of these, at most so many characters before it.
_BEFORE = 12
_BOUNDARY = regex(r"[。！？!?；;：:,，…\n][”’」』\"')）]*[ \t\u3000]*$")
_STRONG_BOUNDARY = regex(r"[。！？!?；;：:…\n][”’」』\"')）]*[ \t\u3000]*$")


@dataclass(frozen=True, slots=True)
class Style:
    """One way of marking: its rank and pattern, whether it counts without neighbours at the head of a line,
    and whether it may stand inside a paragraph: nowhere, after a sentence's end only, or after a comma too.
    """

    name: str
    rank: int
    pattern: re.Pattern[str]
    alone: bool
    inline: re.Pattern[str] | None


def _style(name: str, rank: int, pattern: str, *, alone: bool = False, inline: re.Pattern[str] | None = None) -> Style:
    return Style(name, rank, regex(pattern), alone, inline)


STYLES = (
    _style("markdown", 0, r"(?P<n>#{1,6})[ \t]+", alone=True),
    _style("part", 5, rf"第{_GAP}(?P<n>{_CN}|{_DIGITS}){_GAP}(?:部分|编|篇)[\s、:：,，.]*", alone=True),
    _style("chapter", 10, rf"第{_GAP}(?P<n>{_CN}|{_DIGITS}){_GAP}章[\s、:：]*", alone=True),
    _style("division", 20, rf"第{_GAP}(?P<n>{_CN}|{_DIGITS}){_GAP}节[\s、:：]*", alone=True),
    _style("article", 25, rf"第{_GAP}(?P<n>{_CN}|{_DIGITS}){_GAP}条[\s、:：]+", alone=True, inline=_STRONG_BOUNDARY),
    _style("article", 25, rf"第(?P<n>{_CN}|{_DIGITS})条(?![\s、:：第的款之件线])", inline=_STRONG_BOUNDARY),
    _style("comma", 30, rf"(?P<n>{_CN}){_GAP}、(?!{_CN}[、和及])(?![级期季])", alone=True, inline=_STRONG_BOUNDARY),
    _style("paren", 40, rf"[(（]{_GAP}(?P<n>{_CN}){_GAP}[)）][、,，.．]?", alone=True, inline=_BOUNDARY),
    _style("digit", 50, rf"(?P<n>{_DIGITS})(?:[.．、](?:(?![0-9０-９])|(?=[0-9０-９]{{4}}年))|[)）](?!\d))", alone=True, inline=_BOUNDARY),
    _style("digit", 50, rf"(?P<n>{_DIGITS})[.．](?=[0-9]+(?!{_MEASURE})[\u4e00-\u9fff])"),
    _style("digit-paren", 60, rf"[(（](?P<n>{_DIGITS})[)）][、,，.．]?", alone=True, inline=_BOUNDARY),
    _style("circled", 70, rf"(?P<n>[{CIRCLED}])[、.．]?", inline=_BOUNDARY),
    _style("nth", 80, rf"第(?P<n>{_CN})(?:[,，、:：;；]|(?=是|要(?![务义素点件])))(?:是|要)?", inline=_BOUNDARY),
    _style("one-is", 90, rf"(?P<n>{_CN})(?:是|要(?![务义素点件])|靠|须|应当?|为了)(?![非否])", inline=_BOUNDARY),
    _style("among", 95, rf"其(?P<n>{_CN})[,，、:：是]", inline=_BOUNDARY),
    _style("first", 96, r"(?P<n>首先|其次|再次|再者|最后)[,，是要:：]", inline=_BOUNDARY),
    _style("dash", 85, r"(?:(?:——|—|－－|--)[ \t\u3000]?(?=[^\s—－-])|[•·●■◆▪○□★][ \t\u3000]*|[-*+][ \t]+)", alone=True),
)
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3}
_PAGE_NUMBER = regex(r"[—－\-\s]*[0-9０-９]{1,4}[—－\-\s]*$")
_OPENER = regex(rf"[第其首再最(（#一二三四五六七八九十百两〇零0-9０-９{CIRCLED}—－•·●■◆▪○□★*+-]")  # any mark begins so
_EMPHASIS = regex(r"(?:\*\*|__)(?=\S)")  # Markdown's bold type, in which headings are often set
_LABEL = regex(r"[^\s。！？!?；;,，]{2,24}[:：](?:\*\*|__)?$")
_QUOTES = regex(r"(?:说|写道|指出|强调|认为|表示|宣布)过?[:：]$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at `start`:`end` of the text.

    `ordinal` is None for dashes, labels and Markdown; `last` is true of 最后. `alone` says that it counts
    without neighbours; `strong` that no comma stands before it; `announced` that a colon does. A mark at the head of
    a line that is not strong may be a decimal: it only goes on with a list, and with its very next number.
    """

    style: str
    rank: int
    ordinal: int | None
    start: int
    end: int
    inline: bool
    alone: bool = False
    strong: bool = True
    announced: bool = False
    last: bool = False


def at_line_start(text: str, start: int, end: int) -> Mark | None:
    """The mark that opens the paragraph `start`:`end` (white space around it left out), or None."""
    emphasis = _EMPHASIS.match(text, start, end)
    at = emphasis.end() if emphasis else start
    for style in STYLES if _OPENER.match(text, at, end) else ():
        match = style.pattern.match(text, at, end)
        if match and match.end() < end and not _PAGE_NUMBER.match(text, start, end):
            return _mark(text, style, match, start, inline=False, strong=style.alone or style.inline is not None)
    if end - start <= 30 and _LABEL.match(text[start:end]) and not _QUOTES.search(text[start:end]):
        return Mark("label", LABEL_RANK, None, start, start, inline=False, alone=True)
    return None


def inside(text: str, start: int, end: int) -> Iterator[Mark]:
    """Every mark that may open an item within `start`:`end`, its first character excepted, by position."""
    found = (mark for style in STYLES for mark in _inline(text, start, end, style))
    taken = -1
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if mark.start >= taken:
            taken = mark.end
            yield mark


def _inline(text: str, start: int, end: int, style: Style) -> Iterator[Mark]:
    """The marks of one style that stand behind a boundary within `start`:`end`, with something after them."""
    if style.inline is None:
        return
    for match in style.pattern.finditer(text, start + 1, end):
        before = max(start, match.start() - _BEFORE)
        if match.end() < end and style.inline.search(text, before, match.start()):
            strong = bool(_STRONG_BOUNDARY.search(text, before, match.start()))
            mark = _mark(text, style, match, match.start(), inline=True, strong=strong)
            if mark is not None:
                yield mark


def opens_heading(text: str, start: int, end: int) -> re.Match[str] | None:
    """The mark of a numbered heading (第一章, 一、, (一), 1.) that stands at `start`, or None."""
    for style in STYLES:
        if style.alone and 0 < style.rank <= 50:
            match = style.pattern.match(text, start, end)
            if match:
                return match
    return None


def _mark(text: str, style: Style, match: re.Match[str], start: int, *, inline: bool, strong: bool) -> Mark | None:
    word = match.groupdict().get("n")
    last = word == "最后"
    rank = style.rank
    ordinal = None
    if style.name == "markdown":
        rank += len(word or "") - 1
    elif word is not None and not last:
        ordinal = _SEQUENCE.get(word) or integer(word)
        if not ordinal or ordinal > MOST:
            return None
    return Mark(style.name, rank, ordinal, start, match.end(), inline, style.alone and not inline, strong, _after_colon(text, start), last)


def _after_colon(text: str, position: int) -> bool:
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return position > 0 and text[position - 1] in ":："
