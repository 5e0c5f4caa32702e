"""Numerals are read as the numbers they write."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.numerals import CHINESE_DIGITS, CIRCLED, integer, number


@pytest.mark.parametrize(("numeral", "value"), [
    ("一", 1), ("十", 10), ("十二", 12), ("二十三", 23), ("一百零五", 105), ("两千", 2000), ("廿五", 25), ("卅", 30), ("二〇二四", 2024),
    ("12", 12), ("１２", 12), ("①", 1), ("⑳", 20), ("三点五亿", 350_000_000), ("一万二", 12_000),
])
def test_whole_numbers_are_read(numeral: str, value: int) -> None:
    """Chinese, Arabic, full-width and circled numerals of the same number read the same."""
    assert integer(numeral) == value


@pytest.mark.parametrize(("numeral", "value"), [
    ("十四点五", 14.5), ("六点五", 6.5), ("零点零三", 0.03), ("1.5", 1.5), ("两点五万", 25_000.0),
])
def test_decimals_are_read(numeral: str, value: float) -> None:
    """A decimal is read digit by digit behind 点; 万 and 亿 scale it."""
    assert number(numeral) == pytest.approx(value)


@pytest.mark.parametrize("numeral", ["", "点", "五点", "一点一点", "百", "人", "nan", "inf", "²", "1" * 5000, "九" * 400])
def test_what_writes_no_number_reads_as_none(numeral: str) -> None:
    """Half a numeral, a word, or a row of digits that counts nothing is no number, and never an error."""
    assert integer(numeral) is None
    assert number(numeral) is None


def test_a_fraction_is_no_whole_number() -> None:
    """A numeral with a part behind the point is not read as an integer."""
    assert integer("十四点五") is None


@given(st.integers(min_value=0, max_value=10**12))
def test_every_number_survives_being_written_in_chinese(value: int) -> None:
    """Reading is the inverse of writing, as cn2an writes numbers."""
    assert integer(cn2an.an2cn(value)) == value
    assert integer(str(value)) == value


@given(st.text(st.sampled_from(CHINESE_DIGITS + CIRCLED + "点亿万半0１.,-xX"), max_size=12))
def test_reading_never_fails(numeral: str) -> None:
    """Any row of numeral characters reads as a number or as None."""
    assert integer(numeral) is None or isinstance(integer(numeral), int)
    assert number(numeral) is None or isinstance(number(numeral), float)


def test_small_numerals_are_read_as_the_library_reads_them() -> None:
    """Up to 99 they are read without it, and the same."""
    digits = "一二三四五六七八九"
    tens = [*digits, "两", "零", "〇", "十", *(f"十{one}" for one in digits), *(f"{ten}十" for ten in digits)]
    for numeral in (*tens, *(f"{ten}十{one}" for ten in digits for one in digits)):
        assert number(numeral) == float(cn2an.cn2an(numeral, "smart")), numeral
