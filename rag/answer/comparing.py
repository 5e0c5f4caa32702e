"""A comparison: what is asked of each side is answered side by side, where a question compares or leaves open which it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer import compare, kindred, scope, sides, topics
from rag.answer.draft import Draft
from rag.answer.facts import Facts
from rag.answer.finder import Finder
from rag.answer.kinds import kind_of
from rag.answer.ready import Preparer, Ready
from rag.answer.refusal import Verdict, as_typed
from rag.answer.slots import ALONE, EACH, MOST, Slot, alone, slots
from rag.answer.spelling import spelled
from rag.writing.fold import fold

Answered = Callable[[Ready], tuple[Draft | None, Verdict]]

_OPEN = 0.9  # where it is open which of several is meant, the trust is no more: a reading as a follow-up goes first
_OF_ALL = 0.75  # of the confidence of the best side: the same is asked of each, so one that carries much less tells something else
_TOLD_SHORT = ("other",)
_HOW_TOLD = ("compare", "how", "summary of a paragraph")


class Comparison:
    """Compares what `answered` says to each side of a question; the sides are made ready by `preparer`."""

    def __init__(self, finder: Finder, preparer: Preparer, facts: Facts, answered: Answered) -> None:
        self._finder = finder
        self._preparer = preparer
        self._facts = facts
        self._answered = answered

    def of(self, ready: Ready) -> tuple[Draft, Verdict] | None:
        """One answer for each value that the question compares; None where it compares none or none has an answer."""
        if ready.follow is not None:
            return None
        question, wording = ready.question, spelled(ready.wording)
        every = self._of_every(ready, wording)
        if every is not None:
            return every
        counted = scope.ordinals(wording, self._finder.shelf)
        names = counted if len(counted) > 1 else scope.bearings(wording, self._finder.shelf)
        comparing = question.kind == "compare" or (ready.named and bool(ALONE.search(wording) or EACH.search(wording)))
        several = self._topical(wording) or slots(wording, names, ready.speeches, comparing=comparing)
        several = [replace(slot, name="") if slot.name in counted else slot for slot in several]
        if len(several) < 2:
            return self._of_several(ready)
        rows = [row for row, _ in self._rows(ready, several)]
        found = sides.comparable([row.found for row in rows])
        compared = compare.draft([replace(row, found=one) for row, one in zip(rows, found, strict=True)])
        return (compared, Verdict(True, trusted=1.0)) if compared is not None else None

    def _of_every(self, ready: Ready, wording: str) -> tuple[Draft, Verdict] | None:
        """The answer of each place or each speech, where the question asks all of them; None where not two have one."""
        if ready.question.kind == "yes_no":
            return None  # 各地 are what is told of
        near = tuple(dict.fromkeys(scored.statement.place.speech for scored in ready.ranked))
        all_, every = kindred.kindred(wording, self._finder.shelf, self._finder.evidence, near)
        if len(every) < 2 or self._told_of_all(ready, all_):
            return None
        rows = [row for row, _ in self._rows(ready, every)]
        most = max((row.found.confidence for row in rows if row.found is not None), default=0.0)
        heard = [row if row.found is None or row.found.confidence >= _OF_ALL * most else replace(row, found=None) for row in rows]
        told = [row for row in heard if row.found is not None or row.title is None]
        compared = compare.draft(told) if sum(row.found is not None for row in told) > 1 else None
        return (compared, Verdict(True, trusted=1.0)) if compared is not None else None

    def _told_of_all(self, ready: Ready, all_: str) -> bool:
        """Whether what answers the question says of all of them at once what is asked."""
        draft, verdict = self._answered(ready)
        quotes = [place for piece in draft.pieces for place in piece.quotes] if draft is not None and verdict.enough else []
        return any(all_ in fold(place.text) for place in quotes)

    def _of_several(self, ready: Ready) -> tuple[Draft, Verdict] | None:
        """The figure of each speech, where several have as good a one and the question tells none of them apart; else None."""
        question = ready.question
        if question.kind != "figure" or ready.speeches or self._preparer.focus(ready) is not None:
            return None
        speeches = self._facts.sources(question, [scored.statement for scored in ready.ranked])[:MOST]
        if len(speeches) < 2:
            return None
        rows = self._rows(ready, [Slot("", ready.wording, (speech,)) for speech in speeches])
        told = [(row, verdict) for row, verdict in rows if row.found is not None]
        compared = compare.draft([row for row, _ in told]) if len(told) > 1 else None
        if compared is None:
            return None
        least = min((verdict for _, verdict in told), key=lambda one: one.trusted)
        return compared, replace(least, trusted=min(_OPEN, least.trusted))

    def _rows(self, ready: Ready, several: Sequence[Slot]) -> list[tuple[compare.Row, Verdict]]:
        """What is found for each side of a comparison, and the verdict on it."""
        return [self._row(ready, slot, sides.CHARACTERS // len(several)) for slot in several]

    def _row(self, ready: Ready, slot: Slot, characters: int) -> tuple[compare.Row, Verdict]:
        asked = alone(slot.wording)
        name, title = as_typed([slot.name], ready.question.text)[0], slot.speeches[0].title if not slot.name else None
        ended = sides.ending(asked, self._finder.shelf, slot.speeches, characters)
        if ended is not None:
            return compare.Row(name, title, ended), Verdict(True, trusted=1.0)
        kind = kind_of(asked)
        own = self._preparer.read(asked, slot.speeches, asked, None, kind="compare" if kind in _TOLD_SHORT else None)
        draft, verdict = self._answered(own)
        if draft is not None and draft.how.startswith(_HOW_TOLD):
            draft = sides.told(own.question, self._finder.evidence, own.ranked, draft, characters)
        return compare.Row(name, title, draft if verdict.enough else None), verdict

    def _topical(self, wording: str) -> list[Slot]:
        """One side for each of several speeches that `wording` names by what they are about; [] where it does not."""
        told = topics.references(wording)
        told = told if len(told) > 1 else topics.mixed(wording) or topics.pair(wording)
        meant = self._finder.about([one.topic for one in told]) if len(told) > 1 else []
        if not meant or None in meant:
            return []
        asked = zip(told, topics.sides(wording, told), meant, strict=True)
        return [Slot(wording[one.start : one.end], side, (speech,)) for one, side, speech in asked if speech is not None]
