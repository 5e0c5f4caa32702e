"""Parts that stand side by side without the outline's marks."""

import pytest

from rag.answer.draft import Draft
from rag.answer.lists import Lists
from rag.answer.parallels import side_by_side
from tests.small import asked, evidence_of, ranked


def shown(draft: Draft) -> list[str]:
    """What the draft shows, piece by piece."""
    return [piece.text for piece in draft.pieces]


@pytest.mark.parametrize(("sentence", "parts"), [
    ("要坚持情况明、数字准、责任清", 3),
    ("“快”“准”“稳”", 3),
    ("第一段说得很清楚;第二段说得很清楚", 2),
    ("没有并列的话就只有一句", 1),
    ("职能主要是统筹规划,掌握政策,组织协调,检查监督", 4),
    ("面对风浪,迎难而上,稳住大局,开创新篇", 1),
    ("", 0),
])
def test_parts_side_by_side_are_counted(sentence: str, parts: int) -> None:
    """By 、, by quotation marks, or by ；."""
    assert side_by_side(sentence) == parts


def test_a_heading_is_no_list_without_what_follows_it() -> None:
    """Where the best sentence only names the topic, the sentences after it are shown with it."""
    evidence = evidence_of({"职能.txt": "云岭市改革讲话\n同志们:\n四是加快政府职能的转变。政府要多管规划。政府也要多做服务。\n"})
    found = Lists(evidence).draft(asked("政府职能转变有哪些"), ranked(evidence, asked("政府职能转变有哪些")))
    assert found is not None
    assert shown(found) == ["四是加快政府职能的转变。政府要多管规划。政府也要多做服务。"]


def test_sentences_that_a_sentence_counts_are_the_list() -> None:
    """实施“三大行动”, and the three sentences after it that name one each, whatever stands between them."""
    evidence = evidence_of({
        "城建.txt": "云岭市城建讲话\n同志们:\n要实施城建“三大行动”。实施道路行动,修路九条。年内动工。"
        "实施管网行动,换管百里。实施绿化行动,种树万棵。\n"
    })
    found = Lists(evidence).draft(asked("城建三大行动是哪三个"), ranked(evidence, asked("城建三大行动是哪三个")))
    assert found is not None
    assert shown(found) == ["实施道路行动,修路九条", "实施管网行动,换管百里", "实施绿化行动,种树万棵"]


STEPS = (
    "在青溪县水利会议上的讲话\n同志们:\n治水可以分两个阶段来安排。\n第一个阶段,从今年到明年,修好水库。还要修渠。\n第二个阶段,到后年,全部通水。\n"
    "要防范精神懈怠危险、能力不足危险、脱离群众危险。面临的考验是长期的、复杂的、严峻的、多样的、多变的。\n"
    "县里打三场攻坚战,一场一场见效。成立专班。聚焦封关,项目竣工。聚焦投资,清单实施。聚焦旅游,客人翻番。\n"
)


@pytest.mark.parametrize(("wording", "answer"), [
    ("治水安排哪两个阶段", ["第一个阶段,从今年到明年,修好水库", "第二个阶段,到后年,全部通水"]),
    ("三种危险是哪三种", ["要防范精神懈怠危险、能力不足危险、脱离群众危险。"]),
])
def test_parts_that_are_counted_are_the_list(wording: str, answer: list[str]) -> None:
    """Paragraphs that a sentence counts before they come; of runs side by side the one with as many parts as are asked."""
    evidence = evidence_of({"水利.txt": STEPS})
    draft = Lists(evidence).draft(asked(wording), ranked(evidence, asked(wording)))
    assert draft is not None
    assert shown(draft) == answer
