"""The conversation: a list as a list, a refusal as what it is, and what a model wrote told as such."""

from dataclasses import replace

from rag.answer.phrases import PHRASES
from rag.answer.reply import Coverage, Sentence
from rag.page.exchange import Exchange
from rag.page.markup import sendable
from rag.page.sources import sources
from rag.page.talk import talk, welcome
from tests.drawn import LIST, LISTED, REFUSED, Seen, answer, citation


def test_a_list_is_shown_one_line_an_item() -> None:
    """Items become items of a list, each with its mark; the dash before them is not shown twice."""
    seen = Seen(sendable(talk([LISTED])))
    assert [tag for tag, _ in seen.tags].count("li") == 2
    assert seen.text("items") == "一是认真负责的精神[1]二是无私奉献的精神[2]"


def test_only_what_was_said_is_shown() -> None:
    """While an answer is being said, later sentences and their sources wait."""
    speaking = replace(LISTED, phase="speaking", said=1)
    assert "二是" not in Seen(sendable(talk([speaking]))).text()
    assert [one.n for one in speaking.citations()] == [1]


def test_marks_name_their_source() -> None:
    """A mark is a button whose name a screen reader can say."""
    marks = [attributes for tag, attributes in Seen(sendable(talk([LISTED]))).tags if attributes.get("class") == "mark"]
    assert [(one["aria-label"], one["data-cite"]) for one in marks] == [
        ("出处1：《在会上的讲话》第三部分,第21段", "1"), ("出处2：《在会上的讲话》第三部分,第21段", "2")]


def test_a_list_says_whether_it_is_whole() -> None:
    """The number of items that the source states is named, and a shortfall with both numbers."""
    short = replace(LISTED, answer=replace(LIST, coverage=Coverage(4, 2)))
    assert "原文共2项，已列全" in Seen(sendable(talk([LISTED]))).text("after")
    assert "原文共4项，只找到2项" in Seen(sendable(talk([short]))).text("warn")


def test_an_answer_names_the_speeches_it_is_from() -> None:
    """Each once, leading to its first quote; beyond three the rest are counted. A refusal is from nowhere."""
    assert Seen(sendable(talk([LISTED]))).text("from") == "出自《在会上的讲话》"
    many = [citation(n, "甲", "甲。", 0, speech=f"讲话{n}") for n in range(1, 6)]
    found = answer("甲。", [Sentence("甲。", (1, 2, 3, 4, 5))], many)
    drawn = Seen(sendable(talk([Exchange(1, "问", phase="done", answer=found, said=1)])))
    assert drawn.text("from") == "出自《讲话1》《讲话2》《讲话3》等5篇"
    assert "from" not in {attributes.get("class") for _, attributes in Seen(sendable(talk([REFUSED]))).tags}


def test_a_doubtful_answer_asks_to_be_checked_where_it_is_seen() -> None:
    """The phrase alone is told from the rest; words of a source never are."""
    doubt = PHRASES["doubtful"]
    found = answer(f"甲。[1]\n{doubt}", [Sentence("甲。", (1,)), Sentence(doubt)], [citation(1, "甲。", "甲。", 0)])
    drawn = Seen(sendable(talk([Exchange(1, "问", phase="done", answer=found, said=2)])))
    assert drawn.text("doubtful") == doubt and drawn.text("line") == f"甲。[1]{doubt}"


def test_a_refusal_is_told_from_an_answer() -> None:
    """It stands in a box of its own, and the passages near it are named as no answer, none of them highlighted."""
    assert "不是答案" in Seen(sendable(talk([REFUSED]))).text("refusal")
    cards = Seen(sendable(sources(REFUSED)))
    assert cards.text("not") == "不是答案"
    assert "mark" not in {tag for tag, _ in cards.tags}


def test_before_the_first_question_examples_can_be_pressed() -> None:
    """The greeting offers the questions it was given."""
    buttons = [attributes["data-ask"] for tag, attributes in Seen(sendable(welcome(["甲?", "乙?"]))).tags if "data-ask" in attributes]
    assert buttons == ["甲?", "乙?"]


def test_what_a_model_wrote_is_told_and_its_draft_stands_behind_a_fold() -> None:
    """Which model, what was not taken and why; escaped like everything else."""
    told = {"model": "<b>", "first": 0.2, "notices": ["模型写的有1句没有采用。"], "draft": "",
            "sentences": [{"draft": "<i>增长99%。", "state": "dropped", "why": "原文没有"}]}
    found = replace(answer("粮食。", [Sentence("粮食。")], []), mode="llm", explain={"writer": told})
    drawn = str(talk([Exchange(1, "问", phase="done", answer=found, said=1)]))
    assert "由语言模型&lt;b&gt;写成（0.2秒出第一个字）" in drawn and "有1句没有采用" in drawn
    assert drawn.count('"writer-note"') == drawn.count('"writer-note warn"') == 1
    assert "<details" in drawn and "&lt;i&gt;增长99%。" in drawn and "<i>" not in drawn
