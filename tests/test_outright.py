"""Summaries of what a question points at outright."""

import pytest

from rag.answer import outright
from rag.answer.draft import Draft
from tests.small import asked, evidence_of, ranked

TEXT = (
    "在青溪县水利会议上的讲话\n同志们:\n"
    "水利进入新阶段,意味着浇地不再靠天;意味着防汛不再靠守;意味着用水不再靠争。\n"
    "上半年,主要渠道输水5.2亿立方米,增长6%;新增灌溉面积3万亩,增长8%;除险水库12座。下半年还要再加劲。\n"
    "为了全面振兴水利,要注意解决以下几个原则问题。\n"
    "首先,关于筹集资金的问题。资金要统筹。\n县里出大头。\n其次,关于用地的问题。用地要节约。\n最后,关于管护的问题。管护要到人。\n"
    "我们要守住水源。水源是根。\n我们要修好渠道。渠道是脉。\n在新的一年,我们要用好每一滴水。水贵如油。\n谢谢大家!\n"
)
EVIDENCE = evidence_of({"讲话.txt": TEXT})
SPEECH = next(EVIDENCE.shelf.every_speech())


def drafted(wording: str) -> Draft | None:
    """What the question points at."""
    question = asked(wording)
    return outright.draft(question, EVIDENCE, ranked(EVIDENCE, question), SPEECH)


@pytest.mark.parametrize(("wording", "lines"), [
    ("概括水利新阶段的“三个意味着”", ["水利进入新阶段,意味着浇地不再靠天;意味着防汛不再靠守;意味着用水不再靠争。"]),
    ("总结“我们要”的几条", ["我们要守住水源", "我们要修好渠道", "在新的一年,我们要用好每一滴水"]),
    ("全面振兴水利要注意解决的几个原则问题,概括一下", ["首先,关于筹集资金的问题", "其次,关于用地的问题", "最后,关于管护的问题"]),
    ("上半年主要指标完成情况总结一下", ["上半年,主要渠道输水5.2亿立方米,增长6%;新增灌溉面积3万亩,增长8%;除险水库12座。"]),
    ("概括一下,上半年主要指标的完成情况", ["上半年,主要渠道输水5.2亿立方米,增长6%;新增灌溉面积3万亩,增长8%;除险水库12座。"]),
])
def test_what_is_pointed_at_is_the_summary(wording: str, lines: list[str]) -> None:
    """A word so many times, lines that hold it, points in sequence, and results, each in the order of the text."""
    found = drafted(wording)
    assert found is not None
    assert [piece.text for piece in found.pieces] == lines
    assert all(piece.quotes[0].text.startswith(piece.text) for piece in found.pieces)


@pytest.mark.parametrize("wording", [
    "概括水利新阶段的“四个意味着”", "水利新阶段分两个阶段怎么安排,概括一下", "总结“必须”的几条", "概括数据要素工作", "概括一下用地的问题",
])
def test_what_nothing_is_pointed_at_is_summed_up_otherwise(wording: str) -> None:
    """Another number, words that too few lines hold, a topic: nothing."""
    assert drafted(wording) is None


@pytest.mark.parametrize(("text", "found"), [
    ("下面,我谈几点具体意见。", True), ("要解决以下几个原则问题。", True), ("提三点要求:", True), ("这是几个月前的事。", False),
])
def test_what_announces_several_points_is_known(text: str, found: bool) -> None:
    """By its end."""
    assert outright.announces(text) is found
