"""The speeches of a document: one, or several where it is a compilation, and the matter around them.

A compilation shows itself by its structure: a series of title lines (篇1, 篇2, …; 第一篇; (一) after one same
stem), Markdown headings of the first level, or title lines of a genre that a salutation follows. A table of
contents repeats the titles without their bodies and is matter, as are a web page's blurb and foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.outline.tree import SpeechKind
from rag.writing.numerals import integer

TITLE_CHARACTERS = 80  # a longer line is a paragraph
_NUMERAL = r"[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}"
_SERIES = (
    re.compile(
        rf"^(?P<stem>.{{0,60}}?)[\s【\[(（<《]*(?:篇|之|范文|样本|材料)\s*(?P<n>{_NUMERAL})[\]】)）>》]*(?P<rest>(?:[\s:：、.].*)?)$"
    ),
    re.compile(rf"^[\s【\[(（]*第\s*(?P<n>{_NUMERAL})\s*篇[\]】)）]*[\s:：、.]*(?P<rest>.*)$"),
    re.compile(rf"^(?P<stem>.{{4,60}}?)[(（【\[]\s*(?P<n>{_NUMERAL})\s*[)）】\]](?P<rest>)$"),
)
_MARKDOWN_TITLE = re.compile(r"^#[ \t]+(?P<rest>\S.*)$")
_GENRE = re.compile(
    "(?:讲话|报告|致辞|致词|发言|演讲|主持词|讲稿|贺词|献词|开幕词|闭幕词|谈话|通知|意见|方案|公告|决定|总结)"
    r"(?:稿|材料|提纲|全文|摘要)?[(（\d年月日)）]*$"
)
_SALUTATION = re.compile(
    "^(?:尊敬的|敬爱的)?.{0,40}(?:同志们|同志|代表|委员|来宾|朋友们|女士们|先生们|各位|阁下|同事们?)[,，、 ]?.{0,20}[:：!！]$"
)
_ENDS_SENTENCE = re.compile(r"[。！？!?；;,，、:：]$")
_MARKED = re.compile(rf"^(?:第?(?:{_NUMERAL})[、.．章节条]|[(（](?:{_NUMERAL})[)）])")
# Words of web pages and of scripts that printed themselves; none is speech.
_PAGE_RESIDUE = re.compile(
    r"^(?:(?:点击|展开|查看|阅读|显示)?(?:全文|更多|原文|详情|剩余\d*%?)|返回(?:顶部|首页|列表)|(?:上|下)一[篇页条]?[:：]?.{0,60}|"
    r"(?:打印|关闭|收藏|分享|点赞|举报|评论)(?:本页|窗口|文章|到.{0,8})?|责任编辑[:：]?.{0,20}|编辑[:：].{0,20}|"
    r"(?:相关|推荐|延伸)(?:阅读|文章|链接|推荐)[:：]?.{0,60}|版权(?:所有|声明).{0,60}|扫一?扫.{0,20}|"
    r"true|false|null|undefined|nan|none|\[object object\])$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, the span `start`:`end` of the text, white space around it left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document, lines `first`:`last`; `title` is the index of its title line, or None."""

    kind: SpeechKind
    first: int
    last: int
    title: int | None


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order; any of CR, LF, CRLF, VT, FF, NEL, LS, PS ends one."""
    lines = []
    position = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(stripped)))
        position += len(raw)
    return lines


def parts_of(text: str, lines: Sequence[Line], *, titled: bool = False) -> list[Part]:
    """The parts of a document, in order; they cover all of `lines`.

    `titled` says that the title is known from elsewhere, so no line of a single speech is taken for it.
    """
    if not lines:
        return []
    words = [text[line.start : line.end] for line in lines]
    foot = _foot(words)
    titles = _titles(words, foot)
    if len(titles) < 2:
        title = None if titled else _single_title(words)
        parts = [Part("speech", 0, foot, title)]
    else:
        parts = [Part("matter", 0, titles[0], None)] if titles[0] > 0 else []
        bounds = [*titles, foot]
        parts += [Part("speech", first, last, first) for first, last in pairwise(bounds)]
    if foot < len(words):
        parts.append(Part("matter", foot, len(words), None))
    return parts


def is_salutation(line: str) -> bool:
    """Whether `line` only addresses the audience (同志们: 各位代表:)."""
    return bool(_SALUTATION.match(line))


def _foot(words: Sequence[str]) -> int:
    """The index after the last line that is not residue of a page; at least 1."""
    foot = len(words)
    while foot > 1 and _PAGE_RESIDUE.match(words[foot - 1]):
        foot -= 1
    return foot


def _titles(words: Sequence[str], foot: int) -> list[int]:
    for found in (_series(words, foot), _markdown_titles(words, foot), _saluted_titles(words, foot)):
        with_body = _with_body(found, words, foot)
        if len(with_body) > 1:
            return with_body
    return []


def _title_like(line: str) -> bool:
    return len(line) <= TITLE_CHARACTERS and not _ENDS_SENTENCE.search(line) and not _MARKED.match(line)


def _series(words: Sequence[str], foot: int) -> list[int]:
    """The title lines of the longest series 1, 2, … of one form and stem; with contents, the later run."""
    best: list[int] = []
    for pattern in _SERIES:
        by_stem: dict[str, list[tuple[int, int]]] = {}
        for index, line in enumerate(words[:foot]):
            match = pattern.match(line) if len(line) <= TITLE_CHARACTERS else None
            ordinal = integer(match["n"]) if match else None
            if match and ordinal is not None and not line.endswith(("。", ";", "；", ",", "，")):
                by_stem.setdefault(match.groupdict().get("stem") or "", []).append((index, ordinal))
        for members in by_stem.values():
            run = _last_run(members)
            if len(run) > max(1, len(best)):
                best = run
    return best


def _last_run(members: Sequence[tuple[int, int]]) -> list[int]:
    """The indexes of the last run whose ordinals go 1, 2, 3, …"""
    run: list[int] = []
    complete: list[int] = []
    for index, ordinal in members:
        if ordinal == 1:
            run = [index]
        elif run and ordinal == len(run) + 1:
            run.append(index)
        if len(run) > 1:
            complete = list(run)
    return complete


def _markdown_titles(words: Sequence[str], foot: int) -> list[int]:
    return [index for index, line in enumerate(words[:foot]) if _MARKDOWN_TITLE.match(line)]


def _saluted_titles(words: Sequence[str], foot: int) -> list[int]:
    """Title lines of a genre (讲话, 报告, …) that a salutation follows within four short lines."""
    found = []
    for index, line in enumerate(words[:foot]):
        if _title_like(line) and _GENRE.search(line) and not line.startswith(("—", "－")):
            for follower in words[index + 1 : min(index + 6, foot)]:
                if _SALUTATION.match(follower):
                    found.append(index)
                    break
                if len(follower) > TITLE_CHARACTERS:
                    break
    return found


def _with_body(titles: Sequence[int], words: Sequence[str], foot: int) -> list[int]:
    """Those of `titles` that text follows before the next: a line of contents has none."""
    kept = []
    for index, following in zip(titles, [*titles[1:], foot], strict=False):
        body = words[index + 1 : following]
        if any(_ENDS_SENTENCE.search(line) or len(line) > TITLE_CHARACTERS for line in body):
            kept.append(index)
    return kept


def _single_title(words: Sequence[str]) -> int | None:
    first = words[0]
    if _MARKDOWN_TITLE.match(first) or (_title_like(first) and len(words) > 1):
        return 0
    return None


def title_text(line: str) -> tuple[int, int]:
    """Where the title stands in its line: the Markdown mark left out."""
    match = _MARKDOWN_TITLE.match(line)
    return (match.start("rest"), match.end("rest")) if match else (0, len(line))
