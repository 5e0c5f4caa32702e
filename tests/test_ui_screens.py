"""How the page fits a real browser's window and whoever sits before it: a phone, a desk, twice as large, dark, in English, by ear."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PATIENCE, ask, inside, see, visitor

MODULES = (os.environ.get("YANJU_AXE", "node_modules"), "/usr/lib/node_modules", "/usr/local/lib/node_modules")
AXE = next((path for folder in MODULES if (path := Path(folder) / "axe-core" / "axe.min.js").is_file()), None)


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
