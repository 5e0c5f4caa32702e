"""An answer or a source that is late, lost on its way or broken off, in a real browser: nothing of the user's is lost."""

import re
import threading
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from rag.page import web
from rag.page.desk import Desk
from rag.page.visits import Visits
from tests.browsing import PATIENCE, ask, see, visitor


def test_a_look_at_the_library_that_ends_late_leaves_the_answer(
    browser: Browser, site: str, shipped: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first question of a page that has just come is answered while its greeting is still being drawn, and stays."""
    drawing, may_end, examples = threading.Event(), threading.Event(), shipped.engine.examples

    def late() -> list[str]:
        drawing.set()
        assert may_end.wait(PATIENCE / 1000)
        return [*examples(), "迟到的例子?"]

    monkeypatch.setattr(shipped.engine, "examples", late)
    with visitor(browser, site) as page:
        assert drawing.wait(PATIENCE / 1000)
        exchange = ask(page, "“四种精神”是哪四种?")
        card = see(page.locator(".card").first)
        may_end.set()
        expect(page.locator(".example", has_text="迟到的例子")).to_have_count(1, timeout=PATIENCE)
        expect(page.locator(".example:visible, .speech:visible")).to_have_count(0)
        expect(exchange).to_be_visible()
        expect(card).to_be_visible()


def test_a_question_that_does_not_reach_the_server_is_back_in_the_box(page: Page) -> None:
    """The page says so; pressed again, it is answered."""
    ask(page, "一季度全市生产总值是多少?")
    page.route("**/component_server/", lambda route: route.abort())
    page.fill("#box textarea", "“四种精神”是哪四种?")
    page.press("#box textarea", "Enter")
    expect(page.locator(".told")).to_have_text(re.compile("没有连上服务器"))
    expect(page.locator("#box textarea")).to_have_value("“四种精神”是哪四种?")
    page.unroute("**/component_server/")
    page.press("#box textarea", "Enter")
    see(page.locator('.exchange.done[data-exchange="2"]'))


def test_a_source_that_is_long_in_coming_is_waited_for_in_sight(page: Page) -> None:
    """The page says that something is being fetched until it is there."""
    held: list[Route] = []
    mark = ask(page, "“四种精神”是哪四种?").locator(".mark").first
    page.route("**/queue/join*", lambda route: held.append(route))
    mark.click()
    expect(page.locator("#page.busy")).to_have_count(1)
    page.unroute("**/queue/join*")  # what was held goes on
    see(page.locator(".reader mark.quote"))
    expect(page.locator("#page.busy")).to_have_count(0)


def test_what_was_being_typed_survives_that_the_page_is_loaded_again(page: Page) -> None:
    """As it is when the server was started anew; what was asked is gone from the box for good."""
    page.fill("#box textarea", "还没写完的")
    page.reload()
    expect(page.locator("#box textarea")).to_have_value("还没写完的", timeout=PATIENCE)
    ask(page, "“四种精神”是哪四种?")
    page.reload()
    see(page.locator(".exchange.done"))
    expect(page.locator("#box textarea")).to_have_value("")


def test_a_reply_that_breaks_off_puts_the_question_back(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again it is answered, and the exchange that broke off waits for nothing any more."""
    line, replies = web._line, iter([ConnectionError])

    def broken(drawn: dict[str, Any]) -> str:
        for error in replies:
            raise error
        return line(drawn)

    monkeypatch.setattr(web, "_line", broken)
    page.fill("#box textarea", "“四种精神”是哪四种?")
    page.press("#box textarea", "Enter")
    expect(page.locator(".told")).to_have_text(re.compile("没有连上服务器"), timeout=PATIENCE)
    page.press("#box textarea", "Enter")
    see(page.locator("#now .exchange.done")).get_by_text("有用").click()
    page.get_by_role("button", name="历史对话").click()
    page.locator(".kept-title").first.click()
    expect(page.locator(".exchange.waiting")).to_have_count(0)


def test_a_page_that_was_forgotten_is_made_known_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks once more by itself, and is answered."""
    known, answers = Visits.known, [None]
    monkeypatch.setattr(Visits, "known", lambda *given: answers.pop() if answers else known(*given))
    ask(page, "“四种精神”是哪四种?")
    assert answers == []


def test_what_is_chosen_while_an_answer_is_under_way_stays_chosen(page: Page, shipped: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds for the next question; the one under way keeps to what was chosen before it."""
    under_way, may_end, keep = threading.Event(), threading.Event(), shipped.ledger.keep

    def late(*kept: Any) -> None:
        under_way.set()
        assert may_end.wait(PATIENCE / 1000)
        keep(*kept)

    monkeypatch.setattr(shipped.ledger, "keep", late)
    page.fill("#box textarea", "“四种精神”是哪四种?")
    page.press("#box textarea", "Enter")
    assert under_way.wait(PATIENCE / 1000)
    page.locator(".scope-menu summary").click()
    page.locator(".scope-list .box", has_text="政务总结会").first.click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".chip")).to_have_text(re.compile("政务总结会.*×"), timeout=PATIENCE)
    may_end.set()
    expect(see(page.locator('.exchange.done[data-exchange="1"]')).locator(".asked-of")).to_have_count(0)
    exchange = ask(page, "一季度全市生产总值是多少?")
    expect(exchange.locator(".asked-of")).to_have_text(re.compile("范围.*政务总结会"))
