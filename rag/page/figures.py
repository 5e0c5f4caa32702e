"""Numbers and times as the page writes them."""

from __future__ import annotations

from datetime import datetime

from rag.page.language import say


def counted(number: int) -> str:
    """`12345` as 12,345."""
    return f"{number:,}"


def megabytes(size: int) -> str:
    """A number of bytes in MB, with one decimal place below ten; less than a tenth of one in KB."""
    millions = size / 1_000_000
    if size < 100_000:
        return f"{max(1, round(size / 1000))} KB" if size else "0 KB"
    return f"{millions:.1f} MB" if millions < 10 else f"{millions:,.0f} MB"


def moment(iso: str) -> str:
    """A time in UTC (ISO 8601) as the machine's own wall clock shows it, to the minute."""
    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M")


def duration(seconds: float) -> str:
    """A duration in words: `不到1秒`, `42秒`, `3分05秒`."""
    whole = round(seconds)
    if whole < 1:
        return say("不到1秒")
    return say("{n}秒", n=whole) if whole < 60 else say("{n}分{s}秒", n=whole // 60, s=f"{whole % 60:02d}")
