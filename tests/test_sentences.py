"""Sentences, segments and clauses partition a text, and no number is cut."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.writing.sentences import Span, clauses, segments, sentences, trimmed
from tests.drafts import drafts

CUTS = [sentences, segments, clauses]
Cut = Callable[[str, int, int], list[Span]]


def pieces(cut: Cut, text: str) -> list[str]:
    """What `text` is cut into."""
    return [text[start:end] for start, end in cut(text, 0, len(text))]


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
@given(text=st.one_of(drafts(), st.text(max_size=40)))
@example(text="")
@example(text="。")
@example(text="　\n")
@example(text="。。”\r\n……”")
@example(text="好" * 5000)
def test_the_pieces_partition_the_text(cut: Cut, text: str) -> None:
    """Put together, the pieces are the text but for blanks at its end; none of them is blank."""
    spans = cut(text, 0, len(text))
    assert all(text[start:end].strip() for start, end in spans)
    assert all(left[1] == right[0] for left, right in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).rstrip() == (text.rstrip() if spans else "")
    assert text.strip() == "" or spans[0][0] == 0


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
@given(text=drafts(12), before=st.text(max_size=5), after=st.text(max_size=5))
def test_a_stretch_is_cut_as_if_it_stood_alone(cut: Cut, text: str, before: str, after: str) -> None:
    """Only marks inside the stretch cut it: the spans lie within it and count in the whole text."""
    spans = cut(f"{before}{text}{after}", len(before), len(before) + len(text))
    assert all(len(before) <= start < end <= len(before) + len(text) for start, end in spans)


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
@given(st.integers(1, 999), st.integers(0, 999), st.integers(0, 99), st.sampled_from([",", "，"]))
def test_a_number_stays_whole(cut: Cut, thousands: int, rest: int, hundredths: int, comma: str) -> None:
    """A decimal point or a thousands comma, full-width too, ends nothing."""
    number = f"{thousands}{comma}{rest:03}.{hundredths:02}亿元"
    assert pieces(cut, f"投资{number}") == [f"投资{number}"]
    assert pieces(cut, f"投资{number}。增长6.5%")[0] == f"投资{number}。"


@pytest.mark.parametrize(("cut", "text", "found"), [
    (sentences, "路宽了。桥新了!水清了?好", ["路宽了。", "桥新了!", "水清了?", "好"]),
    (sentences, "他说:“快去。”大家就去了。", ["他说:“快去。”", "大家就去了。"]),
    (sentences, "真的吗！？真的……好", ["真的吗！？", "真的……", "好"]),
    (sentences, "投资103亿元;增长8%,下降2%。", ["投资103亿元;增长8%,下降2%。"]),
    (sentences, "第一行没有写完\n第二行接着写。", ["第一行没有写完\n第二行接着写。"]),
    (segments, "投资103亿元；出口9亿元;其他。", ["投资103亿元；", "出口9亿元;", "其他。"]),
    (clauses, "去年,投资103亿元，下降2.4%:主要是", ["去年,", "投资103亿元，", "下降2.4%:", "主要是"]),
    (clauses, "粮、棉、油丰收,好", ["粮、棉、油丰收,", "好"]),
    (clauses, "10:30开会,14：00散会", ["10:30开会,", "14：00散会"]),
    (clauses, "2021,2022年", ["2021,2022年"]),
])
def test_marks_end_what_they_end(cut: Cut, text: str, found: list[str]) -> None:
    """。！？ end a sentence, ； also a segment, ，： also a clause; closing quotation marks stay with what they close."""
    assert pieces(cut, text) == found


@given(drafts(12), st.data())
def test_trimming_only_takes_blanks_and_the_marks_named(text: str, data: st.DataObject) -> None:
    """What is taken off at the front is white space, at the end white space and marks; the rest stays."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = trimmed(text, (start, end), "；。")
    assert start <= left <= right <= end
    assert text[start:left].strip() == "" and text[right:end].strip("；。 \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029　").strip() == ""
    assert left == right or not (text[left].isspace() or text[right - 1].isspace() or text[right - 1] in "；。")


def test_trimming_without_marks_leaves_marks() -> None:
    """Marks go only where they are named."""
    assert trimmed("　投资。 ", (0, 5)) == (1, 4)
    assert trimmed("　投资。 ", (0, 5), "。") == (1, 3)
