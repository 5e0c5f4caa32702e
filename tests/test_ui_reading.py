"""Reading, comparing and coming back in a real browser: what of the page needs a library of several documents, or a restart."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.engine import Engine
from rag.page.desk import Desk
from rag.page.ledger import Ledger
from rag.page.people import Throttle
from rag.settings import DEFAULT_MODEL, Settings
from tests.browsing import PATIENCE, ask, see, served, visitor

GOLDEN = Path(__file__).resolve().parent / "golden" / "corpus"
COUNTING = "window.clicks = 0; addEventListener('click', event => { window.clicks += event.isTrusted; }, true)"
COMPARED = "云澜市2022年和2023年的GDP分别是多少?"


@pytest.fixture(scope="module")
def cities(golden_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index, and for the history, of the library of invented cities."""
    folder = tmp_path_factory.mktemp("城市")
    shutil.copytree(golden_index, folder / "index")
    return folder


def opened(folder: Path, rate: str | None = None) -> Desk:
    """A desk over that library, with the history kept in the folder."""
    desk = Desk(Engine(Settings(GOLDEN, folder / "index", DEFAULT_MODEL)), Ledger(folder / "data"), None, Throttle(rate))
    desk.start()
    desk.finish()
    return desk


@pytest.fixture(scope="module")
def library(cities: Path) -> Iterator[str]:
    """Where its page is."""
    with served(opened(cities)) as url:
        yield url


@pytest.fixture
def page(browser: Browser, library: str) -> Iterator[Page]:
    """A visitor there."""
    with visitor(browser, library) as visiting:
        yield visiting


def test_a_comparison_is_a_table_and_bars_that_lead_to_their_quotes(page: Page) -> None:
    """One row a year; a bar is as long as its figure, bears the quote's own characters, and opens the quote."""
    exchange = ask(page, COMPARED)
    expect(exchange.locator(".series tbody tr")).to_have_count(2)
    bars = exchange.locator(".chart-bar")
    expect(bars).to_have_text(["1286.4亿元", "1379.5亿元"])
    first, second = (bars.nth(n).locator("i").bounding_box() for n in (0, 1))
    assert first is not None and second is not None
    assert first["width"] / second["width"] == pytest.approx(1286.4 / 1379.5, abs=0.01)
    bars.nth(1).click()
    expect(page.locator(".reader mark.quote")).to_contain_text("1379.5亿元", timeout=PATIENCE)
    exchange.locator(".series .mark").first.click()
    expect(page.locator(".reader mark.quote")).to_contain_text("1286.4亿元", timeout=PATIENCE)


def test_the_outline_leads_and_follows(page: Page) -> None:
    """A heading pressed comes into view; scrolling marks the heading that one has read past; it can be folded away."""
    ask(page, "云澜市2023年的地区生产总值是多少?").locator(".mark").first.click()
    see(page.locator(".reader"))
    page.wait_for_timeout(500)  # the jump to the quote is no reading
    page.locator(".goto", has_text="二、2024年主要工作").click()
    expect(page.locator(".goto[aria-current]")).to_have_text(re.compile("^二、|着力推进"), timeout=PATIENCE)
    page.locator(".reader-text").evaluate("text => text.scrollTo(0, 0)")
    page.locator(".reader-text").evaluate("text => text.scrollTo(0, text.scrollHeight)")
    expect(page.locator(".goto[aria-current]")).to_have_text(re.compile("三、"), timeout=PATIENCE)
    page.get_by_role("button", name="目录").click()
    expect(page.locator(".reader-outline")).to_be_hidden()


def test_near_wordings_mark_what_differs(page: Page) -> None:
    """The other year's sentence, with its figure underlined and this year's struck out; pressed, it opens there."""
    ask(page, "云澜市2023年的地区生产总值是多少?").locator(".mark").first.click()
    see(page.locator(".paragraph.here [data-menu]")).click()
    page.get_by_role("menuitem", name="看别处").click()
    card = see(page.locator(".alike .card", has_text="固定资产投资增长").first)
    expect(card.locator("del")).to_have_text(["7.1", "16.2"])
    expect(card.locator("ins")).to_have_text(["9.4", "13.5"])
    card.locator("[data-at]").click()
    expect(page.locator(".reader-title")).to_have_text(re.compile("2023年政府工作报告"), timeout=PATIENCE)
    expect(page.locator(".reader mark.quote")).to_contain_text("9.4%")


def test_each_thing_that_is_done_takes_few_clicks(page: Page, library: str) -> None:
    """Ask, check a source, find a word in it, quote it, come back to it, say that it is wrong: counted as they happen."""
    page.evaluate(COUNTING)
    counted: dict[str, int] = {}

    def count(done: str) -> None:
        counted[done] = page.evaluate("[window.clicks, window.clicks = 0][0]")

    exchange = ask(page, "云澜市2023年的地区生产总值是多少?")
    count("ask")
    exchange.locator(".mark").first.click()
    expect(page.locator(".reader mark.quote")).to_contain_text("1379.5亿元", timeout=PATIENCE)
    count("check")
    page.locator("[data-find]").click()
    page.keyboard.type("工业投资")
    expect(page.locator(".find-count")).to_have_text(re.compile(r"^1/\d+$"))
    count("find")
    exchange.get_by_text("复制", exact=True).click()
    exchange.get_by_role("button", name="公文引用格式").click()
    expect(page.locator(".told")).to_have_text("已复制")
    count("quote")
    exchange.get_by_text("有误", exact=True).click()
    exchange.locator("[name=reason]").fill("要的是增速")
    exchange.get_by_role("button", name="提交").click()
    expect(page.locator("#now .judge")).to_have_text(re.compile("已报有误"), timeout=PATIENCE)
    count("correct")
    page.reload()
    page.evaluate(COUNTING)
    expect(page.locator("#now .exchange.done")).to_contain_text("1379.5亿元", timeout=PATIENCE)
    count("come back")
    page = page.context.new_page()
    page.goto(library)
    page.evaluate(COUNTING)
    page.get_by_role("button", name="历史对话").click()
    page.locator(".kept-title").first.click()
    expect(page.locator("#now .exchange.done")).to_contain_text("1379.5亿元", timeout=PATIENCE)
    count("come back in a new tab")
    assert counted == {"ask": 0, "check": 1, "find": 1, "quote": 2, "correct": 2, "come back": 0, "come back in a new tab": 2}


def test_years_are_chosen_too(page: Page) -> None:
    """A year chosen in the scope keeps the answer to the documents of that year."""
    page.locator(".scope-menu summary").click()
    page.locator(".boxes.years .box", has_text="2023").click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".chip")).to_have_text(re.compile("2023年"), timeout=PATIENCE)
    exchange = ask(page, "全市地区生产总值是多少?")
    expect(exchange.locator(".asked-of")).to_contain_text("2023年")
    expect(exchange.locator(".answer .lines, .answer .series")).to_contain_text("1286.4亿元")


def test_a_whole_conversation_is_taken_away_and_checked(page: Page, tmp_path: Path) -> None:
    """Two answers in one Word file from the history; dropped back, both hold."""
    ask(page, COMPARED)
    ask(page, "岚溪县的会议是谁讲的话?")
    page.get_by_role("button", name="历史对话").click()
    page.locator(".kept[aria-current] summary").click()
    with page.expect_download() as waited:
        page.locator('.kept[aria-current] [data-take-all="docx"]').click()
    waited.value.save_as(tmp_path / "全部.docx")
    page.set_input_files("[data-saved]", tmp_path / "全部.docx")
    expect(page.locator(".alike .notice.good")).to_have_text("2条回答，2条逐字核对后仍然成立。", timeout=PATIENCE)


def test_history_survives_a_restart(browser: Browser, cities: Path) -> None:
    """After a restart a conversation is found, opened, its sources checked, and gone on with; beyond the rate one is told to wait."""
    question = "云澜市2024年主要工作有哪些?"
    with served(opened(cities)) as url, visitor(browser, url) as page:
        ask(page, question)
    with served(opened(cities, "1/minute")) as url, visitor(browser, url) as page:
        page.get_by_role("button", name="历史对话").click()
        page.fill("[data-history]", "2024年主要工作")
        see(page.locator(".kept-title", has_text="2024年主要工作").first).click()
        see(page.locator(".exchange.done")).locator(".mark").first.click()
        see(page.locator(".reader mark.quote"))
        expect(page.locator(".reader .notice")).to_have_count(0)
        ask(page, "第一项展开讲讲")
        expect(page.locator(".exchange")).to_have_count(2)
        page.fill("#box textarea", COMPARED)
        page.press("#box textarea", "Enter")
        expect(page.locator("#now .exchange.failed")).to_have_text(re.compile(r"请等\d+秒再问"), timeout=PATIENCE)


def test_an_empty_library_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    """The first file is put in where the page says so; then the page is ready."""
    (tmp_path / "corpus").mkdir()
    desk = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    desk.start()
    with served(desk) as url, visitor(browser, url) as page:
        expect(page.locator(".notice-bar.bad")).to_contain_text("请放入讲话文件后重试", timeout=PATIENCE)
        page.get_by_role("tab", name="索引").click()
        expect(page.locator("#facts")).to_contain_text("进度或原因见页面最上方")
        page.get_by_role("tab", name="资料库").click()
        expect(page.locator("#files td")).to_have_text(re.compile("把讲话文件拖到上面的框里"), timeout=PATIENCE)
        page.set_input_files("[data-put]", GOLDEN / "岚溪县经济工作会议讲话.txt")
        see(page.locator("#files td", has_text="岚溪县经济工作会议讲话.txt"))
        page.get_by_role("button", name="重试").click()
        page.get_by_role("tab", name="问答").click()
        see(page.locator(".example").first)
