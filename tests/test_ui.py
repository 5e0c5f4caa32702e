"""The page in a real browser: it is opened, guarded, started, rebuilt; its size and its language are the visitor's."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
import uvicorn
from gradio.routes import App
from playwright.sync_api import Browser, Page, expect

import ui
from rag.engine import Engine
from rag.page import people
from rag.page.desk import Desk
from rag.page.listening import address, listener
from rag.settings import DEFAULT_MODEL, Settings
from tests.browsing import PATIENCE, ask, inside, see, served, visitor

PROJECT = Path(__file__).resolve().parent.parent
MODULES = (os.environ.get("YANJU_AXE", "node_modules"), "/usr/lib/node_modules", "/usr/local/lib/node_modules")
AXE = next((path for folder in MODULES if (path := Path(folder) / "axe-core" / "axe.min.js").is_file()), None)


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


def test_a_phone_shows_sources_below_and_the_reader_over_everything(browser: Browser, site: str) -> None:
    """390 pixels wide: nothing to scroll sideways, the reader fills the window, dark when the phone is."""
    with visitor(browser, site, width=390, height=844, color_scheme="dark") as page:
        exchange = ask(page, "“四种精神”是哪四种?")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        chat, side = page.locator("#chat").bounding_box(), page.locator("#side").bounding_box()
        assert chat is not None and side is not None and side["y"] >= chat["y"] + chat["height"]
        exchange.locator(".mark").nth(3).click()
        box = see(page.locator(".reader")).bounding_box()
        assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
        assert inside(page, ".reader mark.quote")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 28)"


@pytest.mark.parametrize(("chosen", "paper"), [("light", "rgb(247, 246, 242)"), ("dark", "rgb(23, 25, 28)")])
def test_the_page_is_never_seen_without_its_style(browser: Browser, site: str, chosen: str, paper: str) -> None:
    """When its name first appears it stands on the paper of the theme that was chosen, whatever the system's is."""
    context = browser.new_context(color_scheme="light" if chosen == "dark" else "dark")
    context.add_init_script(f"localStorage.setItem('yanju-theme', '{chosen}')")
    context.add_init_script("""new MutationObserver(() => {
        if (!window.seen && document.querySelector('.brand')) window.seen = getComputedStyle(document.body).backgroundColor;
    }).observe(document, {childList: true, subtree: true})""")
    page = context.new_page()
    page.goto(site)
    see(page.locator(".brand"))
    assert page.evaluate("window.seen") == paper
    context.close()


def test_a_desktop_page_does_not_scroll_as_a_whole(page: Page) -> None:
    """Chat and sources scroll by themselves; the question box and the last question are always in view."""
    for _ in range(4):
        ask(page, "“四种精神”是哪四种?")
        assert inside(page, "#now .question")
    assert page.evaluate("document.documentElement.scrollHeight") <= 820
    assert inside(page, "#box")


def test_twice_as_large_nothing_is_lost(browser: Browser, site: str) -> None:
    """At 200 % zoom (half the window) nothing scrolls sideways and everything can be reached."""
    with visitor(browser, site, width=680, height=410, device_scale_factor=2) as page:
        ask(page, "“四种精神”是哪四种?")
        for tab in ("问答", "资料库", "索引", "反馈与记录"):
            page.get_by_role("tab", name=tab).click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 680, tab


def test_the_interface_speaks_english(page: Page) -> None:
    """One press; the sources and answers stay as they are; one more goes back."""
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("tab", name="Library")).to_be_visible(timeout=PATIENCE)
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator("[data-show]")).to_have_text("4 sources")
    expect(exchange.locator(".items li").first).to_have_text(re.compile("一是认真负责的精神"))
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("tab", name="资料库")).to_be_visible(timeout=PATIENCE)


@pytest.mark.skipif(AXE is None, reason="needs npm's axe-core")
@pytest.mark.parametrize("width", [1360, 390], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_those_who_see_or_point_otherwise(browser: Browser, site: str, scheme: str, width: int) -> None:
    """axe-core finds nothing serious on any tab: empty, with answers, a refusal, every menu, the reader and the history open."""
    with visitor(browser, site, width=width, color_scheme=scheme, bypass_csp=True) as page:
        page.add_script_tag(path=AXE)
        see(page.locator(".example").first)
        assert serious(page) == []
        ask(page, "火星探测器什么时候发射?")
        exchange = ask(page, "“四种精神”是哪四种?")
        exchange.locator(".explain summary").click()
        for menu in page.locator("#now details.menu summary, .scope-menu summary").all():
            menu.click()
            assert serious(page, covered=True) == []
            page.keyboard.press("Escape")
        exchange.locator(".mark").first.click()
        see(page.locator(".reader"))
        assert serious(page) == []
        page.locator(".paragraph.here [data-menu]").click()
        assert serious(page, covered=True) == []
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(".reader")).to_have_count(0)
        page.get_by_role("button", name="历史对话").first.click()
        assert serious(page) == []
        page.locator(".kept summary").first.click()
        assert serious(page, covered=True) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="收起历史对话").click()
        for tab in ("资料库", "索引", "反馈与记录"):
            page.get_by_role("tab", name=tab).click()
            see(page.locator("#files table:visible, #builds table:visible, #records table:visible").first)
            assert serious(page) == []


def serious(page: Page, *, covered: bool = False) -> list[str]:
    """What axe-core finds, serious or critical, by rule and place; what an open menu covers need not be large enough to press."""
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": not covered}}}
    found = page.evaluate("options => axe.run(document, options)", options)
    bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}"[:300] for one in bad for node in one["nodes"]]
