"""The content words of a question."""

import pytest

from rag.answer.keywords import defined_in, phrases_of, terms_of
from rag.answer.question import understand
from rag.answer.synonyms import parse
from rag.writing.fold import fold
from tests.small import SYNONYMS, asked

NONE = parse("")


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
    ("会上披露的粮食产量", ["粮食产量"]),
    ("听说会上亮出了粮食产量,多少", ["粮食产量"]),
    ("报告里大家谈及的粮食产量", ["报告", "粮食产量"]),
    ("多少?", []),
])
def test_only_words_that_identify_are_terms(wording: str, words: list[str]) -> None:
    """Question words, courtesies and times drop out; quoted, defined, table and dictionary words stay whole."""
    assert [term.text for term in asked(wording).terms] == words


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


def test_phrases_are_the_stretches_between_question_words_and_marks() -> None:
    """They stand as they were typed, two characters at least."""
    assert phrases_of("请问粮食产量、棉花产量是多少?") == ("粮食产量", "棉花产量是")


def test_what_is_spoken_of_is_no_part_of_the_word_for_speaking() -> None:
    """讲龙 is no word, and stands nowhere: 龙 is asked about."""
    terms = understand("会上讲龙有怎样的品格", "会上讲龙有怎样的品格", SYNONYMS, known=lambda word: word in "龙的品格会上").terms
    assert "龙" in [term.text for term in terms]


def test_a_congress_at_which_one_reports_is_one_word() -> None:
    """三大作报告: at the third congress; 三大作用 is none."""
    assert [term.text for term in asked("在三大作报告的时候").terms][:1] == ["三大"]
    assert "三大" not in [term.text for term in asked("文件说的三大作用有多大").terms]


@pytest.mark.parametrize(("wording", "word"), [
    ("医保两库里规则库是啥意思", "规则库"),
    ("什么是值班制度", "值班制度"),
    ("值班制度有哪些要求", ""),
])
def test_the_word_that_is_to_be_defined_is_told(wording: str, word: str) -> None:
    """Without what it stands in; none where nothing is to be defined."""
    assert defined_in(wording) == word
