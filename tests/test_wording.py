"""Slips of the pen are put right where the library shows what was meant, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.wording import corrected
from rag.search.vocabulary import Vocabulary
from rag.writing.fold import fold_character
from tests.small import SYNONYMS

TEXTS = [
    "第三届西部博览会在青溪县开幕,固定资产投资增长,会议费标准不变", "经济运行平稳,政务公开", "没有问题", "各县出资总额", "企业出资总数",
]
LIBRARY = Vocabulary.build(TEXTS)


@pytest.mark.parametrize(("typed", "meant"), [
    ("博揽会什么时候开幕", "博览会什么时候开幕"),
    ("固定资产头资多少", "固定资产投资多少"),
    ("青西县投资多少", "青溪县投资多少"),
    ("经济运形怎么样", "经济运行怎么样"),
    ("政务供开", "政务公开"),
])
def test_a_slip_that_sounds_like_the_librarys_word_is_put_right(typed: str, meant: str) -> None:
    """One character written for another that is read the same."""
    assert corrected(typed, LIBRARY, SYNONYMS) == meant


@pytest.mark.parametrize("typed", [
    "天气怎么样", "锶镝产量多少", "没有问题吗", "为什么投资", "GDP多少", "a", "?", "", "足球比赛哪天举行", "能拿两份吗", "减到几个",
    "20字总要求",
])
def test_what_the_library_does_not_show_stays(typed: str) -> None:
    """Unknown words and question words are not doubted; only width, script and case change."""
    assert corrected(typed, LIBRARY, SYNONYMS) == "".join(map(fold_character, typed))


def test_traditional_and_full_width_questions_are_read_as_plain_ones() -> None:
    """博覽會 is 博览会, with its slips put right too."""
    assert corrected("博覽會？", LIBRARY, SYNONYMS) == "博览会?"
    assert corrected("博攬會？", LIBRARY, SYNONYMS) == "博览会?"


@given(st.sampled_from(TEXTS), st.integers(0, 20), st.integers(2, 12))
def test_the_librarys_own_wording_is_never_doubted(text: str, start: int, length: int) -> None:
    """Whatever stretch of the library is asked for, it stays as it is."""
    stretch = text[start : start + length]
    assert corrected(stretch, LIBRARY, SYNONYMS) == stretch


@given(st.text("博揽览会青西溪县投头资多少?呢運行形😀ab1", max_size=14))
def test_a_question_keeps_its_length_and_its_marks(typed: str) -> None:
    """Correcting changes Chinese characters one for one and nothing else; once corrected, a question stays."""
    found = corrected(typed, LIBRARY, SYNONYMS)
    plain = "".join(map(fold_character, typed))
    assert len(found) == len(plain)
    assert all(a == b or "\u4e00" <= a <= "\u9fff" for a, b in zip(plain, found, strict=True))


def test_an_empty_library_corrects_nothing() -> None:
    """Without passages nothing is known to be meant."""
    assert corrected("博揽会", Vocabulary.build([]), SYNONYMS) == "博揽会"


@pytest.mark.parametrize("typed", ["这个方案里投资多少", "投资报的是多少", "各定了多少投资"])
def test_two_words_side_by_side_are_no_slip(typed: str) -> None:
    """A word of grammar or a verb of one character beside another word is not doubted for how it sounds."""
    library = Vocabulary.build([*TEXTS, "方案例子", "保的住", "格定"])
    assert corrected(typed, library, SYNONYMS) == typed


@pytest.mark.parametrize(("typed", "texts"), [
    ("政改为什么要稳步推进", ["整改为什么慢", *["改为公开", "改革", "改进作风", "改善民生", "改造", "改变"] * 3]),
    ("注明出处的文件", ["明处处可见", *["处长", "处理", "办事处的", "处分"] * 5]),
    ("三去一降一补的成效", ["三区经济", "进一步推进", "一降再降", "去年"]),
    ("两学一做怎么开展", ["两雪一坐", "学习"]),
])
def test_a_word_that_makes_sense_is_not_changed_for_its_sound(typed: str, texts: list[str]) -> None:
    """A word of the dictionary stays unless the library has what is left of it mostly in the other; abbreviations stay."""
    assert corrected(typed, Vocabulary.build(texts), SYNONYMS) == typed


@pytest.mark.parametrize("typed", ["魔羯台风来时怎么办", "抗魔羯时转移了谁"])
def test_a_name_is_known_by_its_rare_character(typed: str) -> None:
    """羯 stands in the library in 摩羯 alone: 魔羯, a word of the dictionary, is not what is meant."""
    library = Vocabulary.build(["超强台风“摩羯”正面来袭", "抗击“摩羯”,转移群众", "按摩"])
    assert corrected(typed, library, SYNONYMS) == typed.replace("魔", "摩")
