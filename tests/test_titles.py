"""Which lines are titles, before a document is parted by them."""

import pytest

from rag.outline.titles import single_title, title_text, titles_of

BODY = ["同志们:", "今天的会议很重要。"]


@pytest.mark.parametrize(
    ("lines", "titles"),
    [(["讲话篇1", *BODY, "讲话篇2", *BODY], [(0, 1), (3, 1)]), (["# 春耕", *BODY, "# 防汛", *BODY], [(0, 1), (3, 1)]),
     (["在春耕会上的", "讲话", *BODY, "在防汛会上的讲话", *BODY], [(0, 2), (4, 1)]),
     (["讲话篇1", "讲话篇2", "讲话篇1", *BODY, "讲话篇2", *BODY], [(2, 1), (5, 1)])],
    ids=["series", "markdown", "saluted", "contents before"],
)  # fmt: skip
def test_titles_of_a_compilation_are_those_that_a_body_follows(lines: list[str], titles: list[tuple[int, int]]) -> None:
    """Where each begins, and of how many lines it is."""
    assert titles_of(lines, len(lines)) == titles


@pytest.mark.parametrize(
    "lines", [["讲话篇1", *BODY], ["讲话篇2", *BODY, "讲话篇3", *BODY], ["# 一、形势", *BODY, "# 二、任务", *BODY], BODY],
    ids=["one alone", "a series without its first", "numbered headings", "none"],
)  # fmt: skip
def test_one_title_makes_no_compilation(lines: list[str]) -> None:
    """Nor does a series that does not count from one, nor the headings of a speech's sections."""
    assert titles_of(lines, len(lines)) == []


def test_lines_below_the_foot_are_no_titles() -> None:
    """What stands in a page's foot parts nothing."""
    lines = ["讲话篇1", *BODY, "讲话篇2", *BODY]
    assert titles_of(lines, 3) == []


@pytest.mark.parametrize(
    ("lines", "title"),
    [(["在春耕会上的讲话", *BODY], (0, 1)), (["青溪县人民政府", "关于二〇二三年工作的报告", *BODY], (0, 2)), (BODY, (0, 0)),
     (["县长出席会议并讲话。", "在春耕会上的讲话", *BODY], (1, 1))],
    ids=["first line", "two lines", "none", "after the news"],
)  # fmt: skip
def test_the_title_of_one_speech(lines: list[str], title: tuple[int, int]) -> None:
    """The first line where it could be one, or the one line that a salutation follows."""
    assert single_title(lines, 0, len(lines)) == title


def test_a_markdown_mark_is_none_of_the_title() -> None:
    """Where the title stands in its line."""
    start, end = title_text("#  在春耕会上的讲话")
    assert "#  在春耕会上的讲话"[start:end] == "在春耕会上的讲话"
