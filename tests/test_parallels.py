"""Parts that stand side by side without the outline's marks."""

import pytest

from rag.answer.draft import Draft
from rag.answer.lists import Lists
from rag.answer.parallels import enumerates, side_by_side
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
    ("但仍存在对修渠认识不到位,水渠设计不足,修渠机会不多,修渠办法不完善等问题,要加强指导", 4),
    ("面对风浪,迎难而上,稳住大局,开创新篇", 1),
    ("", 0),
])
def test_parts_side_by_side_are_counted(sentence: str, parts: int) -> None:
    """By 、, by quotation marks, by ； or by clauses that 等问题 closes."""
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


ASKED = (
    "在鹿鸣县会议上的讲话\n同志们:\n要扩大消费,促进家电、农机、建材等消费,办好商贸、旅游、饮食等经济活动。发展夜市经济、假日经济、庭院经济。\n"
    "要全面增强本领。干部要本领高强。要增强学习本领,多读书。增强调研本领,多下乡。增强应急本领,防洪水、大火、地震、冰雹。\n"
    "会议讨论了《鹿鸣县值班意见(讨论稿)》和《鹿鸣县办文规程(讨论稿)》。对两个稿子大家提了许多建议。\n"
    "老县长号召全县:要讲理,不要骂人;要团结,不要分家;要公道,不要偏心。指出了干部必须遵守的三项原则。\n"
    "排水标准主要包括水管安全、水质安全、水压安全等三个部分。水质安全标准对取样、化验、记录以及设备、网络的安全标准作规定。\n"
    "同时加快乡村改造,共3项任务。分别是:1.改水。2.改厕。3.改路。改造乡村要讲任务、讲方法、讲时间。\n"
)


@pytest.mark.parametrize(("wording", "answer"), [
    ("扩大消费要发展哪几种经济", ["发展夜市经济、假日经济、庭院经济。"]),
    ("要增强哪些本领", ["要增强学习本领", "增强调研本领", "增强应急本领"]),
    ("会议讨论了哪两份稿子", ["会议讨论了《鹿鸣县值班意见(讨论稿)》和《鹿鸣县办文规程(讨论稿)》。"]),
    ("干部必须遵守的三项原则是什么", ["老县长号召全县:要讲理,不要骂人;要团结,不要分家;要公道,不要偏心。"]),
    ("排水的安全标准分哪几块", ["排水标准主要包括水管安全、水质安全、水压安全等三个部分。"]),
    ("加快乡村改造列了哪三项任务", ["1.改水", "2.改厕", "3.改路"]),
])
def test_the_sentence_that_tells_the_parts_is_the_list(wording: str, answer: list[str]) -> None:
    """Parts that bear the noun asked for, heads that end with it, titles, the parts beside what counts them, or what it announces."""
    evidence = evidence_of({"讲话.txt": ASKED})
    found = Lists(evidence).draft(asked(wording), ranked(evidence, asked(wording)))
    assert found is not None
    assert shown(found) == answer


@pytest.mark.parametrize(("wording", "against"), [("提高办文质量有什么要求", False), ("办文有什么特点", True), ("办文有哪些要求", True)])
def test_one_requirement_may_be_all_that_there_is(wording: str, against: bool) -> None:
    """有什么要求 is answered by a sentence that lists nothing as well; features, and 哪些, are several."""
    question = asked(wording)
    told = next(one for one in ranked(evidence_of({"办文.txt": "云岭市讲话\n同志们:\n提高办文质量要先核稿。\n谢谢大家。\n"}), question))
    assert "核稿" in told.statement.folded
    assert (enumerates(question, told.statement) < 0) is against


def test_parallel_phrases_have_a_character_in_common() -> None:
    """三个排比: …的性格、…的脚步、…的胸怀, rather than whatever stands side by side."""
    evidence = evidence_of({"牛.txt": "祝大家身体健康、工作顺利、牛年吉祥。\n黄牛有吃苦耐劳的性格、踏实肯干的脚步、不计得失的胸怀。\n"})
    question = asked("黄牛有怎样的品格,原话那三个排比")
    found = {one.statement.place.text[:1]: enumerates(question, one.statement) for one in ranked(evidence, question)}
    assert found["黄"] > found["祝"] > 0
