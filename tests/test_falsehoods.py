"""What a sentence is made to say falsely: of each kind one thing is changed, and nothing where it has none."""

from random import Random

import pytest

from rag.writer.changes import Base
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source

GROWTH = "去年,全县生产总值完成236.5亿元,增长14%。"
DUTY = "必须完善工业统计,抓好教育、卫生、文化工作,落实“一线工作法”。"
SOURCE = Source(f"{GROWTH}固定资产投资103亿元,下降2.4%。{DUTY}不得擅自离开。", "在青溪县会议上的讲话")
OTHER = Source("粮食总产量31.7万吨,增长2%。要抓好交通、水利、林业工作,推行“河长制”。", "在白桦市会议上的讲话")


@pytest.mark.parametrize(
    ("kind", "said", "made"),
    [("figure", "增长14%", "增长64%"), ("neighbour", "生产总值236.5亿元", "生产总值103亿元"), ("unit", "增长14%", "增长14个百分点"),
     ("year", GROWTH, "今年" + GROWTH[2:]), ("direction", "增长14%", "下降14%"), ("denied", "不得擅自离开。", "不得擅自不离开。"),
     ("affirmed", "不得擅自离开。", "可以擅自离开。"), ("limit", DUTY, "可以" + DUTY[2:]),
     ("merged", "生产总值完成236.5亿元", "生产总值完成31.7万吨。"),
     ("item", DUTY, DUTY.replace("教育、", "教育、水利、")), ("quoted", DUTY, DUTY.replace("一线工作法", "河长制"))],
)  # fmt: skip
def test_one_thing_is_changed(kind: str, said: str, made: str) -> None:
    """A figure, its unit, a time, a direction, a negation, a limit, what is said of the subject, an item, a quotation."""
    assert FALSE[kind](Base(said, SOURCE, OTHER), Random(1)) == made


def test_a_subject_is_one_that_the_library_has() -> None:
    """Of the same paragraph, or of another speech; the rest of the sentence stays."""
    source = Source(GROWTH + "固定资产投资103亿元,下降2.4%。")
    made = {FALSE["subject"](Base(GROWTH, source, OTHER), Random(seed)) for seed in range(30)}
    assert {str(one).removeprefix("去年,").removesuffix("236.5亿元,增长14%。") for one in made} == {"固定资产投资", "粮食总产量"}


@pytest.mark.parametrize("kind", FALSE)
def test_where_there_is_nothing_to_change_nothing_is_made(kind: str) -> None:
    """A sentence without figure, subject, limit, list or quotation."""
    assert FALSE[kind](Base("好的。", SOURCE, OTHER), Random(1)) is None
