"""The library in a real browser: files put in and taken out, the index rebuilt while questions are asked, and an earlier build had back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from rag.page.desk import Desk
from tests.browsing import PATIENCE, ask, see


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
    row.get_by_role("button", name="确定删除？").click()
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert not (corpus / "林业" / "会议" / "造林会.txt").exists()


def test_what_was_put_in_is_taken_up_from_where_it_was_put(page: Page, shipped: Desk, tmp_path: Path) -> None:
    """The rebuild that is offered there leads to where its progress and its end are told; nothing else is written over the page."""
    page.evaluate("""new MutationObserver(() => { window.odd ||= document.body.innerText.includes('[object'); })
        .observe(document.body, {childList: true, subtree: true, characterData: true})""")
    (tmp_path / "护林会.txt").write_text("在护林会上的讲话\n同志们:\n今年要护林八万亩。", encoding="utf-8")
    page.get_by_role("tab", name="资料库").click()
    page.set_input_files("[data-put]", tmp_path / "护林会.txt")
    see(page.locator("[data-rebuild]")).click()
    expect(page.locator("#work")).to_have_text(re.compile("重建完成"), timeout=PATIENCE)
    expect(page.locator("#builds td", has_text="护林会.txt")).to_be_visible(timeout=PATIENCE)
    assert not page.evaluate("window.odd")
    (shipped.engine.settings.corpus / "护林会.txt").unlink()


def test_rebuild_while_asking_and_go_back(page: Page, shipped: Desk) -> None:
    """A new file shows as a change; the rebuild takes it in while a question is answered; the earlier build can be had back."""
    (shipped.engine.settings.corpus / "植树会.txt").write_text("在植树会上的讲话\n同志们:\n今年要种树五百万棵。", encoding="utf-8")
    tab = page.get_by_role("tab", name="索引")
    tab.click()
    expect(page.locator("#facts .notice")).to_have_text(re.compile("植树会.txt"), timeout=PATIENCE)
    see(page.locator("#rebuild:enabled")).click()
    page.get_by_role("tab", name="问答").click()
    ask(page, "“四种精神”是哪四种?")
    tab.click()
    expect(page.locator("#work")).to_have_text(re.compile("重建完成"), timeout=PATIENCE)
    see(page.locator("#builds td", has_text="植树会.txt"))
    expect(page.locator("#facts .notice")).to_have_text(re.compile("一致"), timeout=PATIENCE)
    page.locator("[data-rollback]").first.click()
    expect(page.locator("#work")).to_have_text(re.compile("已回退到"), timeout=PATIENCE)
    expect(page.locator("#builds td", has_text="植树会.txt")).to_have_count(0, timeout=PATIENCE)
