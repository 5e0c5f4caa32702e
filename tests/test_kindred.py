"""A question of all places, or of all years, is asked of each by itself."""

import pytest

from rag.answer.answerer import Answerer
from rag.answer.kindred import MOST, kindred
from rag.search.encoder import Encoder
from tests.small import answerer_of, evidence_of

REPORTS = {
    "甘肃.txt": "2031年甘肃省政府工作报告\n省长　林知远\n今年的预期目标是:地区生产总值增长5%左右,城镇新增就业21万人。\n要办好农村学校。\n",
    "福建.txt": "2031年福建省政府工作报告\n省长　苏明川\n今年的预期目标是:地区生产总值增长6.5%,粮食产量508万吨。\n要修好沿海公路。\n",
    "陕西.txt": "2031年陕西省政府工作报告\n省长　何静\n今年要绿化荒山。各省的林场可以互相观摩。\n要办好山区医院。\n",
    "1/渔业.txt": "2029年渔业公报\n渔业局\n同志们:\n全年水产品产量达到41.7万吨。\n谢谢大家。\n",
    "2/渔业.txt": "2030年渔业公报\n渔业局\n同志们:\n全年水产品产量达到45.2万吨。\n谢谢大家。\n",
}
COUNTIES = {
    "青溪.txt": "在青溪县农业会议上的讲话\n同志们:\n全县粮食总产量达到41.7万吨。\n谢谢大家。\n",
    "白桦.txt": "在白桦县农业会议上的讲话\n同志们:\n全县粮食总产量达到36.2万吨。\n谢谢大家。\n",
    "城市.txt": "关于推进城市更新的通知\n各单位:\n要推进城市更新。\n谢谢大家。\n",
}


@pytest.fixture
def answerer(model: Encoder) -> Answerer:
    """The reports, opened with the real model."""
    return answerer_of(model, REPORTS)


def sides(wording: str, texts: dict[str, str] = REPORTS) -> list[str]:
    """The names of the sides that `wording` asks."""
    evidence = evidence_of(texts)
    return [slot.name for slot in kindred(wording, evidence.shelf, evidence, evidence.shelf.every)[1]]


@pytest.mark.parametrize(("wording", "names"), [
    ("各省的生产总值增长目标分别是多少", ["甘肃", "福建", "陕西"]),
    ("2031年各地的就业目标", ["甘肃", "福建", "陕西"]),
    ("每个省有哪些任务", ["甘肃", "福建", "陕西"]),
    ("要求各省做好哪些工作", []),
    ("各省、自治区、直辖市(除陕西省外)可以减免多少", []),
    ("各省要做好哪些工作", []),
    ("各级各部门要做什么", []),
    ("各地区怎么落实", []),
    ("各方面的情况怎么样", []),
    ("生产总值是多少", []),
])
def test_all_places_are_meant_where_they_are_asked_of(wording: str, names: list[str]) -> None:
    """Each place that a title bears, in library order; not where the places are only told to do something."""
    assert sides(wording) == names


def test_counties_are_told_by_their_names() -> None:
    """What no dictionary has before 县 is a place; 推进城市 is none."""
    assert sides("各县的粮食产量分别是多少", COUNTIES) == ["青溪县", "白桦县"]
    assert sides("各地粮食产量是多少", COUNTIES) == ["青溪县", "白桦县"]


def test_what_comes_year_by_year_is_asked_in_the_order_of_its_years() -> None:
    """Titles that differ only in their year are one series; what stands alone is left out."""
    evidence = evidence_of(REPORTS)
    _, found = kindred("历年的水产品产量", evidence.shelf, evidence, tuple(reversed(evidence.shelf.every)))
    assert [slot.speeches[0].title for slot in found] == ["2029年渔业公报", "2030年渔业公报"]


def test_no_more_sides_are_asked_than_a_country_has() -> None:
    """A library of many counties costs no more."""
    names = [f"{one}{other}" for one in "青白红黑灰紫橙" for other in "溪桦岭坪崖湾塘"]
    texts = {f"{name}.txt": f"在{name}县会议上的讲话\n同志们:\n粮食产量达到{n}万吨。\n谢谢大家。\n" for n, name in enumerate(names, 20)}
    assert len(sides("各县的粮食产量分别是多少", texts)) == MOST


def test_each_place_answers_and_the_silent_are_named(answerer: Answerer) -> None:
    """None is answered for the others, and none is left out."""
    answer = answerer.answer("各省今年的地区生产总值增长目标分别是多少")
    assert [cited.document for cited in answer.citations] == ["甘肃.txt", "福建.txt"]
    assert "增长5%" in answer.answer and "增长6.5%" in answer.answer and "陕西：没有找到相关原文。" in answer.answer


def test_each_year_answers(answerer: Answerer) -> None:
    """历年 is answered by each of the series, under its title."""
    answer = answerer.answer("历年的水产品产量分别是多少")
    assert [cited.document for cited in answer.citations] == ["1/渔业.txt", "2/渔业.txt"]
    assert answer.answer.startswith("《2029年渔业公报》：")


def test_what_is_said_of_all_at_once_is_the_answer(answerer: Answerer) -> None:
    """各省的林场 stands so in a text: that sentence is meant."""
    answer = answerer.answer("各省的林场可以做什么")
    assert [cited.document for cited in answer.citations] == ["陕西.txt"] and "各省的林场可以互相观摩" in answer.answer


def test_figures_of_several_speeches_are_all_told(answerer: Answerer) -> None:
    """A question that names none of them gets each figure with its source, never one silently."""
    answer = answerer.answer("水产品产量达到多少")
    assert sorted(cited.document for cited in answer.citations) == ["1/渔业.txt", "2/渔业.txt"]
    assert "《2030年渔业公报》：" in answer.answer
    assert [cited.document for cited in answerer.answer("2030年的水产品产量是多少").citations] == ["2/渔业.txt"]


def test_what_is_of_another_time_altogether_is_not_asked() -> None:
    """A report of 1951 tells nothing of 2031; a plan of five years before may."""
    texts = REPORTS | {
        "旧.txt": "1951年江西省工作报告\n同志们:\n就业很好。\n谢谢大家。\n",
        "规划.txt": "2026年湖南省工作规划\n同志们:\n就业要好。\n谢谢大家。\n",
    }
    assert sides("2031年各省的就业目标", texts) == ["甘肃", "福建", "陕西", "湖南"]
    assert "江西" in sides("各省的就业目标", texts)


def test_whether_all_places_do_so_is_no_question_of_each(answerer: Answerer) -> None:
    """各省 may be what is told of: one answer, not one for each."""
    assert answerer.answer("是不是主张各省的林场互相观摩").explain["how"] != "compare"
