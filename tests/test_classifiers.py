"""How many things a wording asks for."""

import pytest

from rag.answer.classifiers import number_asked


@pytest.mark.parametrize(("wording", "number"), [
    ("养成什么样的作风(四种)", 4), ("五个必须 政务公开", 5), ("哪6个方面", 6), ("十二条意见分别是什么", 12), ("四点看法", 4),
    ("有哪些措施", None), ("第三项措施是什么", None), ("十八大提出了哪些任务", None),
    ("一条措施是什么", None), ("六十项任务", None),
])
def test_the_number_before_what_is_listed_is_how_many_are_asked_for(wording: str, number: int | None) -> None:
    """Not an ordinal, not a congress, and not one or more than any list that is told whole."""
    assert number_asked(wording) == number
