"""Follow-ups that point into the last answer."""

import pytest

from rag.answer import within
from rag.answer.draft import Draft
from rag.answer.facts import Facts
from rag.answer.followup import Turn, read
from rag.answer.lists import Lists
from rag.answer.question import understand
from tests.small import LIBRARY, SYNONYMS, asked, evidence_of, ranked

EVIDENCE = evidence_of(LIBRARY)
LIST = (
    Turn("user", "四种作风是哪四种?"),
    Turn("assistant", "- 一是求实的作风[1]\n- 二是细致的作风[2]\n- 三是守时的作风[3]\n- 四是节俭的作风[4]"),
)
ITEM = (Turn("user", "四种作风的第二种是什么?"), Turn("assistant", "二是细致的作风[1]"))
PART = (Turn("user", "四种作风里头一种是什么"), Turn("assistant", "一是要有求实的作风"))
FIGURE = (Turn("user", "生产总值完成多少?"), Turn("assistant", "全县生产总值完成236.5亿元[1]"))


def inside(wording: str, history: tuple[Turn, ...]) -> Draft | None:
    """The draft inside the last answer."""
    follow = read(wording, history, SYNONYMS)
    assert follow is not None
    question = understand(wording, follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(EVIDENCE, asked(f"{follow.anchor} {follow.said}"))
    return within.draft(question, follow, anchor, EVIDENCE, Facts(EVIDENCE), Lists(EVIDENCE))


@pytest.mark.parametrize(("wording", "history", "told"), [
    ("第三种展开讲讲", LIST, "三是守时的作风。会议从不迟到。"),
    ("第一种呢", LIST, "一是求实的作风。不说空话。"),
    ("最后一种是什么", LIST, "四是节俭的作风。"),
    ("下一种呢", ITEM, "三是守时的作风。会议从不迟到。"),
    ("这种作风要怎么做", ITEM, "二是细致的作风。材料要反复核对。"),
    ("后一种是怎么说的", PART, "四是节俭的作风。"),
    ("倒数第二种呢", PART, "三是守时的作风。会议从不迟到。"),
])
def test_an_item_of_the_last_list_is_told_at_length(wording: str, history: tuple[Turn, ...], told: str) -> None:
    """By its number, as the last or the next, or as the one that the last answer named."""
    draft = inside(wording, history)
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == [told]
    assert draft.pieces[0].quotes[0].text == told


def test_several_items_are_told_by_their_names() -> None:
    """In the order in which they are asked for; also of a list that the last answer only announced."""
    announced = (Turn("user", "做好工作要做到什么"), Turn("assistant", "做好工作,要养成四种作风:[1]"))
    for history in (LIST, announced):
        draft = inside("第四种和第二种分别是啥", history)
        assert draft is not None
        assert [piece.text for piece in draft.pieces] == ["四是节俭的作风", "二是细致的作风"]


@pytest.mark.parametrize("wording", ["第九种是什么", "第十二种呢"])
def test_an_item_that_the_list_does_not_have_is_not_told(wording: str) -> None:
    """Four items have no ninth."""
    assert inside(wording, LIST) is None


def test_a_figure_is_looked_for_where_the_last_one_was() -> None:
    """那增长多少 is the growth of what was just asked."""
    draft = inside("那增长多少?", FIGURE)
    assert draft is not None
    assert draft.pieces[0].text == "全县生产总值完成236.5亿元,增长7.2%"


def test_what_was_answered_is_not_told_again_for_another_time() -> None:
    """明年要完成多少 asks for another figure than the one just told, or for none of this place."""
    draft = inside("明年要完成多少", FIGURE)
    assert draft is None or "236.5" not in draft.pieces[0].text


def test_what_came_from_no_list_has_no_second_item() -> None:
    """Where the last answer names none of the list's items, an ordinal does not point into that list."""
    assert inside("第二种呢", (LIST[0], Turn("assistant", "甲事办好了[1]"))) is None


def test_without_evidence_of_the_last_turn_nothing_is_told() -> None:
    """Nothing was found before, so nothing is pointed at."""
    follow = read("第三种呢", LIST, SYNONYMS)
    assert follow is not None
    question = understand("第三种呢", follow.wording, SYNONYMS)
    assert within.draft(question, follow, (), EVIDENCE, Facts(EVIDENCE), Lists(EVIDENCE)) is None


def test_a_figure_of_another_year_is_not_taken_from_the_last_section() -> None:
    """今年要到多少家 is not answered by what the section tells of the year before."""
    texts = {"报告.txt": "2031年鹿鸣县工作报告\n(2031年2月1日)\n同志们:\n2030年,规上企业增至88家,高新企业310家。\n谢谢大家。\n"}
    evidence = evidence_of(texts)
    history = (Turn("user", "规上企业去年有多少家"), Turn("assistant", "规上企业增至88家[1]"))
    follow = read("今年要到多少家", history, SYNONYMS)
    assert follow is not None
    question = understand("今年要到多少家", follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    assert within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence)) is None


def test_what_is_asked_of_an_item_is_told_of_it() -> None:
    """The second of the kinds, and of it what the follow-up asks, not its first sentence."""
    draft = inside("第二种里说什么材料要核对", LIST)
    assert draft is not None
    assert "材料要反复核对" in draft.pieces[0].text


OFFICE = (
    "在青溪县办公室会议上的讲话\n同志们:\n一、公开要牢记“三个必须”\n"
    "第一,凡是与群众有关的,必须公开;第二,凡是要人人遵守的,必须公开;第三,必须取得实际效果。同志们一定要真抓实抓,务必公开到位。\n"
    "二、干部要增强四种本领\n一是要提高文字写作本领。多读多写。\n二是要提高调查研究本领。要到乡镇去,多看多问,提高看问题的深度。\n"
    "三是要提高组织协调本领。\n三、要处理两个关系\n一是继承与创新的关系。要学新办法。\n二是长远与当前的关系。长远目标是透明。\n谢谢大家。\n"
)


@pytest.mark.parametrize(("before", "said", "wording", "told"), [
    ("公开“三个必须”第一条是啥", "凡是与群众有关的,必须公开。", "最后一条是什么", "第三,必须取得实际效果。"),
    ("要增强哪四种本领", "文字写作本领、调查研究本领、组织协调本领。", "第二个怎么提高", "二是要提高调查研究本领。要到乡镇去"),
    ("要处理哪两个关系", "继承与创新、长远与当前", "第二个关系里说的长远目标是什么", "二是长远与当前的关系。长远目标是透明。"),
])
def test_an_item_is_told_by_itself(before: str, said: str, wording: str, told: str) -> None:
    """Not another sentence of it that has a word of the last question; also where the last answer named its items more shortly."""
    evidence = evidence_of({"办公室.txt": OFFICE})
    follow = read(wording, (Turn("user", before), Turn("assistant", f"{said}[1]")), SYNONYMS)
    assert follow is not None
    question = understand(wording, follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    draft = within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence))
    assert draft is not None
    assert draft.pieces[0].text.startswith(told)


ENERGY = (
    "在青溪县经济会议上的讲话\n(2023年3月5日)\n同志们:\n"
    "六大行业耗能152.6万吨标煤,占全县的86.4%,比上年提高8.1个百分点;增长29.3%。各项贷款增长24.2%,降耗压力大。\n"
    "财政收入14.3亿元,工业用电增长6%。拟发行国债600万元,比上年减少200万元。\n"
    "要加强与投资方的衔接,创新思路解决审批、征地问题,让项目落地。\n谢谢大家!\n"
)


@pytest.mark.parametrize(("before", "said", "wording", "told"), [
    ("六大行业耗能多少", "六大行业耗能152.6万吨标煤。", "那增加了多少?", "增长29.3%"),
    ("六大行业耗能多少", "六大行业耗能152.6万吨标煤。", "增速呢", "增长29.3%"),
    ("六大行业耗能多少", "六大行业耗能152.6万吨标煤。", "比上年增长多少", "增长29.3%"),
    ("六大行业耗能多少", "六大行业耗能152.6万吨标煤。", "同比增速是多少", "增长29.3%"),
    ("六大行业耗能多少", "六大行业耗能152.6万吨标煤。", "占比呢", "占全县的86.4%"),
    ("国债发行多少", "拟发行国债600万元", "比上一年少了多少", "比上年减少200万元"),
])
def test_growth_and_share_are_those_of_the_figure_told(before: str, said: str, wording: str, told: str) -> None:
    """In the same sentence, after the figure, not those of a neighbour that says 增长 as well."""
    draft = _in_energy(before, said, wording)
    assert draft is not None and draft.pieces[0].text.endswith(told)


def test_growth_of_another_measure_is_not_that_of_the_figure_told() -> None:
    """After 财政收入14.3亿元 the growth of 工业用电 is not told for it."""
    draft = _in_energy("财政收入多少", "财政收入14.3亿元", "那增加了多少")
    assert draft is None or draft.how != "beside the figure told"


def _in_energy(before: str, said: str, wording: str) -> Draft | None:
    evidence = evidence_of({"经济.txt": ENERGY})
    follow = read(wording, (Turn("user", before), Turn("assistant", f"{said}[1]")), SYNONYMS)
    assert follow is not None
    question = understand(wording, follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    return within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence))


def test_what_the_last_section_carries_is_told_of_it() -> None:
    """审批、征地问题卡住了怎么办 is answered by the sentence on 审批、征地, though no text says 卡住; who is asked for is not guessed."""
    evidence = evidence_of({"经济.txt": ENERGY})
    anchor = ranked(evidence, asked("项目怎么落地 让项目落地"))
    draft = within.there(asked("审批、征地问题卡住了怎么办"), anchor, evidence)
    assert draft is not None and draft.pieces[0].text.startswith("要加强与投资方的衔接")
    assert within.there(asked("审批、征地由谁解决"), anchor, evidence) is None
    assert within.there(asked("天气不好怎么办"), anchor, evidence) is None


TASKS = (
    "在青溪县重点工作会议上的讲话\n(2023年3月5日)\n同志们:\n"
    "要大力发展服务业。由县发展和改革局牵头,尽快制定全县服务业发展意见,提交县政府研究。\n"
    "要抓好招商。由县商务局牵头,制定招商办法。各级领导要切实负责,抓好各项工作。\n谢谢大家!\n"
)


def test_who_is_to_do_what_was_told_stands_beside_it() -> None:
    """这项工作由谁负责 is told in the paragraph of the last answer, not where 负责 and 工作 stand."""
    evidence = evidence_of({"工作.txt": TASKS})
    follow = read("这项工作由谁负责", (Turn("user", "服务业要出台什么"), Turn("assistant", "制定全县服务业发展意见[1]")), SYNONYMS)
    assert follow is not None
    question = understand("这项工作由谁负责", follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    draft = within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence))
    assert draft is not None and "县发展和改革局牵头" in draft.pieces[0].text


HEADED = (
    "青溪县智能制造标准指南\n\n三、体系\n\n体系包括“基础标准”、“关键标准”和“应用标准”三个部分。\n\n"
    "（一）基础标准\n\n基础标准用于统一概念。\n\n1、通用标准\n\n包括术语。\n\n2、检测标准\n\n包括检测。\n\n"
    "（二）关键标准\n\n关键标准用于解决联通问题。\n\n（三）应用标准\n\n应用标准用于车间。\n"
)


@pytest.mark.parametrize(("wording", "told"), [
    ("头一块下面又分哪些", ["1、通用标准", "2、检测标准"]),
    ("第二块展开讲讲", ["（二）关键标准", "关键标准用于解决联通问题。"]),
])
def test_an_item_that_is_a_heading_alone_is_told_by_what_stands_below_it(wording: str, told: list[str]) -> None:
    """Its own list where a list is asked for, else the paragraph below."""
    evidence = evidence_of({"指南.txt": HEADED})
    history = (Turn("user", "体系分哪三块"), Turn("assistant", "“基础标准”、“关键标准”和“应用标准”三个部分。[1]"))
    follow = read(wording, history, SYNONYMS)
    assert follow is not None
    question = understand(wording, follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    draft = within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence))
    assert draft is not None and [piece.text for piece in draft.pieces] == told


@pytest.mark.parametrize(("before", "said", "told"), [
    ("服务业怎么发展", "要大力发展服务业。", "由县发展和改革局牵头,尽快制定全县服务业发展意见,提交县政府研究。"),
    ("服务业意见谁制定", "由县发展和改革局牵头,尽快制定全县服务业发展意见,提交县政府研究。", "要抓好招商。由县商务局牵头,"),
])
def test_what_more_there_is_follows_what_was_told(before: str, said: str, told: str) -> None:
    """还有呢, where no list was told: the rest of the paragraph, or the next."""
    evidence = evidence_of({"工作.txt": TASKS})
    follow = read("还有呢", (Turn("user", before), Turn("assistant", f"{said}[1]")), SYNONYMS)
    assert follow is not None
    question = understand("还有呢", follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    draft = within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence))
    assert draft is not None and draft.pieces[0].text.startswith(told)


def test_what_is_asked_of_another_place_is_not_told_in_the_last_section() -> None:
    """山西呢 after a question about 重庆 is no question about where 山西 stands beside it."""
    text = "在工作会议上的讲话\n(2023年3月5日)\n同志们:\n重庆生产总值增长6%。支援山西建设。\n谢谢大家!\n"
    evidence = evidence_of({"工作.txt": text})
    follow = read("山西呢", (Turn("user", "重庆生产总值增长目标"), Turn("assistant", "重庆生产总值增长6%[1]")), SYNONYMS)
    assert follow is not None
    question = understand("山西呢", follow.wording, SYNONYMS, kind=follow.kind)
    anchor = ranked(evidence, asked(f"{follow.anchor} {follow.said}"))
    assert within.draft(question, follow, anchor, evidence, Facts(evidence), Lists(evidence)) is None
