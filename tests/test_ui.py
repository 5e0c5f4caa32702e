"""The page in a real browser, over the real engine: ask, check the source, rebuild; nothing acts, nothing leaves the machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

import ui
from rag.engine import Engine
from rag.page import people
from rag.page.desk import Desk
from rag.page.listening import address, listener
from rag.settings import DEFAULT_MODEL, Settings

PROJECT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge")
MODULES = (os.environ.get("YANJU_AXE", "node_modules"), "/usr/lib/node_modules", "/usr/local/lib/node_modules")
AXE = next((path for folder in MODULES if (path := Path(folder) / "axe-core" / "axe.min.js").is_file()), None)
PATIENCE = 30_000  # milliseconds for what the page should show; a loaded machine is slow
HOSTILE = f"""在安全会上的讲话
同志们:
<script>window.hacked = 1</script>是防火墙口号<img src="http://elsewhere.example/a.png" onerror="window.hacked = 2">。
很长的代号是{"A" * 10_000}。
防火墙图示![图](http://elsewhere.example/b.png)和公式$$x^2$$、${{window.hacked = 3}}、{{{{hacked}}}}都要照登。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser: the system's Chromium or Edge, else playwright's own; without either there is nothing to test."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            if os.environ.get("CI"):
                raise  # there a browser is installed, and the page is never waved through
            pytest.skip(f"no browser: {error.message.splitlines()[0]}")
        yield started
        started.close()


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address at which the page of `desk` is served on the loopback."""
    opened = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(ui.application(desk), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    yield address(opened)
    server.should_exit = True
    thread.join()
    desk.close()


@pytest.fixture(scope="module")
def desk(index_dir: Path, corpus_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over a copy of the shipped corpus and its index."""
    folder = tmp_path_factory.mktemp("资料")
    shutil.copytree(corpus_dir, folder / "corpus")
    shutil.copytree(index_dir, folder / "index")
    made = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)))
    made.start()
    made.finish()
    return made


@pytest.fixture(scope="module")
def site(desk: Desk) -> Iterator[str]:
    """Where the page of `desk` is."""
    with served(desk) as url:
        yield url


@contextmanager
def visitor(browser: Browser, url: str, width: int = 1360, height: int = 820, **options: object) -> Iterator[Page]:
    """A visitor with an empty browser, on the page; nothing may be asked for anywhere but where the page is from."""
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)  # type: ignore[arg-type]
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    expect(page.locator("#box textarea")).to_be_visible(timeout=PATIENCE)
    yield page
    context.close()
    elsewhere = [one for one in asked if urlsplit(one).scheme not in ("data", "blob") and urlsplit(one).netloc != urlsplit(url).netloc]
    assert elsewhere == []


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A visitor's page."""
    with visitor(browser, site) as opened:
        yield opened


def see(found: Locator) -> Locator:
    """`found`, once it is visible."""
    expect(found).to_be_visible(timeout=PATIENCE)
    return found


def ask(page: Page, question: str) -> Locator:
    """Ask; the exchange, once its answer is whole."""
    number = page.locator(".exchange").count() + 1
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    return see(page.locator(f'.exchange.done[data-exchange="{number}"]'))


def inside(page: Page, selector: str) -> bool:
    """Whether the first such element lies wholly in the window."""
    return bool(page.eval_on_selector(selector, """element => {
        const box = element.getBoundingClientRect();
        return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && box.height > 0;
    }"""))


def test_ask_and_check_the_source(page: Page, desk: Desk) -> None:
    """A click on a mark opens the speech at the quote, the library's own words; one goes on to the next source, and back to the cards."""
    exchange = ask(page, "“四种精神”是哪四种?")
    expect(exchange.locator(".items li")).to_have_count(4)
    exchange.locator(".mark").nth(2).click()
    quote = see(page.locator(".reader mark.quote"))
    expect(quote).to_have_text(re.compile("三是团结协作的精神"))
    assert inside(page, ".reader mark.quote")
    library = desk.engine.library
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


def test_visitors_do_not_see_each_other(browser: Browser, site: str) -> None:
    """Two browsers, two conversations."""
    with visitor(browser, site) as one, visitor(browser, site) as other:
        ask(one, "“四种精神”是哪四种?")
        ask(other, "一季度全市生产总值是多少?")
        expect(one.locator(".exchange")).to_have_count(1)
        expect(other.locator(".exchange .question")).to_have_text("一季度全市生产总值是多少?")


def test_rebuild_while_asking_and_go_back(page: Page, desk: Desk) -> None:
    """A new file shows as a change; the rebuild takes it in while a question is answered; the earlier build can be had back."""
    (desk.engine.settings.corpus / "植树会.txt").write_text("在植树会上的讲话\n同志们:\n今年要种树五百万棵。", encoding="utf-8")
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


def test_a_failed_start_says_why_and_can_be_tried_again(browser: Browser, corpus_dir: Path, tmp_path: Path) -> None:
    """The folder is missing; once it is there the retry button gets the page ready."""
    desk = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    desk.start()
    with served(desk) as url, visitor(browser, url) as page:
        expect(page.locator(".notice-bar.bad")).to_have_text(re.compile(re.escape(str(tmp_path / "corpus"))), timeout=PATIENCE)
        shutil.copytree(corpus_dir, tmp_path / "corpus")
        page.get_by_role("button", name="重试").click()
        see(page.locator(".example").first)


def test_a_hostile_document_is_only_text(browser: Browser, tmp_path: Path) -> None:
    """Scripts, images, formulas and templates of a source are shown as they stand, in answer, card and reader."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "安全.txt").write_text(HOSTILE, encoding="utf-8")
    desk = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    desk.start()
    with served(desk) as url, visitor(browser, url) as page:
        ask(page, "很长的代号是什么?")
        exchange = ask(page, "防火墙图示和公式怎么办?")
        assert inside(page, "#now .question")
        exchange.locator(".mark").first.click()
        see(page.locator(".reader"))
        expect(page.locator(".reader-text")).to_have_text(re.compile(re.escape("![图](http://elsewhere.example/b.png)和公式$$x^2$$、${window")))
        wide = "[...document.querySelectorAll('#talk, .reader-text')].map(one => one.scrollWidth > one.clientWidth)"
        assert page.evaluate(wide) == [False, False]
        ask(page, "<img src=x onerror='window.hacked=4'>防火墙口号")
        assert page.evaluate("window.hacked") is None
        assert page.locator("#page img, #page script, #page a, #page .katex").count() == 0


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


def test_a_desktop_page_does_not_scroll_as_a_whole(page: Page) -> None:
    """Chat and sources scroll by themselves; the question box and the last question are always in view."""
    for _ in range(4):
        ask(page, "“四种精神”是哪四种?")
        assert inside(page, "#now .question")
    assert page.evaluate("document.documentElement.scrollHeight") <= 820
    assert inside(page, "#box")


def test_with_a_password_nobody_else_gets_in(browser: Browser, desk: Desk) -> None:
    """The page asks for name and password; the parts behind it are refused without."""
    context = browser.new_context()
    opened = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(ui.application(desk, ("张三", "口令")), log_level="warning", timeout_graceful_shutdown=1))
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


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    """The program ends with 1 and says what to do; no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        with program("--port", port, "--index", tmp_path) as ended:
            words = ended.communicate()[1]
    assert ended.returncode == 1 and f"127.0.0.1:{port}" in words and "--port" in words
    assert len(words.splitlines()) == 1


# reading, quoting, choosing, keeping

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


def test_a_scope_is_chosen_shown_and_given_up(page: Page, desk: Desk) -> None:
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
        kept = page.locator(".kept", has_text="七个方面")
        see(kept.first.locator(".kept-title")).click()
        see(page.locator(".exchange.done")).locator(".mark").first.click()
        see(page.locator(".reader mark.quote"))
        page.locator(".kept[aria-current] summary").click()
        page.fill(".kept[aria-current] [name=title]", "七项重点")
        page.get_by_role("button", name="改名").click()
        page.fill("[data-history]", "七项重点")
        renamed = page.locator(".kept", has_text="七项重点")
        expect(renamed).to_have_count(1, timeout=PATIENCE)
        renamed.locator("summary").click()
        renamed.locator("[data-forget]").click()
        renamed.get_by_role("button", name="确定删除?").click()
        expect(renamed).to_have_count(0, timeout=PATIENCE)
        see(page.locator(".example").first)


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


def test_files_are_put_in_looked_into_and_taken_out(page: Page, desk: Desk, tmp_path: Path) -> None:
    """An upload lands in the folder named; the same name asks; a preview shows the outline; what is deleted is gone."""
    corpus = desk.engine.settings.corpus
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


def test_readers_can_not_change_the_library(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    """Each logs in with his own name; a reader sees no way to change files, a librarian does; histories are apart."""
    people.put(tmp_path / "users.json", "张三", "reader", "口令口令口令口令")
    people.put(tmp_path / "users.json", "李四", "librarian", "口令口令口令口令")
    desk.accounts = people.Accounts(tmp_path / "users.json")
    opened = listener("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(ui.application(desk), log_level="warning", timeout_graceful_shutdown=1))
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
            context.close()
    finally:
        desk.accounts = None
        server.should_exit = True
        thread.join()


@pytest.mark.skipif(AXE is None, reason="needs npm's axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_for_those_who_see_or_point_otherwise(browser: Browser, site: str, scheme: str) -> None:
    """axe-core finds nothing serious on any tab, with an answer, the reader and the history open."""
    with visitor(browser, site, color_scheme=scheme, bypass_csp=True) as page:
        page.add_script_tag(path=AXE)
        exchange = ask(page, "“四种精神”是哪四种?")
        exchange.locator(".explain summary").click()
        assert serious(page) == []
        exchange.locator(".mark").first.click()
        see(page.locator(".reader"))
        page.get_by_role("button", name="历史对话").click()
        assert serious(page) == []
        for tab in ("资料库", "索引", "反馈与记录"):
            page.get_by_role("tab", name=tab).click()
            see(page.locator("#files table:visible, #builds table:visible, #records table:visible").first)
            assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What axe-core finds, serious or critical, by rule and place."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    bad = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}"[:300] for one in bad for node in one["nodes"]]


def test_twice_as_large_nothing_is_lost(browser: Browser, site: str) -> None:
    """At 200 % zoom (half the window) nothing scrolls sideways and everything can be reached."""
    with visitor(browser, site, width=680, height=410, device_scale_factor=2) as page:
        ask(page, "“四种精神”是哪四种?")
        for tab in ("问答", "资料库", "索引", "反馈与记录"):
            page.get_by_role("tab", name=tab).click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 680, tab
