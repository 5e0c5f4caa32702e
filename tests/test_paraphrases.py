"""What a true sentence is made to say in another form, by rule."""

from random import Random

import pytest

from rag.writer.changes import Base
from rag.writer.judging import Source, judge
from rag.writer.paraphrases import TRUE

GROWTH = "去年,全县生产总值完成236.5亿元,增长14%。"
SOURCE = Source(f"{GROWTH}乡镇负责整改,县办公室负责抽查。要进一步完善统计。", "在青溪县会议上的讲话")
MADE = [
    ("verbatim", GROWTH, GROWTH), ("numerals", GROWTH, GROWTH.replace("236.5亿元", "23650000000元")),
    ("framed", GROWTH, f"材料指出,{GROWTH}"),
    ("plainer", "要进一步完善统计。", "要完善统计。"), ("reworded", GROWTH, "上年" + GROWTH[2:]),
    ("shortened", GROWTH, "全县生产总值完成236.5亿元。"), ("inherited", GROWTH, "全县生产总值完成增长14%。"),
    ("turned", "乡镇负责整改,县办公室负责抽查。", "县办公室负责抽查,乡镇负责整改。"), ("reverbed", GROWTH, GROWTH.replace("完成", "达到")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "made"), MADE, ids=[kind for kind, _, _ in MADE])
def test_form_and_order_change(kind: str, said: str, made: str) -> None:
    """And the judge, which holds the result against the paragraph, finds that it says the same."""
    assert TRUE[kind](Base(said, SOURCE, SOURCE), Random(1)) == made
    assert judge(made, [SOURCE]).holds


def test_every_kind_is_shown_here() -> None:
    """A new rule needs an example."""
    assert [kind for kind, _, _ in MADE] == list(TRUE)


@pytest.mark.parametrize("kind", [kind for kind in TRUE if kind not in ("verbatim", "framed")])
def test_where_there_is_nothing_to_change_nothing_is_made(kind: str) -> None:
    """A sentence of one clause, without number, degree, equal word or verb of a figure."""
    assert TRUE[kind](Base("好的。", SOURCE, SOURCE), Random(1)) is None
