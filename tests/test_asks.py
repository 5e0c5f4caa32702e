"""Two figures asked for in one question."""

import pytest

from rag.answer.asks import both, parts
from rag.answer.facts import Facts
from tests.small import SYNONYMS, asked, evidence_of, statements_of

REPORT = (
    "青溪县工作报告\n(2024年2月1日)\n各位代表:\n"
    "2023年蜂业规模达到18亿元,在全县生产总值中占12%,带动4000户。养蜂户的贷款余额3亿元。\n"
    "今年安排蜂业资金,先用于修路。修蜂场公路用去800万元。仪器由各乡镇登记以后统一购买。检疫共需120万元。\n"
)
EVIDENCE = evidence_of({"报告.txt": REPORT})


def shown(wording: str) -> list[str]:
    """The pieces that answer."""
    question, facts = asked(wording), Facts(EVIDENCE)
    draft = both(question, facts.draft(question, statements_of(EVIDENCE)), facts, EVIDENCE, SYNONYMS)
    assert draft is not None
    return [piece.text for piece in draft.pieces]


@pytest.mark.parametrize(("wording", "pieces"), [
    ("2023年蜂业规模有多大 占生产总值多少", ["2023年蜂业规模达到18亿元,在全县生产总值中占12%"]),
    ("蜂业规模达到多少亿元?带动多少户", ["2023年蜂业规模达到18亿元,在全县生产总值中占12%,带动4000户"]),
])
def test_both_figures_are_shown_in_one_stretch(wording: str, pieces: list[str]) -> None:
    """From the first to the second, where they stand together."""
    assert shown(wording) == pieces


def test_figures_apart_have_a_line_each() -> None:
    """Where each stands in a sentence of its own."""
    first, second = shown("修蜂场公路用去多少万元,检疫共需多少万元")
    assert first.endswith("修蜂场公路用去800万元") and second.endswith("共需120万元")


@pytest.mark.parametrize("wording", ["蜂业规模达到多少亿元", "蜂业规模达到多少亿元,卖蜡赚了多少亿元"])
def test_a_figure_that_is_asked_for_alone_stays_alone(wording: str) -> None:
    """And one beside which the other is not told."""
    question, facts = asked(wording), Facts(EVIDENCE)
    draft = facts.draft(question, statements_of(EVIDENCE))
    assert both(question, draft, facts, EVIDENCE, SYNONYMS) == draft


@pytest.mark.parametrize(("folded", "found"), [
    ("一共多少党员,其中工人几个", ["一共多少党员", "其中工人几个"]), ("今年,投了多少,还差多少", ["今年 投了多少", "还差多少"]),
    ("投了多少", []), ("第几次会议,来了多少人", []), ("有多少,是多少,差多少", []),
])
def test_each_part_that_asks_is_told_from_those_that_do_not(folded: str, found: list[str]) -> None:
    """What asks nothing belongs to the part after it; of three there is no telling."""
    assert parts(folded) == found
