"""Every file of the corpus becomes documents or a report, and a changed folder is told from an unchanged one."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import CorpusError
from rag.reading.corpus import changes, read
from rag.reading.document import Document, Reading, Source

SPEECH = "同志们:这次会议的主要任务是总结今年的工作,部署明年的工作。\r\n"


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write `files` below `folder`."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def sha256(data: bytes) -> str:
    """The hash of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


def test_documents_come_in_path_order_with_text_codec_and_hash(tmp_path: Path) -> None:
    """Text files are one document each, lines of a `.jsonl` one each, with the hash of their file."""
    text, library = SPEECH.encode("gb18030"), '{"id": 2, "text": "乙"}\n{"id": 1, "title": "题", "text": "甲"}\n'.encode("utf-8-sig")
    write(tmp_path, {"2024/讲话.TXT": text, "库.jsonl": library, "记.md": "# 题\n".encode()})
    reading = read(tmp_path)
    assert reading.documents == (
        Document("2024/讲话.TXT", sha256(text), "gb18030", SPEECH),
        Document("库.jsonl#2", sha256(library), "utf-8-sig", "乙", "2"),
        Document("库.jsonl#1", sha256(library), "utf-8-sig", "甲", "1", "题"),
        Document("记.md", sha256("# 题\n".encode()), "utf-8", "# 题\n"),
    )
    assert reading.reported == ()
    assert [source.path for source in reading.sources] == ["2024/讲话.TXT", "库.jsonl", "记.md"]
    assert reading.sources[1].size == len(library)


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("空.txt", b"", "文件是空的"),
        ("空.jsonl", b"", "文件是空的"),
        ("白.md", "\ufeff \r\n\u3000\n".encode(), "只有空白"),
        ("表.xlsx", b"x", "不支持.xlsx格式"),
        ("无名", b"x", "没有扩展名"),
        ("库.jsonl#1", b"x", "不支持.jsonl#1格式"),
        ("稿.DOCX", b"PK\x03\x04", "已损坏(压缩包结构不完整)"),
        ("稿.pdf", b"%PDF-", "PDF不完整"),
        ("稿.html", b"<html>", "网页里没有正文"),
        ("稿.ofd", b"PK", "导出为带文字的PDF"),
        ("坏.txt", b"%PDF-1.4", "内容是PDF文件"),
        ("断.txt", SPEECH.encode()[:-4], "已损坏"),
        ("断.jsonl", b'{"id": 1, "text": "a"}\n{"id": 2', "第2行不是完整的JSON"),
    ],
)
def test_what_can_not_be_read_is_reported_and_the_rest_is_read(tmp_path: Path, path: str, data: bytes, words: str) -> None:
    """One bad file is named with its reason; no part of it is a document, and the good ones are."""
    reading = read(write(tmp_path, {path: data, "好.txt": SPEECH.encode()}))
    assert [document.path for document in reading.documents] == ["好.txt"]
    (reported,) = reading.reported
    assert reported.path == path
    assert words in reported.reason
    assert {source.path for source in reading.sources} == {path, "好.txt"}


def test_what_was_read_is_reported_with_its_hash(tmp_path: Path) -> None:
    """Files of a known format carry their hash though they can't be used; others are not even opened."""
    reading = read(write(tmp_path, {"a.docx": b"PK", "b.bin": b"x"}))
    assert [reported.sha256 for reported in reading.reported] == [sha256(b"PK"), None]
    assert [source.sha256 for source in reading.sources] == [sha256(b"PK"), None]


def test_no_two_documents_have_one_path(tmp_path: Path) -> None:
    """Where a line's path is also a file's, the file that comes later is reported."""
    files = {"a.jsonl": b'{"id": "1.txt", "text": "x"}', "a.jsonl#1.txt": b"y", "a.jsonl#2.txt": b"z"}
    reading = read(write(tmp_path, files))
    assert [document.path for document in reading.documents] == ["a.jsonl#1.txt", "a.jsonl#2.txt"]
    assert reading.documents[0].document_id == "1.txt"
    assert [(reported.path, "与另一个文件里的文档相同" in reported.reason) for reported in reading.reported] == [("a.jsonl#1.txt", True)]


def test_an_empty_folder_reads_as_nothing(tmp_path: Path) -> None:
    """No files is not an error here: who builds decides."""
    assert read(tmp_path) == Reading((), (), ())


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """Reading and comparing both say that there is no such folder."""
    with pytest.raises(CorpusError):
        read(tmp_path / "无")
    with pytest.raises(CorpusError):
        changes(tmp_path / "无", ())


def test_progress_counts_every_file(tmp_path: Path) -> None:
    """Progress is told after each file, the bad ones too."""
    told: list[tuple[int, int]] = []
    read(write(tmp_path, {"a.txt": b"x", "b.bin": b"x", "c.txt": b""}), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_shipped_corpus_is_read_whole(corpus_dir: Path) -> None:
    """Nothing of what ships is left out, and the text gives the bytes."""
    reading = read(corpus_dir)
    assert reading.reported == ()
    for document in reading.documents:
        assert document.text.encode(document.codec) == (corpus_dir / document.path).read_bytes()


def test_an_unchanged_folder_has_no_changes(tmp_path: Path) -> None:
    """What was read, what was reported and what was not opened are all the same as before."""
    known = read(write(tmp_path, {"a.txt": b"x", "b/库.jsonl": b'{"id": 1}', "c.bin": b"x", "空.txt": b""})).sources
    found = changes(tmp_path, known)
    assert not found
    assert found.known == known


def test_a_file_of_the_same_size_and_time_is_not_read_again(tmp_path: Path) -> None:
    """Size and time are believed: bytes changed behind their back are not noticed, and cost nothing."""
    known = read(write(tmp_path, {"a.txt": b"6.4%"})).sources
    write(tmp_path, {"a.txt": b"6.5%"})
    os.utime(tmp_path / "a.txt", ns=(1, known[0].modified))
    assert not changes(tmp_path, known)


def test_what_came_went_and_changed_is_named(tmp_path: Path) -> None:
    """Each path stands in one list, in order; reported files count."""
    known = read(write(tmp_path, {"b.txt": b"x", "c.txt": b"x", "d.bin": b"x", "e.txt": b"same"})).sources
    write(tmp_path, {"a.txt": b"x", "c.txt": b"longer", "d.bin": b"longer", "z.lnk": b"x"})
    (tmp_path / "b.txt").unlink()
    found = changes(tmp_path, known)
    assert (found.added, found.changed, found.removed) == (("a.txt", "z.lnk"), ("c.txt", "d.bin"), ("b.txt",))
    assert found.known == known


def test_a_new_time_alone_is_no_change(tmp_path: Path) -> None:
    """A file written again with the same bytes is the same, and its new time is learnt, so that it is not read again."""
    known = read(write(tmp_path, {"a.txt": b"same"})).sources
    os.utime(tmp_path / "a.txt", ns=(1, 1_000_000_000))
    found = changes(tmp_path, known)
    assert not found
    assert found.known == (Source("a.txt", known[0].sha256, 4, (tmp_path / "a.txt").stat().st_mtime_ns),)


def test_other_bytes_of_the_same_size_are_a_change(tmp_path: Path) -> None:
    """With a new time the bytes decide, whatever the size."""
    known = read(write(tmp_path, {"a.txt": b"6.4%"})).sources
    write(tmp_path, {"a.txt": b"6.5%"})
    os.utime(tmp_path / "a.txt", ns=(1, 1_000_000_000))
    assert changes(tmp_path, known).changed == ("a.txt",)


def test_a_file_that_can_be_read_at_last_is_a_change(tmp_path: Path) -> None:
    """A file that was barred when the index was built counts as changed once it opens, though its time is old."""
    (read_now,) = read(write(tmp_path, {"a.txt": b"x"})).sources
    barred = Source("a.txt", None, read_now.size, read_now.modified)
    assert changes(tmp_path, [barred]).changed == ("a.txt",)


@given(
    before=st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.jsonl", "d.bin"]), st.binary(max_size=3)),
    after=st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.jsonl", "d.bin"]), st.binary(max_size=3)),
)
def test_changes_agree_with_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """For files that are opened, each path is added, changed or removed just as the bytes say."""
    folder = tmp_path_factory.mktemp("corpus")
    known = read(write(folder, before)).sources
    for path in before.keys() - after.keys():
        (folder / path).unlink()
    for path, data in after.items():
        if before.get(path) != data:
            write(folder, {path: data})
            os.utime(folder / path, ns=(1, 1_000_000_000))
    found = changes(folder, known)
    assert found.added == tuple(sorted(after.keys() - before.keys()))
    assert found.removed == tuple(sorted(before.keys() - after.keys()))
    assert found.changed == tuple(sorted(path for path in after.keys() & before.keys() if before[path] != after[path]))
