"""Marks make a list where their ordinals follow one another."""

from hypothesis import given

from rag.outline.marks import Mark, at_line_start, inside
from rag.outline.runs import Member, runs
from tests.drafts import drafts


def marks_of(text: str) -> list[Mark]:
    """The marks of a text, line by line."""
    found = []
    start = 0
    for line in text.split("\n"):
        first = at_line_start(text, start, start + len(line))
        found += [first] if first else []
        found += inside(text, start, start + len(line))
        start += len(line) + 1
    return found


def lists(text: str) -> list[str]:
    """Each list's labels, joined, in the order in which the lists begin."""
    members = runs(marks_of(text))
    numbers = dict.fromkeys(member.run for member in members)
    return ["".join(text[one.mark.start : one.mark.end] for one in members if one.run == number) for number in numbers]


def test_a_weak_mark_without_neighbour_is_none() -> None:
    """一是 without 二是, and 二、 in a sentence, are words of the text."""
    assert lists("一是好消息。大家都来了。") == []
    assert lists("会议提出,一、要快。") == []


def test_a_strong_mark_counts_alone_at_the_head_of_a_line() -> None:
    """An excerpt may begin with 三、."""
    assert lists("三、抓落实") == ["三、"]


def test_a_list_runs_on_inside_a_paragraph() -> None:
    """Marks of one paragraph and of several lines make one list."""
    assert lists("一是快。二是准。\n三是稳。") == ["一是二是三是"]


def test_numbering_that_starts_again_is_another_list() -> None:
    """Each 一是 begins a list of its own."""
    assert lists("一是快。二是准。\n一是人。二是钱。三是物。") == ["一是二是", "一是二是三是"]


def test_the_outer_list_goes_on_after_an_inner_list_of_the_same_form() -> None:
    """Where two lists could go on, the one whose ordinal is next does."""
    assert lists("一、甲\n二、乙如下:\n一、丙\n二、丁\n三、戊\n三、己") == ["一、二、三、", "一、二、三、"]


def test_one_ordinal_may_be_missing() -> None:
    """A missing 二是 breaks no list where a sentence ends before 三是, but after a comma it does."""
    assert lists("一是快。准也要。三是稳。") == ["一是三是"]
    assert lists("一是快,准也要,三是稳。") == []


def test_last_closes_a_list_of_two() -> None:
    """最后 ends 首先 … 其次, but 首先 … 最后 alone is mere speech."""
    assert lists("首先,修路。其次,架桥。最后,通车。") == ["首先,其次,最后,"]
    assert lists("首先,谢谢大家。最后,祝大家健康。") == []


def test_a_stronger_heading_ends_the_lists_below_it() -> None:
    """1. after 二、 starts anew even where 3. would follow."""
    assert lists("一、甲\n1.修路\n2.架桥\n二、乙\n3.通车\n4.验收") == ["一、二、", "1.2.", "3.4."]


def test_a_list_inside_an_item_is_over_with_the_item() -> None:
    """Runs nest like brackets."""
    members = runs(marks_of("一、甲\n1.修路\n2.架桥\n二、乙"))
    assert [(member.run, member.index, member.following, member.until) for member in members] == [
        (0, 0, 14, 14), (1, 0, 9, 9), (1, 1, None, 9), (0, 1, None, 14),
    ]


@given(drafts())
def test_members_know_their_neighbours(text: str) -> None:
    """Indexes count from 0 without gaps, each member knows where the next stands, and all know the last."""
    members = runs(marks_of(text))
    by_run: dict[int, list[Member]] = {}
    for member in members:
        by_run.setdefault(member.run, []).append(member)
    for run in by_run.values():
        assert [one.index for one in run] == list(range(len(run)))
        assert [one.following for one in run] == [*(one.mark.start for one in run[1:]), None]
        assert {one.until for one in run} == {run[-1].mark.start}
    assert [one.mark.start for one in members] == sorted({one.mark.start for one in members})
