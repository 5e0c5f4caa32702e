"""The terminal: what is written to it and how, progress, and its end on Ctrl-C."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from rag.answer.reply import Answer
from rag.index.report import EMBEDDING, BuildReport, Progress

INTERRUPTED = 130


def summary(report: BuildReport) -> str:
    """How a build ended, in one line."""
    read = [one for one in report.documents if one.state == "indexed"]
    return (
        f"索引 {report.build}：{len(read)}份文件，{sum(one.speeches for one in read)}篇讲话，{report.passages}个片段"
        f"（新算{report.embedded}，沿用{report.reused}），未读入{len(report.documents) - len(read)}个文件，用时{report.seconds:.1f}秒"
    )


def shown(answer: Answer) -> str:
    """An answer with its sources; of a refusal the nearest passages, as what they are."""
    lines = [answer.answer]
    cited = answer.nearest if answer.refused else answer.citations
    if answer.refused and cited:
        lines += ["", "最接近的原文（不是答案）："]
    elif cited:
        lines += ["", "出处："]
    lines += [f"[{one.n}] {one.label}（{one.document}）" + (f"\n    {one.quote}" if answer.refused else "") for one in cited]
    return "\n".join(lines)


@contextmanager
def counted(total: int, unit: str) -> Iterator[Callable[[], object]]:
    """A bar on a terminal that goes on by one at each call of what its context gets, up to `total`; nothing in a pipe."""
    from tqdm import tqdm

    with tqdm(total=total, unit=unit, disable=not sys.stderr.isatty()) as bar:
        yield bar.update


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal, with what is done in a second and the time left; nothing in a pipe."""
    from tqdm import tqdm

    bars: list[tqdm[Any]] = []

    def tell(step: Progress) -> None:
        if not sys.stderr.isatty():
            return
        if not bars or bars[-1].desc != f"{step.stage}: ":
            if bars:
                bars[-1].close()
            unit = "个片段" if step.stage == EMBEDDING else "个"
            bars.append(tqdm(desc=step.stage, total=step.total, file=sys.stderr, leave=False, unit=unit, dynamic_ncols=True))
        bars[-1].total = step.total
        bars[-1].update(step.done - bars[-1].n)

    try:
        yield tell
    finally:
        for bar in bars:
            bar.close()


@contextmanager
def called_off() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, for what stops of itself; pressed again, all ends here.

    A KeyboardInterrupt can strike where a lock is being given back, and whoever waits for that lock waits for ever.
    """
    pressed: list[int] = []

    def press(number: int, _: object) -> None:
        if pressed:
            interrupted()
        pressed.append(number)

    raises = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if raises:
        signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        if raises:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def settle_streams() -> None:
    """UTF-8 into pipes, and on consoles whose code page lacks a character a mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def interrupted() -> NoReturn:
    """Say so and end here: where the interrupt struck within `exec`, Python would end by the signal, not with the status."""
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write("已中断，原有索引不变。\n")
        sys.stderr.flush()
    os._exit(INTERRUPTED)
