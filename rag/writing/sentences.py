"""Sentences, segments and clauses of a stretch of text, as spans that partition it, blanks at its end left out.

A sentence ends at 。！？……, a segment also at ；, a clause also at ，：. A mark inside a number or a time (6.5, 1,236,
10:30) ends nothing, nor does a line end, since a hard-wrapped paragraph has several; and a closing quotation mark or
bracket stays with what it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.writing.patterns import regex

_CLOSERS = "”’」』）)\"'》】"
_SENTENCE = regex(rf"(?:[。！？!?]+|……)[{_CLOSERS}]*")
_SEGMENT = regex(rf"(?:[。！？!?；;]+|……)[{_CLOSERS}]*")
_IN_NUMBER = r"(?<=\d)(?:,(?=\d)|，(?=\d{3}(?!\d))|[:：](?=\d))"
_CLAUSE = regex(rf"(?:[。！？!?；;]|……|(?!{_IN_NUMBER})[,，:：])+[{_CLOSERS}]*")

Span = tuple[int, int]


def _split(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    left = start
    for match in pattern.finditer(text, start, end):
        if text[left : match.end()].strip():
            yield left, match.end()
            left = match.end()
    if text[left:end].strip():
        yield left, end


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`."""
    return list(_split(_SENTENCE, text, start, end))


def segments(text: str, start: int, end: int) -> list[Span]:
    """The segments of `text[start:end]`: what stands between 。 and ；."""
    return list(_split(_SEGMENT, text, start, end))


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of `text[start:end]`: what stands between any two marks but 、."""
    return list(_split(_CLAUSE, text, start, end))


def trimmed(text: str, span: Span, marks: str = "") -> Span:
    """`span` without white space around it, nor any of `marks` at its end."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return start, end
