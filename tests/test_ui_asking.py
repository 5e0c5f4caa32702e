"""Asking in a real browser, over the real engine: answers and their marks, what was a follow-up, what has no answer."""

import re

from playwright.sync_api import Page, expect

from rag.page.desk import Desk
from tests.browsing import PATIENCE, ask, inside, see


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
