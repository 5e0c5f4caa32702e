"""A text that announces how many items follow is taken at its word, where it names one number."""

import pytest

from rag.outline.stated import counts, lead_sentence
from rag.outline.tree import Node
from tests.drafts import speeches


@pytest.mark.parametrize(("text", "found"), [
    ("弘扬四种精神", [4]), ("做到“五个必须”", [5]), ("下面讲三点意见", [3]), ("抓好以下两方面工作", [2]),
    ("抓好以下两个方面工作", [2]), ("办好12件实事", [12]),
    ("十大行动", []), ("八大行动", [8]), ("处理好三个关系,做到两个维护", [3, 2]), ("第三个五年计划", []), ("第二种情形", []),
    ("三个月", []), ("一个目标", []),
    ("二十条措施", [20]), ("1236.8个", []), ("增长50个百分点", []),
])
def test_counts_of_things(text: str, found: list[int]) -> None:
    """A numeral with a measure counts things; ordinals, months and great numbers do not."""
    assert counts(text) == found


def stated(text: str) -> list[tuple[int | None, int]]:
    """What each node with children states, and how many marked children it has, in the order of the text."""
    nodes = [node for part in speeches(text) for node in part.root.walk() if any(child.kind != "text" for child in node.children)]
    return [(node.stated, sum(child.kind != "text" for child in node.children)) for node in nodes]


def root(text: str) -> Node:
    """The tree of the only speech."""
    return speeches(text)[0].root


def test_a_list_has_as_many_items_as_announced() -> None:
    """The sentence before the first item states the number."""
    assert stated("会议开始。\n做好三项工作:\n一是修路。\n二是架桥。\n三是通车。\n") == [(None, 1), (3, 3)]


def test_a_list_with_fewer_items_than_announced() -> None:
    """The number stated is kept beside the number found."""
    assert stated("会议要求,做到四个必须:一是必须快。二是必须准。三是必须稳。\n") == [(4, 3)]


def test_a_heading_announces_its_items() -> None:
    """A heading states the number where the sentence before the items does not."""
    assert stated("一、处理好两个关系\n一是快与慢的关系。\n二是多与少的关系。\n二、抓落实\n抓好就行。\n") == [(None, 2), (2, 2)]


def test_two_numbers_state_nothing() -> None:
    """Where the announcement names two numbers, neither is believed."""
    assert root("强化四个意识,落实三项任务:一是修路。二是架桥。三是通车。\n").stated is None


def test_a_list_without_announcement_states_nothing() -> None:
    """No number is made up."""
    assert root("要求如下:一是快。二是准。\n").stated is None


def test_the_lead_is_the_last_sentence() -> None:
    """Only the sentence right before the items counts."""
    text = "去年办了五件实事。今年要抓三项任务:"
    assert lead_sentence(text, 0, len(text)) == "今年要抓三项任务:"
    assert lead_sentence("抓三项任务:", 0, 6) == "抓三项任务:"
    assert lead_sentence("  ", 0, 2) == ""
