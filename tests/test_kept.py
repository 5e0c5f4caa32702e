"""What a build kept of its files is taken again only where the file and the readers are the same."""

import os
from pathlib import Path

import pytest

from rag.index import kept, library
from rag.index.build import build
from rag.reading import folder as reading_folder
from rag.settings import DEFAULT_MODEL


def test_one_changed_file_alone_is_read_again(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that stand as before are neither opened nor outlined, and the build is the one that a fresh index gets."""
    for file in corpus.rglob("*.*"):
        os.utime(file, ns=(1, 1_600_000_000_000_000_000))
    build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").write_text("# 讲话\n\n改过了。\n", encoding="utf-8")
    opened: list[str] = []
    read_bytes = reading_folder.read_bytes
    monkeypatch.setattr(reading_folder, "read_bytes", lambda entry: (opened.append(entry.path), read_bytes(entry))[1])
    made = build(corpus, index, DEFAULT_MODEL)
    assert opened == ["安全.md"]
    assert [one.state for one in made.documents] == ["indexed", "indexed", "reported"]
    fresh = build(corpus, index.parent / "fresh", DEFAULT_MODEL)
    assert library.load(index).manifest.content == library.load(index.parent / "fresh").manifest.content
    assert fresh.documents == made.documents


def test_a_file_just_written_is_read_again(corpus: Path, index: Path) -> None:
    """A change that leaves size and time as they were is seen, where the time is as new as the build."""
    build(corpus, index, DEFAULT_MODEL)
    file = corpus / "安全.md"
    stamp = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes().replace(b"6.5%", b"6.4%"))
    os.utime(file, ns=(stamp, stamp))
    build(corpus, index, DEFAULT_MODEL)
    assert "6.4%" in library.load(index).text_of("安全.md")


def test_other_readers_read_everything_again(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the product made of a file is not taken."""
    for file in corpus.rglob("*.*"):
        os.utime(file, ns=(1, 1_600_000_000_000_000_000))
    build(corpus, index, DEFAULT_MODEL)
    assert kept.load(index).made
    monkeypatch.setattr(kept, "readers", lambda: "others")
    assert kept.load(index) == kept.Kept()
