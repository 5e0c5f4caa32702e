"""Each way of marking a section or an item is read, and nothing that only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given

from rag.outline.marks import Mark, at_line_start, inside, opens_heading
from tests.drafts import drafts


def opener(line: str) -> tuple[str, int | None, str] | None:
    """The style, ordinal and label of the mark that opens `line`."""
    mark = at_line_start(line, 0, len(line))
    return (mark.style, mark.ordinal, line[mark.start : mark.end]) if mark else None


def inner(text: str) -> list[str]:
    """The labels that stand inside `text`."""
    return [text[mark.start : mark.end] for mark in inside(text, 0, len(text))]


@pytest.mark.parametrize(("line", "found"), [
    ("## 总体要求", ("markdown", None, "## ")),
    ("第三部分 保障措施", ("part", 3, "第三部分 ")),
    ("第一章　总则", ("chapter", 1, "第一章　")),
    ("第 二 章 职责", ("chapter", 2, "第 二 章 ")),
    ("第十节 附则", ("division", 10, "第十节 ")),
    ("第十二条　本办法自发布之日起施行。", ("article", 12, "第十二条　")),
    ("第五条为规范管理,制定本办法。", ("article", 5, "第五条")),
    ("三、压实责任", ("comma", 3, "三、")),
    ("十二、压实责任", ("comma", 12, "十二、")),
    ("（一）强化领导", ("paren", 1, "（一）")),
    ("(二)强化领导", ("paren", 2, "(二)")),
    ("（ 三 ）强化领导", ("paren", 3, "（ 三 ）")),
    ("(十一)、强化领导", ("paren", 11, "(十一)、")),
    ("1.修路", ("digit", 1, "1.")),
    ("２．修路", ("digit", 2, "２．")),
    ("3、修路", ("digit", 3, "3、")),
    ("4)修路", ("digit", 4, "4)")),
    ("5.2024年起施行", ("digit", 5, "5.")),
    ("(6)修路", ("digit-paren", 6, "(6)")),
    ("（７）修路", ("digit-paren", 7, "（７）")),
    ("⑧修路", ("circled", 8, "⑧")),
    ("第一,要快", ("nth", 1, "第一,要")),
    ("第二、要准", ("nth", 2, "第二、要")),
    ("第三是稳", ("nth", 3, "第三是")),
    ("一是快", ("one-is", 1, "一是")),
    ("二要准", ("one-is", 2, "二要")),
    ("三靠人", ("one-is", 3, "三靠")),
    ("其一,快", ("among", 1, "其一,")),
    ("首先,谈成绩", ("first", 1, "首先,")),
    ("其次要谈问题", ("first", 2, "其次要")),
    ("最后,谈希望", ("first", None, "最后,")),
    ("——坚持稳中求进", ("dash", None, "——")),
    ("—— 坚持稳中求进", ("dash", None, "—— ")),
    ("• 坚持稳中求进", ("dash", None, "• ")),
    ("- 坚持稳中求进", ("dash", None, "- ")),
    ("**一、压实责任**", ("comma", 1, "**一、")),
    ("四种作风:", ("label", None, "")),
])
def test_each_style_is_read_at_the_head_of_a_line(line: str, found: tuple[str, int | None, str]) -> None:
    """Half-width and full-width forms of a mark read alike, with the ordinal they write."""
    assert opener(line) == found


@pytest.mark.parametrize("line", [
    "第一季度开局良好", "第三产业占比过半", "十二五期间成绩显著", "一季度增长6.5%", "3.5亿元已经到位", "1,236.8亿元", "2024年", "一",
    "一、", "二是",
    "第一要务是发展", "一要素市场", "第三条线索", "第五条的规定", "首先锋队员", "- 12 -", "— 3 —", "————————", "-5.2%的降幅",
    "县长指出:", "他强调：",
    "同志们", "办公室主任 王大山:", "今年的工作,要抓好以下几点:",
])
def test_running_text_is_no_mark(line: str) -> None:
    """A number of the text, a page number, a rule, or words that introduce a quotation open nothing."""
    assert opener(line) is None


@pytest.mark.parametrize(("text", "labels"), [
    ("要做到:一是快。二是准;三是稳。", ["一是", "二是", "三是"]),
    ("任务有:(一)修路。(二)架桥。", ["(一)", "(二)"]),
    ("任务有:①修路；②架桥。", ["①", "②"]),
    ("首先,修路。其次,架桥。最后,通车。", ["其次,", "最后,"]),
    ("要求如下:一、修路。二、架桥。", ["一、", "二、"]),
    ("一月,二、三月物价平稳", []),
    ("同比增长1.5%,2.5亿元", []),
    ("他说:“二是要快”", []),
    ("抓住第一、第二产业", []),
])
def test_marks_inside_a_paragraph_stand_after_a_stop(text: str, labels: list[str]) -> None:
    """Inside a paragraph only what follows a stop is a mark; 一、 asks for more than a comma."""
    assert inner(text) == labels


def test_a_mark_knows_whether_a_sentence_ends_before_it() -> None:
    """After a comma a mark is weak: it continues a list only where no ordinal is missing."""
    assert [mark.strong for mark in inside("有:一是快,二是准。三是稳", 0, 13)] == [True, False, True]


def test_a_mark_knows_whether_a_colon_announces_it() -> None:
    """White space and line ends between the colon and the mark do not count."""
    text = "任务如下:\n\n　　一、修路"
    mark = at_line_start(text, text.index("一"), len(text))
    assert mark == Mark("comma", 30, 1, 9, 11, inline=False, alone=True, announced=True)


@pytest.mark.parametrize(("line", "label"), [
    ("一、修路", "一、"), ("（二）架桥", "（二）"), ("3.通车", "3."), ("第四章 附则", "第四章 "), ("一是修路", None), ("修路", None),
])
def test_headings_open_with_the_strong_forms(line: str, label: str | None) -> None:
    """Only numbered headings part a line whose line ends were lost."""
    match = opens_heading(line, 0, len(line))
    assert (match.group() if match else None) == label


@given(drafts())
def test_marks_inside_stand_in_order_and_apart(text: str) -> None:
    """Marks never overlap, never open the text itself, and never end it."""
    marks = list(inside(text, 0, len(text)))
    assert all(left.end <= right.start for left, right in pairwise(marks))
    assert all(0 < mark.start < mark.end < len(text) for mark in marks)
