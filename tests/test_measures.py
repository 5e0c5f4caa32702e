"""Which kinds of figure a wording may mean."""

import pytest

from rag.writing.figures import FigureKind
from tests.small import asked


@pytest.mark.parametrize(("wording", "kinds"), [
    ("投资增长了几个百分点", {"points", "percent", "bare"}),
    ("收入增了多少", {"percent", "points", "multiple"}),
    ("工业占比是多少", {"percent"}),
    ("工期要几年", {"duration"}),
    ("拨款多少亿元", {"money"}),
    ("青溪基金一共出资多少", {"money"}),
    ("一共资助了多少人", {"count"}),
    ("新增企业多少家", {"count"}),
    ("参加的人数各是多少", {"count"}),
    ("党员有多少", {"count"}),
    ("有哪些任务", set()),
])
def test_the_wording_tells_what_kind_of_figure_is_meant(wording: str, kinds: set[FigureKind]) -> None:
    """Points, shares, durations, sums and counts; nothing where no figure is asked."""
    assert asked(wording).measures == kinds
