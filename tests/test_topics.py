"""Speeches named by what they are about."""

import pytest

from rag.answer.topics import mixed, pair, references, sides, without


@pytest.mark.parametrize(("wording", "topics"), [
    ("办公室那篇怎么说", ["办公室"]),
    ("保密这件事,办公室那篇和政务公开那篇说法有啥不同", ["办公室", "政务公开"]),
    ("安全生产方面,建设厅那个讲话和经济工作那次会议各部署了啥", ["建设厅", "经济工作"]),
    ("怎么把政务公开那次会精神落实好", ["政务公开"]),
    ("隐瞒了什么(一大北京那份报告)", ["一大北京"]),
    ("怎么降成本,科技部门那份场景创新意见里的办法", ["科技部门那份场景创新意见"]),
    ("海州那个造船行动计划,要求多少", ["海州那个造船行动计划"]),
    ("青溪那份工业互联网措施管到哪天", ["青溪那份工业互联网措施"]),
    ("2023年那份报告讲了什么", []),
    ("那个讲话讲了什么", []),
    ("那件事怎么办", []),
    ("", []),
])
def test_a_topic_before_that_one_names_a_speech(wording: str, topics: list[str]) -> None:
    """What stands before 那篇, 那份, 那个讲话; a year alone is no topic, and without one nothing is named."""
    found = references(wording)
    assert [one.topic for one in found] == topics
    assert all(wording[one.start : one.start + len(one.topic)] == one.topic for one in found)


def test_the_rest_of_the_question_is_asked() -> None:
    """Without the words that name the speeches."""
    wording = "办公室那篇,保密怎么讲"
    assert without(wording, references(wording)) == "保密怎么讲"


@pytest.mark.parametrize(("wording", "asked"), [
    ("保密,办公室那篇和政务公开那篇有啥不同", ["保密,有啥不同", "保密,有啥不同"]),
    ("企业目标,创新那份到2025年和科技那份到2027年各是多少", ["企业目标,到2025年各是多少", "企业目标,到2027年各是多少"]),
])
def test_each_speech_is_asked_what_is_asked_of_both_and_its_own(wording: str, asked: list[str]) -> None:
    """What stands before and behind both holds for both; what stands by one for that one alone."""
    assert sides(wording, references(wording)) == asked


@pytest.mark.parametrize(("wording", "topics"), [
    ("水利大会致辞和林业大会致辞,各宣布了哪些措施", ["水利大会致辞", "林业大会致辞"]),
    ("粮食产量:2024年春节座谈会和年底茶话会分别怎么讲的", ["2024年春节座谈会", "年底茶话会"]),
    ("两篇讲话(水利的和林业的)各有什么不足", ["水利", "林业"]),
    ("水库问题,青溪林业会晤和里约g20上的表态各是什么", ["青溪林业会晤", "里约g20"]),
    ("共同富裕在八大和95年财政报告里的定位分别是", ["八大", "95年财政报告"]),
    ("控制会议,八大和95年财政报告各定到多少", ["八大", "95年财政报告"]),
    ("水利总结会和林业系统公开会,两个讲话里汛情怎么说的", ["水利总结会", "林业系统公开会"]),
    ("2006年报告和2010年报告差在哪", []),
    ("产业政策和财政政策各是什么", []),
    ("水利大会致辞和林业大会致辞都有谁参加", []),
    ("水利大会致辞讲了什么", []),
])
def test_two_speeches_side_by_side_are_named_by_their_occasions(wording: str, topics: list[str]) -> None:
    """Without 那篇: what they are called by, or in brackets; years alone, other things and what compares nothing name none."""
    assert [one.topic for one in pair(wording)] == topics


def test_brackets_that_name_two_speeches_leave_the_question() -> None:
    """两篇讲话(…) says nothing of what is asked."""
    wording = "两篇讲话(水利的和林业的)各有什么不足"
    assert sides(wording, pair(wording)) == ["各有什么不足", "各有什么不足"]


@pytest.mark.parametrize(("wording", "topics"), [
    ("造林面积,64年报告、十二大、93年报告分别是多少", ["64年报告", "十二大", "93年报告"]),
    ("十三大和1988年政府工作报告对林业的提法有什么不同", ["十三大", "1988年政府工作报告"]),
    ("十三大和十四大对林业的提法有什么不同", []),
    ("64年报告和93年报告的造林面积各是多少", []),
    ("十二大的会场和93年报告", []),
])
def test_speeches_in_a_row_may_be_named_by_year_and_by_congress(wording: str, topics: list[str]) -> None:
    """Each as it stands; where all are of one kind, or do not stand in a row, others know them."""
    assert [one.topic for one in mixed(wording)] == topics
    if topics:
        assert len(set(sides(wording, mixed(wording)))) == 1 and not any(topic in sides(wording, mixed(wording))[0] for topic in topics)
