"""Evaluation: a folder of questions in, one table out, over the folder's own corpus or the user's index."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.engine import Progress
from rag.errors import NoIndex, WrongUsage
from rag.evaluation import evaluate
from rag.results import Evaluation, Retrieval
from rag.scoring import Scores
from rag.settings import DEFAULT_MODEL, Settings

SPEECH = "在青溪县农业工作会议上的讲话\n同志们:\n2023年,全县粮食总产量达到41.7万吨,比上年增长3.2%。\n全县建成高标准农田12.6万亩。\n"
OTHER = "青溪县教育工作会议讲话\n同志们:\n全县新建幼儿园九所,新增学位两千四百个。\n"


def golden(identity: str, question: str, **fields: Any) -> dict[str, Any]:
    """One line of a golden file."""
    return {"id": identity, "type": "figure", "question": question, "answerable": True, **fields}


QUESTIONS: list[Any] = [
    golden("粮食", "全县粮食总产量达到多少?", must=[["41.7万吨"]], sources=["2023年,全县粮食总产量达到41.7万吨,比上"], max_chars=60),
    golden("错题", "高标准农田建成多少?", must=[["99万亩"]], sources=["全县建成高标准农田12.6万亩。"]),
    golden("没有", "全县进口汽车多少辆?", type="unanswerable", answerable=False),
    {"id": "检索", "question": "新建幼儿园多少所?", "positive_ids": ["教育.txt"], "answers": ["新建幼儿园九所", "无关"]},
    {"id": "空", "question": "?", "positive_ids": ["教育.txt"]},
    ["不是对象"],
]


def write_lines(path: Path, rows: list[Any]) -> None:
    """One JSON value a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def settings(folder: Path) -> Settings:
    """Settings whose own corpus and index must never be touched."""
    return Settings(folder / "没有的资料", folder / "没有的索引", DEFAULT_MODEL)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Evaluation, list[Progress]]:
    """The evaluation of a small folder with a corpus of its own, and what was told on the way."""
    home = tmp_path_factory.mktemp("题目")
    (home / "corpus").mkdir()
    (home / "corpus" / "农业.txt").write_text(SPEECH, encoding="utf-8")
    (home / "corpus" / "教育.txt").write_text(OTHER, encoding="utf-8")
    write_lines(home / "题目.jsonl", QUESTIONS)
    write_lines(home / "docs.jsonl", [{"id": "a", "text": "不是题目"}])
    told: list[Progress] = []
    return evaluate(settings(home), home, told.append), told


def test_golden_questions_are_scored_by_type_and_in_all(measured: tuple[Evaluation, list[Progress]]) -> None:
    """One right, one wrong, one rightly refused; the wrong one is named with its reason."""
    (report,) = measured[0].reports
    assert (report.file, report.questions) == ("题目.jsonl", 6)
    assert report.golden["figure"] == Scores(2, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, None, 0.0)
    assert report.golden["unanswerable"].refuse_ok == 1.0
    assert report.golden["all"].acc == pytest.approx(2 / 3)
    assert [(one.id, one.why) for one in report.wrong] == [("错题", ("缺：99万亩",))]


def test_questions_that_cannot_be_asked_are_named(measured: tuple[Evaluation, list[Progress]]) -> None:
    """An empty question by its id, a broken line by its number."""
    assert [one.id for one in measured[0].reports[0].errors] == ["空", 6]


def test_retrieval_and_closeness_are_measured_where_a_line_allows(measured: tuple[Evaluation, list[Progress]]) -> None:
    """The right document is the first hit; ROUGE-L is over characters, against the closest reference."""
    (report,) = measured[0].reports
    assert report.retrieval == Retrieval(1, 1.0, 1.0, 1.0)
    assert report.rouge_l is not None and 0.5 < report.rouge_l <= 1.0


def test_every_character_of_every_answer_is_checked(measured: tuple[Evaluation, list[Progress]]) -> None:
    """The share that stands in the quotes, cut anew out of the stored text, is 1."""
    assert measured[0].reports[0].verified == 1.0
    assert measured[0].reports[0].characters > 10
    assert measured[0].holds


def test_progress_is_told_question_by_question(measured: tuple[Evaluation, list[Progress]]) -> None:
    """The last word is that all are done."""
    assert measured[1][-1] == Progress("答题 题目.jsonl", 6, 6)


def test_a_corpus_in_lines_is_asked_by_the_ids_of_its_lines(tmp_path: Path) -> None:
    """corpus.jsonl beside the questions is their library; positive_ids are its ids, which may hold #."""
    lines = [{"id": "农#0", "title": "农业", "text": SPEECH}, {"id": "教#0", "title": "教育", "text": OTHER}]
    write_lines(tmp_path / "corpus.jsonl", lines)
    write_lines(tmp_path / "questions.jsonl", [{"id": 1, "question": "新增学位多少个?", "positive_ids": ["教#0"]}])
    (report,) = evaluate(settings(tmp_path), tmp_path).reports
    assert report.retrieval == Retrieval(1, 1.0, 1.0, 1.0)
    assert (report.golden, report.rouge_l, report.errors) == ({}, None, ())


def test_a_folder_without_a_corpus_is_asked_of_the_users_index(tmp_path: Path, corpus_dir: Path, index_dir: Path) -> None:
    """The user's own index answers; without one the error says what to do."""
    write_lines(tmp_path / "q.jsonl", [golden("甲", "全市进口汽车多少辆?", answerable=False)])
    (report,) = evaluate(Settings(corpus_dir, index_dir, DEFAULT_MODEL), tmp_path).reports
    assert report.golden["all"].refuse_ok == 1.0
    with pytest.raises(NoIndex):
        evaluate(settings(tmp_path), tmp_path)


def test_a_folder_without_questions_is_wrong_usage(tmp_path: Path) -> None:
    """Files of documents are no questions."""
    write_lines(tmp_path / "docs.jsonl", [{"id": "a", "text": "同志们"}])
    with pytest.raises(WrongUsage, match="没有题目"):
        evaluate(settings(tmp_path), tmp_path)
