"""A library of folders and printed documents in a real browser: chosen by folder, cited by page, and seen as a whole."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.engine import Engine
from rag.page.desk import Desk
from rag.settings import DEFAULT_MODEL, Settings
from tests.browsing import PATIENCE, ask, see, served, visitor
from tests.offices.pdf import pdf

MEETING = "在植树会上的讲话\n2023年3月12日\n同志们:\n今年全县要造林{n}万亩。"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page of a library is that holds a printed gazette, and speeches in two folders."""
    folder = tmp_path_factory.mktemp("公报")
    for path, n in (("林业/造林.txt", 9), ("农业/造林.txt", 7)):
        (folder / "corpus" / path).parent.mkdir(parents=True)
        (folder / "corpus" / path).write_text(MEETING.format(n=n), encoding="utf-8")
    gazette = next(pdf())
    (folder / "corpus" / gazette.path).parent.mkdir()
    (folder / "corpus" / gazette.path).write_bytes(gazette.data)
    desk = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)))
    desk.start()
    desk.finish()
    with served(desk) as url:
        yield url


@pytest.fixture
def page(browser: Browser, printed: str) -> Iterator[Page]:
    """A visitor there."""
    with visitor(browser, printed) as visiting:
        yield visiting


def test_a_printed_source_is_cited_by_its_page(page: Page) -> None:
    """The reader names the page that the quote stands on, and each paragraph's own."""
    page.locator(".speech", has_text="公报").first.click()
    see(page.locator(".reader"))
    pages = page.locator(".reader .number").evaluate_all("numbers => numbers.map(number => number.title)")
    assert (pages[0], pages[-1]) == ("第1页", "第2页") and sorted(pages) == pages
    page.keyboard.press("Escape")
    ask(page, "突发事项要在多少分钟内报告?").locator(".mark").first.click()
    expect(page.locator(".reader-file")).to_have_text(re.compile(r"公报/公报.pdf.*第\d+段 · 第\d页"), timeout=PATIENCE)


def test_a_folder_is_chosen(page: Page) -> None:
    """Found by its name in the list; the answer is its documents' own, and says what it was kept to."""
    page.locator(".scope-menu summary").click()
    page.fill("[data-scope-find]", "农业")
    see(page.locator('.box:has([name="folders"][value="农业"])')).click()
    expect(page.locator('.box:has([value="林业"])')).to_be_hidden()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".chip")).to_have_text("农业/ ×", timeout=PATIENCE)
    exchange = ask(page, "今年全县要造林多少万亩?")
    expect(exchange.locator(".asked-of")).to_contain_text("农业/")
    expect(exchange.locator(".lines")).to_have_text(re.compile("造林7万亩"))


def test_the_library_is_seen_as_a_whole(page: Page) -> None:
    """By year and by the time that answers took; what was read of each file stands in the last report."""
    ask(page, "今年全县要造林多少万亩?")
    page.get_by_role("tab", name="索引").click()
    by_year, times = page.locator(".plot").nth(0), page.locator(".plot").nth(1)
    expect(by_year.locator("li", has_text="2023")).to_contain_text(re.compile(r"\d+字"), timeout=PATIENCE)
    expect(times.locator("li")).to_have_count(7)
    expect(page.locator("#builds td", has_text="公报/公报.pdf")).to_have_count(1)
    expect(page.locator("#builds .state.good").first).to_have_text(re.compile("✓"))
