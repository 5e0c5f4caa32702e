"""Changes of the corpus folder are told, once for many together."""

import threading
from pathlib import Path

import pytest

from rag.keeping import watch
from rag.keeping.watch import Watcher

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
