"""A question, understood: its kind, words, measures, times, years and numbers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer.interrogatives import Kind
from rag.answer.question import Question, understand
from tests.drafts import drafts
from tests.small import SYNONYMS, asked


def texts(question: Question) -> list[str]:
    """The question's words."""
    return [term.text for term in question.terms]


@given(st.one_of(drafts(12), st.text(max_size=30)))
@example("")
@example("？")
@example("多少多少多少")
@example("“" * 40 + "什么是" * 40)
def test_any_wording_is_understood_the_same_way_twice(wording: str) -> None:
    """Words and phrases stand in the folded wording, each word once, none blank."""
    question = asked(wording)
    assert question == asked(wording)
    assert (question.text, question.understood) == (wording, wording)
    assert len(texts(question)) == len(set(texts(question))) and all(text.strip() for text in texts(question))
    assert all(len(phrase) > 1 for phrase in question.phrases)
    assert question.number is None or 2 <= question.number <= 40


@pytest.mark.parametrize(("wording", "number", "kind"), [
    ("三项措施包括什么", 3, "list"),
    ("哪6个方面", 6, "list"),
    ("十二条意见分别是什么", 12, "list"),
    ("有哪些措施", None, "list"),
    ("第三项措施是什么", None, "list"),
    ("第十二项任务", None, "other"),
    ("十二项任务", 12, "list"),
    ("一九九七年有哪些会", None, "list"),
])
def test_the_size_of_a_list_is_read(wording: str, number: int | None, kind: Kind) -> None:
    """A number before what is listed is how many are asked for; an ordinal or a year is not."""
    assert asked(wording).number == number
    assert asked(wording).kind == kind


@pytest.mark.parametrize(("wording", "times", "years", "offsets"), [
    ("2023年一季度产量多少", ("一季度",), (2023,), ()),
    ("去年3月产量多少", ("3月",), (), (-1,)),
    ("22年和今年产量多少", (), (2022,), (0,)),
    ("产量多少", (), (), ()),
])
def test_times_years_and_relative_years_are_told_apart(
    wording: str, times: tuple[str, ...], years: tuple[int, ...], offsets: tuple[int, ...]
) -> None:
    """Quarters and months are times, years are years, 去年 counts from the speech's own."""
    question = asked(wording)
    assert (question.times, question.years, question.offsets) == (times, years, offsets)


@pytest.mark.parametrize(("wording", "expand"), [("四种作风展开讲讲", True), ("具体要求是什么", True), ("四种作风", False)])
def test_a_wish_for_more_is_heard(wording: str, expand: bool) -> None:
    """展开, 详细 and 具体 ask for more than names."""
    assert asked(wording).expand is expand


def test_a_kind_given_beforehand_is_kept() -> None:
    """A follow-up brings the kind that it inherits."""
    assert understand("呢", "粮食产量", SYNONYMS, kind="why").kind == "why"
