"""How long a reader waits for the first checked sentence of a language model, beyond the time that the model itself takes.

    python -m tests.benchmarks.first [--questions 30]

The page over the golden library in a real browser, from the key that sends the question to the first mark on the page; the
scripted model says the first sentences of what it is given, three characters every five milliseconds. Once more without
a model: from the key to the whole quoted answer. Before that, how soon the page is painted, and the first question
answered, when both are asked for as the engine starts.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from rag.engine import Engine
from rag.page.desk import Desk
from rag.settings import DEFAULT_MODEL, Settings
from rag.writer.scripted import PIECE, Script
from rag.writer.scripted import served as scripted
from tests.browsing import BROWSERS, served

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
PIECE_SECONDS = 0.005
SENTENCES = 3
CLOCK = """() => {
    const sending = event => { if (event.key === 'Enter') window.sent = performance.now(); };
    document.querySelector('#box textarea').addEventListener('keydown', sending, true);
    new MutationObserver(() => {
        const now = document.querySelector('#now .exchange:not(.waiting)');
        if (!now || now.dataset.exchange === window.last) return;
        if (!now.querySelector('.mark, .refusal-words')) return;
        window.last = now.dataset.exchange;
        window.took = performance.now() - window.sent;
    }).observe(document.querySelector('#now'), { childList: true, subtree: true, attributes: true });
}"""


def said(messages: Sequence[dict[str, str]]) -> str:
    """The first sentences of the first material, each with its number."""
    found = re.search(r"〖材料 (\d+)〗[^\n]*\n(.*?)\n〖/材料〗", messages[-1]["content"], re.S)
    sentences = re.findall(r"[^。]+。", found[2].replace("\n", "")) if found else []
    return "".join(f"{one}[1]\n" for one in sentences[:SENTENCES])


def waits(page: Page, questions: Sequence[str], own: list[float]) -> list[tuple[float, float]]:
    """Milliseconds from the key to the first mark, and those of the model, for each question in a conversation of its own."""
    found = []
    for question in questions:
        page.evaluate("window.yanju.send('begin_anew')")
        page.wait_for_selector(".welcome")
        page.wait_for_timeout(300)
        page.evaluate("window.last = window.took = undefined")
        own.clear()
        page.fill("#box textarea", question)
        page.press("#box textarea", "Enter")
        page.wait_for_function("window.took !== undefined", timeout=20_000)
        page.wait_for_selector("#now .exchange.done")
        found.append((float(page.evaluate("window.took")), own[0] if own else 0.0))
    return found


def measured(writes: bool, questions: Sequence[str], own: list[float]) -> list[tuple[float, float]]:
    """The waits on a page of its own."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        desk = Desk(Engine(Settings(GOLDEN / "corpus", Path(scratch) / "index", DEFAULT_MODEL, writes=writes)))
        desk.start()
        desk.finish()
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, BROWSERS))), args=["--no-sandbox"])
        with served(desk) as url:
            page = browser.new_page()
            page.goto(url)
            page.wait_for_selector("#box textarea")
            page.evaluate(CLOCK)
            waits(page, questions[:3], own)
            found = waits(page, questions, own)
            page.close()
            browser.close()
        return found


def opened(question: str) -> tuple[float, float, float]:
    """Milliseconds to the first paint and to the question box, and to the first answer, while the engine starts."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        settings = Settings(GOLDEN / "corpus", Path(scratch) / "index", DEFAULT_MODEL)
        Engine(settings).build()
        desk = Desk(Engine(settings))
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, BROWSERS))), args=["--no-sandbox"])
        with served(desk) as url:
            page = browser.new_page()
            began = time.perf_counter()
            desk.start()
            page.goto(url)
            page.wait_for_selector("#box textarea")
            ready = time.perf_counter() - began
            page.fill("#box textarea", question)
            page.press("#box textarea", "Enter")
            page.wait_for_selector("#now .exchange.done")
            answered = time.perf_counter() - began
            painted = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            browser.close()
    return painted, 1000 * ready, 1000 * answered


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--questions", type=int, default=30)
    rows = [json.loads(line) for line in (GOLDEN / "own.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [one["question"] for one in rows if one["answerable"] and not one.get("history")][: asked.parse_args().questions]
    painted, ready, answered = opened(questions[0])
    sys.stdout.write(f"opened while the engine starts: first paint {painted:.0f} ms, box {ready:.0f} ms, first answer {answered:.0f} ms\n")
    own: list[float] = []
    quoted = measured(False, questions, own)
    sys.stdout.write(f"quoted: whole answer, median {statistics.median(took for took, _ in quoted):.0f} ms\n")

    def say(messages: Sequence[dict[str, str]]) -> str:
        text = said(messages)
        own.append(1000 * PIECE_SECONDS * (text.find("\n") // PIECE))
        return text

    with scripted(Script(say, piece_seconds=PIECE_SECONDS)) as url:
        os.environ |= {"YANJU_LLM_URL": url, "YANJU_LLM_MODEL": "m"}
        written = [(took, its) for took, its in measured(True, questions, own) if its]
    beyond = statistics.median(took - its for took, its in written)
    sys.stdout.write(f"written: {len(written)} answers, first sentence, median {statistics.median(took for took, _ in written):.0f} ms, "
                     f"the model's own {statistics.median(its for _, its in written):.0f} ms, beyond it {beyond:.0f} ms\n")


if __name__ == "__main__":
    main()
