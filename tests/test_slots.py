"""A question about several years, places or speeches is asked once for each."""

import pytest

from rag.answer.scope import bearings
from rag.answer.slots import ALONE, MOST, alone, slots
from tests.small import LIBRARY, shelf_of

SHELF = shelf_of(LIBRARY)
EVERY = list(SHELF.every_speech())


def named(wording: str, *, comparing: bool = False) -> list[str]:
    """The names of what `wording` compares."""
    return [slot.name for slot in slots(wording, bearings(wording, SHELF), (), comparing=comparing)]


@pytest.mark.parametrize(("wording", "names"), [
    ("2022年和2023年粮食产量各是多少", ["2022年", "2023年"]),
    ("去年和今年的投资各是多少", ["去年", "今年"]),
    ("青溪和白桦分别有什么要求", ["青溪", "白桦"]),
    ("白桦和青溪分别有什么要求", ["白桦", "青溪"]),
    ("2022年粮食产量是多少", []),
    ("投资比去年增长多少", []),
    ("93年和06年的目标一样不一样", ["93年", "06年"]),
    ("青溪的产量多少,白桦的产量多少", ["青溪", "白桦"]),
    ("过去20年和今后10年有什么不同", []),
    ("新增就业的目标,青溪对白桦分别多少人", ["青溪", "白桦"]),
    ("青溪市比白桦市的产量高多少,分别是多少", ["青溪", "白桦"]),
    ("粮食产量是多少", []),
    ("新修公路 青溪想修多少公里,白桦呢", ["青溪", "白桦"]),
    ("会议对值班制度和会议数量分别怎么要求", ["值班制度", "会议数量"]),
    ("青溪的道路和桥梁要修多少,按白桦的标准", []),
    ("青溪和白桦修多少公里路", ["青溪", "白桦"]),
    ("57年建了多少公里铁路新线复线,58年又计划铺多少", ["57年", "58年"]),
    ("城里人和农村人的收入,一季度各是多少、各涨多少", ["城里人", "农村人的收入"]),
    ("2021、2022、2022年产量各是多少", ["2021", "2022", "2022年"]),
])
def test_the_values_compared_are_named_in_order(wording: str, names: list[str]) -> None:
    """Years first, else places that speeches of their own bear; one value compares nothing."""
    assert named(wording) == names


def test_each_value_is_asked_alone() -> None:
    """The other years leave the wording, what is asked of them stays."""
    found = slots("2022年、2023年粮食产量各是多少", {}, (), comparing=True)
    assert [("2022" in slot.wording, "2023" in slot.wording) for slot in found] == [(True, False), (False, True)]
    assert all("粮食产量各是多少" in slot.wording for slot in found)


def test_a_side_without_a_measure_of_its_own_is_asked_the_others() -> None:
    """跟2021年的差多少 names no measure: both years are asked of the same one."""
    found = slots("2020年计划的进出口总额跟2021年的差多少,各列一下", {}, (), comparing=True)
    assert [slot.name for slot in found] == ["2020年", "2021年"]
    assert all("进出口总额" in slot.wording for slot in found)


def test_a_place_is_asked_of_its_own_speeches() -> None:
    """青溪 is asked of the speech that bears it, without the name of 白桦."""
    first, second = slots("青溪县和白桦市分别有什么要求", bearings("青溪县和白桦市", SHELF), (), comparing=True)
    assert [[speech.document for speech in slot.speeches] for slot in (first, second)] == [["政务.txt"], ["2022/农业.txt"]]
    assert [slot.wording for slot in (first, second)] == ["青溪县分别有什么要求", "白桦市分别有什么要求"]


def test_each_place_may_be_asked_something_of_its_own() -> None:
    """Two clauses of two places, each with its question."""
    wording = "目标对比:青溪的投资要达到多少,白桦的产量要达到多少"
    found = slots(wording, bearings(wording, SHELF), (), comparing=True)
    assert [(slot.name, slot.wording) for slot in found] == [("青溪", "青溪的投资要达到多少"), ("白桦", "白桦的产量要达到多少")]


def test_chosen_speeches_are_compared_where_nothing_else_is() -> None:
    """One row each, without a name of its own, the same question for all."""
    found = slots("有什么不同", {}, EVERY, comparing=True)
    assert [(slot.name, slot.wording, slot.speeches) for slot in found] == [("", "有什么不同", (speech,)) for speech in EVERY]
    assert slots("有什么要求", {}, EVERY, comparing=False) == []
    assert slots("有什么不同", {}, EVERY[:1], comparing=True) == []


def test_two_speeches_may_each_be_asked_something_of_their_own() -> None:
    """一个讲A一个讲B, in the order in which they are named."""
    speeches = list(SHELF.every_speech())[:2]
    found = slots("都说到值班,一个讲抽查一个讲在岗,各自要点", {}, speeches, comparing=True)
    assert [(slot.wording, slot.speeches) for slot in found] == [
        ("都说到值班,抽查,各自要点", (speeches[0],)), ("都说到值班,在岗,各自要点", (speeches[1],)),
    ]


@pytest.mark.parametrize(("wording", "asked"), [
    ("怎么让决策更稳妥,篇1靠什么、篇2靠什么", ["怎么让决策更稳妥:篇1靠什么", "怎么让决策更稳妥:篇2靠什么"]),
    ("篇1讲了哪几种精神,篇2又讲了哪些困难", ["篇1讲了哪几种精神", "篇2又讲了哪些困难"]),
    ("都说到值班,篇1和篇2一个讲抽查一个讲在岗,各自要点", ["都说到值班,篇1抽查各自要点", "都说到值班,篇2在岗各自要点"]),
])
def test_each_speech_that_is_counted_may_be_asked_in_a_clause_of_its_own(wording: str, asked: list[str]) -> None:
    """Two clauses that ask compare, whatever word of comparing there is or is not."""
    assert [slot.wording for slot in slots(wording, {"篇1": EVERY[:1], "篇2": EVERY[1:2]}, (), comparing=False)] == asked


def test_names_of_the_same_speech_are_one_value() -> None:
    """青溪 and 溪县 lie on the same front: there is nothing to compare."""
    assert slots("青溪和溪县各是多少", {"青溪": EVERY[:1], "溪县": EVERY[:1]}, (), comparing=True) == []


def test_a_comparison_stays_readable() -> None:
    """No more rows than a reader can take in."""
    wording = "、".join(f"{year}年" for year in range(2001, 2021)) + "产量各是多少"
    assert named(wording) == [f"{year}年" for year in range(2001, 2001 + MOST)]


def test_a_year_in_brackets_is_the_one_before_them() -> None:
    """去年(2024) is one year; what joins two names is no name."""
    assert named("去年(2024)青溪和白桦的投资各是多少") == ["青溪", "白桦"]


def test_a_side_with_words_of_its_own_is_asked_with_them_alone() -> None:
    """2022年水利方案和2023年林业意见: neither year is asked of the other's document."""
    found = slots("2022年水利行动方案和2023年林业发展意见,基本原则各是什么", {}, (), comparing=True)
    assert [slot.wording for slot in found] == ["2022年水利行动方案,基本原则各是什么", "2023年林业发展意见,基本原则各是什么"]


@pytest.mark.parametrize(("wording", "asked"), [
    ("结尾各自提了什么希望", "结尾提了什么希望"),
    ("青溪各部门分别怎么做", "青溪各部门怎么做"),
    ("督查 vs 各怎么要求", "督查  怎么"),
    ("青溪今年的产量目标谁高", "青溪今年的产量目标"),
    ("青溪今年的产量目标谁高,分别是多少", "青溪今年的产量目标,是多少"),
    ("青溪今年谁的产量目标高", "青溪今年产量目标"),
    ("青溪谁提高了效率", "青溪谁提高了效率"),
    ("居民收入哪边增得快", "居民收入增长多少"),
    ("值班这件事,青溪各有哪些要求", "值班这件事,青溪"),
    ("青溪提了什么具体要求", "青溪"),
])
def test_one_side_is_asked_as_of_one_thing_alone(wording: str, asked: str) -> None:
    """Words that ask of several leave the question; 各部门 and the like stay."""
    assert alone(wording) == asked


@pytest.mark.parametrize(("wording", "asked"), [
    ("耕地面积:青溪去年多少,白桦去年多少", ["耕地面积:青溪去年多少", "耕地面积:白桦去年多少"]),
    ("会风上,青溪说要少开会,白桦说要怎么改作风?对比一下", ["会风上:青溪说要少开会", "会风上:白桦说要怎么改作风"]),
    ("青溪、白桦两地的目标:青溪会议要减多少,白桦粮食要增多少", ["青溪会议要减多少", "白桦粮食要增多少"]),
])
def test_a_clause_without_words_of_its_own_is_asked_what_stands_before(wording: str, asked: list[str]) -> None:
    """What stands before both clauses holds for each that lacks it; what names both places is asked of neither."""
    found = slots(wording, bearings(wording, SHELF), (), comparing=True)
    assert [slot.wording for slot in found] == asked


@pytest.mark.parametrize(("wording", "asked"), [
    ("城镇跟农村居民一季度收入对比,额和增速", ["一季度城镇居民收入,额和增速", "一季度农村居民收入,额和增速"]),
    ("城镇和农村居民收入各是多少", ["城镇居民收入是多少", "农村居民收入是多少"]),
    ("贷款余额和存款余额增速各是多少", ["贷款余额增速是多少", "存款余额增速是多少"]),
    ("篇1与篇3对防火的要求对比", []),
    ("城镇和农村居民收入,哪边增得快、各多少", ["城镇居民收入增长多少", "农村居民收入增长多少"]),
    ("城镇和农村居民收入哪边增得快", ["城镇居民收入哪边增得快", "农村居民收入哪边增得快"]),
    ("第一产业和第二产业增加值比较", ["第一产业增加值", "第二产业增加值"]),
    ("工业和服务业增加值分别是多少", ["工业增加值是多少", "服务业增加值是多少"]),
    ("2023年投资目标和实际差多少", ["2023年投资目标多少", "2023年投资完成多少"]),
    ("投资和消费增速哪个高", ["投资增速哪个高", "消费增速哪个高"]),
    ("gdp和固定资产投资分别是多少", ["gdp是多少", "固定资产投资是多少"]),
    ("投资和工业增加值分别是多少", ["投资是多少", "工业增加值是多少"]),
])
def test_two_measures_share_what_the_last_goes_on_with(wording: str, asked: list[str]) -> None:
    """城镇 alone is no measure, 实际 means what was done of the plan; a measure that is whole gets nothing added."""
    found = [ALONE.sub("", slot.wording) for slot in slots(wording, {}, (), comparing=True)]
    assert found == asked


@pytest.mark.parametrize(("wording", "asked"), [
    ("2002年、2006年、2010年三份报告的赤字各多少", ["2002年报告的赤字各多少", "2006年报告的赤字各多少", "2010年报告的赤字各多少"]),
    ("1958和1964年的产量各多少", ["1958的产量各多少", "1964年的产量各多少"]),
    ("青溪跟白桦两市今年产量对比", ["青溪今年产量对比", "白桦今年产量对比"]),
])
def test_nothing_of_the_others_is_left_over(wording: str, asked: list[str]) -> None:
    """Neither the word that joined them, nor how many they are."""
    found = slots(wording, bearings(wording, SHELF), (), comparing=True)
    assert [slot.wording for slot in found] == asked


def test_a_measure_is_named_as_it_stands_in_the_question() -> None:
    """Without the year before it: what no question has an answer does not name its rows by."""
    found = slots("青溪2023年粮食产量和实际投资分别是多少", {"青溪": EVERY[:1]}, (), comparing=True)
    assert [slot.name for slot in found] == ["粮食产量", "实际投资"]
    assert all("2023年" in slot.wording and "青溪" in slot.wording for slot in found)


def test_a_time_between_the_measures_and_what_is_asked_holds_for_each() -> None:
    """居民和村民的收入,一季度各是多少: the quarter stands in the question of either."""
    found = slots("城里人和农村人的收入,一季度各是多少", {}, (), comparing=True)
    assert [slot.wording for slot in found] == ["一季度城里人的收入是多少", "一季度农村人的收入是多少"]


@pytest.mark.parametrize(("wording", "asked"), [
    ("青溪的党员多少,到白桦又是多少", ["青溪的党员多少", "白桦的党员多少"]),
    ("粮食产量 57年完成多少,58年计划又是多少", ["粮食产量 57年完成多少", "粮食产量 58年计划又是多少"]),
    ("57年修了多少公里路,58年又计划修多少", ["57年修了多少公里路,又计划修多少", "修了多少公里路,58年又计划修多少"]),
])
def test_a_second_clause_is_asked_what_the_first_is(wording: str, asked: list[str]) -> None:
    """All of it where it names but its value, and what stands before the value of the first."""
    assert [slot.wording for slot in slots(wording, bearings(wording, SHELF), (), comparing=True)] == asked
