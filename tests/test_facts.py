"""Figures that answer: the asked one with its subject, never its neighbour."""

import pytest

from rag.answer.facts import Facts
from rag.answer.question import Question
from tests.small import LIBRARY, asked, evidence_of, statements_of

EVIDENCE = evidence_of(LIBRARY)
STATEMENTS = statements_of(EVIDENCE)
REPORT = (
    "云岭市工作报告\n(2024年2月1日)\n各位代表:\n"
    "一季度,全市固定资产投资52亿元,增长6.1%;二季度,固定资产投资61亿元,增长7.4%。\n"
    "贫困人口减少1.2万人,降到3.4万人。机动车保有量1，236.8万辆。\n"
    "二、2024年工作安排\n2024年,固定资产投资预期目标是300亿元。\n"
)
OTHER = evidence_of({"报告.txt": REPORT})


def shown(wording: str, *, other: bool = False) -> str:
    """The figure that answers."""
    evidence = OTHER if other else EVIDENCE
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None
    (piece,) = draft.pieces
    return piece.text


@pytest.mark.parametrize(("wording", "answer"), [
    ("生产总值完成多少", "全县生产总值完成236.5亿元"),
    ("规模以上工业总产值是多少", "规模以上工业总产值480.3亿元"),
    ("固定资产投资下降多少", "固定资产投资103亿元,下降2.4%"),
    ("粮食总产量达到多少万吨", "全市粮食总产量达到41.7万吨"),
    ("新建高标准农田多少亩", "新建高标准农田12.6万亩"),
])
def test_the_clause_with_the_asked_figure_answers(wording: str, answer: str) -> None:
    """From a sentence of seven figures the one that is asked for, with its subject."""
    assert shown(wording) == answer


@pytest.mark.parametrize(("wording", "ends"), [
    ("生产总值增长多少", "增长7.2%"),
    ("规模以上工业总产值增长多少", "增长9.1%"),
    ("规模以上工业增加值是多少", "增加值121亿元"),
    ("规模以上工业增加值增长多少", "增加值121亿元,增长8%"),
    ("规上工业增加值想增多少", "增加值121亿元,增长8%"),
])
def test_a_growth_belongs_to_the_nearest_subject_before_it(wording: str, ends: str) -> None:
    """Two measures of one segment, each with its own growth, are not mixed up."""
    assert shown(wording).endswith(ends)
    assert shown(wording).startswith(("全县生产总值", "规模以上工业"))


@pytest.mark.parametrize(("wording", "figure"), [
    ("一季度固定资产投资多少亿元", "52亿元"),
    ("二季度固定资产投资多少亿元", "61亿元"),
    ("二季度固定资产投资增长多少", "7.4%"),
    ("2024年固定资产投资目标是多少", "300亿元"),
    ("贫困人口降到多少人", "降到3.4万人"),
    ("机动车保有量是多少", "1，236.8万辆"),
])
def test_the_moment_the_plan_and_the_level_are_told_apart(wording: str, figure: str) -> None:
    """Quarter, target, and level against change; a number with a full-width comma stays whole."""
    assert shown(wording, other=True).endswith(figure)


def test_how_many_of_a_thing_is_the_number_right_before_it() -> None:
    """几个 and a noun: the count of that noun, from whatever sentence has it; none where another thing is counted."""
    text = "在青溪县项目会议上的讲话\n同志们:\n县级重点项目的牵头部门要到3个片区督查。\n今年确保120个县级重点项目开工。\n"
    evidence = evidence_of({"项目.txt": text})
    facts, statements = Facts(evidence), statements_of(evidence)
    draft = facts.counted(asked("今年定了几个县级重点项目"), statements)
    assert draft is not None and "120个县级重点项目" in draft.pieces[0].text
    assert facts.counted(asked("今年定了几个牵头部门"), statements) is None
    assert facts.counted(asked("哪几个县级重点项目"), statements) is None


@pytest.mark.parametrize(("wording", "figure"), [
    ("环湖公路有多长", "48公里"), ("环湖公路的石碑有多重", "9吨"), ("环湖公路的桥有多高", "30米"),
])
def test_a_dimension_is_told_in_its_own_units(wording: str, figure: str) -> None:
    """How long in kilometres, how heavy in tons, how high in metres, whatever else is counted beside it."""
    text = "报告\n同志们:\n建成三个驿站的环湖公路全长48公里,环湖公路的石碑3块重9吨,环湖公路的桥5座高30米。\n"
    evidence = evidence_of({"报告.txt": text})
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None
    assert draft.pieces[0].text.endswith(figure)


def test_figures_are_put_in_order_once() -> None:
    """Which speeches have one, and which it is, are read from the same order."""
    facts, question, statements = Facts(EVIDENCE), asked("粮食总产量达到多少万吨"), statements_of(EVIDENCE)
    assert facts.ranked(question, statements) is facts.ranked(question, list(statements))
    assert facts.ranked(asked("生产总值完成多少"), statements) is not facts.ranked(question, statements)


def test_without_figures_nothing_is_drafted() -> None:
    """Statements without a number answer no 多少."""
    evidence = evidence_of({"讲话.txt": "水利会讲话\n同志们:\n要修渠。\n"})
    assert Facts(evidence).draft(asked("修渠多少"), statements_of(evidence)) is None


def test_the_best_figure_comes_first_whatever_the_order_of_the_statements() -> None:
    """Ranking depends on the statements, not on their order."""
    question: Question = asked("生产总值完成多少")
    forward, backward = (Facts(EVIDENCE).ranked(question, order)[0][2].figure for order in (STATEMENTS, STATEMENTS[::-1]))
    assert forward == backward


PARTS = evidence_of({
    "规划.txt": "云岭市数字规划\n(2024年2月1日)\n同志们:\n要建设300个数字工厂、5万个5G基站、8万个充电设施等。\n"
})


@pytest.mark.parametrize(("wording", "figure"), [
    ("建多少个5G基站", "5万个5G基站"),
    ("充电设施建多少个", "8万个充电设施等"),
])
def test_each_measure_between_commas_of_enumeration_is_read_by_itself(wording: str, figure: str) -> None:
    """What is counted stands after its number; the neighbours' numbers are left out."""
    draft = Facts(PARTS).draft(asked(wording), statements_of(PARTS))
    assert draft is not None
    assert draft.pieces[0].text.endswith(figure)
    assert "300" not in draft.pieces[0].text


MOVES = (
    "乌岭市经济工作报告\n(2024年2月1日)\n各位代表:\n"
    "用电率由2022年的36.5%,降为33.6%。基本建设投资214亿元,比上年的126亿元增长七成。\n"
    "毕业生67.5%留市就业,居民外出就业增长10%。去年只有党员二百名,现在共有党员四百二十名。湿地面积5635公顷,新建水渠12条,栽树300棵。同本市通航的城市已经增加到50个,同本市有贸易往来的城市,已经达到120个。粮食产量又增产291亿斤,达到9680亿斤。"
    "贷款余额152亿元,占全部贷款的86.4%,比上年提高8.1个百分点;增长29.3%,比上年提高26.9个百分点。\n"
)


@pytest.mark.parametrize(("wording", "ends"), [
    ("用电率降到多少", "33.6%"),
    ("基本建设投资多少", "214亿元"),
    ("毕业生留市就业的占百分之几", "67.5%留市就业"),
    ("一共多少党员", "四百二十"),
    ("湿地有多少公顷", "5635公顷"),
    ("粮食产量多少斤", "9680亿斤"),
    ("贷款增幅多少", "29.3%"),
    ("新建水渠几条,栽树多少棵", "栽树300棵"),
    ("跟本市通航的城市有几个", "50个"),
])
def test_what_is_compared_with_and_what_was_before_are_left_out(wording: str, ends: str) -> None:
    """The base of a change, the year before and a growth are other figures than the one that is asked; two asks, two figures."""
    evidence = evidence_of({"报告.txt": MOVES})
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None
    assert draft.pieces[0].text.rstrip("名").endswith(ends)


SORTED = (
    "2031年鹿鸣县工作报告\n(2031年2月1日)\n各位代表:\n一、2030年工作回顾\n建成幸福院698个。全长1.3万公里的三条环山公路提前贯通。\n"
    "取消了336亿元的牧业税,而且取消了700多亿元的集资款。\n欠邻县的借款共计十四亿元,已经还了十三亿元,剩下的一亿元年内还清。\n"
    "投资5亿元以上的46个大项目已经开工,签约项目129个。\n养殖规模原定每年增长百分之六,现在调为增长百分之八。\n"
    "2005年与2000年相比,牧草产量增长57.3%。\n二十九个乡、镇的总人口,必须控制在十亿六千万左右。\n"
    "煤耗152吨,占总量的86.4%,比上年提高8.1个百分点;增长29.3%,比上年提高26.9个百分点。\n"
    "二、2031年工作安排\n建设300个幸福院。\n十三是建设一批环山公路沿线驿站。\n"
)


@pytest.mark.parametrize(("wording", "told"), [
    ("环山公路修了多长", "全长1.3万公里的三条环山公路提前贯通"),
    ("幸福院要建多少", "建设300个幸福院"),
    ("除牧业税外集资款又免掉多少钱", "而且取消了700多亿元的集资款"),
    ("欠邻县的借款还剩多少没还", "欠邻县的借款…剩下的一亿元年内还清"),
    ("投资超5个亿的大项目有多少", "投资5亿元以上的46个大项目已经开工"),
    ("养殖规模每年增长百分之几", "养殖规模原定每年增长…现在调为增长百分之八"),
    ("总人口要控制到多少", "必须控制在十亿六千万左右"),
    ("煤耗增速同比快了几个点", "煤耗152吨,占总量的86.4%,比上年提高8.1个百分点;增长29.3%,比上年提高26.9个百分点"),
])
def test_the_figure_is_told_by_what_it_counts_and_what_the_question_names(wording: str, told: str) -> None:
    """By what its 的 leads to, by the part of the report that looks ahead, by what is left, by the figure that stands beside it."""
    evidence = evidence_of({"报告.txt": SORTED})
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None and draft.pieces[0].text == told


@pytest.mark.parametrize(("wording", "told"), [
    ("砖瓦业一共几个建设项目", "砖瓦业各厂共有十七个建设项目,乡镇有两个建设项目,共计十九个"),
    ("砖瓦业各厂有几个建设项目", "砖瓦业各厂共有十七个建设项目"),
    ("耗煤增速同比提高多少", "全县耗煤176吨,同比增长24.2%,比上年同期提高19.9个百分点"),
    ("耗煤增长多少", "全县耗煤176吨,同比增长24.2%"),
    ("研发投入强度要突破多少", "力争研发经费支出占GDP比重突破2%"),
    ("云岭县经济增速百分之几", "全县生产总值完成236亿元,增长14%"),
    ("云岭县经济盘子有多大", "全县经济规模达到18万亿元"),
])
def test_a_sum_a_change_of_growth_and_office_names_of_measures_are_told(wording: str, told: str) -> None:
    """一共 asks for the sum with its parts, 增速提高 for points; 经济增速 is the growth of GDP, 投入强度 a share of it."""
    evidence = evidence_of({"报告.txt": (
        "云岭县经济报告\n同志们:\n砖瓦业各厂共有十七个建设项目,乡镇有两个建设项目,共计十九个。\n"
        "全县生产总值完成236亿元,增长14%。全县经济规模达到18万亿元,创新高。\n全县耗煤176吨,同比增长24.2%,比上年同期提高19.9个百分点。\n"
        "力争研发经费支出占GDP比重突破2%、每万人专利3.3件。\n"
    )})
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None and draft.pieces[0].text == told


@pytest.mark.parametrize(("wording", "told"), [
    ("农村低保标准提到多少", "城乡低保标准提高到740元/月和485元/月"),
    ("城市低保标准提到多少", "城乡低保标准提高到740元/月和485元/月"),
])
def test_two_sides_told_together_answer_for_either(wording: str, told: str) -> None:
    """城乡 with two figures tells the town's and the country's."""
    evidence = evidence_of({
        "报告.txt": (
            "2031年青禾县工作报告\n(2031年2月1日)\n各位代表:\n城乡低保标准提高到740元/月和485元/月,改造城市危房5000套,建农村公路30公里。\n"
        ),
    })
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    assert draft is not None and draft.pieces[0].text == told


def test_speeches_with_figures_as_good_are_all_named() -> None:
    """Two counties tell the same measure; a question that names one of them means it alone."""
    evidence = evidence_of({
        "东岭.txt": "在东岭县农业会议上的讲话\n同志们:\n全县水稻产量达到41.7万吨。\n谢谢大家。\n",
        "西岭.txt": "在西岭县农业会议上的讲话\n同志们:\n全县水稻产量达到36.2万吨。\n谢谢大家。\n",
    })
    statements = statements_of(evidence)
    assert [one.document for one in Facts(evidence).sources(asked("水稻产量是多少"), statements)] == ["东岭.txt", "西岭.txt"]
    assert [one.document for one in Facts(evidence).sources(asked("西岭县水稻产量是多少"), statements)] == ["西岭.txt"]
    assert Facts(evidence).sources(asked("水稻产量是多少"), ()) == []
