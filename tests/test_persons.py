"""Persons: whether a text names one."""

import pytest

from rag.answer.persons import names_a_person
from rag.writing.fold import fold


@pytest.mark.parametrize("text", [
    "县长金湘军作政府工作报告", "听取了周殿臣厅长的讲话", "代市长罗青代表市政府报告工作", "牵头人是陈雨桐", "青溪县县长　林知远",
    "应最高元首易卜拉欣·伊斯干达邀请", "受表彰的有王小川、李大江、赵云", "同李望舒副主任座谈",
])
def test_a_name_stands_by_itself_or_beside_a_title(text: str) -> None:
    """A surname and characters that no word explains; other names beside an office, or one after another."""
    assert names_a_person(fold(text))


@pytest.mark.parametrize("text", [
    "提高水平,通过高水平的服务树立形象", "表示热烈的祝贺", "市长热线、政务大厅", "省长高度重视", "周秘书长已作了安排", "各位县长都到会",
    "表彰了一批先进个人", "增强安全感,提高贡献率", "工作严谨、高效", "市长期坚持", "",
])
def test_a_word_that_the_dictionary_takes_for_a_name_is_none(text: str) -> None:
    """Nor is an office by itself, or with a surname alone."""
    assert not names_a_person(fold(text))
