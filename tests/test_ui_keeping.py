"""What is kept and taken away in a real browser: answers copied, downloaded, verified again and judged; the history."""

import json
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.page.desk import Desk
from rag.page.ledger import Kept
from tests.browsing import PATIENCE, ask, see, visitor


def test_an_answer_is_copied_with_its_sources(browser: Browser, site: str) -> None:
    """What lands in the clipboard is the answer's own text and where it comes from."""
    with visitor(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        exchange = ask(page, "一季度全市生产总值是多少?")
        for form, held in (("纯文本", "出处：\n[1] 《"), ("Markdown", "[^1-1]: 《"), ("公文引用格式", "“预计全市生产总值完成236亿元”（《")):
            exchange.get_by_text("复制", exact=True).click()
            exchange.get_by_role("button", name=form).click()
            expect(page.locator(".told")).to_have_text("已复制")
            text = page.evaluate("navigator.clipboard.readText()")
            assert "236亿元" in text and held in text


def test_an_answer_is_downloaded_and_verified_again(page: Page, tmp_path: Path) -> None:
    """As a Word file and as Markdown; dropped back, each holds; a changed one is told."""
    exchange = ask(page, "“四种精神”是哪四种?")
    for name, form in (("Word", "docx"), ("Markdown", "md")):
        exchange.get_by_text("下载", exact=True).click()
        with page.expect_download() as waited:
            exchange.locator(f'[data-take="{form}"]').click()
        assert waited.value.suggested_filename.endswith(f".{form}"), name
        waited.value.save_as(tmp_path / f"a.{form}")
        page.set_input_files("[data-saved]", tmp_path / f"a.{form}")
        expect(page.locator(".alike .notice.good")).to_have_text("1条回答，1条逐字核对后仍然成立。", timeout=PATIENCE)
        page.keyboard.press("Escape")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    (tmp_path / "b.md").write_text(text.replace("认真负责", "马虎"), encoding="utf-8")
    page.set_input_files("[data-saved]", tmp_path / "b.md")
    see(page.locator(".alike .state.bad"))
    (tmp_path / "c.md").write_text("没有回答", encoding="utf-8")
    page.set_input_files("[data-saved]", tmp_path / "c.md")
    expect(page.locator("#notices")).to_have_text(re.compile("没有可核对的回答"), timeout=PATIENCE)


def test_a_saved_answer_is_dropped_onto_the_page(page: Page, tmp_path: Path) -> None:
    """Anywhere on the conversation; it is verified as one that was chosen."""
    exchange = ask(page, "“四种精神”是哪四种?")
    exchange.get_by_text("下载", exact=True).click()
    with page.expect_download() as waited:
        exchange.locator('[data-take="md"]').click()
    text = Path(waited.value.path()).read_text(encoding="utf-8")
    files = page.evaluate_handle(
        "text => { const made = new DataTransfer(); made.items.add(new File([text], '存下的.md')); return made; }", text)
    page.locator("#talk").dispatch_event("drop", {"dataTransfer": files})
    expect(page.locator(".alike .notice.good")).to_have_text("1条回答，1条逐字核对后仍然成立。", timeout=PATIENCE)


def test_history_is_kept_found_renamed_and_deleted(browser: Browser, site: str) -> None:
    """A visitor who comes back finds his conversation with its sources; search, rename and delete work on it."""
    with visitor(browser, site) as page:
        ask(page, "二季度七个方面的重点工作分别是什么")
    with visitor(browser, site) as page:
        page.get_by_role("button", name="历史对话").click()
        page.fill("[data-history]", "七个方面")
        expect(page.locator('[data-history][value="七个方面"]')).to_have_count(1, timeout=PATIENCE)  # drawn anew: an open menu would close
        kept = page.locator(".kept", has_text="七个方面")
        see(kept.first.locator(".kept-title")).click()
        see(page.locator(".exchange.done")).locator(".mark").first.click()
        see(page.locator(".reader mark.quote"))
        page.locator(".kept[aria-current] summary").click()
        page.fill(".kept[aria-current] [name=title]", "七项重点")
        page.get_by_role("button", name="改名").click()
        page.fill("[data-history]", "七项重点")
        expect(page.locator('[data-history][value="七项重点"]')).to_have_count(1, timeout=PATIENCE)  # drawn anew: an open menu would close
        renamed = page.locator(".kept", has_text="七项重点")
        expect(renamed).to_have_count(1, timeout=PATIENCE)
        renamed.locator("summary").click()
        renamed.locator("[data-forget]").click()
        renamed.get_by_role("button", name="确定删除？").click()
        expect(renamed).to_have_count(0, timeout=PATIENCE)
        see(page.locator(".example").first)


def test_a_double_click_deletes_nothing(browser: Browser, site: str) -> None:
    """The second click of a double click is no answer to the question whether to delete; closed and opened, the menu asks anew."""
    with visitor(browser, site) as page:
        ask(page, "“四种能力”是哪四种?")
        page.get_by_role("button", name="历史对话").dblclick()
        kept = see(page.locator(".kept[aria-current]"))
        kept.locator("summary").dblclick()
        see(kept.locator("[data-forget]")).dblclick()
        expect(kept.locator("[data-forget]")).to_have_text("确定删除？")
        page.keyboard.press("Escape")
        kept.locator("summary").click()
        expect(see(kept.locator("[data-forget]"))).to_have_text("删除")


def test_a_page_loaded_again_has_its_conversation_and_a_new_tab_none(page: Page, site: str) -> None:
    """With its sources, which can be opened; after a new conversation was begun it stays empty."""
    ask(page, "“四种精神”是哪四种?")
    page.reload()
    see(page.locator(".exchange.done")).locator(".mark").first.click()
    see(page.locator(".reader mark.quote"))
    other = page.context.new_page()
    other.goto(site)
    see(other.locator(".example").first)
    expect(other.locator(".exchange")).to_have_count(0)
    other.close()
    page.get_by_role("button", name="新对话").click()
    page.reload()
    see(page.locator(".example").first)
    expect(page.locator(".exchange")).to_have_count(0)


def test_a_search_of_the_history_that_ends_late_leaves_what_was_opened(
    browser: Browser, site: str, shipped: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conversation opened while the search is under way stays open and marked, and its sources can be read."""
    under_way, may_end, search = threading.Event(), threading.Event(), shipped.ledger.conversations

    def late(user: str, words: str = "", most: int = -1) -> list[Kept]:
        found = search(user, words, most)
        if not words or under_way.is_set():
            return found
        under_way.set()
        assert may_end.wait(PATIENCE / 1000)
        return [replace(one, title="迟到的结果") for one in found]

    with visitor(browser, site) as page:
        ask(page, "“四种精神”是哪四种?")
    with visitor(browser, site) as page:
        page.get_by_role("button", name="历史对话").click()
        kept = see(page.locator(".kept-title", has_text="四种精神").first)
        monkeypatch.setattr(shipped.ledger, "conversations", late)
        page.fill("[data-history]", "四种精神")
        assert under_way.wait(PATIENCE / 1000)
        kept.click()
        mark = see(page.locator(".exchange.done")).locator(".mark").first
        may_end.set()
        mark.click()
        see(page.locator(".reader mark.quote"))
        see(page.locator(".kept[aria-current]", has_text="四种精神"))
        expect(page.locator(".kept", has_text="迟到的结果")).to_have_count(0)


def test_the_list_of_a_page_that_arrives_late_leaves_what_was_asked_meanwhile(
    browser: Browser, site: str, shipped: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question asked before the page has its list stands in the list, marked, also when the page's own comes after it."""
    may_end, ended, conversations = threading.Event(), threading.Event(), shipped.ledger.conversations

    def late(user: str, words: str = "", most: int = -1) -> list[Kept]:
        found = conversations(user, words, most)
        if not ended.is_set():
            ended.set()
            assert may_end.wait(PATIENCE / 1000)
            return [replace(one, title="迟到的对话") for one in found]
        return found

    with visitor(browser, site) as page:
        ask(page, "“四种精神”是哪四种?")
        page.get_by_role("button", name="历史对话").click()
        monkeypatch.setattr(shipped.ledger, "conversations", late)
        page.reload()
        assert ended.wait(PATIENCE / 1000)
        ask(page, "“四种能力”是哪四种?")
        see(page.locator(".kept[aria-current]", has_text="四种能力"))
        may_end.set()
        page.locator(".exchange.done .mark").first.click()
        see(page.locator(".reader mark.quote"))
        see(page.locator(".kept[aria-current]", has_text="四种能力"))
        expect(page.locator(".kept", has_text="迟到的对话")).to_have_count(0)


def test_feedback_reaches_the_librarian(page: Page) -> None:
    """A reason is given beside the answer, listed with it, and exported in the golden format."""
    exchange = ask(page, "一季度全市生产总值是多少?")
    exchange.get_by_text("有误", exact=True).click()
    page.fill("[name=reason]", "要的是增速<b>")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".exchange.done .judge")).to_have_text(re.compile("已报有误"), timeout=PATIENCE)
    page.get_by_role("tab", name="反馈与记录").click()
    expect(page.locator(".judged").first).to_have_text(re.compile("要的是增速<b>"), timeout=PATIENCE)
    with page.expect_download() as waited:
        page.get_by_role("button", name="导出为评测题").click()
    lines = Path(waited.value.path()).read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["note"] == "要的是增速<b>"
