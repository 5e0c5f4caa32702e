"""When the evidence is not enough, and what is said to be missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.kinds import kind_of
from rag.answer.phrases import PHRASES, is_phrase, phrase
from rag.answer.refusal import Verdict, judge
from rag.answer.trust import LEAST, Signs, trust
from tests.drafts import drafts
from tests.small import LIBRARY, SYNONYMS, asked, evidence_of, ranked, statements_of

EVIDENCE = evidence_of(LIBRARY)


def verdict(wording: str) -> Verdict:
    """The verdict on the best statement of the library."""
    question = asked(wording)
    best = ranked(EVIDENCE, question)[0]
    return judge(question, best.coverage >= LEAST, best.statement, EVIDENCE, SYNONYMS)


@pytest.mark.parametrize("wording", [
    "值班人员能不能擅自离开", "什么是值班制度", "粮食总产量达到多少", "去年生产总值完成多少", "白桦市的粮食总产量", "会议地点在哪里",
])
def test_what_the_library_tells_is_answered(wording: str) -> None:
    """The words asked stand in the evidence."""
    assert verdict(wording) == Verdict(True)


@pytest.mark.parametrize(("wording", "reason", "missing"), [
    ("上海的粮食总产量", phrase("missing", words="上海"), ("上海",)),
    ("2019年粮食总产量多少", phrase("missing_time", words="2019年"), ("2019年",)),
    ("四季度粮食总产量多少", phrase("missing_time", words="四季度"), ("四季度",)),
    ("二十大报告讲了什么", phrase("missing", words="二十大"), ("二十大",)),
    ("量子产量是多少", phrase("missing_figure", words="量子"), ("量子",)),
    ("火星基地", phrase("missing", words="火星、基地"), ("火星", "基地")),
])
def test_what_is_missing_is_named(wording: str, reason: str, missing: tuple[str, ...]) -> None:
    """A place, a year, a quarter, a congress, a measure, or words: refused in the fixed phrase that names them."""
    assert verdict(wording) == Verdict(False, reason, missing)


def test_a_person_is_not_told_where_nobody_is_named() -> None:
    """Who is asked and the evidence names no one: plainly refused."""
    question = asked("值班时是谁反复核对材料")
    statement = next(one for one in statements_of(EVIDENCE) if one.place.text == "材料要反复核对。")
    assert judge(question, True, statement, EVIDENCE, SYNONYMS) == Verdict(False, PHRASES["refused"])


@pytest.mark.parametrize(("wording", "quote"), [
    ("县里受表彰的都有谁", "会上表彰了一批先进个人。"), ("先进个人是哪几位,给个名单", "会上表彰了一批先进个人。"),
    ("县长叫什么名字", "各位县长都到会。"), ("县长叫什么名字", "县长热线要通过高水平的服务树立形象。"),
    ("受表彰的先进个人都有谁", "向受表彰的先进个人表示热烈的祝贺。"), ("表彰会在哪个城市开", "表彰会开得很好。"),
])
def test_a_name_or_a_place_is_not_told_where_none_stands(wording: str, quote: str) -> None:
    """However much else the sentence carries."""
    evidence = evidence_of({"表彰.txt": "关于表彰\n会上表彰了一批先进个人。\n各位县长都到会。\n表彰会开得很好。\n"
                            "县长热线要通过高水平的服务树立形象。\n向受表彰的先进个人表示热烈的祝贺。\n"})
    statement = next(one for one in statements_of(evidence) if one.place.text == quote)
    assert judge(asked(wording), True, statement, evidence, SYNONYMS).reason == PHRASES["refused"]


def test_where_to_go_may_be_told_by_the_name_of_a_platform() -> None:
    """Only a town, a county or a country that is asked for must be named."""
    evidence = evidence_of({"办事.txt": "办事指南\n审批事项通过在线审批系统提交。\n"})
    statement = next(one for one in statements_of(evidence) if one.place.text.startswith("审批"))
    assert judge(asked("审批事项在哪里提交"), True, statement, evidence, SYNONYMS) == Verdict(True)


def test_one_character_of_a_word_mistyped_is_no_measure() -> None:
    """贫困发生律: what its last character would name is not looked for."""
    evidence = evidence_of({"脱贫.txt": "脱贫纪要\n全县贫困发生率下降到百分之四以下。\n"})
    statement = next(one for one in statements_of(evidence) if one.place.text.startswith("全县"))
    assert judge(asked("全县贫困发生律降到了多少"), True, statement, evidence, SYNONYMS) == Verdict(True)


@pytest.mark.parametrize(("wording", "enough"), [
    ("全县一共消耗了多少标煤", True), ("全县一共消耗了多少柴油", False), ("全县消耗多少", False),
])
def test_a_measure_may_be_told_by_what_it_counts(wording: str, enough: bool) -> None:
    """消耗多少标煤: a number of 标煤 tells it, whatever the library calls the measure; a number of something else does not."""
    evidence = evidence_of({"能源.txt": "能源纪要\n全县能源使用量达到176.7万吨标煤。\n"})
    statement = next(one for one in statements_of(evidence) if one.place.text.startswith("全县"))
    assert judge(asked(wording), True, statement, evidence, SYNONYMS).enough is enough


@pytest.mark.parametrize(("wording", "enough"), [
    ("集采谈判的医用耗材有几种", True), ("集采谈判的医用耗材有几家", False), ("集采谈判的医用仪器有几种", False),
])
def test_a_measure_may_be_told_by_what_stands_before_how_many(wording: str, enough: bool) -> None:
    """耗材有几种: 26种医用耗材 tells it, in its own unit, whatever is told of them."""
    evidence = evidence_of({"医药.txt": "医药纪要\n580种药品和26种医用耗材价格大幅降低。\n"})
    statement = next(one for one in statements_of(evidence) if one.place.text.startswith("580"))
    assert judge(asked(wording), True, statement, evidence, SYNONYMS).enough is enough


def test_the_country_is_named_where_both_sides_are_told() -> None:
    """城乡 with two figures tells of the country; with one it tells of both together."""
    evidence = evidence_of({"低保.txt": "低保纪要\n城乡低保提高到740元/月和485元/月。\n城乡医保提高到80元。\n"})
    both, one = [each for each in statements_of(evidence) if each.place.text.startswith("城乡")]
    assert judge(asked("农村低保多少"), True, both, evidence, SYNONYMS) == Verdict(True)
    assert judge(asked("农村医保多少"), True, one, evidence, SYNONYMS).missing == ("农村",)


def test_without_evidence_everything_is_refused() -> None:
    """No statement at all."""
    assert judge(asked("粮食总产量"), False, None, EVIDENCE, SYNONYMS) == Verdict(False, PHRASES["refused"])


def test_what_is_missing_is_named_as_it_was_typed() -> None:
    """A traditional question is answered in its own characters."""
    assert verdict("上海的糧食總產量").missing == ("上海",)
    question = asked("臺灣的糧食總產量")
    assert judge(question, True, ranked(EVIDENCE, question)[0].statement, EVIDENCE, SYNONYMS).missing == ("臺灣",)


def test_every_kind_has_its_least() -> None:
    """No kind of question is answered from nothing."""
    assert all(trust(kind_of(wording), Signs(0.0, 0.0, 0.0, 0.0, 0.0, 4)) < LEAST for wording in ("多少", "谁", "为什么", "粮食"))


@given(drafts(8), st.booleans())
def test_every_refusal_is_a_fixed_phrase(wording: str, believed: bool) -> None:
    """Whatever is asked, the reason is one of the product's own phrases, and nothing is missing where it is enough."""
    question = asked(wording)
    for statement in (None, ranked(EVIDENCE, question)[0].statement):
        found = judge(question, believed, statement, EVIDENCE, SYNONYMS)
        assert found == Verdict(True) or (found.reason is not None and is_phrase(found.reason))


def test_a_year_is_missing_where_nothing_dates_the_speech() -> None:
    """A report that bears no year answers no question for the figure of one year."""
    undated = evidence_of({"报告.txt": "云岭县工作报告\n同志们:\n一季度,全县生产总值完成36亿元。\n"})
    question = asked("2021年全县生产总值多少")
    best = ranked(undated, question)[0]
    assert judge(question, best.coverage >= LEAST, best.statement, undated, SYNONYMS) == Verdict(
        False, phrase("missing_time", words="2021年"), ("2021年",)
    )


def test_a_list_of_firms_is_no_list_of_names() -> None:
    """名单内的企业 asks for no names; 名单发我 does."""
    evidence = evidence_of({"金融.txt": "关于金融支持的通知\n各单位:\n对名单内的企业要优先发放贷款、减免手续费、延长还款期限。\n"})

    def enough(wording: str) -> bool:
        question = asked(wording)
        return judge(question, True, ranked(evidence, question)[0].statement, evidence, SYNONYMS).enough

    assert enough("对名单内的企业给予哪些支持")
    assert not enough("优先发放贷款的企业都有哪些人,名单发我")


def test_next_year_is_missing_where_nothing_tells_of_it() -> None:
    """In a speech without a date a figure is not next year's unless it says so."""
    evidence = evidence_of({"水利.txt": "在水利会议上的讲话\n同志们:\n一季度水渠投资完成236万元。\n谢谢大家。\n"})
    question = asked("明年水渠投资多少")
    found = judge(question, True, ranked(evidence, question)[0].statement, evidence, SYNONYMS)
    assert found.reason == phrase("missing_time", words="明年")


def test_a_day_is_told_by_a_day() -> None:
    """今年 tells when, but not 几号."""
    evidence = evidence_of({"茶叶.txt": "在茶叶会议上的讲话\n同志们:\n今年茶叶展销会签约12个项目。\n谢谢大家。\n"})

    def enough(wording: str) -> bool:
        question = asked(wording)
        return judge(question, True, ranked(evidence, question)[0].statement, evidence, SYNONYMS).enough

    assert enough("茶叶展销会什么时候签约的") and not enough("茶叶展销会几号签约的")
