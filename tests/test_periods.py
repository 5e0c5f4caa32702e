"""Times that a wording names."""

import pytest

from rag.answer.periods import TIME
from rag.writing.fold import fold


@pytest.mark.parametrize("time", ["2023年", "二〇二三年", "一季度", "第三季度", "上半年", "3月", "十二月份", "去年", "今年以来", "1至6月"])
def test_times_are_told_from_words(time: str) -> None:
    """A whole time is one match."""
    found = TIME.search(f"{fold(time)}产量")
    assert found is not None and found.group() == fold(time)


@pytest.mark.parametrize("word", ["比去年增长", "二十年来", "粮食"])
def test_what_is_only_compared_with_is_no_time(word: str) -> None:
    """A base of comparison asks for nothing."""
    assert TIME.search(word) is None
