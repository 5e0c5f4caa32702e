"""Party congresses in short."""

import pytest

from rag.answer.congresses import CONGRESS, holds, in_characters, year_held


@pytest.mark.parametrize(("written", "spelled"), [("12大说了什么", "十二大说了什么"), ("20大报告", "二十大报告"), ("12大工程", "12大工程")])
def test_a_congress_in_digits_is_written_in_characters(written: str, spelled: str) -> None:
    """What is counted is left alone."""
    assert in_characters(written) == spelled


@pytest.mark.parametrize(("wording", "found"), [("二十大报告", ["二十大"]), ("在三大作报告", ["三大"]), ("三大作用", []), ("五大工程", [])])
def test_a_congress_is_told_from_a_count(wording: str, found: list[str]) -> None:
    """By what follows it."""
    assert [match.group() for match in CONGRESS.finditer(wording)] == found


@pytest.mark.parametrize("number", ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十五", "十九", "二十"])
@pytest.mark.parametrize("wording", [
    "{}大前中央在哪", "从{}大到现在", "{}大那会儿", "{}大通过了什么", "{}大代表多少", "{}大开幕", "{}大期间", "({}大某小组报告)",
    "{}大强调", "{}大是哪年开的",
])
def test_every_congress_is_known_by_what_it_has_and_does(wording: str, number: str) -> None:
    """Its time, its members, what it passes and says."""
    assert [match["n"] for match in CONGRESS.finditer(wording.format(number))] == [f"{number}大"]


@pytest.mark.parametrize("wording", [
    "八大会议室", "五大会战", "六大提升", "二十大项目", "十五大平台", "三大里程碑", "三大要求", "四大开发区", "三大前沿",
    "九大代表性产业", "三大和平", "四大对策", "九大后备",
])
def test_what_is_counted_is_no_congress(wording: str) -> None:
    """Each begins as what a congress has or does might."""
    assert not CONGRESS.search(wording)


def test_a_congress_is_not_the_end_of_another() -> None:
    """十三大 is not 三大."""
    assert holds("党的三大决定", "三大") and not holds("党的十三大决定", "三大") and holds("粮食产量", "产量")


@pytest.mark.parametrize(("title", "year"), [
    ("青溪小组的报告 (一大)", 1921),
    ("林知远在中国共产党第三次全国代表大会上的报告", 1923),
    ("在中国共产党第十次全国代表大会上的报告", 1973),
    ("在中国共产党第二十次全国代表大会上的报告", 2022),
    ("在青溪县第三次全国代表大会上的报告", None),
    ("政府工作报告", None),
])
def test_a_congress_was_held_in_its_year(title: str, year: int | None) -> None:
    """Only a congress of the party is known by its number."""
    assert year_held(title) == year
