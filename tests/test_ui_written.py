"""What a language model writes, in a real browser: sentence by sentence, stopped, and taken over by quotes where it fails."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.engine import Engine
from rag.page.desk import Desk
from rag.settings import DEFAULT_MODEL, Settings
from rag.writer.scripted import Script
from rag.writer.scripted import served as scripted
from tests.browsing import PATIENCE, ask, see, served, visitor

GOLDEN = Path(__file__).resolve().parent / "golden"
QUESTION = "2023年全市地区生产总值是多少?"
PIECE_SECONDS = 0.01  # slow enough for a page to be stopped long before an answer is too long


def said(messages: Sequence[dict[str, str]]) -> str:
    """The first sentence of the first material, and one that stands nowhere."""
    found = re.search(r"〖材料 1〗[^\n]*\n([^。]+。)", messages[-1]["content"])
    assert found is not None
    return f"{found[1]}[1]\n全市地区生产总值达到99999亿元。[1]\n"


@pytest.fixture(scope="module")
def script() -> Script:
    """What the model says; its faults are each test's own."""
    return Script(said, piece_seconds=PIECE_SECONDS)


@pytest.fixture(scope="module")
def written(golden_index: Path, script: Script) -> Iterator[str]:
    """Where the page of a desk is whose answers the model writes."""
    with scripted(script) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YANJU_LLM_URL", url)
        patch.setenv("YANJU_LLM_MODEL", "m")
        desk = Desk(Engine(Settings(GOLDEN / "corpus", golden_index, DEFAULT_MODEL, writes=True)))
        desk.start()
        desk.finish()
        with served(desk) as page:
            yield page


def begin(page: Page) -> None:
    """Ask, and do not wait."""
    page.fill("#box textarea", QUESTION)
    page.press("#box textarea", "Enter")


def test_a_sentence_is_shown_while_the_next_is_being_written(browser: Browser, written: str, script: Script) -> None:
    """With its source; stop keeps it, and nothing more is read of the model; what was typed meanwhile stays in the box."""
    script.faults = ["endless"]
    with visitor(browser, written) as page:
        begin(page)
        see(page.locator("#now .exchange.speaking .mark").first)
        see(page.locator("#sources .card").first)
        page.fill("#box textarea", "接着问")
        page.press("#box textarea", "Enter")
        page.get_by_role("button", name="停止").click()
        stopped = see(page.locator("#now .exchange.stopped"))
        expect(stopped).to_have_text(re.compile("1379.5亿元.*已停止，回答不全", re.S))
        expect(page.locator("#box textarea")).to_have_value("接着问")
        expect(page.get_by_role("button", name="停止")).to_be_hidden()
    until = time.monotonic() + PATIENCE / 1000
    while any(one.name == "writer" for one in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_an_answer_is_stopped_before_its_first_word(browser: Browser, written: str, script: Script) -> None:
    """It is told as stopped; the question after it is answered, as the second."""
    script.faults = ["slow", None]
    with visitor(browser, written) as page:
        begin(page)
        page.get_by_role("button", name="停止").click()
        expect(page.locator("#now .exchange.stopped")).to_have_text(re.compile("已停止"), timeout=PATIENCE)
        expect(ask(page, QUESTION)).to_have_attribute("data-exchange", "2")


def test_what_was_not_taken_of_the_model_is_told(browser: Browser, written: str, script: Script) -> None:
    """The whole answer says who wrote it, and keeps the sentence that stands nowhere behind a fold."""
    script.faults = [None]
    with visitor(browser, written) as page:
        exchange = ask(page, QUESTION)
        expect(exchange.locator(".lines")).not_to_have_text(re.compile("99999"))
        expect(exchange.locator(".writer-note").first).to_have_text(re.compile("由语言模型m写成"))
        expect(exchange.locator(".writer-draft")).to_have_text(re.compile("99999"))


def test_where_the_model_fails_quotes_take_over(browser: Browser, written: str, script: Script) -> None:
    """The answer is the library's, and says why."""
    script.faults = ["401"]
    with visitor(browser, written) as page:
        exchange = ask(page, QUESTION)
        expect(exchange.locator(".lines")).to_have_text(re.compile("1379.5亿元"))
        expect(exchange.locator(".writer-note")).to_have_text(re.compile("改用原文作答"))
