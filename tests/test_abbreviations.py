"""Lists that are named by their number and the word that their parts share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.abbreviations import Abbreviation, abbreviations, told, told_in


@pytest.mark.parametrize(("question", "asked"), [
    ("民生说的“五个有”是什么", ((5, "有"),)),
    ("要补的“五基”短板", ()),
    ("“五基”是哪五基", ((5, "基"),)),
    ("“五个有”说的是哪五个", ((5, "有"),)),
    ("三要三不要是啥", ((3, "要"), (3, "不要"))),
    ("提的五个“品牌”", ((5, "品牌"),)),
    ("报告里的“三个必由之路”都是啥", ((3, "必由之路"),)),
    ("“四千行动”是哪四个", ((4, "千"),)),
    ("要把握的四个关系分别是啥", ((4, "关系"),)),
    ("县里说的“三地一区”是哪些", ((3, "地"), (1, "区"))),
    ("“五向图强”是哪五个方向", ((5, "向图强"),)),
    ("把办公室比作哪几个“部”", ((0, "部"),)),
    ("“一带一路”是什么", ()),
    ("粮食产量是多少", ()),
    ("", ()),
])
def test_a_number_with_a_word_abbreviates(question: str, asked: tuple[tuple[int, str], ...]) -> None:
    """Quoted or not, one or two together; what goes on after the name is not asked for."""
    assert abbreviations(question) == tuple(Abbreviation(*one) for one in asked)


def test_the_sentence_is_known_by_its_parts() -> None:
    """As many parts as the number says hold the word: no more and no fewer."""
    five = (Abbreviation(5, "有"),)
    assert told_in(five, "努力使人民学有所教、劳有所得、病有所医、老有所养、住有所居。")
    assert not told_in(five, "学有所教、劳有所得、病有所医、老有所养。")
    assert not told_in(five, "有一,有二,有三,有四,有五,有六。")
    assert not told_in((), "学有所教、劳有所得。")


def test_a_word_around_what_differs_is_told() -> None:
    """向图强 of five directions: 向海图强 holds it."""
    two = (Abbreviation(2, "向图强"),)
    assert told(two, ["向海图强", "向绿图强", "图强"])
    assert not told(two, ["向海图强", "图强"])


def test_where_the_number_is_open_parts_side_by_side_tell_the_list() -> None:
    """Three and more, short, that begin or end with the word."""
    some = (Abbreviation(0, "部"),)
    assert told_in(some, "当好“参谋部”、“信息部”、“后勤部”。")
    assert not told_in(some, "各部门、干部们、全部同志,要发挥参谋部、信息部的作用。")


def test_a_word_inside_another_is_counted_apart() -> None:
    """要搞好,不要搞坏: the 要 of 不要 is not one of the three 要."""
    both = (Abbreviation(3, "要"), Abbreviation(3, "不要"))
    assert told_in(both, "要勤,不要懒;要实,不要虚;要快,不要慢。")
    assert not told_in(both, "要勤,不要懒;要实,不要虚;要快。")


@given(st.integers(2, 10), st.sampled_from("有基定部"))
def test_any_number_of_parts_is_told(number: int, word: str) -> None:
    """Whatever stands beside the word."""
    parts = [f"甲{word}乙{n}" for n in range(number)]
    assert told((Abbreviation(number, word),), parts)
    assert not told((Abbreviation(number, word),), [*parts, word])
