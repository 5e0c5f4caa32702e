"""What a clause is about, and whether it says more than when or under which condition."""

import pytest

from rag.writer.clauses import clauses_of


def test_a_clause_says_what_it_is_about_or_leaves_it_to_the_one_before() -> None:
    """增长7.2% is about the clause before, 增加值121亿元 about itself."""
    found = clauses_of("去年,全县生产总值完成236.5亿元,增长7.2%,增加值121亿元,比上年增长8%。")
    assert [clause.opens for clause in found] == [False, True, False, True, False]
    assert [clause.bare[: clause.head] for clause in found if clause.opens] == ["全县生产总值完成", "增加值"]
    assert found[0].adverbial and not found[1].adverbial


@pytest.mark.parametrize(
    ("clause", "adverbial", "condition"),
    [("今年以来", True, False), ("在全县干部的共同努力下", True, True), ("符合条件的", False, True), ("每户补贴500元", False, False)],
)
def test_a_time_and_a_condition_are_told_from_a_statement(clause: str, adverbial: bool, condition: bool) -> None:
    """What governs the clauses beside it, and what only says when or how."""
    found, = clauses_of(clause)
    assert (found.adverbial, found.condition) == (adverbial, condition)


@pytest.mark.parametrize(
    ("clause", "timed"),
    [("2023年", True), ("今年投资5亿元", True), ("3月至5月", True), ("比上年增长8%", False), ("为期5年", False), ("粮食丰收", False)],
)
def test_when_is_told_from_against_when_and_from_how_long(clause: str, timed: bool) -> None:
    """Only that says of what follows when it was."""
    assert clauses_of(clause)[0].timed == timed


def test_a_part_and_a_place_are_no_topic() -> None:
    """What follows them need not be about them."""
    assert [clause.topic for clause in clauses_of("投资5亿元,其中工业投资3亿元,全市完成4亿元")] == [True, False, False]


@pytest.mark.parametrize(("clause", "condition"), [("不能只讲困难", True), ("严禁擅自离岗", True), ("不得擅自离开", False)])
def test_what_is_forbidden_governs_what_follows(clause: str, condition: bool) -> None:
    """不讲成绩 after 不能只讲困难 is not to be done."""
    assert clauses_of(clause)[0].condition == condition


def test_what_is_only_named_is_told_from_what_is_stated() -> None:
    """A label names what comes after it, a measure alone is of what was named before; neither is a statement about something."""
    label, value, output, money = clauses_of("联系人:张伟;投资完成41笔,金额3亿元")
    assert [one.labels for one in (label, value, output, money)] == [True, False, False, False]
    assert [one.states for one in (label, value, output, money)] == [False, False, True, True]
    assert [one.owned for one in (label, value, output, money)] == [True, False, False, True]


def test_what_is_refuted_is_told_by_the_clause_after_it() -> None:
    """It says so of this, or of the facts."""
    assert [one.refutes for one in clauses_of("会议越多越好,这是错误的,事实并非如此,这很好")] == [False, True, True, False]


def test_marks_alone_are_no_clause() -> None:
    """And the spans of the others count in the text as it was given."""
    text = "……  要抓落实 ,讲实话。"
    assert [text[one.start : one.end].strip() for one in clauses_of(text)] == ["要抓落实 ,", "讲实话。"]
