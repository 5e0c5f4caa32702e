"""Figures are read with their value, unit and kind; times and ordinals are none."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.figures import Figure, FigureKind, figures
from rag.writing.fold import fold
from tests.drafts import drafts

UNITS: list[tuple[str, FigureKind]] = [
    ("%", "percent"), ("个百分点", "points"), ("元", "money"), ("个月", "duration"), ("倍", "multiple"), ("公里", "count"), ("人", "count"),
]
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


@pytest.mark.parametrize(("text", "value", "unit", "kind"), [
    ("投资1,236.8亿元", 123_680_000_000.0, "元", "money"),
    ("增长6.5%", 6.5, "%", "percent"),
    ("百分之十二点五", 12.5, "%", "percent"),
    ("提高0.3个百分点", 0.3, "个百分点", "points"),
    ("二百七十亿元", 27_000_000_000.0, "元", "money"),
    ("人口控制在十二亿以内", 1_200_000_000.0, "", "bare"),
    ("一万二千元", 12_000.0, "元", "money"),
    ("12万余户", 120_000.0, "户", "count"),
    ("三年", 3.0, "年", "duration"),
    ("二千八百万党员", 28_000_000.0, "人", "count"),
    ("惠及1.77亿农民", 177_000_000.0, "人", "count"),
    ("二十四小时", 24.0, "小时", "duration"),
    ("1.5倍", 1.5, "倍", "multiple"),
    ("比二0一0年翻一番", 1.0, "番", "multiple"),
    ("翻了两番", 2.0, "番", "multiple"),
    ("算力规模达2万p", 20_000.0, "p", "count"),
    ("算力达到8400p", 8400.0, "p", "count"),
    ("指数为102.4", 102.4, "", "bare"),
    ("１，２３６．８亿元", 123_680_000_000.0, "元", "money"),
])
def test_a_figure_has_its_value_its_unit_and_its_kind(text: str, value: float, unit: str, kind: FigureKind) -> None:
    """Scales are multiplied out, Chinese numerals and full width read like any other."""
    (found,) = figures(fold(text))
    assert (found.value, found.unit, found.kind) == (value, unit, kind)


@pytest.mark.parametrize("text", [
    "2023年", "二〇二三年3月5日", "第三产业", "第2批", "8点", "三季度", "十九世纪", "第十二次会议", "一、二、三月", "亿元", "数千人", "",
])
def test_times_and_ordinals_are_no_figures(text: str) -> None:
    """Nothing that dates or numbers counts as an amount."""
    assert figures(text) == []


@given(st.integers(0, 10**9), st.integers(0, 3), st.sampled_from(sorted(SCALES)), st.sampled_from(UNITS))
def test_a_written_number_is_read_as_itself(digits: int, places: int, scale: str, unit: tuple[str, FigureKind]) -> None:
    """Whatever number is written with thousands commas, a point, a scale and a unit, its value is what was written."""
    name, kind = unit
    number = f"{digits // 10**places:,}" + (f".{digits % 10**places:0{places}}" if places else "")
    found = figures(f"达到{number}{scale}{name}。")
    assert found == [Figure(2, 2 + len(number + scale + name), float(number.replace(",", "")) * SCALES[scale], name, kind)]


@given(st.integers(2, 99_999_999), st.sampled_from(["元", "人", "公里", "个月"]))
def test_a_chinese_numeral_is_read_as_itself(value: int, unit: str) -> None:
    """A numeral written in characters has the value that it was written from."""
    (found,) = figures(f"共{cn2an.an2cn(value)}{unit}")
    assert (found.value, found.unit) == (float(value), unit)


@given(st.one_of(drafts(), st.text("0123456789,.一二十百千万亿点元%年月第", max_size=20)))
def test_figures_stand_in_order_and_do_not_overlap(text: str) -> None:
    """Each figure has a place of its own, and a finite value of at least zero."""
    found = figures(fold(text))
    ends = [0, *(figure.end for figure in found)]
    assert all(before <= figure.start < figure.end <= len(fold(text)) for before, figure in zip(ends, found, strict=False))
    assert all(0 <= figure.value < float("inf") for figure in found)


def test_several_figures_of_one_clause_are_told_apart() -> None:
    """An amount and its growth are two figures with their own places."""
    text = "投资103亿元,增长8%,提高1.2个百分点"
    assert [text[figure.start : figure.end] for figure in figures(text)] == ["103亿元", "8%", "1.2个百分点"]


@pytest.mark.parametrize(("text", "value"), [
    ("投资一百四十五亿七千七百万元", 14_577_000_000.0),
    ("控制在十亿六千万左右", 1_060_000_000.0),
    ("开荒投资二亿三千五百万元", 235_000_000.0),
    ("粮食三千万吨", 30_000_000.0),
])
def test_a_number_in_characters_may_end_in_its_scale(text: str, value: float) -> None:
    """亿 and 万 of one number belong together."""
    assert [figure.value for figure in figures(text)] == [value]
