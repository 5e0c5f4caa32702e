"""Asking in a real browser, over the real engine: answers, their sources, the reader, what is kept and taken away."""

import json
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import ui
from rag.page.desk import Desk
from rag.page.ledger import Kept
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


def test_a_reply_that_breaks_off_puts_the_question_back(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again it is answered, and the exchange that broke off waits for nothing any more."""
    line, replies = ui._line, iter([ConnectionError])

    def broken(drawn: dict[str, Any]) -> str:
        for error in replies:
            raise error
        return line(drawn)

    monkeypatch.setattr(ui, "_line", broken)
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


def test_an_answer_is_copied_with_its_sources(browser: Browser, site: str) -> None:
    """What lands in the clipboard is the answer's own text and where it comes from."""
    with visitor(browser, site, permissions=["clipboard-read", "clipboard-write"]) as page:
        exchange = ask(page, "一季度全市生产总值是多少?")
        for form, held in (("纯文本", "出处:\n[1] 《"), ("Markdown", "[^1-1]: 《"), ("公文引用格式", "“预计全市生产总值完成236亿元”(《")):
            exchange.get_by_text("复制", exact=True).click()
            exchange.get_by_role("button", name=form).click()
            expect(page.locator(".told")).to_have_text("已复制")
            text = page.evaluate("navigator.clipboard.readText()")
            assert "236亿元" in text and held in text


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
        assert re.fullmatch(r"“一是认真负责的精神.*”\(《.*第21段\)", page.evaluate("navigator.clipboard.readText()"))
        page.locator(".paragraph.here [data-menu]").click()
        page.get_by_role("menuitem", name="就这一段提问").click()
        expect(page.locator(".chip.about")).to_have_text(re.compile("只问这一段:.*第21段"), timeout=PATIENCE)
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
        expect(page.locator(".alike .notice.good")).to_have_text("1条回答,1条逐字核对后仍然成立。", timeout=PATIENCE)
        page.keyboard.press("Escape")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    (tmp_path / "b.md").write_text(text.replace("认真负责", "马虎"), encoding="utf-8")
    page.set_input_files("[data-saved]", tmp_path / "b.md")
    see(page.locator(".alike .state.bad"))
    (tmp_path / "c.md").write_text("没有回答", encoding="utf-8")
    page.set_input_files("[data-saved]", tmp_path / "c.md")
    expect(page.locator("#notices")).to_have_text(re.compile("没有可核对的回答"), timeout=PATIENCE)


def test_a_scope_is_chosen_shown_and_given_up(page: Page, shipped: Desk) -> None:
    """The choice stands above the box and in the answer; what is outside it is not answered from."""
    page.locator(".scope-menu summary").click()
    page.locator(".scope-list .box", has_text="政务总结会").first.click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".chip")).to_have_text(re.compile("政务总结会.*×"), timeout=PATIENCE)
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator(".asked-of")).to_have_text(re.compile("范围.*政务总结会"))
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0, timeout=PATIENCE)


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
        renamed.get_by_role("button", name="确定删除?").click()
        expect(renamed).to_have_count(0, timeout=PATIENCE)
        see(page.locator(".example").first)


def test_a_search_of_the_history_that_ends_late_leaves_what_was_opened(
    browser: Browser, site: str, shipped: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conversation opened while the search is under way stays open and marked, and its sources can be read."""
    under_way, may_end, search = threading.Event(), threading.Event(), shipped.ledger.conversations

    def late(user: str, words: str = "") -> list[Kept]:
        found = search(user, words)
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
        see(page.locator(".kept[aria-current]", has_text="迟到的结果"))
        mark.click()
        see(page.locator(".reader mark.quote"))


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


def test_files_are_put_in_looked_into_and_taken_out(page: Page, shipped: Desk, tmp_path: Path) -> None:
    """An upload lands in the folder named; the same name asks; a preview shows the outline; what is deleted is gone."""
    corpus = shipped.engine.settings.corpus
    (tmp_path / "造林会.txt").write_text("在造林会上的讲话\n同志们:\n一、抓紧造林\n今年要造林九万亩。", encoding="utf-8")
    page.get_by_role("tab", name="资料库").click()
    see(page.locator("[data-into]")).fill("林业/会议")
    page.set_input_files("[data-put]", tmp_path / "造林会.txt")
    row = page.locator("#files tr", has_text="林业/会议/造林会.txt")
    expect(row).to_have_text(re.compile("新放入"), timeout=PATIENCE)
    page.locator("[data-into]").fill("林业/会议")
    page.set_input_files("[data-put]", tmp_path / "造林会.txt")
    see(page.get_by_role("button", name="不放入")).click()
    expect(page.locator(".choice")).to_have_count(0, timeout=PATIENCE)
    row.get_by_role("button", name="预览").click()
    expect(page.locator(".preview .goto")).to_have_text("一、抓紧造林", timeout=PATIENCE)
    row.locator("summary").click()
    row.locator("[data-remove]").click()
    row.get_by_role("button", name="确定删除?").click()
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert not (corpus / "林业" / "会议" / "造林会.txt").exists()
