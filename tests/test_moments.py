"""Quarters and months: which one governs a place of a speech."""

import pytest

from rag.answer.moments import Moments, has_time
from tests.small import asked, evidence_of, place_of, shelf_of, statements_of

REPORT = (
    "云岭市经济形势分析会讲话\n同志们:\n全市生产稳中有升,比去年四季度略低。\n一季度,投资完成30亿元。\n工业完成12亿元。\n"
    "二季度,要抓好以下几件事:\n一要扩大投资。\n二要改善民生。\n"
)
SHELF = shelf_of({"形势.txt": REPORT})


@pytest.mark.parametrize(("quote", "moment"), [
    ("工业完成12亿元", "一季度"),
    ("二要改善民生", "二季度"),
    ("全市生产稳中有升", "一季度"),
])
def test_the_nearest_time_before_governs_else_the_next(quote: str, moment: str) -> None:
    """A time that is only compared with (比去年四季度) governs nothing."""
    assert moment in Moments(SHELF).governing(place_of(SHELF, quote))


def test_where_no_time_is_near_nothing_governs() -> None:
    """A speech that names no quarter has none."""
    shelf = shelf_of({"讲话.txt": "青溪县讲话\n同志们:\n要早动手。\n要多下乡。\n"})
    assert Moments(shelf).governing(place_of(shelf, "要多下乡")) == ""


@pytest.mark.parametrize(("time", "around", "has"), [
    ("3月", "三月以来", True), ("3月", "13月", False), ("一季度", "头三个月", False), ("一季度", "一季度", True), ("12月", "十二月", True),
])
def test_a_month_is_the_same_in_digits_and_characters(time: str, around: str, *, has: bool) -> None:
    """Other times stand as they are written, in one of their forms."""
    assert has_time(time, {time}, around) is has


def test_a_statement_is_untimed_where_another_quarter_governs() -> None:
    """三季度 stands nowhere near."""
    evidence = evidence_of({"形势.txt": REPORT})
    told = next(one for one in statements_of(evidence) if "二要改善民生" in one.folded)
    assert evidence.timing.untimed(asked("二季度要抓哪几件事"), told) == []
    assert evidence.timing.untimed(asked("三季度要抓哪几件事"), told) == ["三季度"]
