"""Marks that open a section or an item: 一、 (一) 1. 第一, 一是 首先 其一 —— 第X章 # and label lines.

`at_line_start` reads the mark of a paragraph; `inside` finds those that stand within one. Which of them
really make a list is decided by `runs`: an ordinal counts where its neighbours do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rag.writing.numerals import CIRCLED, integer

_CN = "[一二三四五六七八九十百两〇零]{1,5}"
_DIGITS = r"[0-9０-９]{1,3}"

# Rank: a style of lower rank contains one of higher rank where the text does not say otherwise. The order is
# that of GB/T 9704-2012 (一、 then (一) then 1. then (1)), with the forms of speech below them.
LABEL_RANK = 75


@dataclass(frozen=True, slots=True)
class Style:
    """One way of marking: its rank, its pattern, whether it may stand inside a paragraph, and alone."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    inline: bool
    alone: bool


def _style(name: str, rank: int, pattern: str, *, inline: bool = False, alone: bool = False) -> Style:
    return Style(name, rank, re.compile(pattern), inline, alone)


STYLES = (
    _style("markdown", 0, r"(?P<n>#{1,6})[ \t]+", alone=True),
    _style("part", 5, rf"第(?P<n>{_CN}|{_DIGITS})(?:部分|编|篇)[\s、:：,，.]*", alone=True),
    _style("chapter", 10, rf"第(?P<n>{_CN}|{_DIGITS})章[\s、:：]*", alone=True),
    _style("division", 20, rf"第(?P<n>{_CN}|{_DIGITS})节[\s、:：]*", alone=True),
    _style("article", 25, rf"第(?P<n>{_CN}|{_DIGITS})条[\s、:：]+", alone=True),
    _style("comma", 30, rf"(?P<n>{_CN})、(?!{_CN}[、和及])(?![级期季])", alone=True),
    _style("paren", 40, rf"[(（](?P<n>{_CN})[)）][、,，.．]?", inline=True, alone=True),
    _style("digit", 50, rf"(?P<n>{_DIGITS})(?:[.．、](?![0-9０-９])|[)）](?!\d))", inline=True, alone=True),
    _style("digit-paren", 60, rf"[(（](?P<n>{_DIGITS})[)）][、,，.．]?", inline=True, alone=True),
    _style("circled", 70, rf"(?P<n>[{CIRCLED}])[、.．]?", inline=True),
    _style("nth", 80, rf"第(?P<n>{_CN})(?:[,，、:：;；]|(?=[是要]))(?:是|要)?", inline=True),
    _style("one-is", 90, rf"(?P<n>{_CN})(?:是|要|靠|须|应当?|为了)(?![非否])", inline=True),
    _style("among", 95, rf"其(?P<n>{_CN})[,，、:：是]", inline=True),
    _style("first", 96, r"(?P<n>首先|其次|再次|再者|最后)[,，是要:：]", inline=True),
    _style("dash", 85, r"(?:(?:——|—|－－|--)(?=\S)|[•·●■◆▪○□★][ \t\u3000]*|[-*+][ \t]+)"),
)
_BY_NAME = {style.name: style for style in STYLES}
_SEQUENCE = {"首先": 1, "其次": 2, "再次": 3, "再者": 3}
# A mark inside a paragraph stands after one of these, or at its head.
_BOUNDARY = re.compile(r"[。！？!?；;：:,，…\n][”’」』\"')）]*[ \t\u3000]*$")
_STRONG_BOUNDARY = re.compile(r"[。！？!?；;：:…\n][”’」』\"')）]*[ \t\u3000]*$")
_LABEL = re.compile(r"[^。！？!?；;,，]{2,24}[:：]$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at `start`:`end` of the text. `ordinal` is None for dashes; `last` is true of 最后."""

    style: str
    rank: int
    ordinal: int | None
    start: int
    end: int
    inline: bool
    strong: bool = True
    last: bool = False


def _read(style: Style, match: re.Match[str], *, inline: bool, strong: bool) -> Mark | None:
    word = match.groupdict().get("n")
    ordinal = None
    last = word == "最后"
    if style.name == "markdown":
        ordinal = None
    elif word is not None and not last:
        ordinal = _SEQUENCE.get(word) or integer(word)
        if not ordinal or ordinal > 200:
            return None
    rank = style.rank + (len(word or "") - 1 if style.name == "markdown" else 0)
    return Mark(style.name, rank, ordinal, match.start(), match.end(), inline, strong, last)


def at_line_start(text: str, start: int, end: int) -> Mark | None:
    """The mark that opens the paragraph `start`:`end` (white space around it left out), or None."""
    for style in STYLES:
        match = style.pattern.match(text, start, end)
        if match and match.end() < end:
            return _read(style, match, inline=False, strong=True)
    if _LABEL.match(text[start:end]):
        return Mark("label", LABEL_RANK, None, start, start, inline=False)
    return None


def inside(text: str, start: int, end: int) -> Iterator[Mark]:
    """Every mark that may open an item within `start`:`end`, its first character excepted, by position."""
    found: list[Mark] = []
    for style in (style for style in STYLES if style.inline):
        for match in style.pattern.finditer(text, start + 1, end):
            before = text[start : match.start()]
            if match.end() < end and _BOUNDARY.search(before):
                mark = _read(style, match, inline=True, strong=bool(_STRONG_BOUNDARY.search(before)))
                if mark is not None:
                    found.append(mark)
    taken = -1
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if mark.start >= taken:
            taken = mark.end
            yield mark


def runs(marks: Iterable[Mark]) -> list[Mark]:
    """Those of `marks` that belong to a list, in the order of the text.

    A weak form (一是, 第一, 首先, and any inside a paragraph) counts only in a run 1, 2, … of at least two;
    one ordinal may be missing from a run where a sentence ends before the next. Inside an item a list of the
    same form may start again at 1. A heading of a stronger form ends the runs below it.
    """
    open_runs: dict[str, list[list[Mark]]] = {}
    kept: list[list[Mark]] = []
    for mark in marks:
        if mark.style == "label" or (not mark.inline and _BY_NAME[mark.style].alone):
            kept.append([mark])
            if mark.style != "label":
                open_runs = {name: stack for name, stack in open_runs.items() if _BY_NAME[name].rank < mark.rank}
            if mark.ordinal is not None:
                open_runs.setdefault(mark.style, []).append(kept[-1])
            continue
        if mark.style == "dash":
            kept.append([mark])
            continue
        _continue_run(open_runs.setdefault(mark.style, []), mark, kept)
    chosen = [mark for run in kept for mark in run if len(run) > 1 or _stands_alone(mark)]
    return sorted(chosen, key=lambda mark: mark.start)


def _stands_alone(mark: Mark) -> bool:
    return mark.style in ("label", "dash") or (not mark.inline and _BY_NAME[mark.style].alone)


def _continue_run(stack: list[list[Mark]], mark: Mark, kept: list[list[Mark]]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        before = stack[depth][-1].ordinal or 0
        if mark.last and before < 2:  # 最后 closes a list, but 首先 … 最后 alone is mere speech
            continue
        wanted = mark.ordinal if mark.ordinal is not None else before + 1
        if wanted == before + 1 or (wanted == before + 2 and mark.strong and before > 0):
            stack[depth].append(replace(mark, ordinal=wanted))
            del stack[depth + 1 :]
            return
    if mark.ordinal == 1:
        run = [mark]
        stack.append(run)
        kept.append(run)
