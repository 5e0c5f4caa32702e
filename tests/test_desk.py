"""One desk gets ready, rebuilds, goes back and is called off in the background, and says how each ended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.errors import ModelError
from rag.index.report import BuildReport, DocumentReport
from rag.page.desk import Desk, explain, summary
from rag.page.standing import State
from rag.settings import DEFAULT_MODEL, Settings


def test_a_build_is_summed_up_in_a_sentence() -> None:
    """How long, how much, how much of it new, and how many files were left out."""
    good = DocumentReport("甲.txt", "indexed", None, "utf-8", 9, 1, 1, 1, "0")
    bad = DocumentReport("乙.pdf", "reported", "坏", None, 0, 0, 0, 0, None)
    assert summary(BuildReport("1", (good, bad), 1234, 34, 1200, 65)) == (
        "重建完成，用时1分05秒：1份文件，1,234个片段（新算34个，沿用1,200个）；有1个文件没有读入，原因见下表。")


def test_faults_of_the_program_say_what_to_do() -> None:
    """An error on purpose speaks for itself; another one names doctor."""
    assert explain(ModelError("模型坏了。")) == "模型坏了。"
    assert "ValueError" in explain(ValueError("x")) and "yanju doctor" in explain(ValueError("x"))


@pytest.fixture(scope="module")
def desk(index_dir: Path, tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path) -> Iterator[Desk]:
    """A desk over a copy of the shipped corpus and of its index, ready."""
    folder = tmp_path_factory.mktemp("页面")
    shutil.copytree(corpus_dir, folder / "corpus")
    shutil.copytree(index_dir, folder / "index")
    made = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)))
    made.start()
    settle(made)
    yield made
    made.close()


def settle(desk: Desk) -> State:
    """The state once nothing is under way and the corpus has been looked at."""
    desk.finish()
    return desk.state()


def test_a_desk_gets_ready(desk: Desk) -> None:
    """Its engine is open and the corpus compared."""
    state = settle(desk)
    assert (state.phase, state.work, state.behind, desk.engine.library is not None) == ("ready", None, (), True)


def test_a_desk_rebuilds_and_goes_back(desk: Desk) -> None:
    """A new file is seen, built in, and gone again after going back; what was answered from is always whole."""
    first = desk.engine.history()[0].build
    (desk.engine.settings.corpus / "新讲话.txt").write_text("在新会上的讲话\n同志们:\n我们要多种树。", encoding="utf-8")
    desk.look()
    assert settle(desk).behind == ("新讲话.txt",)
    desk.rebuild()
    state = settle(desk)
    assert state.succeeded and state.result.startswith("重建完成") and state.behind == ()
    desk.rollback(first)
    assert settle(desk).result == f"已回退到{first}。"
    assert settle(desk).behind == ("新讲话.txt",)
    desk.rollback("没有")
    assert not settle(desk).succeeded


def test_a_rebuild_of_an_unchanged_corpus_says_so(desk: Desk) -> None:
    """No figures of a build that was not made."""
    desk.rebuild()
    settle(desk)
    desk.rebuild()
    assert settle(desk).result == "资料没有变化，索引已经是最新的。"


def test_a_cancelled_rebuild_leaves_the_index(desk: Desk) -> None:
    """The engine is told, and the sentence says that nothing changed."""
    (desk.engine.settings.corpus / "再讲.txt").write_text("再讲几句\n同志们:\n要节约用水。", encoding="utf-8")
    before = desk.engine.library
    desk.rebuild()
    desk.cancel()
    state = settle(desk)
    (desk.engine.settings.corpus / "再讲.txt").unlink()
    assert state.result == "重建已取消，原有索引不变。" and state.succeeded and desk.engine.library is before


def test_a_desk_that_can_not_start_says_why_and_tries_again(tmp_path: Path, corpus_dir: Path) -> None:
    """The corpus is missing; once it is there, the retry gets ready."""
    made = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    made.start()
    state = settle(made)
    assert state.phase == "failed" and str(tmp_path / "corpus") in state.error
    shutil.copytree(corpus_dir, tmp_path / "corpus")
    made.start()
    assert settle(made).phase == "ready"
    made.close()


def test_a_damaged_index_can_be_rebuilt_from_the_page(index_dir: Path, corpus_dir: Path, tmp_path: Path) -> None:
    """The start fails with the damage; a rebuild gets ready all the same."""
    shutil.copytree(index_dir, tmp_path / "index")
    for file in (tmp_path / "index" / "builds").glob("*/passages.jsonl"):
        file.write_bytes(b"{}")
    made = Desk(Engine(Settings(corpus_dir, tmp_path / "index", DEFAULT_MODEL)))
    made.start()
    state = settle(made)
    assert state.phase == "failed" and "passages.jsonl" in state.error
    made.rebuild()
    assert settle(made).phase == "ready" and settle(made).error == ""
    made.close()
