"""Whether a clause is read, where a sentence puts it, as it stands in its source: about the same, at the same time, if the same holds.

What stands in a clause itself is for `sameness`; this is about what a reader takes over from the clauses before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.writer.stretches import Mark, Sentence, Stretch


@dataclass(frozen=True, slots=True)
class State:
    """What a reader takes the next clause to be about, and under which time and condition; `lead` is still to be followed.

    `last` is the clause of the source that was said last.
    """

    subject: Mark | None = None
    lead: Mark | None = None
    condition: Mark | None = None
    time: Mark | None = None
    last: Mark | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A stretch that claims the same as a clause of the sentence, whether the time over it is claimed too, and 其中 before it."""

    stretch: Stretch
    timed: bool
    partial: bool


def follows(state: State, fit: Fit) -> State | None:
    """The state after a clause that rests on `fit`; None where it would be read otherwise than it stands there."""
    stretch, sentence = fit.stretch, fit.stretch.sentence
    after = _after(state, stretch)
    if after is None or _refuted(stretch) or not (_under_same_condition(state, stretch) and _at_same_time(state, fit)):
        return None
    if fit.partial and not _part_of_what_was_said(state, stretch):
        return None
    own = _last_condition(sentence, stretch.first, stretch.last + 1)
    time = sentence.times[stretch.last]
    return replace(
        after, last=stretch.mark(stretch.last), time=state.time if time is None else stretch.mark(time),
        condition=state.condition if own is None else stretch.mark(own),
    )


def _part_of_what_was_said(state: State, stretch: Stretch) -> bool:
    """Whether 其中 before the stretch is of what it is of there; where both sentences open with it, that is for who reads on."""
    if state.last is None:
        return stretch.first == 0
    return stretch.mark(0) <= state.last < stretch.mark(stretch.first)


def _after(state: State, stretch: Stretch) -> State | None:
    """The state with what is being spoken of after the stretch; None where that would be read to be another than there."""
    sentence, first = stretch.sentence, stretch.first
    about = sentence.about[first]
    if not (_after_what_it_hangs_on(state, stretch) and _of_same_owner(state, stretch)):
        return None
    if stretch.continues:
        return replace(state, lead=None) if state.subject == stretch.mark(first) else None
    leads = [None if lead is None else stretch.mark(lead) for lead in (sentence.leads[first], sentence.leads[about])]
    if state.lead is not None and state.lead not in leads:
        return None
    if all(clause.adverbial for clause in stretch.clauses):
        return replace(state, lead=stretch.mark(stretch.last))
    if stretch.subject is None and not sentence.clauses[first].opens:
        if state.subject is not None and state.subject != stretch.mark(about):
            return None
        if state.subject is None and sentence.clauses[about].topic:
            return None
    return replace(state, subject=stretch.mark(sentence.about[stretch.last]), lead=None)


def _after_what_it_hangs_on(state: State, stretch: Stretch) -> bool:
    """Whether what is compared, or given under a label, stands right after that, as it does there; else it would be of another."""
    clauses, before = stretch.sentence.clauses, stretch.first - 1
    hangs = before >= 0 and (clauses[before + 1].compares or (clauses[before].labels and not clauses[before + 1].states))
    return not hangs or stretch.subject == before or state.last == stretch.mark(before)


def _of_same_owner(state: State, stretch: Stretch) -> bool:
    """Whether a measure alone (金额), or a label, follows what it is of there, or nothing."""
    sentence, opening = stretch.sentence, stretch.first if stretch.subject is None else stretch.subject
    if state.subject is None or not sentence.clauses[opening].owned:
        return True
    text, start, clause = state.subject
    return (text, start) == (sentence.text, sentence.start) and sentence.owners[clause] == sentence.owners[opening]


def _at_same_time(state: State, fit: Fit) -> bool:
    """Whether a figure is read under the time that it stands under there: said with it, or before, or the only one."""
    stretch, times = fit.stretch, fit.stretch.sentence.times
    time = times[stretch.first]
    if not stretch.has_number or fit.timed or time == stretch.first:
        return True
    if time is None:
        return state.time is None or state.time < stretch.mark(stretch.first)
    return state.time == stretch.mark(time) or (state.time is None and len({other for other in times if other is not None}) == 1)


def _refuted(stretch: Stretch) -> bool:
    """Whether the clause after it says that it does not hold."""
    return any(clause.refutes for clause in stretch.sentence.clauses[stretch.last + 1 : stretch.last + 2])


def _under_same_condition(state: State, stretch: Stretch) -> bool:
    """Whether what governs the stretch there was said here: the clause right before it, or, once one was said, any further back."""
    governing = _last_condition(stretch.sentence, 0, stretch.first)
    if governing is None:
        return state.condition is None
    governed = governing == stretch.first - 1 or state.condition is not None
    return not governed or state.condition == stretch.mark(governing)


def _last_condition(sentence: Sentence, start: int, end: int) -> int | None:
    """The last of the clauses `start`:`end` that is a condition."""
    return next((i for i in range(end - 1, start - 1, -1) if sentence.clauses[i].condition), None)
