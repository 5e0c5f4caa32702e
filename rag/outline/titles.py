"""Title lines: those that part a compilation into its speeches, and the title of a document that holds one.

A compilation shows itself by a series (篇1, 篇2, …; 第一篇; (一) after one same stem), by Markdown headings of the first
level, or by title lines of a genre that a salutation follows. A table of contents repeats them without their bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.outline.signs import (
    NUMERAL,
    TITLE_CHARACTERS,
    ends_with_mark,
    is_date,
    is_genre_title,
    is_numbered,
    is_residue,
    is_salutation,
    is_title_like,
    tells_genre,
)
from rag.writing.numerals import integer
from rag.writing.patterns import regex

_SERIES = (
    regex(
        rf"^(?P<stem>.{{0,60}}?)[\s【\[(（<《]*(?:篇|之|范文|样本|材料)\s*(?P<n>{NUMERAL})[\]】)）>》]*(?P<rest>(?:[\s:：、.].*)?)$"
    ),
    regex(rf"^[\s【\[(（]*第\s*(?P<n>{NUMERAL})\s*篇[\]】)）]*[\s:：、.]*(?P<rest>.*)$"),
    regex(rf"^(?P<stem>.{{4,60}}?)[(（【\[]\s*(?P<n>{NUMERAL})\s*[)）】\]](?P<rest>)$"),
)
_MARKDOWN_TITLE = regex(r"^#[ \t]+(?P<rest>\S.*)$")
_PIECE_CHARACTERS = 40  # of one line of a title set in several
_FRAGMENT_CHARACTERS = 6  # 讲话, 的讲话, 工作报告: a title's last line, never a title
_BETWEEN = 5  # lines in which a salutation is looked for below a title: the subtitle, the date, who speaks

Title = tuple[int, int]  # index of its first line, number of lines


def titles_of(words: Sequence[str], foot: int) -> list[Title]:
    """The titles of a compilation's speeches among the lines before `foot`, at least two, in order; or none."""
    for find in (_series, _markdown_titles, _genre_titles):
        with_body = _with_body(find(words, foot), words, foot)
        if len(with_body) > 1:
            return with_body
    return []


def single_title(words: Sequence[str], head: int, foot: int) -> Title:
    """Where the one speech of a document begins, and how many lines its title has: none where there is none."""
    saluted = _saluted_titles(words, foot)
    if len(saluted) == 1 and any(ends_with_mark(line) or is_residue(line) for line in words[head : saluted[0][0]]):
        return saluted[0]
    first = words[head]
    if _MARKDOWN_TITLE.match(first):
        return head, 1
    return (head, _title_lines(words, head)) if is_title_like(first) and foot - head > 1 else (head, 0)


def title_text(line: str) -> tuple[int, int]:
    """Where the title stands in its line: the Markdown mark left out."""
    match = _MARKDOWN_TITLE.match(line)
    return (match.start("rest"), match.end("rest")) if match else (0, len(line))


def _series(words: Sequence[str], foot: int) -> list[Title]:
    """The title lines of the longest series 1, 2, … of one form and stem; with contents, the later run."""
    runs = [_last_run(members) for pattern in _SERIES for members in _by_stem(pattern, words, foot).values()]
    best = max(runs, key=len, default=[])
    return [(index, 1) for index in best] if len(best) > 1 else []


def _by_stem(pattern: re.Pattern[str], words: Sequence[str], foot: int) -> dict[str, list[tuple[int, int]]]:
    """The lines of a form, each with its ordinal, by the words before the ordinal."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, line in enumerate(words[:foot]):
        match = pattern.match(line) if len(line) <= TITLE_CHARACTERS else None
        ordinal = integer(match["n"]) if match else None
        if match and ordinal is not None and not line.endswith(("。", ";", "；", ",", "，")):
            found.setdefault(match.groupdict().get("stem") or "", []).append((index, ordinal))
    return found


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


def _markdown_titles(words: Sequence[str], foot: int) -> list[Title]:
    found = ((index, _MARKDOWN_TITLE.match(line)) for index, line in enumerate(words[:foot]))
    return [(index, 1) for index, match in found if match and not is_numbered(match["rest"])]


def _saluted_titles(words: Sequence[str], foot: int) -> list[Title]:
    """Titles of a genre (讲话, 报告, …) that a salutation follows, only a date or a name between."""
    found = []
    for index in range(foot):
        if is_genre_title(words[index]) and _is_saluted(words[index + 1 : min(index + 1 + _BETWEEN, foot)]):
            first = _first_line(words, index)
            found.append((first, index + 1 - first))
    return found


def _is_saluted(followers: Sequence[str]) -> bool:
    """Whether a salutation stands among the lines that follow a title, before a paragraph and before another title."""
    for line in followers:
        if is_salutation(line):
            return True
        if len(line) > TITLE_CHARACTERS or is_genre_title(line):
            return False
    return False


def _genre_titles(words: Sequence[str], foot: int) -> list[Title]:
    """The saluted titles, and the document's first line where it is a title of a genre too."""
    found = _saluted_titles(words, foot)
    if found and found[0][0] > 0 and is_genre_title(words[0]):
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
    plain = is_title_like(line) and len(line) <= _PIECE_CHARACTERS and not any(mark in line for mark in "。：:")
    return plain and not is_date(line) and not is_residue(line) and not line.startswith("#")


def _with_body(titles: Sequence[Title], words: Sequence[str], foot: int) -> list[Title]:
    """Those of `titles` that text follows before the next: a line of contents has none."""
    kept = []
    for (index, count), (following, _) in zip(titles, [*titles[1:], (foot, 0)], strict=False):
        body = words[index + count : following]
        if any(ends_with_mark(line) or len(line) > TITLE_CHARACTERS for line in body):
            kept.append((index, count))
    return kept


def _title_lines(words: Sequence[str], first: int) -> int:
    """How many lines the title has that begins with line `first`: more than one only where the last tells its genre."""
    for count in (1, 2, 3):
        piece = words[first + count - 1 : first + count]
        if count > 1 and not (piece and _is_piece(piece[0])):
            return 1
        if piece and tells_genre(piece[0]):
            return count
    return 1
