"""Numbers that only name are no figures that answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.facts import Facts
from rag.answer.naming import naming
from tests.drafts import drafts
from tests.small import asked, evidence_of, statements_of


@pytest.mark.parametrize(("text", "found"), [
    ("落实《云杉硬件行动(2031-2033年)》,建成工厂12座", ["《云杉硬件行动(2031-2033年)》"]),
    ("在“2031云杉终端大会”上签约12项", ["2031"]),
    ("坚持“三个统筹”,办好“十大民生实事”", ["“三个统筹”", "“十大民生实事”"]),
    ("投资2031亿元,２０３１云杉大会", ["2031", "２０３１"]),
    ("建成“云杉”工厂12座,引进三个项目", []),
])
def test_titles_years_before_a_name_and_what_its_number_calls_are_found(text: str, found: list[str]) -> None:
    """In the source's own characters, full width ones too."""
    assert [text[slice(*span)] for span in naming(text, (0, len(text)))] == found


@given(drafts(20), st.data())
def test_what_names_lies_in_the_span_in_order(text: str, data: st.DataObject) -> None:
    """Whatever the text, the spans found lie side by side within the one given."""
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    edges = [start, *(edge for span in naming(text, (start, end)) for edge in span), end]
    assert edges == sorted(edges)


@pytest.mark.parametrize("wording", ["云杉硬件的市场规模多大", "云杉终端大会到场多少人", "云杉县办了多少件实事"])
def test_a_number_that_only_names_answers_nothing(wording: str) -> None:
    """A title's years, the year of a conference and a slogan's number are no size, no attendance and no count."""
    evidence = evidence_of({"硬件.txt": (
        "云杉硬件发展纪要\n同志们:\n围绕落实《云杉硬件行动(2031-2033年)》的市场规模。\n"
        "在“2031云杉终端大会”上发布了报告。\n云杉县坚持“三个统筹”。\n"
    )})
    assert Facts(evidence).draft(asked(wording), statements_of(evidence)) is None


def test_a_sum_that_reads_like_a_year_still_answers() -> None:
    """With a unit it is a figure."""
    evidence = evidence_of({"报告.txt": "云杉县报告\n同志们:\n全县企业2031家,总投资2000亿元。\n"})
    draft = Facts(evidence).draft(asked("全县企业多少家"), statements_of(evidence))
    assert draft is not None and draft.pieces[0].text == "全县企业2031家"
