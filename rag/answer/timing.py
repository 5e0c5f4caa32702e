"""Timing: how what a place of the library speaks of fits the years, the quarters and the months that a question names."""

from __future__ import annotations

from rag.answer.moments import Moments, has_time
from rag.answer.periods import LONG_YEAR
from rag.answer.places import Place, Shelf
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.answer.terms import VARIANT, is_weak, match
from rag.answer.times import Years
from rag.writing.fold import fold
from rag.writing.patterns import regex

NAMES = 2  # words of a title that name a text for sure
YEAR_BONUS = 0.1
YEAR_PENALTY = 0.3
# A text named with its year: 1921年那份北京组织的报告.
_OF_TEXT = regex(
    f"(?:{LONG_YEAR})年的?(?:[那这](?:份|篇|次|个))?(?P<name>[^,，。?？]{{2,14}}?)(?:报告|讲话|致辞|发言|文件|方案|意见|通知|办法|规划|纲要|决议)"
)


class Timing:
    """The times of one library's places, held against those of questions."""

    def __init__(self, shelf: Shelf) -> None:
        self.years = Years(shelf)
        self._shelf = shelf
        self._moments = Moments(shelf)

    def fits_year(self, question: Question, place: Place) -> bool | None:
        """Whether a place speaks of a year asked for, None where nothing tells; what a report of that year looks back on may be meant."""
        fits = self.years.fits(question.years, question.offsets, place)
        back = fits is False and question.kind != "figure" and self.years.looks_back(question.years, place)
        return None if back else fits

    def year_bonus(self, question: Question, place: Place) -> float:
        """What the year that a place speaks of adds to its score, or takes away."""
        if self.off_year(question, place):
            return -YEAR_PENALTY
        return YEAR_BONUS if self.fits_year(question, place) else 0.0

    def off_year(self, question: Question, place: Place) -> bool:
        """Whether a place speaks of another year than is asked for; or nothing in an undated speech, not named itself, tells of which."""
        fits = self.fits_year(question, place)
        other = any(offset > 0 or (offset < 0 and question.kind == "figure") for offset in question.offsets)
        if fits is None and (question.years or other):
            return self.years.of_speech(place.document.path, place.speech.number) is None and not self._named(question, place)
        return fits is False

    def _named(self, question: Question, place: Place) -> bool:
        """Whether the question names the text by its title, and its year only with it."""
        named = _OF_TEXT.search(fold(question.understood))
        names = [term for term in question.terms if named is not None and term.text in named["name"] and not is_weak(term)]
        return len(names) >= NAMES and all(match(term, self._shelf.bearing(place.speech)) >= VARIANT for term in names)

    def untimed(self, question: Question, statement: Statement) -> list[str]:
        """The times of the question (一季度, 3月) that neither the statement nor what is around it or governs it names."""
        if not question.times:
            return []
        near = (statement.bearing, statement.path, statement.head, statement.paragraph, self._moments.governing(statement.place))
        around = "\n".join(near)
        return [time for time, forms in zip(question.times, question.forms, strict=True) if not has_time(time, forms, around)]

    def time_bonus(self, question: Question, statement: Statement) -> float:
        """What the quarter or month that a statement speaks of adds to its score, or takes away."""
        if not question.times:
            return 0.0
        return -YEAR_PENALTY if self.untimed(question, statement) else YEAR_BONUS
