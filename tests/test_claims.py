"""What a sentence claims: its numbers in whatever characters, its turning words, what its clauses are about."""

import pytest

from rag.writer.claims import clauses_of, tokens_of


def numbers(text: str) -> list[tuple[float, str]]:
    """The value and unit of each number of a text."""
    return [token.key[1:] for token in tokens_of(text) if token.key[0] == "n" and token.kind == "number"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("百分之十四", "14%"), ("1.2万人", "12000人"), ("二〇二三年", "2023年"), ("十二项", "12项"), ("1,236.8亿元", "1236.8亿元"),
     ("2个百分点", "2个点"), ("5号", "5日"), ("四分之一", "25%"), ("第三次会议", "第3次会议")],
)  # fmt: skip
def test_numbers_in_other_characters_are_equal(one: str, other: str) -> None:
    """The same value in the same unit."""
    assert numbers(one) == numbers(other) != []


@pytest.mark.parametrize(("one", "other"), [("14%", "14个百分点"), ("236亿元", "236万元"), ("12个", "12家"), ("3月", "3个月")])
def test_numbers_in_other_units_are_not(one: str, other: str) -> None:
    """A unit is part of what is claimed."""
    assert numbers(one) != numbers(other)


@pytest.mark.parametrize("word", ["统一部署", "一定要抓好", "万一停电", "三农问题", "一个企业"])
def test_a_numeral_in_a_word_is_no_number(word: str) -> None:
    """统一 counts nothing, and 一个 is an article."""
    assert numbers(word) == []


@pytest.mark.parametrize("text", ["不得离开", "增加到", "超过", "约", "尚未完成", "无法到达", "仅有"])
def test_what_turns_or_limits_is_strict(text: str) -> None:
    """Negations, limits, and the 到 that makes a change a level."""
    assert "strict" in {token.kind for token in tokens_of(text)}


def test_a_clause_says_what_it_is_about_or_leaves_it_to_the_one_before() -> None:
    """增长7.2% is about the clause before, 增加值121亿元 about itself."""
    found = clauses_of("去年,全县生产总值完成236.5亿元,增长7.2%,增加值121亿元,比上年增长8%。")
    assert [clause.opens for clause in found] == [False, True, False, True, False]
    assert [clause.bare[: clause.head] for clause in found if clause.opens] == ["全县生产总值完成", "增加值"]
    assert found[0].adverbial and not found[1].adverbial
