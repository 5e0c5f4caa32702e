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

from rag.outline.paragraphs import Line
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
    "(?:讲话|报告|致辞|致词|发言|演讲|主持词|讲稿|贺词|献词|开幕词|闭幕词|谈话|汇报|倡议书|公开信|通知|通报|意见|方案|公告|决定|总结)"
    r"(?:稿|材料|提纲|全文|摘要)?[(（\d年月日)）]*$"
)
_SALUTATION = re.compile(
    "^(?:尊敬的|敬爱的)?.{0,40}(?:同志们|同志|代表|委员|来宾|朋友们|女士们|先生们|各位|阁下|同事们?)[,，、 ]?.{0,20}[:：!！]$|"
    "^(?:尊敬的|敬爱的|亲爱的|广大).{1,40}[:：!！]$|"
    "^(?:.{1,40}[,，、])?各.{1,60}(?:政府|委员会|部门|单位|机构|企业|办公室|[厅局处委会])[)）]?[:：]$"
)
_DIGIT = "[0-9０-９〇○零一二三四五六七八九十xX×]"
_DAY = rf"{_DIGIT}{{2,4}}\s*年\s*{_DIGIT}{{1,3}}\s*月(?:\s*{_DIGIT}{{1,3}}\s*日)?"
_DATE = re.compile(rf"^[（(]?\s*{_DAY}\s*[)）]?$")
_SIGNATURE = re.compile(rf"^(?:.{{2,40}}\s)?[（(]?\s*{_DAY}\s*[)）]?(?:\s*[（(【\[].{{0,20}})?$")
_CONTENTS = re.compile(r"^目\s*[录次][:：]?$")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;,，、:：]$")
_MARKED = re.compile(rf"^(?:第?(?:{_NUMERAL})[、.．章节条]|[(（](?:{_NUMERAL})[)）])")
# Words of web pages and of scripts that printed themselves; none is speech.
_PAGE_RESIDUE = re.compile(
    r"^(?:[\[【(（]?(?:点击|展开|查看|阅读|显示)?(?:全文|更多|原文|详情|剩余\d*%?)[\]】)）>》]*|返回(?:顶部|首页|列表|上一页)?|(?:上|下)一[篇页条]?[:：]?.{0,60}|"
    r"[\[【(（]?(?:打印|关闭|收藏|分享|点赞|举报|评论)(?:本[页文]|窗口|文章|到.{0,8})?[\]】)）]?|责任编辑[:：]?.{0,20}|编辑[:：].{0,20}|"
    r"(?:相关|推荐|延伸)(?:阅读|文章|链接|推荐)[:：]?.{0,60}|版权(?:所有|声明).{0,60}|扫一?扫.{0,20}|"
    r"(?:copyright|©).{0,80}|.{0,20}ICP备.{0,40}|.{0,10}公网安备.{0,40}|网站(?:地图|声明|标识码).{0,40}|(?:主办|承办|技术支持)(?:单位)?[:：].{0,40}|"
    r"(?:您?(?:当前|现在)?的?位置[:：].{0,80}|首页\s*[>》/|].{0,80})|[\[【(（]?字[体号][:：]?[\s大中小\[\]【】|]*[)）]?|"
    r"(?:浏览|阅读|点击)(?:次数|量|数)?[:：]\s*\d*次?|(?:public domain|true|false|null|undefined|nan|none|\[object object\]))$",
    re.IGNORECASE,
)
# The table of particulars that stands over a document on a government's web page.
_PARTICULARS = re.compile(
    r"^(?:索\s*引\s*号|主题(?:分类|词)|发文(?:机关|机构|字号|日期)|成文日期|发布(?:日期|时间|机构)|信息来源|公开(?:方式|范围)|有\s*效\s*性)[:：].{0,60}$"
)
_PIECE_CHARACTERS = 40  # of one line of a title set in several
_FRAGMENT_CHARACTERS = 6  # 讲话, 的讲话, 工作报告: a title's last line, never a title


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document, lines `first`:`last`, the first `titles` of which are its title."""

    kind: SpeechKind
    first: int
    last: int
    titles: int


_Title = tuple[int, int]  # index of its first line, number of lines


def parts_of(text: str, lines: Sequence[Line], *, titled: bool = False) -> list[Part]:
    """The parts of a document, in order; they cover all of `lines`.

    `titled` says that the title is known from elsewhere, so no line of a single speech is taken for it.
    """
    if not lines:
        return []
    words = [text[line.start : line.end] for line in lines]
    foot = _foot(words)
    head = _head(words, foot)
    titles = _titles(words, foot) or [_single(words, head, foot, titled=titled)]
    parts = [Part("matter", 0, titles[0][0], 0)] if titles[0][0] > 0 else []
    bounds = [*(first for first, _ in titles), foot]
    parts += [Part("speech", first, last, count) for (first, last), (_, count) in zip(pairwise(bounds), titles, strict=True)]
    if foot < len(words):
        parts.append(Part("matter", foot, len(words), 0))
    return parts


def is_salutation(line: str) -> bool:
    """Whether `line` only addresses the audience (同志们: 各位代表:)."""
    return bool(_SALUTATION.match(line))


def is_date(line: str) -> bool:
    """Whether `line` is a date and nothing else, in brackets or not."""
    return bool(_DATE.match(line))


def is_signature(line: str) -> bool:
    """Whether `line` is a date, perhaps after the name of who signed and before a note in brackets."""
    return bool(_SIGNATURE.match(line))


def is_contents(line: str) -> bool:
    """Whether `line` is the head of a table of contents."""
    return bool(_CONTENTS.match(line))


def title_text(line: str) -> tuple[int, int]:
    """Where the title stands in its line: the Markdown mark left out."""
    match = _MARKDOWN_TITLE.match(line)
    return (match.start("rest"), match.end("rest")) if match else (0, len(line))


def _foot(words: Sequence[str]) -> int:
    """The index after the last line that is not residue of a page; at least 1."""
    foot = len(words)
    while foot > 1 and (
        _PAGE_RESIDUE.match(words[foot - 1])
        or (foot > 2 and _PAGE_RESIDUE.match(words[foot - 2]) and foot < len(words) and _title_like(words[foot - 1]))
    ):
        foot -= 1
    return foot


def _head(words: Sequence[str], foot: int) -> int:
    """The index of the first line that is not residue of a page or its particulars; 0 where all are."""
    head = next((index for index, line in enumerate(words[:foot]) if not (_PAGE_RESIDUE.match(line) or _PARTICULARS.match(line))), 0)
    return head if head < foot else 0


def _titles(words: Sequence[str], foot: int) -> list[_Title]:
    """The titles of a compilation's speeches, at least two, or none."""
    for found in (_series(words, foot), _markdown_titles(words, foot), _genre_titles(words, foot)):
        with_body = _with_body(found, words, foot)
        if len(with_body) > 1:
            return with_body
    return []


def _title_like(line: str) -> bool:
    return len(line) <= TITLE_CHARACTERS and not (_ENDS_SENTENCE.search(line) or _MARKED.match(line) or is_contents(line))


def _is_genre(line: str) -> bool:
    return _title_like(line) and bool(_GENRE.search(line))


def _series(words: Sequence[str], foot: int) -> list[_Title]:
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
    return [(index, 1) for index in best]


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


def _markdown_titles(words: Sequence[str], foot: int) -> list[_Title]:
    found = ((index, _MARKDOWN_TITLE.match(line)) for index, line in enumerate(words[:foot]))
    return [(index, 1) for index, match in found if match and not _MARKED.match(match["rest"])]


def _saluted_titles(words: Sequence[str], foot: int) -> list[_Title]:
    """Titles of a genre (讲话, 报告, …) that a salutation follows, only a date or a name between."""
    found = []
    for index, line in enumerate(words[:foot]):
        if _is_genre(line):
            for follower in words[index + 1 : min(index + 6, foot)]:
                if _SALUTATION.match(follower):
                    first = _first_line(words, index)
                    found.append((first, index + 1 - first))
                    break
                if len(follower) > TITLE_CHARACTERS or _is_genre(follower):
                    break
    return found


def _genre_titles(words: Sequence[str], foot: int) -> list[_Title]:
    """The saluted titles, and the document's first line where it is a title of a genre too."""
    found = _saluted_titles(words, foot)
    if found and found[0][0] > 0 and _is_genre(words[0]):
        return [(0, 1), *found]
    return found


def _first_line(words: Sequence[str], last: int) -> int:
    """The index of the first line of the title that ends with line `last`: its subtitle or last fragment."""
    first = last
    while first > 0 and last - first < 2 and (words[first].startswith(("—", "－", "--")) or len(words[first]) <= _FRAGMENT_CHARACTERS):
        if not _is_piece(words[first - 1]):
            break
        first -= 1
    return first


def _is_piece(line: str) -> bool:
    plain = _title_like(line) and len(line) <= _PIECE_CHARACTERS and not re.search("[。：:]", line)
    return plain and not is_date(line) and not _PAGE_RESIDUE.match(line) and not line.startswith("#")


def _with_body(titles: Sequence[_Title], words: Sequence[str], foot: int) -> list[_Title]:
    """Those of `titles` that text follows before the next: a line of contents has none."""
    kept = []
    for (index, count), (following, _) in zip(titles, [*titles[1:], (foot, 0)], strict=False):
        body = words[index + count : following]
        if any(_ENDS_SENTENCE.search(line) or len(line) > TITLE_CHARACTERS for line in body):
            kept.append((index, count))
    return kept


def _single(words: Sequence[str], head: int, foot: int, *, titled: bool) -> _Title:
    """Where the one speech of a document begins, and how many lines its title has: none where there is none."""
    if titled:
        return head, 0
    saluted = _saluted_titles(words, foot)
    if len(saluted) == 1 and any(_ENDS_SENTENCE.search(line) or _PAGE_RESIDUE.match(line) for line in words[head : saluted[0][0]]):
        return saluted[0]
    first = words[head]
    if _MARKDOWN_TITLE.match(first):
        return head, 1
    return (head, _title_lines(words, head)) if _title_like(first) and foot - head > 1 else (head, 0)


def _title_lines(words: Sequence[str], first: int) -> int:
    """How many lines the title has that begins with line `first`: more than one only where the last tells its genre."""
    for count in (1, 2, 3):
        piece = words[first + count - 1 : first + count]
        if count > 1 and not (piece and _is_piece(piece[0])):
            return 1
        if piece and _GENRE.search(piece[0]):
            return count
    return 1
