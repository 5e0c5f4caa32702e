"""The doctor says what is in use, and of everything that is wrong how to mend it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer.phrases import PHRASES
from rag.doctor import examine
from rag.index.library import Library
from rag.settings import DEFAULT_MODEL, Settings


@pytest.fixture
def settings(corpus_dir: Path, index_dir: Path) -> Settings:
    """The shipped corpus and its index."""
    return Settings(corpus_dir, index_dir, DEFAULT_MODEL)


def test_where_all_is_well_nothing_is_to_be_done(settings: Settings, library: Library) -> None:
    """What is in use is named, in words and as JSON."""
    found = examine(settings)
    assert (found.problems, found.behind, found.build, found.writer) == ((), (), library.build, None)
    assert (found.documents, found.passages) == (len(library.documents), len(library.passages))
    assert found.model_runs_on is not None and found.model_runs_on.startswith("ONNX Runtime")
    assert found.words().endswith("没有发现问题。") and library.build in found.words()
    assert json.loads(json.dumps(found.as_json()))["phrases"] == PHRASES


def test_an_index_behind_its_corpus_is_told_file_by_file(settings: Settings, tmp_path: Path) -> None:
    """What was put in and what is gone."""
    corpus = Path(shutil.copytree(settings.corpus, tmp_path / "资料"))
    (corpus / "新.txt").write_text("新讲话\n要修渠。\n", encoding="utf-8")
    gone = next(path for path in sorted(corpus.rglob("*.txt")) if path.name != "新.txt")
    gone.unlink()
    found = examine(replace(settings, corpus=corpus))
    assert set(found.behind) == {"新.txt", gone.relative_to(corpus).as_posix()}
    assert any("2个文件有变动" in problem and "yanju build" in problem for problem in found.problems)
    assert "有变动：新.txt" in found.words()


def test_a_damaged_index_is_told(settings: Settings, tmp_path: Path) -> None:
    """Each damaged file, and the library still says what it can."""
    index = Path(shutil.copytree(settings.index, tmp_path / "索引"))
    damaged = next(index.rglob("passages.jsonl"))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    problems = examine(replace(settings, index=index)).problems
    assert any("索引文件损坏" in problem and "passages.jsonl" in problem for problem in problems)


def test_without_an_index_the_rest_is_looked_at_all_the_same(settings: Settings, tmp_path: Path) -> None:
    """What is missing is a problem, not an error."""
    found = examine(replace(settings, index=tmp_path / "没有", synonyms=tmp_path / "没有.tsv"))
    assert (found.build, found.documents) == (None, 0)
    assert any("yanju build" in problem for problem in found.problems) and any("同义词" in problem for problem in found.problems)


def test_a_model_that_is_not_ready_is_told(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched to find out."""
    monkeypatch.setenv("YANJU_CACHE", str(tmp_path / "缓存"))
    found = examine(settings)
    assert found.model_runs_on is None and any("模型还没有在本机备好" in problem for problem in found.problems)
    assert not (tmp_path / "缓存").exists()


def test_a_language_model_that_does_not_answer_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which, and what to check."""
    monkeypatch.setenv("YANJU_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("YANJU_LLM_MODEL", "qwen")
    found = examine(replace(settings, writes=True))
    assert found.writer is not None and "qwen" in found.writer and "没有应答" in found.writer
    assert any("请检查服务是否在运行" in problem for problem in found.problems)
