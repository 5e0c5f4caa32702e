"""How long a reader waits for the first checked sentence of a language model, beyond the time that the model itself takes.

    python -m tests.benchmarks.first [--questions 30]

The page over the golden library in a real browser, from the key that sends the question to the first mark on the page; the
scripted model says the first sentences of what it is given, three characters every five milliseconds. Its own time is taken
by the clock, from the question to the end of its first line as it left, and, less, by the pauses between its words. Once
more without a model: from the key to the whole quoted answer. Before that, how soon the page is painted, and the first question
answered, when both are asked for as the engine starts.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median as middle

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


@dataclass
class Wait:
    """Milliseconds from the key to the first mark; those of the model until its first line had left, and of its pauses."""

    took: float
    own: float = 0.0
    pauses: float = 0.0


@dataclass
class Model:
    """What the model says, and how long it takes to its first line."""

    asked: float = 0.0
    own: float = 0.0
    pauses: float = 0.0

    def say(self, messages: Sequence[dict[str, str]]) -> str:
        """The answer, from now on timed."""
        text = said(messages)
        self.asked, self.own, self.pauses = time.perf_counter(), 0.0, 1000 * PIECE_SECONDS * (text.find("\n") // PIECE)
        return text

    def sent(self, piece: str) -> None:
        """Another piece has left."""
        if "\n" in piece and not self.own:
            self.own = 1000 * (time.perf_counter() - self.asked)


def waits(page: Page, questions: Sequence[str], model: Model) -> list[Wait]:
    """The wait for the answer to each question, asked in a conversation of its own."""
    found = []
    for question in questions:
        page.evaluate("window.yanju.send('begin_anew')")
        page.wait_for_selector(".welcome")
        page.wait_for_timeout(300)
        page.evaluate("window.last = window.took = undefined")
        model.own = model.pauses = 0.0
        page.fill("#box textarea", question)
        page.press("#box textarea", "Enter")
        page.wait_for_function("window.took !== undefined", timeout=20_000)
        page.wait_for_selector("#now .exchange.done")
        found.append(Wait(float(page.evaluate("window.took")), model.own, model.pauses))
    return found


def measured(writes: bool, questions: Sequence[str], model: Model) -> list[Wait]:
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
            waits(page, questions[:3], model)
            found = waits(page, questions, model)
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
    model = Model()
    quoted = measured(False, questions, model)
    sys.stdout.write(f"quoted: whole answer, median {middle(one.took for one in quoted):.0f} ms\n")
    script = Script(model.say, piece_seconds=PIECE_SECONDS)
    script.sent = model.sent
    with scripted(script) as url:
        os.environ |= {"YANJU_LLM_URL": url, "YANJU_LLM_MODEL": "m"}
        written = [one for one in measured(True, questions, model) if one.own]
    sys.stdout.write(f"written: {len(written)} answers, first sentence, median {middle(one.took for one in written):.0f} ms\n")
    for name, its in (("by the clock", [one.own for one in written]), ("by its pauses", [one.pauses for one in written])):
        beyond = middle(one.took - own for one, own in zip(written, its, strict=True))
        sys.stdout.write(f"the model's own {name} {middle(its):.0f} ms, beyond it {beyond:.0f} ms\n")


if __name__ == "__main__":
    main()
