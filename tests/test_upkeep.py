"""Files put in from the page: only what the page received, each outcome in words, a taken name asked about."""

from pathlib import Path

import pytest

from rag.page import upkeep
from rag.page.upkeep import Upload


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A corpus with one file, and a folder of received files."""
    corpus, received = tmp_path / "corpus", tmp_path / "received"
    (corpus / "旧").mkdir(parents=True)
    (received / "x").mkdir(parents=True)
    (corpus / "讲话.txt").write_text("旧的", encoding="utf-8")
    (received / "x" / "a").write_text("新的", encoding="utf-8")
    return corpus, received


def test_a_file_is_put_in(folders: tuple[Path, Path]) -> None:
    """Into the folder that was named, under its own name, whatever the upload is called."""
    corpus, received = folders
    outcome = upkeep.put(corpus, received, [Upload(str(received / "x" / "a"), "新讲话.txt")], "二〇二四/一月")
    assert outcome.well and "二〇二四/一月/新讲话.txt" in outcome.words
    assert (corpus / "二〇二四" / "一月" / "新讲话.txt").read_text(encoding="utf-8") == "新的"


def test_a_taken_name_waits_for_a_decision(folders: tuple[Path, Path]) -> None:
    """Nothing is written before; then the old file is replaced, or the new one gets the free name."""
    corpus, received = folders
    upload = Upload(str(received / "x" / "a"), "讲话.txt")
    outcome = upkeep.put(corpus, received, [upload], "")
    assert (outcome.well, outcome.upload, outcome.path, outcome.free) == (False, upload.path, "讲话.txt", "讲话(2).txt")
    assert (corpus / "讲话.txt").read_text(encoding="utf-8") == "旧的"
    assert upkeep.settle(corpus, received, Upload(upload.path, outcome.free), replace=False).well
    assert upkeep.settle(corpus, received, Upload(upload.path, outcome.path), replace=True).well
    assert [(corpus / name).read_text(encoding="utf-8") for name in ("讲话.txt", "讲话(2).txt")] == ["新的", "新的"]


@pytest.mark.parametrize("path", ["/etc/hostname", "../corpus/讲话.txt", "", "x"])
def test_only_what_was_received_is_taken(folders: tuple[Path, Path], path: str) -> None:
    """A path that the browser made up is refused, and told as a file that did not arrive."""
    corpus, received = folders
    outcome = upkeep.put(corpus, received, [Upload(path if path.startswith("/") else str(received / path), "偷.txt")], "")
    assert not outcome.well and "没有收到偷.txt" in outcome.words
    assert not (corpus / "偷.txt").exists()


@pytest.mark.parametrize("name", ["../外.txt", "木马.exe", "..", ""])
def test_a_bad_name_is_told(folders: tuple[Path, Path], name: str) -> None:
    """And nothing lands outside the corpus folder."""
    corpus, received = folders
    upkeep.put(corpus, received, [Upload(str(received / "x" / "a"), name)], "")
    assert sorted(one.name for one in corpus.parent.iterdir()) == ["corpus", "received"]


def test_a_file_is_moved_and_removed(folders: tuple[Path, Path]) -> None:
    """What is not there any more is told in words."""
    corpus, _ = folders
    assert upkeep.move(corpus, "讲话.txt", "旧/讲话.txt").well
    assert upkeep.remove(corpus, "旧/讲话.txt").well
    assert not upkeep.remove(corpus, "旧/讲话.txt").well
