"""How well a figure fits what is asked: its year, whether it is planned, of which span, whether a share, and of the whole."""

import pytest

from rag.answer.fact import facts_of
from rag.answer.facts import Facts
from rag.answer.fitting import bonus, kind_fits
from rag.writing.figures import Figure, FigureKind
from tests.small import asked, evidence_of, statements_of

PLAN = (
    "2031年青禾县工作报告\n(2031年2月1日)\n各位代表:\n一年来,实施保就业计划。\n"
    "提高最低工资标准,城镇新增就业、新增担保贷款分别完成年计划的113.4%、256.1%。\n"
    "二、2031年工作安排\n主要预期目标是:生产总值增长5.5%以上,居民收入增长6%。\n"
    "做好重点群体就业工作,新增担保贷款160亿元,城镇新增就业41万人,保持动态清零。\n"
    "着力稳面积、提单产,全年粮食播种面积1.1亿亩、产量825亿斤以上。\n"
)
QUARTER = "云岭市经济会议上的讲话\n同志们:\n一季度,生产总值完成236亿元,增长14%;固定资产投资完成129亿元,增长29%。\n"


def told(text: str, wording: str) -> str | None:
    """What is shown as the figure of `text` that answers; None where none does."""
    evidence = evidence_of({"报告.txt": text})
    draft = Facts(evidence).draft(asked(wording), statements_of(evidence))
    return draft.pieces[0].text if draft is not None else None


def spoken_for(wording: str, sentence: str) -> float:
    """What speaks for the last figure of `sentence` beyond the words that it carries."""
    statements = statements_of(evidence_of({"报告.txt": f"数字规划解读\n{sentence}\n"}))
    return bonus(asked(wording), facts_of(statements[-1])[-1])


def test_a_year_that_opens_the_sentence_governs_all_its_clauses() -> None:
    """到2025年,… counts for what follows as in the clause itself, up to another year."""
    wording = "2025年数字产业占GDP要到多少"
    own = spoken_for(wording, "数字产业占GDP比重到2025年达到20%。")
    assert spoken_for(wording, "定量指标提出:到2025年,软件业收入600亿元,数字产业占GDP比重达到20%。") == pytest.approx(own)
    assert spoken_for(wording, "到2025年,软件业收入600亿元;数字产业占GDP比重达到20%。") == pytest.approx(own)
    assert spoken_for(wording, "到2025年,软件业收入600亿元,2030年增加,数字产业占GDP比重达到20%。") < own
    assert spoken_for(wording, "软件业收入600亿元,数字产业占GDP比重达到20%。") < own


def test_a_part_is_not_the_whole() -> None:
    """数字经济核心产业 is less than 数字经济, unless it is what is asked."""
    part, whole = "数字经济核心产业占GDP比重达到20%。", "数字经济占GDP比重达到20%。"
    assert spoken_for("数字经济占GDP多大比重", part) < spoken_for("数字经济占GDP多大比重", whole)
    assert spoken_for("数字经济核心产业占GDP多大比重", part) == spoken_for("数字经济核心产业占GDP多大比重", whole)


@pytest.mark.parametrize(("wording", "figure"), [
    ("2031年城镇新增就业目标是多少", "城镇新增就业41万人"),
    ("今年粮食产量目标是多少", "全年粮食播种面积1.1亿亩、产量825亿斤以上"),
    ("2030年城镇新增就业完成年计划的百分之几", "113.4%、256.1%"),
])
def test_what_is_planned_is_told_by_the_plan_of_the_measure(wording: str, figure: str) -> None:
    """Not by how much of a plan was done, nor by the target of another measure."""
    found = told(PLAN, wording)
    assert found is not None and found.endswith(figure)


@pytest.mark.parametrize(("wording", "figure"), [
    ("全年生产总值增长目标是百分之几", None),
    ("年度生产总值要增长百分之几", None),
    ("一季度生产总值增长百分之几", "增长14%"),
    ("生产总值增长百分之几", "增长14%"),
])
def test_what_a_quarter_brought_is_no_target_and_no_whole_year(wording: str, figure: str | None) -> None:
    """Refused where only a quarter's figure stands."""
    found = told(QUARTER, wording)
    assert found is None if figure is None else found is not None and found.endswith(figure)


def test_a_share_is_told_as_a_share() -> None:
    """By 占 or a fraction, more than by a rate; not where it is asked how the share moved."""
    share, rate = "林地面积在全省贡献了四分之一。", "林地面积覆盖度为60%。"
    assert spoken_for("林地面积占全省几成", share) > spoken_for("林地面积占全省几成", rate)
    assert spoken_for("林地占比提高几个百分点", "林地占25%。") < spoken_for("林地占比是多少", "林地占25%。")


@pytest.mark.parametrize(("kind", "wanted", "fits"), [
    ("money", frozenset({"money"}), True),
    ("percent", frozenset({"money"}), False),
    ("money", frozenset(), None),
    ("bare", frozenset({"money"}), None),
])
def test_a_figure_may_be_of_the_kind_that_is_asked(kind: FigureKind, wanted: frozenset[FigureKind], fits: bool | None) -> None:
    """None where no kind is asked, or where the figure bears no unit to tell."""
    assert kind_fits(Figure(0, 1, 1.0, "", kind), wanted) is fits


def test_a_clause_that_names_the_year_itself_goes_first() -> None:
    """Before one as good that names none, or only a year in a name."""
    evidence = evidence_of({"报告.txt": "招生纪要\n2031年招生数安排27万人,2031云杉班招生数安排28万人,招生数安排29万人。\n"})
    (statement,) = [one for one in statements_of(evidence) if "27" in one.folded]
    own, *others = [bonus(asked("2031年招生多少人"), fact) for fact in facts_of(statement)]
    assert own > max(others)
