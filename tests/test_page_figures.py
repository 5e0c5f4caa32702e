"""Numbers and times as the page writes them."""

import pytest

from rag.page import figures


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "不到1秒"), (42.4, "42秒"), (185, "3分05秒"), (7200, "120分00秒")])
def test_durations_in_words(seconds: float, words: str) -> None:
    """Seconds, then minutes."""
    assert figures.duration(seconds) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (1, "1 KB"), (99_000, "99 KB"), (1_240_000, "1.2 MB"), (12_300_000, "12 MB"), (1_234_000_000, "1,234 MB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    """Kilobytes where it is little, one decimal place below ten megabytes."""
    assert figures.megabytes(size) == words
