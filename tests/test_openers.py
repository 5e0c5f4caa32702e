"""Unmarked paragraphs that each open with what they go on to tell."""

import pytest

from rag.answer import openers
from rag.answer.draft import Draft
from tests.small import asked, evidence_of, ranked

SECTION = (
    "在青溪县工作会议上的讲话\n同志们:\n一、推进乡村水利建设\n水利是农业的命脉,要舍得下本钱。\n"
    "整修灌溉渠道。今冬先修东渠和西渠,明春修完所有的支渠,渠边种上树。\n新建小型水库。选好坝址,备好石料,请省里的专家来看过再动工。\n"
    "推广节水灌溉。喷灌先在菜地里用,用好了再推广到果园和大田里去。\n水深则鱼悦,渠通则民安。我们要一年接着一年干,干出青溪人的样子来。\n"
    "二、办好县里的学校\n学校要办到家门口。\n"
)
CALLS = (
    "在青溪县代表会议闭幕会上的讲话\n各位代表:\n会议开得很好,大家辛苦了。\n在建设家园的新路上,我们要坚定不移发展生产。生产是根本,没有生产什么也谈不上,多打一斤粮就多一分底气。\n"
    "我们要始终依靠群众。群众里有能人,群众里有办法,要多到群众里去。\n我们要更好保护山林。山林是水的源头,乱砍一棵也不许。\n谢谢大家!\n"
)


def told(text: str, wording: str) -> list[str] | None:
    """The lines of the draft over one speech; None where there is none."""
    evidence = evidence_of({"讲话.txt": text})
    question = asked(wording)
    found: Draft | None = openers.draft(question, ranked(evidence, question))
    return [piece.text for piece in found.pieces] if found is not None else None


@pytest.mark.parametrize("wording", [
    "推进乡村水利建设抓哪几块", "推进乡村水利建设有哪些举措", "推进乡村水利建设的三项任务是什么", "推进乡村水利建设要做哪些工作",
])
def test_the_paragraphs_under_a_heading_are_its_parts(wording: str) -> None:
    """Without the paragraph that introduces them, and without the saying that concludes."""
    assert told(SECTION, wording) == ["整修灌溉渠道", "新建小型水库", "推广节水灌溉"]


def test_what_is_no_part_of_the_section_is_not_told_so() -> None:
    """Another number of parts, or another noun than one for parts, is asked of something else."""
    assert told(SECTION, "推进乡村水利建设的五项任务是什么") is None
    assert told(SECTION, "推进乡村水利建设要新建哪些水库") is None


def test_paragraphs_that_open_alike_are_the_parts() -> None:
    """The first names the occasion before it says 我们要."""
    assert told(CALLS, "闭幕会讲话对建设家园的新路提了哪几条要求") == [
        "在建设家园的新路上,我们要坚定不移发展生产", "我们要始终依靠群众", "我们要更好保护山林",
    ]
