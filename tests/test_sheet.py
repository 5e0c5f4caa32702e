"""How an answer is put together of what a model writes: taken, replaced, left out; cited once; told in the end."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.answer.gate import check
from rag.answer.places import citation
from rag.answer.reply import Answer, Coverage
from rag.writer.carrying import holds
from rag.writer.sheet import Sheet
from rag.writer.splitting import Draft
from tests.small import LIBRARY, place_of, shelf_of

SHELF = shelf_of(LIBRARY)
FIGURES = place_of(SHELF, LIBRARY["政务.txt"].splitlines()[4])
MARKS = ["其中", "因此", "不", "236.5", "480.3亿元", "增长", "下降", "至", "-", "[1]", "- ", "…", "\u202e", "《", "”"]
PIECES = [*re.split("(?<=[,;])", FIGURES.text), *MARKS]
STYLES = [place_of(SHELF, f"{n}是{style}的作风。") for n, style in zip("一二三四", ("求实", "细致", "守时", "节俭"), strict=True)]


def sheet(coverage: Coverage | None = None, *cited: int) -> Sheet:
    """A sheet over a quoted answer that cites these styles."""
    citations = tuple(citation(STYLES[n], n + 1) for n in cited)
    return Sheet(Answer("问", "", False, None, (), citations, coverage, (), ""), "m")


def test_what_is_cited_twice_has_one_number() -> None:
    """And a sentence after a falsehood stands in for it only where it is not said yet."""
    made = sheet()
    drafts = ["固定资产投资103亿元", "固定资产投资下降2.4%", "固定资产投资增长2.4%"]
    events = [made.weigh(Draft(f"{words}。", (1,), False), [FIGURES]) for words in drafts]
    assert [event.kind for event in events] == ["verified", "verified", "dropped"]
    again = made.weigh(Draft("固定资产投资103亿元。", (1,), False), [FIGURES])
    assert again.answer.sentences[-1].citations == again.answer.sentences[0].citations == (1,)
    assert made.verified == 3 and made.named == 4


@given(st.lists(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), min_size=1, max_size=6).map("".join), max_size=4))
def test_whatever_is_written_the_gate_lets_the_sheet_pass(drafts: list[str]) -> None:
    """What the sheet takes is what the gate, which sees only the quotes, finds carried."""
    made = sheet()
    for text in drafts:
        event = made.weigh(Draft(" ".join(text.split()), (1,), False), [FIGURES])
        assert check(event.answer, lambda path: SHELF.documents[path].text, holds) is event.answer


def test_a_number_that_no_material_has_names_nothing() -> None:
    """Nor does 0."""
    made = sheet()
    assert [made.weigh(Draft("固定资产投资103亿元。", numbers, False), [FIGURES]).kind for numbers in ((0,), (2,), ())] == ["dropped"] * 3
    assert made.named == 0 and {one["why"] for one in made.drafts} == {"没有写明所据的材料"}


def test_a_list_that_lacks_items_says_so() -> None:
    """By the items that the quoted answer cites; one that has all says nothing."""
    short, full = (sheet(Coverage(4, 4), 0, 1, 2, 3) for _ in range(2))
    for number, place in enumerate(STYLES, 1):
        for made in (short, full) if number < 3 else (full,):
            assert made.weigh(Draft(place.text, (number,), True), STYLES).kind == "verified"
    assert short.whole().coverage == Coverage(4, 2) and "4" in short.whole().sentences[2].text
    assert full.whole().coverage == Coverage(4, 4) and len(full.whole().sentences) == 4


def test_an_answer_in_the_making_tells_no_notice() -> None:
    """The whole one tells what was not taken."""
    made = sheet()
    event = made.weigh(Draft("固定资产投资增长9.9%。", (1,), False), [FIGURES])
    assert event.kind == "replaced" and event.answer.explain["writer"]["notices"] == []
    assert made.whole().explain["writer"]["notices"] == ["模型写的有1句换成了原文：没有通过与原文的核对。"]
    assert replace(made.whole(), explain={}) == replace(event.answer, explain={})
