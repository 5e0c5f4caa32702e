"""A saved answer that was changed anywhere does not hold, however honest its quotes are."""

import json
from pathlib import Path

import pytest

from rag.audit import audited
from rag.engine import Engine
from rag.index.library import Library
from rag.settings import DEFAULT_MODEL, Settings
from rag.shelves import shelves, snapshots
from tests.terminal import QUESTION


@pytest.fixture(scope="module")
def engine(corpus_dir: Path, index_dir: Path) -> Engine:
    """The engine over the shipped speeches."""
    opened = Engine(Settings(corpus_dir, index_dir, DEFAULT_MODEL))
    opened.open()
    return opened


@pytest.fixture(scope="module")
def answer(engine: Engine) -> str:
    """A saved answer of the shipped speeches."""
    return json.dumps({"id": "甲", **engine.answer(QUESTION).as_json()}, ensure_ascii=False)


def test_an_honest_answer_holds(answer: str, library: Library, index_dir: Path) -> None:
    """By its id, and nothing of it is looked for in other builds."""
    found = audited(answer, 1, shelves(index_dir, library, 1), snapshots(index_dir, library, 1))
    assert (found.finding.entry, found.finding.state, found.held) == ("甲", "holds", ())


def test_an_answer_that_names_quoted_words_holds(engine: Engine, library: Library, index_dir: Path) -> None:
    """What was asked about in quotation marks, each side of it, now and as answers had such marks before."""
    made = engine.answer("“四种精神”和“四种能力”分别是什么？")
    assert "‘四种精神’：" in made.answer
    for saved in (made.as_json(), json.loads(json.dumps(made.as_json()).replace(json.dumps("‘")[1:-1], json.dumps("“")[1:-1]))):
        assert audited(json.dumps(saved), 1, shelves(index_dir, library, 1), snapshots(index_dir, library, 1)).finding.state == "holds"


def test_what_is_lost_is_looked_for_in_the_builds_kept(answer: str, library: Library, index_dir: Path) -> None:
    """Of a source that is gone, and of no other."""
    asked: list[str] = []
    gone = json.loads(answer) | {"build": "20200101-000000-000"}
    for one in gone["citations"]:
        one["document"] = "移走了.txt"
    lines = [json.dumps(gone), answer]
    audits = [audited(line, 1, shelves(index_dir, library, 1), lambda line: tuple(asked.append(line) or ())) for line in lines]
    assert [audit.finding.state for audit in audits] == ["document gone", "holds"] and asked == lines[:1]


FORGED = {
    "quote": lambda one: one["citations"][0].update(quote="生产总值999亿元"),
    "span": lambda one: one["citations"][0].update(start=0),
    "past the end": lambda one: one["citations"][0].update(end=10**9),
    "hash": lambda one: one["citations"][0].update(sha256="0" * 64),
    "label": lambda one: one["citations"][0].update(label="《另一篇》"),
    "outline": lambda one: one["citations"][0].update(outline=["七、别处"]),
    "document": lambda one: one["citations"][0].update(document="没有.txt"),
    "sentence": lambda one: one["sentences"][0].update(text=one["sentences"][0]["text"].replace("6", "9")),
    "uncited": lambda one: one["sentences"].append({"text": "形势很好。", "citations": []}),
    "answer": lambda one: one.update(answer=one["answer"] + "形势很好。"),
    "marker": lambda one: one["sentences"][0].update(citations=[7]),
    "heading": lambda one: one.update(sentences=[{"text": "《全市生产总值增长99%》：", "citations": []}, *one["sentences"]],
                                      answer="《全市生产总值增长99%》：" + one["answer"]),
    "words": lambda one: one.update(sentences=[{"text": "增长了99%:", "citations": []}, *one["sentences"]],
                                    answer="增长了99%:" + one["answer"]),
    "count": lambda one: one.update(sentences=[*one["sentences"], {"text": "原文称9项，找到1项。", "citations": []}],
                                    answer=one["answer"] + "原文称9项，找到1项。"),
    "mode": lambda one: one.update(mode="llm", sentences=[{"text": "形势很好。", "citations": [1]}], answer="形势很好。[1]"),
    "twice": lambda one: one["citations"].append(dict(one["citations"][0])),
    "refused": lambda one: one.update(refused=True, reason=one["answer"]),
    "reason": lambda one: one.update(reason="增长99%"),
    "build": lambda one: one.update(build="99991231-235959-999"),
    "no build": lambda one: one.update(build=""),
    "outside": lambda one: one.update(build="../../builds"),
    "number": lambda one: one["citations"][0].update(start="3"),
    "half": lambda one: one["citations"][0].update(end=float(one["citations"][0]["end"])),
    "list": lambda one: one["citations"][0].update(document=["a"]),
    "nothing": lambda one: one.clear(),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_answer_does_not_hold(answer: str, library: Library, index_dir: Path, forged: str) -> None:
    """Whatever is changed over honest quotes is found, and told."""
    row = json.loads(answer)
    FORGED[forged](row)
    shelf_of, snapshots_of = shelves(index_dir, library, 1), snapshots(index_dir, library, 1)
    audit = audited(json.dumps(row), 1, shelf_of, snapshots_of)
    assert audit.finding.state == "does not hold" and audit.finding.detail and audit.held == ()
