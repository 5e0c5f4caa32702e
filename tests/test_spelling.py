"""Slips of the pen in asking."""

import pytest

from rag.answer.spelling import spelled


@pytest.mark.parametrize(("typed", "meant"), [
    ("多小", "多少"), ("有那些", "有哪些"), ("怎麽办", "怎么办"), ("粮食产量", "粮食产量"), ("12大说了什么", "十二大说了什么"),
    ("20大报告", "二十大报告"), ("12大工程", "12大工程"), ("经济增速多少", "gdp增速多少"),
    ("经济增长几个点", "gdp增长几个点"), ("经济增长方式", "经济增长方式"),
    ("几个“xx水渠”", "几个“水渠”"), ("几个“…水渠”", "几个“水渠”"), ("xx县水渠", "xx县水渠"),
])
def test_usual_slips_of_question_words_are_put_right(typed: str, meant: str) -> None:
    """Only the question word changes."""
    assert spelled(typed) == meant
