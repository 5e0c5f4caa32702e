"""How the figure that answers is told."""

import pytest
from hypothesis import given

from rag.answer.facts import Facts
from tests.drafts import drafts
from tests.small import asked, evidence_of, statements_of


@given(drafts(20).filter(lambda text: text.strip()))
def test_what_is_shown_is_made_of_what_is_quoted(text: str) -> None:
    """Whatever the text, a figure's piece is cut from the one place that it cites, a … between its stretches at most."""
    evidence = evidence_of({"讲话.txt": text})
    draft = Facts(evidence).draft(asked("全年投资多少"), statements_of(evidence))
    for piece in draft.pieces if draft else ():
        (quote,) = piece.quotes
        head, _, tail = piece.text.partition("…")
        assert piece.text == quote.text or (quote.text.startswith(head) and quote.text.endswith(tail))


def test_what_lies_between_subject_and_figure_is_left_out_with_a_joint() -> None:
    """A long segment is not shown whole: its head, …, the clause asked for; the quote holds it all."""
    text = "经济讲话\n同志们:\n规模以上工业总产值达到480.3亿元,企业效益良好,订单充足,增加值达到121亿元。\n"
    evidence = evidence_of({"讲话.txt": text})
    draft = Facts(evidence).draft(asked("规模以上工业增加值是多少"), statements_of(evidence))
    assert draft is not None
    (piece,) = draft.pieces
    assert piece.text in ("规模以上工业…增加值达到121亿元", "规模以上工业总产值…增加值达到121亿元")
    assert piece.quotes[0].text == "规模以上工业总产值达到480.3亿元,企业效益良好,订单充足,增加值达到121亿元"


def test_what_lies_between_a_subject_far_away_and_the_figure_is_left_out() -> None:
    """A sentence that opens with its subject and then lists twenty measures shows the subject and the one that is asked."""
    measures = "".join(f"建设{number}座城市公园和配套设施；" for number in range(11, 19))
    text = f"报告\n同志们:\n今年要办好民生实事,包括:{measures}为200万学生体检；新增车位3万个。\n"
    statements = statements_of(evidence_of({"报告.txt": text}))
    draft = Facts(evidence_of({"报告.txt": text})).draft(asked("给多少学生体检"), statements)
    assert draft is not None
    (piece,) = draft.pieces
    assert piece.text == "今年要办好民生实事…为200万学生体检"
    assert piece.quotes[0].text.startswith("今年要办好") and piece.quotes[0].text.endswith("学生体检")


def test_both_of_two_things_are_told() -> None:
    """特色学校跟名师工作室 asks for two figures of one sentence."""
    evidence = evidence_of({"教育.txt": "新建改建小学16所,创建县级特色学校30所,打造一批实训基地,设立青溪名师工作室62个。\n"})
    for wording in ("特色学校跟名师工作室", "特色学校和名师工作室各有多少"):
        question = asked(wording)
        found = Facts(evidence).draft(question, statements_of(evidence))
        assert found is not None
        told = " ".join(piece.text for piece in found.pieces)
        assert "30所" in told and "62个" in told and "16所" not in told


@pytest.mark.parametrize("wording", ["生产总值一季度多少亿?增速呢", "生产总值一季度是多少、增长多少", "一季度生产总值多少,涨了多少"])
def test_a_level_and_its_growth_are_both_told(wording: str) -> None:
    """Side by side, and without the next measure."""
    text = "云岭市经济会议上的讲话\n同志们:\n一季度,生产总值完成236亿元,增长14%,居全省第三;固定资产投资完成129亿元,增长29%。\n"
    evidence = evidence_of({"讲话.txt": text})
    found = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert found is not None and found.pieces[0].text == "生产总值完成236亿元,增长14%"
