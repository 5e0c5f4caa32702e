"""A hostile document in a real browser: whatever it holds, wherever it is shown, it is text; nothing runs, loads or overlaps."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.engine import Engine
from rag.page.desk import Desk
from rag.page.ledger import Ledger
from rag.settings import DEFAULT_MODEL, Settings
from tests.browsing import PATIENCE, ask, inside, see, served, visitor

TAGS = "<script>window.hacked=1</script><img src=\"stolen.png\" onerror=\"window.hacked=2\"><a href='stolen'>点这</a>"
MARKS = "![图](http://elsewhere.example/stolen.png)[链接](javascript:window.hacked=3)$$x^2$$、${window.hacked=4}、{{hacked}}、\u202e倒写\u202c"
LONG = "长" + "A" * 10_000
HOSTILE = f"""在{TAGS}安全会上的讲话
同志们:
一、{MARKS}要照登
{TAGS}是防火墙口号,防火墙口号要天天念。
防火墙口号{TAGS}要念,防火墙口号要天天念。
很长的代号是{LONG}。
二、{LONG}
防火墙图示{MARKS}都要照登。
"""
NAME = "<img src=stolen onerror=window.hacked=5>\u202e![图](stolen.png)$$x$$.txt"
LONG_NAME = "长" * 60 + "A" * 60 + ".txt"
# What is seen of the page that reaches beyond its place: over the window's edge, over the element after it, out of its own box.
FAULTS = """() => {
    const style = element => getComputedStyle(element);
    const size = element => element.getBoundingClientRect();
    const seen = element => size(element).width > 1 && size(element).height > 1 && element.checkVisibility();
    const placed = element => ['absolute', 'fixed', 'sticky'].includes(style(element).position);
    const flows = element => seen(element) && !placed(element) && !style(element).display.startsWith('inline');
    const clipped = one => one && one.id !== 'page' && (style(one).overflowX !== 'visible' || clipped(one.parentElement));
    const wide = element => style(element).overflowX === 'visible' && element.clientWidth && element.scrollWidth > element.clientWidth + 2
        && ![...element.querySelectorAll('*')].some(one => placed(one) && seen(one));
    const over = (one, two) => Math.min(one.right, two.right) - Math.max(one.left, two.left) > 2
        && Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 2;
    const found = [];
    const tell = (what, element) => found.push(`${what}: ${element.tagName}.${element.className} ${element.textContent.slice(0, 30)}`);
    for (const element of [...document.querySelectorAll('#page *')].filter(flows)) {
        const after = element.nextElementSibling;
        if (size(element).right > innerWidth + 1 && !clipped(element.parentElement)) tell('beyond the window', element);
        if (wide(element)) tell('beyond its box', element);
        if (after && flows(after) && over(size(element), size(after))) tell('over the next', element);
    }
    return found.slice(0, 8);
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a library of hostile documents, one of which can't be read, asked for by hostile names."""
    folder = tmp_path_factory.mktemp("敌意")
    (folder / "corpus" / "<b>夹").mkdir(parents=True)
    (folder / "corpus" / NAME).write_text(HOSTILE, encoding="utf-8")
    (folder / "corpus" / "<b>夹" / "另一份.txt").write_text(HOSTILE.replace("天天念", "日日念"), encoding="utf-8")
    (folder / "corpus" / "<b>夹" / LONG_NAME).write_bytes(b"\xff\xfe\xff\xff\x00")
    desk = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)), Ledger(None))
    desk.start()
    with served(desk) as url:
        yield url


@pytest.mark.parametrize("width", [1360, 390], ids=["desktop", "phone"])
def test_hostile_text_is_only_text_wherever_it_is_shown(browser: Browser, hostile: str, tmp_path: Path, width: int) -> None:
    """Contents, answer and how it came about, refusal, cards, reader, near wordings, history, scope, saved answer, file table, uploads,
    preview, report, feedback and log; and again after the page was loaded anew."""
    with visitor(browser, hostile, width=width, height=844) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        see(page.locator(".speech").first)
        harmless(page)
        ask(page, "很长的代号是什么?").locator(".explain summary").click()
        harmless(page)
        ask(page, f"月球基地{MARKS}什么时候建成?{LONG[:1500]}")
        harmless(page)
        exchange = ask(page, f"防火墙口号{TAGS}要怎么念?")
        assert inside(page, "#now .question")
        harmless(page)
        (exchange if exchange.locator(".mark").count() else page).locator(".mark, .card [data-open]").first.click()
        see(page.locator(".reader"))
        expect(page.locator(".reader-text")).to_contain_text("![图](http://elsewhere.example/stolen.png)")
        harmless(page)
        page.locator(".paragraph", has_text=re.compile("要(?:天天|日日)念")).first.locator("[data-menu]").click()
        page.get_by_role("menuitem", name="看别处").click()
        see(page.locator(".alike"))
        harmless(page)
        page.keyboard.press("Escape")
        kept(page, tmp_path)
        library(page, tmp_path)
        page.reload()
        see(page.locator("#now .exchange.done"))
        harmless(page)
        asked_for = [one for one in asked if "stolen" in one]
        assert asked_for == []


def harmless(page: Page) -> None:
    """Nothing of the text ran, became an element, or lies where it does not belong."""
    assert page.evaluate("window.hacked") is None
    assert page.locator("#page img, #page script, #page iframe, #page .katex, #page a:not([href='logout'])").count() == 0
    assert page.evaluate(FAULTS) == []


def kept(page: Page, folder: Path) -> None:
    """The history, the scope and an answer that is checked again."""
    page.get_by_role("button", name="历史对话").first.click()
    see(page.locator(".kept").first)
    harmless(page)
    page.locator(".kept summary").first.click()
    page.locator(".kept [name=title]").first.fill(TAGS[:60])
    page.get_by_role("button", name="改名").first.click()
    expect(page.locator(".kept-title").first).to_contain_text("<script>", timeout=PATIENCE)
    page.get_by_role("button", name="收起历史对话").click()
    page.locator(".scope-menu summary").click()
    see(page.locator(".scope-list"))
    harmless(page)
    page.locator(".scope-list .box", has_text="onerror").first.click()
    page.get_by_role("button", name="确定").click()
    see(page.locator(".chip").first)
    harmless(page)
    page.locator(".chip").first.click()
    last = page.locator("#now .exchange.done")
    last.get_by_text("下载", exact=True).click()
    with page.expect_download() as waited:
        last.locator('[data-take="md"]').click()
    saved = folder / "<img src=stolen onerror=window.hacked=6>.md"
    waited.value.save_as(saved)
    page.set_input_files("[data-saved]", saved)
    see(page.locator(".alike"))
    harmless(page)
    page.keyboard.press("Escape")
    last.get_by_text("有误", exact=True).click()
    last.locator("[name=reason]").fill(TAGS + LONG[:400])
    last.get_by_role("button", name="提交").click()
    expect(last.locator(".judge")).to_contain_text("已报有误", timeout=PATIENCE)


def library(page: Page, folder: Path) -> None:
    """The tabs: files with a preview, one put in twice, the index with its report, feedback and log."""
    page.get_by_role("tab", name="资料库").click()
    see(page.locator("#files td", has_text="onerror").first)
    harmless(page)
    page.locator("#files tr", has_text="onerror").locator("[data-preview]").first.click()
    see(page.locator(".preview .reader-text"))
    harmless(page)
    page.keyboard.press("Escape")
    (folder / NAME).write_text(HOSTILE, encoding="utf-8")
    page.set_input_files("[data-put]", folder / NAME)
    see(page.locator("#files .notice", has_text="_img src=stolen").first)
    harmless(page)
    page.set_input_files("[data-put]", folder / NAME)
    see(page.locator("#files .choice"))
    harmless(page)
    page.get_by_role("button", name="不放入").click()
    page.get_by_role("tab", name="索引").click()
    see(page.locator("#builds td", has_text="onerror").first)
    harmless(page)
    page.get_by_role("tab", name="反馈与记录").click()
    see(page.locator("#records td", has_text="防火墙").first)
    harmless(page)
