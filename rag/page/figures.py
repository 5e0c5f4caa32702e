"""Numbers and times as the page writes them."""

from __future__ import annotations

from datetime import datetime


def counted(number: int) -> str:
    """`12345` as 12,345."""
    return f"{number:,}"


def megabytes(size: int) -> str:
    """A number of bytes in MB, with one decimal place below ten."""
    millions = size / 1_000_000
    return f"{millions:.1f} MB" if millions < 10 else f"{millions:,.0f} MB"


def moment(iso: str) -> str:
    """A time in UTC (ISO 8601) as the machine's own wall clock shows it, to the minute."""
    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M")


def duration(seconds: float) -> str:
    """A duration in words: `不到1秒`, `42秒`, `3分05秒`."""
    whole = round(seconds)
    if whole < 1:
        return "不到1秒"
    return f"{whole}秒" if whole < 60 else f"{whole // 60}分{whole % 60:02d}秒"
