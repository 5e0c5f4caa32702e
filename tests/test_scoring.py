"""Scoring: what makes an answer right, and the same figures as any other scorer of the format."""

import importlib.util
import json
import random
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.scoring import Expected, Scores, expected, find, is_paragraph, marks, mean, normal, scores

GOLDEN = Path(__file__).parent / "golden" / "own.jsonl"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval" / "score_golden.py"
PIECES = ["6.4", "86.4", "1,236.8亿元", "１４％", "增长", "一是", "。", ",", "、", "[1]", "【2】", "①", "⒈", "²", "1. ",
          " ", "\n", "“", "》", "GDP", "萬", "🙂"]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer that others use, where it stands beside the project."""
    if not SHARED.is_file():
        pytest.skip("no scorer beside the project")
    spec = importlib.util.spec_from_file_location("score_golden", SHARED)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golden() -> list[dict[str, Any]]:
    """The project's own golden questions."""
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("text", "found"), [
    ("增长6.4%", True), ("增长86.4%", False), ("增长16.4%", False), ("增长6.45%", False),
    ("6.4.", True), ("6.4.2", False), ("0.6.4", False), ("a6.4b", True),
])
def test_a_number_is_never_found_inside_a_longer_one(text: str, found: bool) -> None:
    """6.4 stands in 增长6.4%, and not in 86.4 nor in 6.45."""
    assert (find("6.4", normal(text)) >= 0) is found


@pytest.mark.parametrize(("left", "right"), [
    ("１，２３６．８亿元", "1236.8亿元"), ("《报告》“四种精神”:", "报告四种精神,"), ("GDP 增长", "gdp增长"),
    ("一是;二是。", "一是,二是,"), ("① 5", ",5"),
])
def test_marks_brackets_and_width_decide_nothing(left: str, right: str) -> None:
    """Two ways of writing the same are one after `normal`."""
    assert normal(left) == right == normal(right)


def test_an_answer_is_right_when_it_holds_one_of_each_group_and_nothing_banned() -> None:
    """Every reason why an answer is wrong is named; a right one has none."""
    wanted = Expected("figure", True, (("236亿元", "236亿"), ("14%",)), ordered=True, must_not=("201",),
                      sources=("一季度", "二季度"), max_chars=20)
    right = marks(wanted, "完成236亿元[1],增长14%[1]", False, ["一季度,预计完成236亿元", "无关"])
    assert (right.wrong, right.must, right.cited, right.precise) == ((), 1.0, 0.5, 0.5)
    assert marks(wanted, "增长14%,完成236亿元", False, []).wrong == ("顺序不对",)
    assert marks(wanted, "完成236亿元", False, []).wrong == ("缺：14%",)
    assert marks(wanted, "236亿元、14%和201", False, []).wrong == ("不该有：201",)
    assert marks(wanted, "236亿元" + "很" * 20 + "14%", False, []).wrong == ("过长：28字，上限20字",)
    assert marks(wanted, "库中没有", True, []).wrong == ("拒答了", "缺：236亿元/236亿", "缺：14%")


def test_where_nothing_answers_only_a_refusal_is_right() -> None:
    """An answer is wrong, and so is a refusal that names what it must not."""
    wanted = Expected("unanswerable", False, must_not=("3000",))
    assert marks(wanted, "库中没有", True, []).wrong == ()
    assert marks(wanted, "大约有", False, []).wrong == ("应当拒答",)
    assert marks(wanted, "库中没有3000", True, []).wrong == ("不该有：3000",)


def test_scores_are_means_over_what_they_apply_to() -> None:
    """Refusals count over the unanswerable, citations over the answerable; nothing gives None."""
    wanted, refusal = Expected("a", True, (("甲",),), sources=("甲段",)), Expected("b", False)
    rows = [marks(wanted, "甲", False, ["甲段"]), marks(wanted, "", True, []),
            marks(refusal, "", True, []), marks(refusal, "乙", False, [])]
    assert scores(rows) == Scores(4, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 0.5, 0.5)
    assert scores([]) == Scores(0, *[None] * 8)
    assert mean([None, 1, 0]) == 0.5


def test_a_short_source_is_a_whole_paragraph_and_a_long_citation_is_none() -> None:
    """A name of under 25 characters has to open the paragraph; over 1,000 characters nothing counts."""
    assert is_paragraph("一、总体要求", "一、总体要求")
    assert not is_paragraph("他谈到一、总体要求", "一、总体要求")
    assert is_paragraph("开头。" + "很" * 25, "很" * 25)
    assert not is_paragraph("很" * 1001, "很" * 25)


def test_a_line_without_literals_or_refusal_expects_nothing() -> None:
    """A line of a retrieval set is no golden question."""
    assert expected({"question": "什么", "positive_ids": ["a"], "answerable": True}) is None
    assert expected({"question": "什么", "answerable": False}) == Expected("", False)


@given(text=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=12).map("".join),
       literal=st.sampled_from(["6.4", "亿", "1", ",增", "4%"]))
def test_texts_are_compared_as_the_other_scorer_compares_them(scorer: ModuleType, text: str, literal: str) -> None:
    """The same normal form, the same finds."""
    assert normal(text) == scorer.norm(text)
    assert find(literal, normal(text)) == scorer.find(literal, scorer.norm(text))


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_the_other_scorer(scorer: ModuleType, seed: int) -> None:
    """For answers made at random from what is expected, all eight means agree."""
    choose = random.Random(seed)
    mine, theirs = [], []
    for question in golden():
        answer, refused, cited = made_up(question, choose)
        wanted = expected(question)
        assert wanted is not None
        mine.append(marks(wanted, answer, refused, cited))
        theirs.append(scorer.score_one(question, {"answer": answer, "refused": refused, "citations": [{"text": text} for text in cited]}))
    assert list(asdict(scores(mine)).values()) == pytest.approx(list(scorer.summarise(theirs).values()))
    assert [not one.wrong for one in mine] == [one["correct"] for one in theirs]


def made_up(question: dict[str, Any], choose: random.Random) -> tuple[str, bool, list[str]]:
    """An answer, whether it refuses, and paragraphs, each right or wrong by chance."""
    literals = [choose.choice(group) for group in question.get("must", ()) if choose.random() < 0.9]
    if choose.random() < 0.2:
        choose.shuffle(literals)
    banned = [text for text in question.get("must_not", ()) if choose.random() < 0.2]
    padding = "很" * choose.choice([0, 0, 0, 300])
    refused = choose.random() < (0.1 if question["answerable"] else 0.7)
    sources = [*question.get("sources", ()), *question.get("sources_ok", ()), "别的段落"]
    return "[1]。".join((*literals, *banned, padding)), refused, [source + "……" for source in sources if choose.random() < 0.7]
