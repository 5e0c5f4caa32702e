"""Who is on the page, in a real browser: visitors apart from each other, a password for all, accounts that may do different things."""

import re
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, expect

import ui
from rag.page import people
from rag.page.desk import Desk
from rag.page.listening import address, listener
from tests.browsing import PATIENCE, ask, see, visitor


def test_visitors_do_not_see_each_other(browser: Browser, site: str) -> None:
    """Two browsers, two conversations."""
    with visitor(browser, site) as one, visitor(browser, site) as other:
        ask(one, "“四种精神”是哪四种?")
        ask(other, "一季度全市生产总值是多少?")
        expect(one.locator(".exchange")).to_have_count(1)
        expect(other.locator(".exchange .question")).to_have_text("一季度全市生产总值是多少?")


def test_with_a_password_nobody_else_gets_in(browser: Browser, shipped: Desk) -> None:
    """The page asks for name and password; the parts behind it are refused without."""
    context = browser.new_context()
    opened = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(ui.application(shipped, ("张三", "口令")), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    visit = context.new_page()
    visit.goto(address(opened))
    expect(visit.locator("input[type=password]")).to_be_visible(timeout=PATIENCE)
    assert visit.locator("#box").count() == 0
    assert context.request.get(f"{address(opened)}config").status == 401
    context.close()
    server.should_exit = True
    thread.join()


def test_readers_can_not_change_the_library(browser: Browser, shipped: Desk, tmp_path: Path) -> None:
    """Each logs in with his own name; a reader sees no way to change files, a librarian does, and who asked what; histories are apart."""
    people.put(tmp_path / "users.json", "张三", "reader", "口令口令口令口令")
    people.put(tmp_path / "users.json", "李四", "librarian", "口令口令口令口令")
    shipped.accounts = people.Accounts(tmp_path / "users.json")
    opened = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(ui.application(shipped), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    try:
        for name, changes in (("张三", False), ("李四", True)):
            context = browser.new_context(viewport={"width": 1360, "height": 820})
            page = context.new_page()
            page.goto(address(opened))
            page.locator("input:not([type=password])").first.fill(name)
            page.fill("input[type=password]", "口令口令口令口令")
            page.press("input[type=password]", "Enter")
            expect(page.locator(".person")).to_have_text(re.compile(name), timeout=PATIENCE)
            page.get_by_role("button", name="历史对话").click()
            expect(page.locator(".kept")).to_have_count(0)
            ask(page, "“四种精神”是哪四种?")
            page.get_by_role("tab", name="资料库").click()
            see(page.locator("[data-preview]").first)
            assert (page.locator("[data-put]").count(), page.locator("[data-remove]").count() > 0) == (int(changes), changes)
            page.get_by_role("tab", name="索引").click()
            expect(page.locator("#rebuild")).to_be_enabled(enabled=changes, timeout=PATIENCE)
            if changes:
                page.get_by_role("tab", name="反馈与记录").click()
                see(page.locator("#records tr", has_text="张三").filter(has_text="四种精神").first)
            context.close()
    finally:
        shipped.accounts = None
        server.should_exit = True
        thread.join()
