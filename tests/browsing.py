"""A real browser on the page over the real engine, for tests: the page served, visitors, and what they do."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

import ui
from rag.engine import Engine
from rag.page.desk import Desk
from rag.page.listening import address, listener
from rag.settings import DEFAULT_MODEL, Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge")
PATIENCE = 30_000  # milliseconds for what the page should show; a loaded machine is slow


def launched() -> Iterator[Browser]:
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
    try:
        yield address(opened)
    finally:
        server.should_exit = True
        thread.join()
        desk.close()


def shipped(index_dir: Path, corpus_dir: Path, folder: Path) -> Desk:
    """A desk over a copy of the shipped corpus and its index."""
    shutil.copytree(corpus_dir, folder / "corpus")
    shutil.copytree(index_dir, folder / "index")
    made = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)))
    made.start()
    made.finish()
    return made


@contextmanager
def visitor(browser: Browser, url: str, width: int = 1360, height: int = 820, **options: Any) -> Iterator[Page]:
    """A visitor with an empty browser, on the page; nothing may be asked for anywhere but where the page is from."""
    context: BrowserContext = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        expect(page.locator("#box textarea")).to_be_visible(timeout=PATIENCE)
        yield page
    finally:
        context.close()  # a page left open would keep its server from stopping
    elsewhere = [one for one in asked if urlsplit(one).scheme not in ("data", "blob") and urlsplit(one).netloc != urlsplit(url).netloc]
    assert elsewhere == []


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
