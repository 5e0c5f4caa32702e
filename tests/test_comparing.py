"""One question asked of each side, its answers row by row."""

import pytest

from rag.answer.answerer import Answerer
from rag.search.encoder import Encoder
from tests.contract import hold
from tests.small import LIBRARY, answerer_of


@pytest.fixture
def answerer(model: Encoder) -> Answerer:
    """The small library, opened with the real model."""
    return answerer_of(model, LIBRARY)


def test_places_are_compared_row_by_row(answerer: Answerer) -> None:
    """Each place under its name with its own quote, the silent one named."""
    answer = answerer.answer("青溪县和白桦市的粮食总产量分别是多少?")
    assert answer.answer == "青溪：没有找到相关原文。\n白桦：全市粮食总产量达到41.7万吨[1]"
    hold(answer, answerer)


def test_all_of_several_speeches_are_asked_each(answerer: Answerer) -> None:
    """两篇讲话都怎么讲: a row for each, as where 各 asks it."""
    answer = answerer.answer("两篇讲话都怎么讲耕地的")
    assert "《在白桦市农业工作会议上的讲话》：" in answer.answer and "三要守住耕地红线" in answer.answer
    assert "《在青溪县政务工作会议上的讲话》：没有找到相关原文。" in answer.answer
    hold(answer, answerer)


def test_what_is_told_differently_is_told_and_not_counted(model: Encoder) -> None:
    """怎么说,有什么不同 asks for words: 五项 beside the topic is no answer; and the rows stand as they were asked for."""
    texts = {
        f"{place}.txt": (
            f"在{place}会议上的讲话\n同志们:\n{first}\n{second}\n粮食产量{figure}万吨。\n谢谢大家!\n"
        )
        for place, first, second, figure in (
            ("青溪县", "深化乡村改革五项试点。", "乡村改革要依靠农民,不搞一刀切,一村一策地推进。", 3),
            ("白桦市", "完成乡村改革三项任务。", "乡村改革要先易后难,先试点再推开,稳步推进。", 4),
        )
    }
    answer = answerer_of(model, texts).answer("白桦和青溪对乡村改革怎么说,有什么不同")
    rows = answer.answer.split("青溪：")
    assert rows[0].startswith("白桦：") and "先易后难" in rows[0]
    assert "一村一策" in rows[1]


def test_what_differs_is_told_where_nothing_is_measured(model: Encoder) -> None:
    """十项行动 beside the topic is no answer to how two plans for it differ."""
    texts = {
        f"{place}.txt": f"在{place}会议上的讲话\n同志们:\n流域协作{count}项行动有序展开。\n流域协作要{way}。\n谢谢大家!\n"
        for place, count, way in (("青溪县", "十", "共修水渠、共管堤坝"), ("白桦市", "六", "共享水情、共治污染"))
    }
    answer = answerer_of(model, texts).answer("青溪与白桦对流域协作的安排有什么不同").answer
    assert "共修水渠" in answer and "共享水情" in answer


def test_who_is_higher_is_asked_of_each(model: Encoder) -> None:
    """谁高 asks for both figures, and nothing but their clauses."""
    texts = {
        f"{place}.txt": (
            f"{place}2025年政府工作报告\n"
            f"今年主要预期目标是:地区生产总值增长{figure}左右,粮食产量稳中有增,城镇调查失业率5.5%左右。\n"
        )
        for place, figure in (("青溪县", "6%"), ("白桦市", "4.5%"))
    }
    answer = answerer_of(model, texts).answer("青溪和白桦今年地区生产总值增长目标谁高").answer
    assert "6%左右" in answer and "4.5%左右" in answer and "失业率" not in answer
