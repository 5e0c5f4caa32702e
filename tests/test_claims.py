"""What a text claims, token by token: its numbers, its turning words, the 到 that makes a change a level."""

import pytest

from rag.writer.claims import bare, tokens_of


@pytest.mark.parametrize("text", ["不得离开", "增加到", "超过", "约", "尚未完成", "无法到达", "仅有"])
def test_what_turns_or_limits_is_strict(text: str) -> None:
    """Negations, limits, and the 到 that makes a change a level."""
    assert "strict" in {token.kind for token in tokens_of(text)}


@pytest.mark.parametrize(
    ("text", "keys"),
    [("增长到30余家", [("d", 0.0, "up到"), ("n", 30.0, "家"), ("s", 0.0, "余")]), ("一个企业", [("n", 1.0, "个"), ("w", 0.0, "企业")]),
     ("大力发展", [("w", 0.0, "大力"), ("w", 0.0, "发展")])],
)  # fmt: skip
def test_what_a_token_claims_is_its_key(text: str, keys: list[tuple[str, float, str]]) -> None:
    """A direction and its 到 are one, a number and its 余 two, a word of degree is told from what it strengthens."""
    assert [token.key for token in tokens_of(text)] == keys


@pytest.mark.parametrize("text", ["第六条严禁越级", "二是抓落实", "(三)抓落实"])
def test_what_numbers_a_text_may_be_left_out(text: str) -> None:
    """The mark before it limits nothing."""
    assert tokens_of(text)[0].kind == "degree"


@pytest.mark.parametrize(
    ("text", "key"),
    [("≥30亿元", "≥"), ("¥30", "¥"), ("满意吗?", "?"), ("3至5天", "至"), ("3~5天", "至")],
)
def test_a_mark_that_compares_counts_asks_or_spans_is_strict(text: str, key: str) -> None:
    """It can be neither left out nor put in."""
    assert ("s", 0.0, key) in [token.key for token in tokens_of(text) if token.kind == "strict"]


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\u0336", "❌", "•", "^"])
def test_any_other_odd_mark_may_be_left_out_and_not_put_in(mark: str) -> None:
    """What is hidden, turns the order of writing, strikes through, or is a picture."""
    assert [token.kind for token in tokens_of(f"投资{mark}增长")] == ["word", "degree", "strict"]


def test_two_figures_side_by_side_are_not_one() -> None:
    """The blank between them stays, every other goes."""
    assert bare("城 区 103  29 亿元") == bare("城区103 29亿元") == "城区103 29亿元"


def test_a_sign_before_a_text_is_no_bullet() -> None:
    """And a bullet is no sign."""
    assert bare("-5℃") == "-5°c" and bare("- 5万元") == "5万元"


def test_a_figure_is_neither_a_time_nor_an_ordinal() -> None:
    """What `is_figure` says of the three numbers of a sentence."""
    assert [token.text for token in tokens_of("2023年第3次投资30亿元") if token.is_figure] == ["30亿元"]


def test_bare_text_has_neither_blanks_nor_marks_around_it() -> None:
    """Folded, and in the first form of names that the dictionary lacks."""
    assert bare(" —— 全县 生产总值，完成２３６.５亿元。") == "全县生产总值,完成236.5亿元"
