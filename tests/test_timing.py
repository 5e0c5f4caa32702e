"""How what the library speaks of fits the years and months that a question names."""

import pytest

from tests.small import asked, evidence_of, ranked, statements_of

TWO_YEARS = (
    "工作报告\n(2023年1月10日)\n各位代表:\n2022年,新修公路30公里。\n2021年,新修公路20公里。\n一、2023年工作安排\n新修公路40公里。\n"
)


def test_the_year_asked_for_comes_first() -> None:
    """Three statements say the same of three years; the one of the year asked for wins."""
    evidence = evidence_of({"报告.txt": TWO_YEARS})
    best = [ranked(evidence, asked(f"{year}年新修公路多少公里"))[0].statement.place.text for year in (2021, 2022, 2023)]
    assert best == ["2021年,新修公路20公里。", "2022年,新修公路30公里。", "新修公路40公里。"]


def test_an_undated_text_does_not_hide_the_report_of_the_year_that_is_asked_for() -> None:
    """What tells no year would be refused, however well its words fit."""
    evidence = evidence_of({
        "全会.txt": "开创新局面\n同志们:\n要改善教师的生活待遇,用好教师。\n",
        "1993.txt": "1993年工作报告\n各位代表:\n要改善教师的待遇。\n",
    })
    assert ranked(evidence, asked("怎么改善教师的待遇、用好教师"))[0].statement.place.document.path == "全会.txt"
    assert ranked(evidence, asked("九三年怎么改善教师的待遇、用好教师"))[0].statement.place.document.path == "1993.txt"


@pytest.mark.parametrize(("wording", "off", "untimed"), [
    ("2022年一季度新修公路多少公里", False, ["一季度"]), ("2021年新修公路多少公里", True, []), ("新修公路多少公里", False, []),
])
def test_a_place_of_another_year_is_off_and_a_time_that_nothing_names_is_missed(wording: str, off: bool, untimed: list[str]) -> None:
    """A quarter is looked for around the statement, a year in what governs it; a question without either misses none."""
    evidence = evidence_of({"报告.txt": TWO_YEARS})
    told = next(one for one in statements_of(evidence) if "30" in one.folded)
    question = asked(wording)
    assert evidence.timing.off_year(question, told.place) is off
    assert evidence.timing.untimed(question, told) == untimed
    assert (evidence.timing.year_bonus(question, told.place) < 0) is off
    assert (evidence.timing.time_bonus(question, told) < 0) is bool(untimed)


@pytest.mark.parametrize(("wording", "off"), [("去年签约项目多少个", True), ("签约项目多少个", False), ("去年接待多少人", False)])
def test_an_undated_speech_tells_no_figure_of_last_year_but_where_it_says_so(wording: str, off: bool) -> None:
    """Its own figure is this year's, and not to be quoted for the year before."""
    evidence = evidence_of({"讲话.txt": "在推进会上的讲话\n同志们:\n全县签约项目129个。\n去年接待3万人。\n谢谢大家!\n"})
    question = asked(wording)
    told = ranked(evidence, question)[0].statement.place
    assert evidence.timing.off_year(question, told) is off


@pytest.mark.parametrize(("wording", "off"), [
    ("1921年那份海州木工协会的报告里,为什么木工少", False),
    ("1921年那份海州渔民协会的报告里,为什么木工少", True),
    ("1921年为什么木工少", True),
])
def test_a_year_told_with_the_title_of_an_undated_text_only_names_it(wording: str, off: bool) -> None:
    """Its text need not tell the year; by another title, or of the year alone, nothing tells of which it is."""
    undated = evidence_of({"木工.txt": "海州木工协会的报告\n同志们:\n因为没有木头,所以木工少。\n"})
    told = next(one for one in statements_of(undated) if "木头" in one.folded)
    assert undated.timing.off_year(asked(wording), told.place) is off
    dated = evidence_of({"木工.txt": "海州木工协会的报告\n(1923年5月1日)\n同志们:\n因为没有木头,所以木工少。\n"})
    told = next(one for one in statements_of(dated) if "木头" in one.folded)
    assert dated.timing.off_year(asked(wording), told.place)
