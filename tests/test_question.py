"""A question, understood: its kind, words, measures, times, years and numbers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer.kinds import Kind
from rag.answer.question import Question, phrases_of, terms_of, understand
from rag.answer.synonyms import parse
from rag.writing.figures import FigureKind
from rag.writing.fold import fold
from tests.drafts import drafts
from tests.small import SYNONYMS, asked

NONE = parse("")


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


@pytest.mark.parametrize(("wording", "words"), [
    ("请问2023年一季度粮食产量是多少?", ["粮食产量"]),
    ("“四种作风”分别是什么", ["四种作风"]),
    ("什么是承包经营责任制", ["承包经营责任制"]),
    ("哪五项任务", ["任务"]),
    ("报告里说的政企分开到底啥意思", ["报告", "政企分开"]),
    ("公务两个字什么意思", ["公务"]),
    ("厉行节约,侧重点有啥不同", ["厉行节约"]),
    ("说到节约,讲法有什么区别", ["节约"]),
    ("臺灣投資多少", ["台湾", "投资"]),
    ("规模以上工业增加值增长多少", ["规模以上工业", "增加值", "增长"]),
    ("人民币存款有多少", ["人民币", "存款"]),
    ("多少?", []),
])
def test_only_words_that_identify_are_terms(wording: str, words: list[str]) -> None:
    """Question words, courtesies and times drop out; quoted, defined, table and dictionary words stay whole."""
    assert texts(asked(wording)) == words


def test_a_term_knows_what_means_the_same() -> None:
    """The variants of a word are its synonyms, folded."""
    (term,) = terms_of("gdp多少", SYNONYMS)
    assert term.text == "gdp" and "生产总值" in term.variants


def test_a_name_that_no_dictionary_has_is_cut_by_the_library() -> None:
    """Where the library never has two characters side by side, the name parts."""
    whole = terms_of(fold("“锶镝钡铼”"), NONE)
    parted = terms_of("锶镝钡铼", NONE, known=lambda word: word in ("锶镝", "钡铼"))
    assert [term.text for term in whole] == ["锶镝钡铼"]
    assert [term.text for term in terms_of("aed", NONE, known=lambda word: word == "ed")] == ["aed"]
    assert {term.text for term in parted} <= {"锶镝", "钡铼", "锶", "镝", "钡", "铼", "锶镝钡铼"}


@pytest.mark.parametrize(("wording", "kinds"), [
    ("投资增长了几个百分点", {"points", "percent", "bare"}),
    ("收入增了多少", {"percent", "points", "multiple"}),
    ("工业占比是多少", {"percent"}),
    ("工期要几年", {"duration"}),
    ("拨款多少亿元", {"money"}),
    ("青溪基金一共出资多少", {"money"}),
    ("一共资助了多少人", {"count"}),
    ("新增企业多少家", {"count"}),
    ("有哪些任务", set()),
])
def test_the_wording_tells_what_kind_of_figure_is_meant(wording: str, kinds: set[FigureKind]) -> None:
    """Points, shares, durations, sums and counts; nothing where no figure is asked."""
    assert asked(wording).measures == kinds


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


def test_phrases_are_the_stretches_between_question_words_and_marks() -> None:
    """They stand as they were typed, two characters at least."""
    assert phrases_of("请问粮食产量、棉花产量是多少?") == ("粮食产量", "棉花产量是")


def test_a_kind_given_beforehand_is_kept() -> None:
    """A follow-up brings the kind that it inherits."""
    assert understand("呢", "粮食产量", SYNONYMS, kind="why").kind == "why"


def test_what_is_spoken_of_is_no_part_of_the_word_for_speaking() -> None:
    """讲龙 is no word, and stands nowhere: 龙 is asked about."""
    terms = understand("会上讲龙有怎样的品格", "会上讲龙有怎样的品格", SYNONYMS, known=lambda word: word in "龙的品格会上").terms
    assert "龙" in [term.text for term in terms]


def test_a_congress_at_which_one_reports_is_one_word() -> None:
    """三大作报告: at the third congress; 三大作用 is none."""
    assert [term.text for term in asked("在三大作报告的时候").terms][:1] == ["三大"]
    assert "三大" not in [term.text for term in asked("文件说的三大作用有多大").terms]
