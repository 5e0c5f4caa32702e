"""The walk finds everything in one order and follows no link; a file is read in one state."""

import os
import socket
import sys
from pathlib import Path

import pytest

from rag.errors import CorpusError, UnreadableFile
from rag.reading import folder


def entry_of(corpus: Path, path: str) -> folder.Entry:
    """The entry of `path` below `corpus`."""
    return next(entry for entry in folder.entries(corpus) if entry.path == path)


def link(place: Path, target: Path) -> None:
    """Make `place` a link to `target`, or skip where the system keeps links to administrators."""
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("links need a privilege here")


def test_entries_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Folders of any depth, names with any characters, ordered by code point; dot files and owner files left out."""
    for path in ("b/丙.txt", "b/甲/深/乙.TXT", "b.txt", "a#1.jsonl", ".git/x.txt", ".DS_Store", "b/~$乙.docx", "b/无扩展名"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    found = folder.entries(tmp_path)
    assert [entry.path for entry in found] == ["a#1.jsonl", "b.txt", "b/丙.txt", "b/无扩展名", "b/甲/深/乙.TXT"]
    assert [entry.extension for entry in found] == [".jsonl", ".txt", ".txt", "", ".txt"]
    assert {entry.size for entry in found} == {1}


@pytest.mark.parametrize(("make", "words"), [(False, "不存在"), (True, "是文件，不是语料文件夹")])
def test_a_corpus_that_is_no_folder_is_an_error(tmp_path: Path, make: bool, words: str) -> None:
    """A missing folder, or a file in its place, is said, with what to do."""
    place = tmp_path / "corpus"
    if make:
        place.write_bytes(b"")
    with pytest.raises(CorpusError, match=words):
        folder.entries(place)


def test_links_are_entries_and_never_followed(tmp_path: Path) -> None:
    """Links to files and folders, inside and outside, dangling and circular, each stand once, with a problem."""
    corpus, outside = tmp_path / "corpus", tmp_path / "outside"
    corpus.mkdir()
    outside.mkdir()
    (outside / "密.txt").write_bytes("密".encode())
    (corpus / "甲.txt").write_bytes("甲".encode())
    links = {"a": outside, "b.txt": outside / "密.txt", "c.txt": corpus / "甲.txt", "d": corpus, "e.txt": corpus / "无"}
    for name, target in links.items():
        link(corpus / name, target)
    found = {entry.path: entry.problem for entry in folder.entries(corpus)}
    assert list(found) == ["a", "b.txt", "c.txt", "d", "e.txt", "甲.txt"]
    assert found.pop("甲.txt") is None
    assert all("是链接" in (problem or "") for problem in found.values())


def test_a_corpus_reached_by_a_link_is_read(tmp_path: Path) -> None:
    """The folder that the user named may itself be a link."""
    (tmp_path / "真").mkdir()
    (tmp_path / "真" / "甲.txt").write_bytes(b"x")
    link(tmp_path / "链", tmp_path / "真")
    assert [entry.path for entry in folder.entries(tmp_path / "链")] == ["甲.txt"]


def test_a_link_that_took_a_files_place_is_not_opened(tmp_path: Path) -> None:
    """What was a file when the folder was listed and is a link when it is opened is refused."""
    (tmp_path / "甲.txt").write_bytes("甲".encode())
    entry = entry_of(tmp_path, "甲.txt")
    (tmp_path / "乙.txt").write_bytes("乙".encode())
    (tmp_path / "甲.txt").unlink()
    link(tmp_path / "甲.txt", tmp_path / "乙.txt")
    with pytest.raises(UnreadableFile, match="链接"):
        folder.read_bytes(entry)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_pipes_and_sockets_are_entries_with_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe or socket, whatever its name, is not a file, and nothing waits for it."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("管道.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        found = folder.entries(tmp_path)
    assert [entry.path for entry in found] == ["s.txt", "管道.txt"]
    assert all("不是普通文件" in (entry.problem or "") for entry in found)


@pytest.mark.skipif(sys.platform != "linux", reason="names here are always Unicode")
def test_a_name_that_is_not_utf8_is_an_entry_with_a_problem(tmp_path: Path) -> None:
    """A name in GBK, of a file or of a folder above it, is written out byte by byte, and says so."""
    name = "政务".encode("gbk")
    (tmp_path / os.fsdecode(name + b".txt")).write_bytes(b"x")
    (tmp_path / os.fsdecode(name)).mkdir()
    (tmp_path / os.fsdecode(name) / "甲.txt").write_bytes(b"x")
    found = {entry.path: entry.problem for entry in folder.entries(tmp_path)}
    assert list(found) == ["\\xd5\\xfe\\xce\\xf1.txt", "\\xd5\\xfe\\xce\\xf1/甲.txt"]
    assert all("不是UTF-8" in (problem or "") for problem in found.values())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_with_a_line_end_is_an_entry_with_a_problem(tmp_path: Path) -> None:
    """What would break a list in two is written out; spaces, full-width ones too, are fine."""
    for name in ("坏\n名.txt", "好 名\u3000.txt"):
        (tmp_path / name).write_bytes(b"x")
    found = {entry.path: entry.problem for entry in folder.entries(tmp_path)}
    assert found == {"坏\\n名.txt": "名称里有不可见的控制字符：请改名。", "好 名\u3000.txt": None}


def test_bytes_come_with_the_size_and_time_they_had(tmp_path: Path) -> None:
    """The entry that comes back tells of the bytes that were read, not of those that were listed."""
    path = tmp_path / "甲.txt"
    path.write_bytes(b"old")
    entry = entry_of(tmp_path, "甲.txt")
    path.write_bytes(b"newer")
    os.utime(path, ns=(1, 2_000_000_000))
    after, data = folder.read_bytes(entry)
    assert (data, after.size, after.modified) == (b"newer", 5, 2_000_000_000)


def test_a_file_that_keeps_changing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is another one after each reading is given up, and what was read of it is not used."""
    path = tmp_path / "甲.txt"
    path.write_bytes(b"x")
    entry = entry_of(tmp_path, "甲.txt")
    opened = os.open

    def open_and_append(name: str, flags: int) -> int:
        with path.open("ab") as file:
            file.write(b"x")
        return opened(name, flags)

    monkeypatch.setattr(os, "open", open_and_append)
    with pytest.raises(UnreadableFile, match="一直在变"):
        folder.read_bytes(entry)
    assert path.stat().st_size == 1 + folder.ATTEMPTS


def test_a_file_that_is_gone_or_barred_is_refused(tmp_path: Path) -> None:
    """A file removed since the listing is said to be gone; one without permission, to be barred."""
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_bytes(b"x")
    gone, barred = entry_of(tmp_path, "甲.txt"), entry_of(tmp_path, "乙.txt")
    (tmp_path / "甲.txt").unlink()
    with pytest.raises(UnreadableFile, match="不在原处"):
        folder.read_bytes(gone)
    (tmp_path / "乙.txt").chmod(0)
    try:
        (tmp_path / "乙.txt").read_bytes()
    except PermissionError:
        with pytest.raises(UnreadableFile, match="权限"):
            folder.read_bytes(barred)


def test_a_folder_that_can_not_be_opened_is_an_entry_with_a_problem(tmp_path: Path) -> None:
    """A barred folder is named, and what lies beside it is found; a barred corpus is an error."""
    barred = tmp_path / "内部"
    barred.mkdir()
    (tmp_path / "甲.txt").write_bytes(b"x")
    barred.chmod(0)
    try:
        list(barred.iterdir())
    except PermissionError:
        inside, beside = folder.entries(tmp_path)
        assert (inside.path, inside.extension, beside.path) == ("内部", "", "甲.txt")
        assert "文件夹打不开" in (inside.problem or "")
        with pytest.raises(CorpusError, match="权限"):
            folder.entries(barred)
    finally:
        barred.chmod(0o700)


def test_very_deep_folders_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth is bounded by the system's paths, not by the program's stack."""
    monkeypatch.chdir(tmp_path)
    deep = Path(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / "甲.txt").write_bytes(b"x")
    assert [entry.path for entry in folder.entries(tmp_path)] == ["d/" * 60 + "甲.txt"]
