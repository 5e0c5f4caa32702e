"""Which quarter or month a statement speaks of, and whether it is the one that is asked for.

A report names its quarter once and goes on: 一季度,…; 二季度,我们要…重点抓好以下几个方面. What a statement and its surroundings do not
name themselves is told by the nearest paragraph before that names a time, else by the next ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rag.answer.places import Place, Shelf
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.patterns import regex

MOMENT = r"[一二三四]季度|上半年|下半年|\d{1,2}月(?:份)?|[一二三四五六七八九十]{1,2}月(?:份)?|前[一二三四五六七八九十\d]+个?(?:月|季度)"
_NAMED = regex(rf"(?<![比较年])(?:{MOMENT})")  # not 比去年四季度: with that it is only compared
_MONTH = regex(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月")
_BACK, _AHEAD = 14, 2  # paragraphs; a report's part seldom has more
KEPT = 8192  # paragraphs whose governing one is kept


class Moments:
    """The quarters and months that the statements of a library speak of."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._governing = lru_cache(maxsize=KEPT)(self._find_governing)

    def governing(self, place: Place) -> str:
        """The folded paragraph that tells which quarter or month the place speaks of; "" where none near it does."""
        return self._governing(place.document.path, place.speech.number, place.paragraph.number)

    def _find_governing(self, document: str, number: int, paragraph: int) -> str:
        speech, text = self._shelf.speech(document, number), self._shelf.documents[document].text
        before = reversed(speech.paragraphs[max(0, paragraph - 1 - _BACK) : paragraph - 1])
        after = speech.paragraphs[paragraph : paragraph + _AHEAD]
        near = (fold(text[one.start : one.end]) for one in (*before, *after))
        return next((folded for folded in near if _NAMED.search(folded)), "")


def has_time(time: str, forms: Iterable[str], around: str) -> bool:
    """Whether `around` names the time (3月, 一季度), in any of its `forms`; a month in digits or characters."""
    month = _MONTH.match(time)
    if month:
        return any(integer(found[1]) == integer(month[1]) for found in _MONTH.finditer(around))
    return any(form in around for form in forms)
