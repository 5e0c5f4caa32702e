"""Timing: how what a place of the library speaks of fits the years, the quarters and the months that a question names."""

from __future__ import annotations

from rag.answer.moments import Moments, has_time
from rag.answer.places import Place, Shelf
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.answer.times import Years

YEAR_BONUS = 0.1
YEAR_PENALTY = 0.3


class Timing:
    """The times of one library's places, held against those of questions."""

    def __init__(self, shelf: Shelf) -> None:
        self.years = Years(shelf)
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
        """Whether a place speaks of another year than is asked for; or nothing in an undated speech tells of which."""
        fits = self.fits_year(question, place)
        other = any(offset > 0 or (offset < 0 and question.kind == "figure") for offset in question.offsets)
        if fits is None and (question.years or other):
            return self.years.of_speech(place.document.path, place.speech.number) is None
        return fits is False

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
