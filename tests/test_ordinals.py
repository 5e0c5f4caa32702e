"""Places in a list, as they are named and where they lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.ordinals import Ordinal, has_ordinal, ordinals, resolved


@pytest.mark.parametrize(("question", "indices"), [
    ("第二种展开讲讲", [1]), ("第3条呢", [2]), ("最后一种是什么", [4]), ("最后那件是啥", [4]), ("下一个呢", [2]), ("下一步是什么", [2]),
    ("第五件和第四件分别是啥", [4, 3]), ("头一块下面又分哪些", [0]), ("倒数第二个有哪几点要求", [3]), ("后一种怎么启动", [4]),
    ("前者是指什么", [0]), ("最后两条呢", [3, 4]), ("其余的是什么", [2, 3, 4]), ("剩下的几条呢", [2, 3, 4]), ("还有呢", [2, 3, 4]),
    ("另外三个是什么", [2, 3, 4]), ("第九条呢", []), ("倒数第六个", []),
])
def test_a_place_in_a_list_of_five_of_which_two_were_told(question: str, indices: list[int]) -> None:
    """From the start, from the end, after what was told, or all the rest of it."""
    assert resolved(ordinals(question), 5, [0, 1]) == indices


@pytest.mark.parametrize("question", [
    "这些作风怎么养成", "第三季度呢", "第二产业增加值是多少", "第五次会议", "前一阶段做了什么", "前三个月呢", "还有什么困难",
    "市高新区下一步往哪使劲", "后来呢", "最近怎么样",
])
def test_what_names_no_place_in_a_list(question: str) -> None:
    """A quarter, an industry, a session, what comes next and what was before count nothing that was told."""
    assert not has_ordinal(question) and ordinals(question) == ()


@given(st.lists(st.builds(Ordinal, st.sampled_from(["first", "last", "told", "rest"]), st.integers(0, 20)), max_size=4),
       st.integers(0, 12), st.sets(st.integers(0, 11)))
def test_no_index_lies_outside_the_list(places: list[Ordinal], count: int, told: set[int]) -> None:
    """Whatever is asked for: what the list does not have is not told."""
    assert all(0 <= index < count for index in resolved(places, count, sorted(told)))
