"""How the engine stands at one moment, and how that changes as work on its index begins, gets on and ends.

Values only: what is at work, and on which thread, is for `desk`; how it is drawn for `progress`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from rag.index.report import Progress

Phase = Literal["starting", "ready", "failed"]
Work = Literal["start", "rebuild", "rollback"]
TELLING_SECONDS = 2.0  # of a step before its speed is known well enough to say how long it will take


@dataclass(frozen=True, slots=True)
class State:
    """How things stand at one moment.

    `work` is under way, at `step`, of which about `seconds_left` remain (None where that can't be told yet).
    `speed` is how much of it is done in a second, and `since` when its stage began, in seconds of a clock that only goes on.
    `watching`: the index is rebuilt by itself when files change.
    `error` says why the start failed; `result` how the last work on the index ended, `succeeded` whether well.
    `behind` are the files changed since the build, None until that is known. `ended` counts works that ended.
    """

    phase: Phase = "starting"
    work: Work | None = None
    step: Progress | None = None
    seconds_left: float | None = None
    speed: float | None = None
    since: float = 0.0
    watching: bool = False
    cancelling: bool = False
    error: str = ""
    result: str = ""
    succeeded: bool = True
    behind: tuple[str, ...] | None = None
    ended: int = 0

    def begun(self, work: Work) -> State:
        """Once `work` has begun: how the last one ended is forgotten, and a start leaves an earlier failure behind."""
        fresh = State(work=work, behind=self.behind, ended=self.ended, watching=self.watching)
        return fresh if work == "start" else replace(fresh, phase=self.phase, error=self.error)

    def at(self, step: Progress, now: float) -> State:
        """Once the work has got to `step`, at the time `now` of the clock of `since`."""
        since = self.since if self.step is not None and self.step.stage == step.stage else now
        remaining = left(step, now - since)
        speed = None if remaining is None else step.done / (now - since)
        return replace(self, step=step, since=since, seconds_left=remaining, speed=speed)

    def over(self, words: str, *, failed: bool, unharmed: bool = False) -> State:
        """Once the work has ended, `words` saying how; `unharmed`: it failed only because that was wished.

        A start that fails leaves nothing to ask; other work that fails leaves what was there before it.
        """
        idle = replace(self, work=None, step=None, seconds_left=None, speed=None, cancelling=False, ended=self.ended + 1)
        if self.work == "start":
            return replace(idle, phase="failed" if failed else "ready", error=words)
        told = replace(idle, result=words, succeeded=not failed or unharmed)
        return told if failed else replace(told, phase="ready", error="")


def left(step: Progress, elapsed: float) -> float | None:
    """About how many seconds `step` still takes, at its speed so far; None while that can't be told."""
    if elapsed < TELLING_SECONDS or not 0 < step.done <= step.total:
        return None
    return elapsed / step.done * (step.total - step.done)
