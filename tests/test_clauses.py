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


def test_marks_alone_are_no_clause() -> None:
    """And the spans of the others count in the text as it was given."""
    text = "……  要抓落实 ,讲实话。"
    assert [text[one.start : one.end].strip() for one in clauses_of(text)] == ["要抓落实 ,", "讲实话。"]
