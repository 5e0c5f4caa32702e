"""Changes of the corpus folder are told, once for many together; the page rebuilds by itself where that is switched on."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.keeping import watch
from rag.keeping.watch import Watcher
from rag.page.desk import WATCH, Desk
from rag.page.ledger import Ledger
from rag.settings import DEFAULT_MODEL, Settings

SECONDS = 20


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settle fast, so that the test is."""
    monkeypatch.setattr(watch, "SETTLING_MILLISECONDS", 300)
    monkeypatch.setattr(watch, "STEP_MILLISECONDS", 50)
    monkeypatch.setattr(watch, "MISSING_SECONDS", 0.1)


def test_a_change_is_told_and_a_hidden_file_is_none(tmp_path: Path) -> None:
    """A draft and an owner file say nothing; a speech does; after `close` nothing does."""
    told = threading.Event()
    watcher = Watcher(tmp_path / "corpus", told.set)
    watcher.start()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "~$讲话.docx").write_bytes(b"x")
    (tmp_path / "corpus" / ".writing-1").write_bytes(b"x")
    assert not told.wait(2)
    (tmp_path / "corpus" / "讲话.txt").write_bytes(b"x")
    assert told.wait(SECONDS)
    watcher.close()
    told.clear()
    (tmp_path / "corpus" / "讲话.txt").write_bytes(b"y")
    assert not told.wait(1)


def until(true: Callable[[], bool]) -> None:
    """Wait for it; fail where it does not come."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_index_is_rebuilt_by_itself(corpus_dir: Path, index_dir: Path, tmp_path: Path) -> None:
    """Switched on, what changed before and what changes then is built in, several files in one build; off, nothing is."""
    corpus = Path(shutil.copytree(corpus_dir, tmp_path / "corpus"))
    shutil.copytree(index_dir, tmp_path / "index")
    (corpus / "先.txt").write_text("在先前会上的讲话\n同志们:\n要多种树。", encoding="utf-8")
    desk = Desk(Engine(Settings(corpus, tmp_path / "index", DEFAULT_MODEL)), Ledger(tmp_path / "数据"))
    desk.start()
    desk.finish()
    assert desk.state().behind == ("先.txt",)
    desk.watch(True)
    until(lambda: desk.state().behind == () and desk.state().work is None)
    first = desk.engine.open()
    assert "先.txt" in first.by_path
    for name in ("甲.txt", "乙.txt"):
        (corpus / name).write_text(f"在{name}会上的讲话\n同志们:\n要多修渠。", encoding="utf-8")
    until(lambda: desk.engine.open().build != first.build and desk.state().behind == ())
    assert {"甲.txt", "乙.txt"} <= set(desk.engine.open().by_path)
    assert desk.ledger.chosen(WATCH) == "on" and desk.state().watching
    desk.watch(False)
    last = desk.engine.open().build
    (corpus / "丙.txt").write_text("在丙会上的讲话\n同志们:\n要多读书。", encoding="utf-8")
    time.sleep(1)
    desk.look()
    until(lambda: desk.state().behind == ("丙.txt",))
    desk.finish()
    assert (desk.engine.open().build, desk.ledger.chosen(WATCH)) == (last, "")
    desk.close()


def test_a_rebuild_that_fails_is_not_tried_again_for_the_same_change(corpus_dir: Path, index_dir: Path, tmp_path: Path) -> None:
    """An emptied folder is refused once, in words; the old index answers."""
    corpus = Path(shutil.copytree(corpus_dir, tmp_path / "corpus"))
    shutil.copytree(index_dir, tmp_path / "index")
    desk = Desk(Engine(Settings(corpus, tmp_path / "index", DEFAULT_MODEL)), Ledger(None))
    desk.start()
    desk.finish()
    desk.watch(True)
    for file in corpus.iterdir():
        file.unlink()
    until(lambda: bool(desk.state().result))
    time.sleep(2)  # where much else runs, the emptying may be told of in two parts
    desk.finish()
    ended = desk.state().ended
    time.sleep(1)
    assert (desk.state().ended, desk.state().succeeded, desk.engine.open().warning) == (ended, False, None)
    desk.close()
