"""PDFs out of what is drawn on their pages, mark by mark."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
Mark = Callable[[Canvas], object]


def printed(*pages: Iterable[Mark], **options: object) -> bytes:
    """A PDF of these pages; `options` are the canvas's."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    canvas = Canvas(data, **{"pagesize": A4, "invariant": 1, **options})
    for page in pages:
        for mark in page:
            mark(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def words(x: float, y: float, *lines: str, size: float = 12, font: str = FONT) -> Mark:
    """Lines one below another; spaces of full width before one set it in."""

    def mark(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("\u3000"))
            canvas.drawString(x + indent * size, y - number * size * 1.6, line.lstrip("\u3000"))

    return mark


def centred(y: float, line: str, size: float) -> Mark:
    """A line in the middle of the page."""
    return lambda canvas: (canvas.setFont(FONT, size), canvas.drawCentredString(297, y, line))


def drawn(*ends: float) -> Mark:
    """A line from one place to another: x, y, x, y."""
    return lambda canvas: canvas.line(*ends)


def across(y: float, start: float, end: float) -> Mark:
    """A line drawn along."""
    return drawn(start, y, end, y)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Mark]:
    """The lines of a table: along at each of `ys`, up at each of `xs`."""
    return [*(across(y, xs[0], xs[-1]) for y in ys), *(drawn(x, ys[0], x, ys[-1]) for x in xs)]


def width(text: str) -> float:
    """How wide a text of the usual size is."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return float(pdfmetrics.stringWidth(text, FONT, 12))


def wrapped(text: str, columns: int) -> list[str]:
    """`text` cut into lines of so many columns, as a printed page is; a full stop does not begin a line."""
    lines, line, wide = [], "", 0
    for character in text:
        own = 1 if character.isascii() else 2
        if wide + own > columns and character not in "。,;:、":
            lines.append(line)
            line, wide = "", 0
        line += character
        wide += own
    return [*lines, line]
