"""Settings come from options, then the environment; a number that is none is wrong usage."""

import pytest

from rag import settings
from rag.errors import WrongUsage


def test_how_much_is_kept_is_set_by_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """By number and by size; unset, the current build and the three before it."""
    assert (settings.load().keep, settings.load().keep_bytes) == (4, None)
    monkeypatch.setenv("YANJU_KEEP", "8")
    monkeypatch.setenv("YANJU_KEEP_MB", "500")
    assert (settings.load().keep, settings.load().keep_bytes) == (8, 500 * 2**20)


@pytest.mark.parametrize("value", ["0", "-1", "三", "1.5", "²"])
def test_a_number_that_is_none_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """The variable is named with what it holds."""
    monkeypatch.setenv("YANJU_KEEP", value)
    with pytest.raises(WrongUsage, match="YANJU_KEEP"):
        settings.load()
