"""What has changed since a page was last drawn, and what of it has to be drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

from rag.page import progress, shelf
from rag.page.people import Visitor
from rag.page.standing import State
from rag.page.window import Drawn, Window


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor's page was last drawn from."""

    state: State
    build: str | None
    warning: str


def seen(window: Window) -> Seen:
    """How things stand now."""
    desk, library = window.desk, window.desk.engine.library
    warnings = f"{library.warning or ''}{desk.ledger.warning}" if library else desk.ledger.warning
    return Seen(desk.state(), library.build if library else None, warnings)


def changes(window: Window, visitor: Visitor, before: Seen | None, now: Seen) -> Drawn:
    """The parts that changed from `before` to `now`; None is a page that has just come, which draws its tabs as they are opened."""
    desk, library, state = window.desk, window.desk.engine.library, now.state
    rebuilt = before is None or before.build != now.build
    drawn = {"notices": progress.notices(state, library.warning if library else None, desk.ledger.warning), "work": progress.work(state)}
    if state.phase == "ready" and (rebuilt or before is None or before.state.phase != "ready"):
        drawn |= window.greeting()
    if library is None:
        return drawn
    drawn["facts"] = shelf.facts(library, state.behind, state.watching if visitor.librarian else None)
    if before is not None:
        drawn |= window.files(visitor)
    if rebuilt or before is None or before.state.ended != state.ended:
        drawn |= window.scope(window.visits.chat(visitor))
        drawn |= window.index(visitor) if before is not None else {}
    return drawn
