"""A comparison drawn: rows as the answer names them, and never a figure in a chart that no quote holds."""

from rag.answer.reply import Answer, Sentence
from rag.page.series import bars, rest, rows


def compared(*pairs: tuple[str, str]) -> Answer:
    """An answer that compares: each name with what was found for it, "" for nothing."""
    sentences: list[Sentence] = []
    for n, (name, words) in enumerate(pairs, 1):
        sentences += [Sentence(f"{name}："), Sentence(words, (n,))] if words else [Sentence(f"{name}：没有找到相关原文。")]
    return Answer("问", "", False, None, tuple(sentences), (), None, (), "20250101-000000-000")


def test_each_side_is_a_row() -> None:
    """With its sentences; one that the library is silent about has none."""
    answer = compared(("2023年", "增长7%左右"), ("2024年", "增长6.5%左右"), ("2025年", ""))
    assert [(row.name, [one.text for one in row.said]) for row in rows(answer, 9)] == [
        ("2023年", ["增长7%左右"]), ("2024年", ["增长6.5%左右"]), ("2025年", [])]
    assert [row.name for row in rows(answer, 1)] == ["2023年"]


def test_an_answer_that_compares_nothing_has_no_rows() -> None:
    """A single quote, or a list below a heading."""
    assert rows(Answer("问", "", False, None, (Sentence("增长7%", (1,)),), (), None, (), "x"), 1) == ()
    assert rows(compared(("2023年", "增长7%")), 9) == ()


def test_a_bar_says_what_the_quote_says() -> None:
    """Full width and Chinese figures are shown as they stand; only their length is computed."""
    drawn = bars(rows(compared(("2023年", "增长７.５％"), ("2024年", "增长百分之六"), ("2025年", "")), 9))
    assert [(bar.name, bar.label, bar.value) for bar in drawn] == [("2023年", "７.５％", 7.5), ("2024年", "百分之六", 6.0)]


def test_the_unit_that_all_share_is_drawn() -> None:
    """Of 亿元 and %, only % stands in both rows."""
    drawn = bars(rows(compared(("2023年", "达到1379.5亿元,增长6.4%"), ("2024年", "增长7%")), 9))
    assert [bar.label for bar in drawn] == ["6.4%", "7%"]


def test_no_chart_where_it_could_mislead() -> None:
    """Two figures of one unit in a row, no shared unit, a fall, one row only."""
    for pairs in ((("2023年", "从6%提高到7%"), ("2024年", "增长5%")), (("2023年", "100亿元"), ("2024年", "增长5%")),
                  (("2023年", "下降3%"), ("2024年", "增长5%")), (("2023年", "增长3%"), ("2024年", ""))):
        assert bars(rows(compared(*pairs), 9)) == ()


def test_a_shortfall_is_told_below() -> None:
    """A fixed phrase that names no side."""
    answer = compared(("甲市", "一是稳。"), ("乙市", "二是进。"))
    told = Sentence("原文称4项，找到2项。")
    both = Answer("问", "", False, None, (*answer.sentences, told), (), None, (), "x")
    assert rest(both, 9) == (told,)
    assert len(rows(both, 9)) == 2
