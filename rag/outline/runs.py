"""Runs: which marks make a list together, in the order of the text.

An ordinal counts where its neighbours do: “一、二、三月” opens nothing, “一是…。二是…。” is a list of two. Runs
nest like brackets: one that starts inside an item is over when the item is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.outline.marks import Mark

_OPEN_RUNS = 16  # more lists are never open at once; a text of nothing but “一是” stays linear
_UNNUMBERED = ("label", "dash", "markdown")


@dataclass(frozen=True, slots=True)
class Member:
    """A mark as member of run number `run`.

    `index` counts from 0 in its run; `following` is where the next member stands, None for the last one;
    `until` is where the run's last member stands.
    """

    mark: Mark
    run: int
    index: int
    following: int | None
    until: int


def runs(marks: Iterable[Mark]) -> list[Member]:
    """Those of `marks` that belong to a list or are headings by themselves, in the order of the text.

    A weak form (一是, 第一, 首先, and any inside a paragraph) counts only in a run 1, 2, … of at least two;
    one ordinal may be missing from a run where a sentence ends before the next. A heading of a stronger form
    ends the runs below it, unless a colon announces it.
    """
    kept: list[list[Mark]] = []
    open_runs: list[list[Mark]] = []
    for mark in marks:
        run, ordinal = _continued(open_runs, mark)
        if run is not None:
            open_runs = [other for other in open_runs if other[0].start <= run[-1].start]
            run.append(replace(mark, ordinal=ordinal))
        elif mark.alone or (mark.ordinal == 1 and (mark.strong or mark.inline)):
            if mark.alone and mark.style not in ("label", "dash") and not mark.announced:
                open_runs = [other for other in open_runs if other[0].rank <= mark.rank]
            open_runs = [*open_runs[-_OPEN_RUNS:], [mark]]
            kept.append(open_runs[-1])
    return _members(run for run in kept if len(run) > 1 or run[0].alone)


def _members(kept: Iterable[list[Mark]]) -> list[Member]:
    members = []
    for number, run in enumerate(kept):
        positions = [mark.start for mark in run]
        for index, (mark, following) in enumerate(zip(run, [*positions[1:], None], strict=True)):
            members.append(Member(mark, number, index, following, positions[-1]))
    return sorted(members, key=lambda member: member.mark.start)


def _continued(open_runs: list[list[Mark]], mark: Mark) -> tuple[list[Mark] | None, int | None]:
    """The open run that `mark` continues, the innermost first, and its ordinal there."""
    same = [run for run in reversed(open_runs) if (run[-1].style, run[-1].rank) == (mark.style, mark.rank)]
    if mark.style in _UNNUMBERED:
        return (same[0], None) if same else (None, None)
    for missing in (0, 1) if mark.strong else (0,):
        for run in same:
            before = run[-1].ordinal or 0
            if mark.last and before >= 2:  # 最后 closes a list, but 首先 … 最后 alone is mere speech
                return run, before + 1
            if mark.ordinal == before + 1 + missing:
                return run, mark.ordinal
    return None, None
