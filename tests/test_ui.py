"""The page's program and its start, in a real browser: it opens at once, says why it can't, and forgets who has gone."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from gradio.routes import App
from playwright.sync_api import Browser, expect

import ui
from rag.engine import Engine
from rag.page.desk import Desk
from rag.settings import DEFAULT_MODEL, Settings
from tests.browsing import PATIENCE, see, served, visitor

PROJECT = Path(__file__).resolve().parent.parent


def test_first_start_shows_at_once_and_answers_when_ready(browser: Browser, index_dir: Path, corpus_dir: Path, tmp_path: Path) -> None:
    """Before the engine has started the page says so and takes a question; stop works; the question asked is answered at last."""
    shutil.copytree(index_dir, tmp_path / "index")
    desk = Desk(Engine(Settings(corpus_dir, tmp_path / "index", DEFAULT_MODEL)))
    with served(desk) as url, visitor(browser, url) as page:
        expect(page.locator(".notice-bar")).to_have_text(re.compile("正在准备资料库"))
        page.fill("#box textarea", "等等")
        page.press("#box textarea", "Enter")
        expect(page.locator(".exchange .answer")).to_have_text(re.compile("准备好后马上回答"))
        page.get_by_role("button", name="停止").click()
        expect(page.locator(".exchange.stopped")).to_have_text(re.compile("已停止"))
        page.fill("#box textarea", "“四种精神”是哪四种?")
        page.press("#box textarea", "Enter")
        see(page.locator(".exchange.waiting"))
        expect(page.locator(".exchange.stopped")).to_have_count(1)
        desk.start()
        see(page.locator(".exchange.done"))
        expect(page.locator(".notice-bar")).to_have_count(0, timeout=PATIENCE)


def test_pages_that_fell_silent_are_forgotten(corpus_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many visitors are remembered and no more; whose page still looks stays among them, however many come."""
    monkeypatch.setattr(ui, "MOST", 5)
    desk = Desk(Engine(Settings(corpus_dir, tmp_path / "index", DEFAULT_MODEL)))
    remembered = App.create_app(ui.build(desk)).state_holder
    for number in range(20):
        assert remembered["open"] and remembered[str(number)]
    desk.close()
    assert list(remembered.session_data) == ["16", "17", "18", "open", "19"]


def test_no_act_waits_for_another_of_its_kind(corpus_dir: Path, tmp_path: Path) -> None:
    """Whatever the page does may be done for any number of visitors at once; and nothing is open beside the page."""
    desk = Desk(Engine(Settings(corpus_dir, tmp_path / "index", DEFAULT_MODEL)))
    blocks = ui.build(desk)
    desk.close()
    assert {act.concurrency_limit for act in blocks.fns.values() if act.name != "leave"} == {None}
    assert not blocks.api_open


def test_a_failed_start_says_why_and_can_be_tried_again(browser: Browser, corpus_dir: Path, tmp_path: Path) -> None:
    """The folder is missing; once it is there the retry button gets the page ready."""
    desk = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    desk.start()
    with served(desk) as url, visitor(browser, url) as page:
        expect(page.locator(".notice-bar.bad")).to_have_text(re.compile(re.escape(str(tmp_path / "corpus"))), timeout=PATIENCE)
        shutil.copytree(corpus_dir, tmp_path / "corpus")
        page.get_by_role("button", name="重试").click()
        see(page.locator(".example").first)


def program(*arguments: str | Path) -> subprocess.Popen[str]:
    """`python ui.py` with these arguments, its messages to be read."""
    utf8 = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.Popen([sys.executable, PROJECT / "ui.py", *arguments], stderr=subprocess.PIPE, env=utf8, encoding="utf-8")


def test_the_program_serves_the_page(index_dir: Path, tmp_path: Path) -> None:
    """It names its address; what it sends tells the browser to load nothing from elsewhere."""
    shutil.copytree(index_dir, tmp_path / "index")
    with program("--port", "0", "--index", tmp_path / "index") as running:
        assert running.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", running.stderr.readline())
        assert found is not None
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(found[0]) as reply:
            assert "default-src 'self'" in reply.headers["content-security-policy"]
            assert "言据" in reply.read().decode("utf-8")
        running.terminate()


def test_a_busy_port_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program ends with 1 and says what to do; no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        assert ui.main(["--port", port, "--index", str(tmp_path)]) == 1
    words = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in words and "--port" in words
    assert len(words.splitlines()) == 1


def test_the_program_opens_to_nobody_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    """To other machines without accounts it refuses in one sentence, which says what would do."""
    assert ui.main(["--host", "0.0.0.0", "--port", "0"]) == 1
    words = capsys.readouterr().err
    assert len(words.splitlines()) == 1 and "--users" in words and "--allow-anyone" in words
