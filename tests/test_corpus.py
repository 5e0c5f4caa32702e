"""Every file of the corpus becomes documents or a report."""

import hashlib
from pathlib import Path

import pytest

from rag.errors import CorpusError
from rag.reading.corpus import read
from rag.reading.document import Document, Reading

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
        ("稿.DOCX", b"PK\x03\x04", "已损坏（压缩包结构不完整）"),
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
    """It says that there is no such folder."""
    with pytest.raises(CorpusError):
        read(tmp_path / "无")


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
