"""Years: which ones a text writes, and which one a place of the library speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.times import Years, offsets_in, year_words, years_asked, years_in
from tests.small import LIBRARY, place_of, shelf_of

REPORT = (
    "政府工作报告\n(2023年1月10日)\n各位代表:\n2022年,我们奋力前行。粮食产量稳中有增。\n全年新修公路30公里。\n"
    "2021年修了20公里。\n一、2023年工作安排\n新修公路40公里。\n今年要早动手。比2019年早一个月。\n明年还要修。\n"
)


@given(st.integers(1900, 2099))
def test_a_year_in_digits_or_characters_is_that_year(year: int) -> None:
    """2023年 and 二〇二三年 are the same; a text names each year once."""
    written = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    assert years_in(f"{year}年增长,{year}年下降") == (year,)
    assert years_in(f"{written}年") == ((year,) if written[0] in "一二" and written[1] in "〇九" else ())


@pytest.mark.parametrize(("text", "written", "asked"), [
    ("2022年和2021年", (2022, 2021), (2022, 2021)),
    ("二零二二年", (2022,), (2022,)),
    ("22年产量", (), (2022,)),
    ("87年的会议", (), (1987,)),
    ("五八年报告", (), (1958,)),
    ("六四年", (), (1964,)),
    ("八七年说的", (), (1987,)),
    ("五六年的计划", (), (1956,)),
    ("零二年和〇五年", (), (2002, 2005)),
    ("三五年内", (), ()),
    ("五六年来", (), ()),
    ("七八年间", (), ()),
    ("过去八九年", (), ()),
    ("用了七八年", (), ()),
    ("二十五六年", (), ()),
    ("八九年时间", (), ()),
    ("八九年才见效", (), ()),
    ("90年代", (), ()),
    ("比2022年增长", (), ()),
    ("较2022年", (), ()),
    ("2025年与2020年相比", (2025,), (2025, 2020)),
    ("按2020年不变价格", (), (2020,)),
    ("投资2000元", (), ()),
    ("20年来", (), ()),
    ("79年以来", (), (1979,)),
    ("10年以来", (), ()),
    ("前22年", (), ()),
    ("", (), ()),
])
def test_questions_may_write_years_short(text: str, written: tuple[int, ...], asked: tuple[int, ...]) -> None:
    """Two digits are a year in a question only; a year that is only compared with, or an amount, is none."""
    assert years_in(text) == written
    assert years_asked(text) == asked


@pytest.mark.parametrize(("text", "offsets"), [
    ("今年", (0,)), ("去年和上年", (-1,)), ("前年到明年", (-2, 1)), ("比去年增长", ()), ("跟上年比", ()), ("去年同期", ()), ("2022年", ()),
])
def test_relative_years_count_from_the_speechs_own(text: str, offsets: tuple[int, ...]) -> None:
    """今年 is 0, 去年 is -1; the year compared with does not count."""
    assert offsets_in(text) == offsets


@pytest.mark.parametrize(("quote", "year"), [
    ("2022年,我们奋力前行", 2022),
    ("粮食产量稳中有增", 2022),
    ("全年新修公路30公里", 2022),
    ("2021年修了20公里", 2021),
    ("新修公路40公里", 2023),
    ("今年要早动手", 2023),
    ("明年还要修", 2024),
])
def test_a_place_speaks_of_the_nearest_year(quote: str, year: int) -> None:
    """Its own year, else that of what stands before it, else that of the heading above."""
    shelf = shelf_of({"报告.txt": REPORT})
    assert Years(shelf).of(place_of(shelf, quote)) == {year}


def test_a_speech_is_of_the_year_on_its_date_line() -> None:
    """The date line comes first, then the title, then the file's name, then the congress; nothing tells, nothing is said."""
    texts = LIBRARY | {
        "2021年/粮食.txt": "粮食会讲话\n同志们:\n丰收了。\n", "水利.txt": "水利会讲话\n同志们:\n修了渠。\n",
        "大会.txt": "在中国共产党第十次全国代表大会上的报告\n同志们:\n开了会。\n",
    }  # fmt: skip
    years = Years(shelf_of(texts))
    assert [years.of_speech(path, 1) for path in texts] == [2023, 2022, 2021, None, 1973]


def test_a_year_asked_for_fits_what_speaks_of_it() -> None:
    """The same place fits its own year, by number or counted from the speech, and no other; nothing asked, nothing told."""
    shelf = shelf_of(LIBRARY)
    place, years = place_of(shelf, "全县生产总值"), Years(shelf)
    assert years.fits((2022,), (), place) is True
    assert years.fits((), (-1,), place) is True
    assert years.fits((2019, 2023), (), place) is False
    assert years.fits((), (), place) is None


def test_where_nothing_tells_the_year_nothing_is_judged() -> None:
    """A speech without any date neither fits nor fails."""
    shelf = shelf_of({"水利.txt": "水利会讲话\n同志们:\n修了渠。\n"})
    assert Years(shelf).of(place_of(shelf, "修了渠")) == frozenset()
    assert Years(shelf).fits((2023,), (), place_of(shelf, "修了渠")) is None


@pytest.mark.parametrize(("text", "words"), [
    ("2021年的投资", ("2021年",)), ("gdp2021", ("2021",)), ("21年和22年", ("21年", "22年")), ("二〇二一年怎么样", ("二〇二一年",)),
    ("2019-2021年", ("2019", "2021年")), ("2021年和2021年", ("2021年",)), ("新建2021个", ()), ("去年", ()),
])
def test_years_are_told_in_the_words_of_the_question(text: str, words: tuple[str, ...]) -> None:
    """As they were typed, so that a refusal quotes the user and not a reading of what was meant."""
    assert year_words(text) == words


def test_the_base_of_a_change_is_no_year_of_it() -> None:
    """由1978年的36.5%,降为33.6% tells of another year than 1978."""
    assert years_in("积累率由1978年的36.5%,降为33.6%") == ()
    assert years_in("从1978年到1985年") == (1978, 1985)


def test_a_zero_in_figures_stands_in_chinese_years_too() -> None:
    """二0一一年, as some texts were typed."""
    assert years_in("二0一一年国内生产总值") == (2011,)


@pytest.mark.parametrize(("quote", "fits"), [
    ("从2011年到2020年修渠", True),
    ("2011年栽树,2020年成林", False),
])
def test_years_between_two_are_meant_only_of_a_stretch(quote: str, fits: bool) -> None:
    """从2011年到2020年 speaks of 2015 too; two years that are named side by side do not."""
    shelf = shelf_of({"水利.txt": "水利会讲话\n(2021年3月2日)\n同志们:\n从2011年到2020年修渠。\n2011年栽树,2020年成林。\n"})
    assert Years(shelf).fits((2015,), (), place_of(shelf, quote)) is fits


def test_a_speech_without_a_date_tells_of_last_and_next_year_by_these_words() -> None:
    """去年 is told where it stands; where nothing stands nothing is judged, and another such word tells of another year."""
    shelf = shelf_of({"水利.txt": "水利会讲话\n同志们:\n去年修了渠。\n坝也修了。\n"})
    years = Years(shelf)
    assert [years.fits((), (offset,), place_of(shelf, "去年修了渠")) for offset in (-1, 0, 1)] == [True, False, False]
    assert years.fits((), (1,), place_of(shelf, "坝也修了")) is None


def test_a_report_looks_back_though_a_part_of_it_is_of_last_year() -> None:
    """综合考虑了去年价格变动 gives a reason for this year; 去年,… tells of another."""
    text = "云岭省工作报告\n(2023年1月10日)\n各位代表:\n物价涨幅定为百分之三,综合考虑了去年价格变动的影响。\n去年,物价涨了百分之二。\n"
    shelf = shelf_of({"报告.txt": text})
    years = Years(shelf)
    assert years.looks_back((2023,), place_of(shelf, "物价涨幅定为百分之三,综合考虑了去年价格变动的影响。"))
    assert not years.looks_back((2023,), place_of(shelf, "去年,物价涨了百分之二。"))
