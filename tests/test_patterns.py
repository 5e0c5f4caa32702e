"""Patterns that are compiled at their first use: tests that each can be, and that they then do what compiled ones do."""

import importlib
import re
from collections.abc import Iterator

import pytest

from rag.writing import patterns
from rag.writing.patterns import regex
from tests.test_house import MODULES


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that are compiled from now on."""
    made: list[str] = []
    compile_now = re.compile

    def counting(pattern: str, flags: int = 0) -> re.Pattern[str]:
        made.append(pattern)
        return compile_now(pattern, flags)

    monkeypatch.setattr(patterns.re, "compile", counting)
    return made


def test_a_pattern_is_compiled_once_and_when_it_is_used(compiled: list[str]) -> None:
    """Reading what it is made of is no use of it."""
    year = regex(r"(?P<y>\d{4})年")
    assert year.pattern == r"(?P<y>\d{4})年" and compiled == []
    assert [match["y"] for match in year.finditer("2023年和2024年")] == ["2023", "2024"]
    assert year.search("2023年") and year.sub("", "2023年初") == "初" and year.groups == 1
    assert compiled == [year.pattern]


def test_flags_are_kept() -> None:
    """They are the compiled pattern's own."""
    assert regex("^第", re.MULTILINE).findall("第一\n第二") == ["第", "第"]


def test_a_wrong_pattern_says_what_is_wrong_with_it() -> None:
    """As compiling it at once would."""
    with pytest.raises(re.error, match="unterminated"):
        regex("[一二").search("一")


def kept(value: object) -> Iterator[patterns._Uncompiled]:
    """The patterns that a name of a module holds, alone or in tables."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for one in value:
            yield from kept(one)
    elif type(value).__name__ == "_Uncompiled":
        yield value  # type: ignore[misc]


def test_every_pattern_of_the_house_can_be_compiled() -> None:
    """A mistake in one is found here, not by the first question that needs it."""
    rooms = [room for room in MODULES if room.startswith(("rag.writing", "rag.outline", "rag.answer"))]
    found = [one for room in rooms for value in vars(importlib.import_module(room)).values() for one in kept(value)]
    assert len(found) > 300
    for one in found:
        assert re.compile(one.pattern, one.flags)
