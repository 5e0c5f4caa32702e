"""Asking in a real browser, over the real engine: answers and their marks, and what happens when one is late or breaks off."""

import re
import threading
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from rag.page import web
from rag.page.desk import Desk
from rag.page.visits import Visits
from tests.browsing import PATIENCE, ask, inside, see, visitor


def test_ask_and_check_the_source(page: Page, shipped: Desk) -> None:
    """A click on a mark opens the speech at the quote, the library's own words; one goes on to the next source, and back to the cards."""
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator(".items li")).to_have_count(4)
    exchange.locator(".mark").nth(2).click()
    quote = see(page.locator(".reader mark.quote"))
    expect(quote).to_have_text(re.compile("三是团结协作的精神"))
    assert inside(page, ".reader mark.quote")
    library = shipped.engine.library
    assert library is not None
    assert quote.inner_text() in library.documents[0].text
    expect(page.locator(".goto[aria-current]")).to_have_text(re.compile("三是团结协作的精神"))
    expect(page.locator(".steps-count")).to_have_text("出处 3/4")
    page.get_by_role("button", name="下一处出处").click()
    expect(quote).to_have_text(re.compile("四是开拓创新的精神"))
    exchange.locator(".mark").nth(0).click()
    expect(quote).to_have_text(re.compile("一是认真负责的精神"))
    page.click("[data-close]")
    expect(page.locator(".reader")).to_have_count(0)
    see(page.locator(".card").first)


def test_an_answer_names_the_speech_that_it_is_from(page: Page) -> None:
    """Pressed, its name opens it at the first quote."""
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator(".from")).to_have_text(re.compile("出自.*《政务总结会上的讲话材料篇1》"))
    exchange.locator(".from button").click()
    expect(page.locator(".reader mark.quote")).to_have_text(re.compile("一是认真负责"), timeout=PATIENCE)


def test_back_closes_the_reader_and_leaves_the_page_open(page: Page) -> None:
    """As on a phone, where the reader covers everything; a source opened after that is closed the same way."""
    exchange = ask(page, "“四种精神”是哪四种?")
    for mark in (0, 2):
        exchange.locator(".mark").nth(mark).click()
        see(page.locator(".reader mark.quote"))
        page.get_by_role("button", name="下一处出处").click()
        expect(page.locator(".steps-count")).to_have_text(f"出处 {mark + 2}/4")
        page.go_back()
        expect(page.locator(".reader")).to_have_count(0)
        expect(exchange).to_be_visible()


def test_marks_of_an_earlier_answer_bring_their_own_cards(page: Page) -> None:
    """After a second question the first answer's marks still lead to the first answer's sources."""
    first = ask(page, "“四种精神”是哪四种?")
    ask(page, "一季度全市生产总值是多少?")
    expect(page.locator(".group:visible")).to_have_count(1)
    first.locator(".mark").nth(1).click()
    expect(page.locator(".reader mark.quote")).to_have_text(re.compile("无私奉献"), timeout=PATIENCE)


def test_a_follow_up_and_a_cleared_conversation(page: Page) -> None:
    """The second question leans on the first; clearing brings the greeting and its examples back, and one can be pressed."""
    ask(page, "“四种精神”是哪四种?")
    expect(ask(page, "第三种展开讲讲").locator(".lines")).to_have_text(re.compile("团结协作"))
    see(page.get_by_role("button", name="历史对话")).click()
    page.get_by_role("button", name="新对话").click()
    see(page.locator(".example").first).click()
    see(page.locator(".exchange.done"))


def test_a_question_taken_for_a_follow_up_can_be_asked_by_itself(page: Page) -> None:
    """The page says how it was understood; one press asks the same words with nothing before them."""
    ask(page, "固定资产投资完成多少?")
    expect(ask(page, "那增长多少?").locator(".answer")).to_have_text(re.compile("29%"))
    page.get_by_role("button", name="不接上文，单独问").click()
    alone = see(page.locator('.exchange.done[data-exchange="3"]'))
    expect(alone.locator(".question")).to_have_text("那增长多少?")
    expect(alone.locator("[data-alone]")).to_have_count(0)


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


def test_a_refusal_shows_what_is_near_as_no_answer(page: Page) -> None:
    """It cites nothing, and what is near is named as no answer."""
    exchange = ask(page, "火星探测器什么时候发射?")
    see(exchange.locator(".refusal"))
    expect(exchange.locator(".mark")).to_have_count(0)
    expect(see(page.locator(".group.nearest")).locator(".not")).to_have_text("不是答案")
    expect(page.locator(".group:visible mark")).to_have_count(0)


def test_the_keyboard_is_enough(page: Page) -> None:
    """Enter on a mark opens the reader, its menus answer to the arrows, Escape leads back to the mark."""
    mark = ask(page, "一季度全市生产总值是多少?").locator(".mark").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reader")).to_be_focused(timeout=PATIENCE)
    page.locator(".paragraph.here [data-menu]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".paragraph.here [data-menu]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)
    expect(mark).to_be_focused()
