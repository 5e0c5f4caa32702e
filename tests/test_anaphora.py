"""What in a question points back to what was said."""

import pytest

from rag.answer.anaphora import Return, goes_on, leans, marked, may_stand_alone, points, returns_to
from tests.small import SYNONYMS


@pytest.mark.parametrize("question", [
    "那增长多少?", "为什么?", "固定资产投资呢", "第二种展开讲讲", "这些作风怎么养成", "2021年呢", "具体怎么做", "明年计划再增加多少",
    "到2025年要达到多少?", "同一年还办了什么展会", "这趟去见了谁", "后一种怎么启动", "比上年增长多少",
])
def test_what_leaves_something_out_leans(question: str) -> None:
    """Pronouns, 那 and 呢, ordinals and bare question words point back."""
    assert leans(question, SYNONYMS)


@pytest.mark.parametrize("question", [
    "白桦市粮食总产量达到多少万吨?", "乡镇值班人员能不能擅自离开工作岗位?", "请总结全县农业工作会议的主要精神和任务要求",
])
def test_a_whole_question_leans_on_nothing(question: str) -> None:
    """It has a subject of its own."""
    assert not leans(question, SYNONYMS)


@pytest.mark.parametrize(("question", "alone"), [
    ("投资下降多少", True), ("同比增速是多少", False), ("比上年增长多少", False), ("固定资产投资呢", False), ("这些作风怎么养成", False),
])
def test_what_names_a_subject_may_stand_alone(question: str, alone: bool) -> None:
    """How anything moved names none, and what points back is about what was said."""
    assert may_stand_alone(question, SYNONYMS) is alone


def test_words_point_back_go_on_and_mark() -> None:
    """这种 points, 那增长 goes on, 第三条 marks; 民生这块 only says what it is about."""
    assert points("这种作风怎么养成") and not points("生产总值多少")
    assert goes_on("那增长多少") and goes_on("投资呢") and not goes_on("民生这块怎么抓")
    assert marked("第三条怎么说") and not marked("民生这块怎么抓")


@pytest.mark.parametrize(("question", "back"), [
    ("再回到贷款,中长期的呢", Return("贷款", "中长期的呢")), ("还是说前面住房那块,电梯换多少部", Return("住房", "电梯换多少部")),
    ("刚才说的作风,第三个怎么要求的", Return("作风", "第三个怎么要求的")),
    ("对了,说回教育的问题,特色高中几所", Return("教育", "特色高中几所")),
    ("前面那座桥什么时候建成的", None), ("刚才的会议纪要怎么写,发给谁", None), ("生产总值多少,增长多少", None),
])
def test_a_question_goes_back_to_a_topic(question: str, back: Return | None) -> None:
    """Told by 回到, 说回, 刚才说的, or by 那块 after what was spoken of before."""
    assert returns_to(question) == back
