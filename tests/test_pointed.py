"""The items of an answer that no outline holds."""

import pytest

from rag.answer.answerer import Answerer
from rag.answer.followup import Turn
from rag.answer.pointed import parts
from rag.search.encoder import Encoder
from tests.small import answerer_of

SPEECH = (
    "在青溪县作风会议上的讲话\n同志们:\n"
    "大家必须牢记，守信用是办好集市的立足之本，讲卫生是留住客人的立足之本，肯吃苦是办成事情的立足之本，懂算账是不赔本的立足之本。\n"
    "更加注重节水。修好老渠，少用井水。更加注重护林。冬天巡山，春天补种。更加注重修路。先修桥，后修路。\n"
    "谢谢大家！\n"
)


@pytest.fixture
def answerer(model: Encoder) -> Answerer:
    """The speech, opened with the real model."""
    return answerer_of(model, {"作风.txt": SPEECH})


@pytest.mark.parametrize(("text", "number", "found"), [
    ("要做到情况明、数字准、责任清。", None, ["要做到情况明", "数字准", "责任清"]),
    ("包括种植、养殖和加工。", 3, ["包括种植", "养殖", "加工"]),
    ("办成“米市”、“布市”，“牛市”。", 3, ["“米市”", "“布市”", "“牛市”"]),
    ("一要快；二要准；三要稳。", 3, ["一要快", "二要准", "三要稳"]),
    ("请记住，甲是立足之本，乙是立足之本，丙是立足之本。", 3, ["甲是立足之本", "乙是立足之本", "丙是立足之本"]),
    ("要修桥。", None, []),
    ("要修桥、铺路。", 3, []),
])
def test_the_parts_of_a_sentence_are_those_that_stand_side_by_side(text: str, number: int | None, found: list[str]) -> None:
    """By 、, by quotation marks, by clauses; as many as asked, or none."""
    assert [text[slice(*span)] for span in parts(text, (0, len(text)), number)] == found


def test_of_two_runs_the_one_that_the_question_names_is_meant() -> None:
    """Four trials and four dangers in one sentence: 四种危险 means the dangers; what ends alike goes before clauses."""
    text = "要记住，旱的考验、涝的考验、风的考验、雪的考验还在，懒的危险、散的危险、贪的危险、浮的危险还在。"
    found = parts(text, (0, len(text)), 4, ["二十大", "危险"])
    assert [text[slice(*span)] for span in found] == ["懒的危险", "散的危险", "贪的危险", "浮的危险还在"]
    text = "按照要求，吃透上情、掌握下情、熟悉民情，开发信息，反映情况，提供依据。"
    assert [text[slice(*span)] for span in parts(text, (0, len(text)), None)] == ["吃透上情", "掌握下情", "熟悉民情"]


@pytest.mark.parametrize(("question", "told"), [
    ("那第三个呢", "肯吃苦是办成事情的立足之本"),
    ("最后一个呢", "懂算账是不赔本的立足之本"),
    ("第九个呢", None),
])
def test_a_part_of_the_last_answers_sentence_is_told(answerer: Answerer, question: str, told: str | None) -> None:
    """The third of the parts that the last answer told in one sentence, not the sentence again."""
    first = "四个立足之本是什么"
    said = answerer.answer(first)
    assert len(said.citations) == 1
    answer = answerer.answer(question, [Turn("user", first), Turn("assistant", said.answer)])
    assert [cited.quote for cited in answer.citations] == [told] if told else told not in [cited.quote for cited in answer.citations]


def test_a_line_of_the_last_answer_is_told_at_length(answerer: Answerer) -> None:
    """Items that were sentences of one paragraph are shown with what follows them."""
    first = "要更加注重哪三点"
    said = answerer.answer(first)
    assert len(said.citations) == 3
    answer = answerer.answer("第二点呢", [Turn("user", first), Turn("assistant", said.answer)])
    assert answer.citations[0].quote.startswith("更加注重护林。冬天巡山")
