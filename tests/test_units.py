"""A figure tells what is asked for in a unit only where it measures the same sort of thing."""

import pytest

from rag.answer.fact import facts_of
from rag.answer.facts import Facts
from rag.answer.units import tells_the_same
from tests.small import asked, evidence_of, statements_of


@pytest.mark.parametrize(("wording", "clause", "same"), [
    ("新城面积几平方公里", "新城面积12公顷", True),
    ("新城面积几平方公里", "新城建设五项工程", False),
    ("新城道路多少公里", "新城道路三百米", True),
    ("新城道路多少公里", "新城道路2条", False),
    ("来了多少名代表", "代表二百一十人", True),
    ("来了多少名代表", "来了三个代表", True),
    ("来了多少名代表", "与四十个国家的代表来往", False),
    ("来了多少人", "办了两场会", False),
    ("合作医疗覆盖的人数是多少", "合作医疗覆盖671个县", False),
    ("合作医疗覆盖的人数是多少", "合作医疗惠及1.77亿农民", True),
    ("党员有多少了", "党员遵守三项原则", False),
    ("党员有多少了", "由二千八百万党员组成", True),
    ("新增企业数是多少", "新增企业1200人", False),
    ("新增企业数是多少", "新增企业1200家", True),
    ("绿地面积是多少", "绿地12处", False),
    ("绿地面积有多少处", "绿地12处", True),
    ("办了多少个人民公社", "组成二万六千多个人民公社", True),
    ("来了多少人", "近一个时期工作的人", False),
    ("办了多少件实事", "办好十大实事", True),
    ("一个月给多少", "办好十大实事", False),
    ("投资多少", "投资12亿元", True),
    ("生态基金规模多少", "响应生态系统恢复十年行动计划", False),
    ("生态行动搞多少年", "响应生态系统恢复十年行动计划", True),
    ("生态行动的期限是多少", "响应生态系统恢复十年行动计划", True),
    ("耗煤多少吨", "耗煤12万吨标煤", True),
    ("大会有多少个国家参加", "湿地面积达到5635万公顷", False),
    ("大会有多少个国家参加", "与四十个国家来往", True),
    ("建设用了多少个月", "建设用地12公顷", True),
])
def test_an_area_a_length_and_people_are_told_by_their_own(wording: str, clause: str, same: bool) -> None:
    """What is called by its number answers only where it is counted."""
    (statement,) = [one for one in statements_of(evidence_of({"报告.txt": f"关于新城\n{clause}。\n"})) if one.place.text == f"{clause}。"]
    (fact,) = facts_of(statement)
    assert tells_the_same(asked(wording), fact) is same


@pytest.mark.parametrize("wording", ["北岭新城规划面积几平方公里", "这次访问签了几份文件"])
def test_without_such_a_count_there_is_no_answer(wording: str) -> None:
    """Other numbers near by tell something else."""
    evidence = evidence_of({"新城.txt": "关于北岭新城\n同志们:\n北岭新城规划五大工程,面积要保证。\n这次访问签署文件,距上次访问12年。\n"})
    assert Facts(evidence).draft(asked(wording), statements_of(evidence)) is None
