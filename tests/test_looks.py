"""What a look at how things stand draws anew: what changed, and of a page that has just come no tab."""

from dataclasses import replace

from rag.page.desk import Desk
from rag.page.looks import changes, seen
from rag.page.people import Visitor
from rag.page.window import Window


def test_a_page_that_has_just_come_is_greeted_and_draws_no_tab(shipped: Desk) -> None:
    """The greeting, the scope and the facts; the tables wait until their tab is opened."""
    window = Window(shipped)
    drawn = changes(window, Visitor(), None, seen(window))
    assert sorted(drawn) == ["contents", "facts", "notices", "scope", "welcome", "work"]


def test_only_what_changed_is_drawn_later(shipped: Desk) -> None:
    """A file that was put in changes the files and the facts; a new build the tables, the scope and the greeting too."""
    window = Window(shipped)
    now = seen(window)
    changed = replace(now, state=replace(now.state, behind=("新.txt",)))
    assert sorted(changes(window, Visitor(), now, changed)) == ["facts", "files", "notices", "work"]
    rebuilt = replace(now, build="别的版本")
    assert {"builds", "plots", "scope", "welcome", "contents"} <= set(changes(window, Visitor(), rebuilt, now))


def test_who_may_not_change_the_library_has_no_switch_for_it(shipped: Desk) -> None:
    """The facts are the same but for the switch."""
    window = Window(shipped)
    now = seen(window)
    assert "data-watch" in changes(window, Visitor(), None, now)["facts"]
    assert "data-watch" not in changes(window, Visitor(librarian=False), None, now)["facts"]
