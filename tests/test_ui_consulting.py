"""Consulting the sources in a real browser: paragraphs found, copied, asked about and compared; questions kept to some documents."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browsing import PATIENCE, ask, see, visitor


def test_a_paragraph_is_found_copied_and_asked_about(browser: Browser, site: str) -> None:
    """Find counts what it finds; a paragraph is copied with its reference; a question is kept to one paragraph, and says so."""
    with visitor(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, "“四种精神”是哪四种?").locator(".mark").first.click()
        see(page.locator(".reader"))
        page.fill("[data-find]", "办公室")
        expect(page.locator(".find-count")).to_have_text(re.compile(r"^1/\d+$"))
        page.press("[data-find]", "Enter")
        expect(page.locator(".find-count")).to_have_text(re.compile(r"^2/\d+$"))
        page.locator(".paragraph.here [data-menu]").click()
        page.get_by_role("menuitem", name="复制这一段").click()
        assert re.fullmatch(r"“一是认真负责的精神.*”（《.*第21段）", page.evaluate("navigator.clipboard.readText()"))
        page.locator(".paragraph.here [data-menu]").click()
        page.get_by_role("menuitem", name="就这一段提问").click()
        expect(page.locator(".chip.about")).to_have_text(re.compile("只问这一段：.*第21段"), timeout=PATIENCE)
        exchange = ask(page, "这一段里第二种精神是什么?")
        expect(exchange.locator(".asked-of")).to_have_text(re.compile("第21段"))
        expect(exchange.locator(".answer .lines")).to_have_text(re.compile("无私奉献"))


def test_near_wordings_are_shown_with_their_differences(page: Page) -> None:
    """From a paragraph's menu; each leads to its place in the library."""
    ask(page, "“四种精神”是哪四种?").locator(".mark").first.click()
    see(page.locator(".reader"))
    page.locator('.paragraph[data-paragraph="20"] [data-menu]').click()
    page.get_by_role("menuitem", name="看别处").click()
    see(page.locator(".alike"))
    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)


def test_a_scope_is_chosen_shown_and_given_up(page: Page) -> None:
    """The choice stands above the box and in the answer; what is outside it is not answered from."""
    page.locator(".scope-menu summary").click()
    page.locator(".scope-list .box", has_text="政务总结会").first.click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".chip")).to_have_text(re.compile("政务总结会.*×"), timeout=PATIENCE)
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator(".asked-of")).to_have_text(re.compile("范围.*政务总结会"))
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0, timeout=PATIENCE)
