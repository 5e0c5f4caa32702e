"""Beside the chat: earlier conversations by day, and what the next question is kept to."""

from datetime import date, datetime

from rag.index.library import Library
from rag.page.catalogue import Choice, catalogue
from rag.page.ledger import Kept
from rag.page.markup import sendable
from rag.page.rail import RECENT, first, rail, scope

TODAY = date(2026, 11, 30)


def kept(identity: str, day: str) -> Kept:
    """A conversation last changed at noon of a day, by the clock of this machine."""
    return Kept(identity, f"问{identity}", datetime.fromisoformat(f"{day}T12:00").astimezone().isoformat(), 1)


FOUND = [kept("甲", "2026-11-30"), kept("乙", "2026-11-29"), kept("丙", "2026-11-28"), kept("丁", "2026-11-28")]


def test_conversations_stand_under_their_days() -> None:
    """Today and yesterday by name, each day once, the open conversation marked."""
    html = sendable(rail(FOUND, "乙", "", TODAY))
    days = [part.split("<")[0] for part in html.split('rail-day">')[1:]]
    assert days == ["今天", "昨天", "2026-11-28"]
    (current,) = html.split('aria-current="true"')[1:]
    assert current.split("data-conversation=")[1].startswith('"乙"')


def test_the_latest_are_listed_and_of_the_others_is_told_how_to_find_them() -> None:
    """Every open page holds the list, so it does not grow with what was ever asked."""
    many = [kept(str(number), "2026-11-30") for number in range(RECENT + 1)]
    html = sendable(rail(many, "", "", TODAY))
    assert html.count("data-conversation=") == RECENT and f"只列最近{RECENT}个对话" in html
    assert "只列最近" not in sendable(rail(many[:RECENT], "", "", TODAY))


def test_an_empty_list_says_why() -> None:
    """Nothing was asked yet, or nothing holds the words."""
    assert "还没有历史对话" in sendable(rail([], "", "", TODAY))
    assert "没有含这些字的对话" in sendable(rail([], "", "高铁", TODAY)) and 'value="高铁"' in sendable(rail([], "", "高铁", TODAY))


def test_the_first_of_today_is_the_one_to_go_on_with() -> None:
    """Where the latest is of another day there is none."""
    assert (first(FOUND, TODAY), first(FOUND[1:], TODAY), first([], TODAY)) == ("甲", "", "")


def test_the_scope_names_what_was_chosen(library: Library) -> None:
    """A chip to take each choice back, the boxes ticked; without a choice all files."""
    book = catalogue(library)
    document = book.entries[0].document
    everything, chosen = sendable(scope(book, Choice((), (), ()))), sendable(scope(book, Choice((), (document,), ()), "第3段"))
    assert f"全库{len(book.entries)}份文件" in everything and "data-drop" not in everything and " checked" not in everything
    assert "1份文件" in chosen and f'data-drop="documents" data-value="{document}"' in chosen and chosen.count(" checked") == 1
    assert "只问这一段：第3段" in chosen
    assert scope(None, Choice((), (), ())) == ""
