"""What a change of a sentence takes hold of."""

from random import Random

from rag.writer.changes import changed_digit, heads, numbers, one_of, plain, put

SAID = "2023年第3次投资30亿元,增长14%,全县建成学校九所。"


def test_figures_are_told_from_times_and_ordinals() -> None:
    """In order; the year and the third time are no figures."""
    assert [token.text for token in numbers(SAID)] == ["30亿元", "14%", "九所"]
    assert [token.text for token in numbers(SAID, times=True)] == ["2023年"]


def test_a_token_is_put_in_the_place_of_another() -> None:
    """Nothing else is changed."""
    assert put(SAID, numbers(SAID)[1], "15%") == SAID.replace("14%", "15%")


def test_one_digit_is_changed() -> None:
    """Of its own kind; where there is none, nothing is."""
    made = changed_digit("14%", Random(1))
    assert made != "14%" and made.endswith("%") and sum(a != b for a, b in zip(made, "14%", strict=True)) == 1
    assert changed_digit("九所", Random(1))[0] in "二三四五六七八" and changed_digit("全县", Random(1)) == "全县"


def test_of_nothing_nothing_is_chosen() -> None:
    """And of one the one."""
    token = numbers(SAID)[0]
    assert one_of([], Random(1)) is None and one_of([token], Random(1)) is token


def test_a_head_is_what_a_clause_says_something_of() -> None:
    """A clause that is about the one before has none."""
    assert [head for _, head in heads("固定资产投资30亿元,增长14%,学校建成九所。")] == ["固定资产投资", "学校"]


def test_plain_text_is_folded_and_has_no_blanks() -> None:
    """Tokens are found where they stand in it."""
    assert plain("投资 ３０亿元\n，增长") == "投资30亿元,增长"
