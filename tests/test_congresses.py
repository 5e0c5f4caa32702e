"""Party congresses in short."""

import pytest

from rag.answer.congresses import CONGRESS, holds, in_characters


@pytest.mark.parametrize(("written", "spelled"), [("12大说了什么", "十二大说了什么"), ("20大报告", "二十大报告"), ("12大工程", "12大工程")])
def test_a_congress_in_digits_is_written_in_characters(written: str, spelled: str) -> None:
    """What is counted is left alone."""
    assert in_characters(written) == spelled


@pytest.mark.parametrize(("wording", "found"), [("二十大报告", ["二十大"]), ("在三大作报告", ["三大"]), ("三大作用", []), ("五大工程", [])])
def test_a_congress_is_told_from_a_count(wording: str, found: list[str]) -> None:
    """By what follows it."""
    assert [match.group() for match in CONGRESS.finditer(wording)] == found


def test_a_congress_is_not_the_end_of_another() -> None:
    """十三大 is not 三大."""
    assert holds("党的三大决定", "三大") and not holds("党的十三大决定", "三大") and holds("粮食产量", "产量")
