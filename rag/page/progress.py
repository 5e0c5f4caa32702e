"""What is under way, as HTML: the start, a rebuild, what went wrong, what is damaged."""

from __future__ import annotations

from rag.index.report import EMBEDDING, Progress
from rag.page.figures import counted, duration, megabytes
from rag.page.language import say
from rag.page.markup import Markup, fill, join
from rag.page.standing import State

BYTES_FROM = 10_000_000  # a total from here on counts bytes: no corpus has so many files or passages
_BAR = """<div class="progress"><div class="progress-words"><span>{words}</span><span class="progress-count">{count}</span></div>
<div class="bar{kind}" role="progressbar" aria-label="{words}" aria-valuemin="0" aria-valuemax="100"{now}>
<i style="width:{percent}%"></i></div></div>"""
_STARTING = """<div class="notice-bar" role="status"><p><strong>正在准备资料库</strong> 现在就可以提问，准备好后马上回答。</p>{bar}</div>"""
_FAILED = """<div class="notice-bar bad" role="alert"><p><strong>没能准备好</strong> {error}</p>
<button type="button" class="solid" data-retry>重试</button></div>"""
_TROUBLE = """<div class="notice-bar warn" role="alert"><p>{words}</p></div>"""
_DAMAGED = """<div class="notice-bar warn" role="alert"><p><strong>索引有损坏</strong> {warning}</p></div>"""


def notices(state: State, warning: str | None, unkept: str = "") -> Markup:
    """What every visitor must know, above all else on the page; empty when all is well. `unkept`: why history is not kept."""
    parts = []
    if state.phase == "failed":
        parts.append(fill(_FAILED, error=state.error))
    elif state.phase == "starting":
        parts.append(fill(_STARTING, bar=bar(state)))
    if warning:
        parts.append(fill(_DAMAGED, warning=warning))
    if unkept:
        parts.append(trouble(unkept))
    return join(parts)


def trouble(words: str) -> Markup:
    """What went wrong with what was just done."""
    return fill(_TROUBLE, words=words)


def work(state: State) -> Markup:
    """How far a rebuild is, or how the last one ended."""
    if state.work in ("rebuild", "rollback"):
        return bar(state)
    if not state.result:
        return Markup("")
    return fill('<p class="notice {kind}" role="status">{words}</p>', kind="good" if state.succeeded else "bad", words=state.result)


def bar(state: State) -> Markup:
    """Stage, bar, how much of how much, and about how long it will take.

    A stage that is complete, while the next has not begun, and one without a total have a bar without a value.
    """
    step = state.step
    words = say("正在取消…") if state.cancelling else say(step.stage) if step else say("正在开始…")
    if step is None or not 0 <= step.done < step.total:
        count = _count(step, None) if step and step.total > 0 else ""
        return fill(_BAR, words=words, count=count, kind=" unknown", now="", percent=100)
    percent = 100 * step.done // step.total
    now = fill(' aria-valuenow="{percent}"', percent=percent)
    return fill(_BAR, words=words, count=_count(step, state.seconds_left, state.speed), kind="", now=now, percent=percent)


def _count(step: Progress, seconds_left: float | None, speed: float | None = None) -> str:
    write = megabytes if step.total >= BYTES_FROM else counted
    words = f"{write(step.done)} / {write(step.total)}"
    if speed is not None and step.stage == EMBEDDING:
        words += say(" · 每秒{n}个片段", n=counted(round(speed)) if speed >= 10 else f"{speed:.1f}")
    return words if seconds_left is None else words + say(" · 约剩{time}", time=duration(seconds_left))
