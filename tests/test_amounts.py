"""The amounts that a text names: equal in whatever characters, and none where a numeral is part of a word."""

import pytest

from rag.writer.amounts import ORDINAL, Amount, amounts
from rag.writing.fold import fold
from rag.writing.words import words


def read(text: str) -> list[Amount]:
    """The amounts of a text that is cut into its words; articles left out."""
    return [one for one in amounts(text, {word.start for word in words(text)}) if not one.article]


def values(text: str) -> list[tuple[float, str]]:
    """The value and unit of each."""
    return [(one.value, one.unit) for one in read(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("百分之十四", "14%"), ("1.2万人", "12000人"), ("二〇二三年", "2023年"), ("十二项", "12项"), ("1,236.8亿元", "1236.8亿元"),
     ("2个百分点", "2个点"), ("5号", "5日"), ("四分之一", "25%"), ("第三次会议", "第3次会议"), ("1.1万户", "11000户")],
)  # fmt: skip
def test_numbers_in_other_characters_are_equal(one: str, other: str) -> None:
    """The same value in the same unit."""
    assert values(one) == values(other) != []


@pytest.mark.parametrize(("one", "other"), [("14%", "14个百分点"), ("236亿元", "236万元"), ("12个", "12家"), ("3月", "3个月")])
def test_numbers_in_other_units_are_not(one: str, other: str) -> None:
    """A unit is part of what is claimed."""
    assert values(one) != values(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [("气温-5℃", [-5.0]), ("气温−5℃", [-5.0]), ("从-5℃到-3℃", [-5.0, -3.0]), ("3-5天", [3.0, 5.0]), ("100万元-200万元", [1e6, 2e6]),
     ("covid-19", [19.0]), ("——5个", [5.0])],
)  # fmt: skip
def test_what_is_below_zero_is_told_from_a_range(text: str, found: list[float]) -> None:
    """A sign stands before the first number, or apart from the one before."""
    assert [value for value, _ in values(fold(text))] == found


@pytest.mark.parametrize("word", ["统一部署", "一定要抓好", "万一停电", "三农问题", "一个企业"])
def test_a_numeral_in_a_word_is_no_number(word: str) -> None:
    """统一 counts nothing, and 一个 is an article."""
    assert values(word) == []


def test_an_amount_says_where_it_stands_and_what_limits_it() -> None:
    """The 余 after a number is kept apart from its value; an ordinal has a unit of its own."""
    assert read("第三,引进30余家") == [Amount(3.0, ORDINAL, 0, 2, "", False), Amount(30.0, "家", 5, 9, "余", False)]
