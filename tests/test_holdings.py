"""Files are put into the corpus folder, replaced, renamed and taken out, each whole or not at all, none outside it."""

import errno
import os
from pathlib import Path

import pytest

from rag.errors import BadName, NameTaken, NoSuchFile, NotAccepted, NotWritten
from rag.index import files
from rag.keeping import holdings
from rag.reading import folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus folder with one speech, and a file beside it that is none of its business."""
    (tmp_path / "corpus" / "2024").mkdir(parents=True)
    (tmp_path / "corpus" / "2024" / "讲话.txt").write_text("旧", encoding="utf-8")
    (tmp_path / "外.txt").write_text("外", encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A file as a browser has sent it."""
    path = tmp_path / "上传"
    path.write_text("新", encoding="utf-8")
    return path


def text(corpus: Path, path: str) -> str:
    """What the file at `path` holds."""
    return (corpus / path).read_text(encoding="utf-8")


def test_a_file_is_put_in_its_folder(corpus: Path, upload: Path) -> None:
    """The folder is made, the copy is whole, the upload stays."""
    assert holdings.add(corpus, r"2023\工作?.txt", upload) == "2023/工作_.txt"
    assert text(corpus, "2023/工作_.txt") == "新"
    assert [one.path for one in holdings.listed(corpus)] == ["2023/工作_.txt", "2024/讲话.txt"]
    assert holdings.folders(corpus) == ("2023", "2024")
    assert [one.path for one in holdings.listed(corpus, "2024 讲")] == ["2024/讲话.txt"]
    assert upload.exists()


def test_the_same_name_asks(corpus: Path, upload: Path) -> None:
    """Without `replace` nothing changes and a free name is offered; with it the file is the new one."""
    with pytest.raises(NameTaken) as raised:
        holdings.add(corpus, "2024/讲话.TXT", upload)
    assert (raised.value.path, raised.value.free) == ("2024/讲话.txt", "2024/讲话(2).TXT")
    assert text(corpus, "2024/讲话.txt") == "旧"
    assert holdings.add(corpus, "2024/讲话.txt", upload, replace=True) == "2024/讲话.txt"
    assert text(corpus, "2024/讲话.txt") == "新"


def test_what_can_not_be_read_is_not_taken(corpus: Path, upload: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program, an empty file and one over the limit are refused by name and reason."""
    with pytest.raises(NotAccepted, match="不是能读的格式"):
        holdings.add(corpus, "工具.exe", upload)
    monkeypatch.setattr(holdings, "LARGEST_BYTES", 2)
    with pytest.raises(NotAccepted, match="超过上限"):
        holdings.add(corpus, "新.txt", upload)
    upload.write_bytes(b"")
    with pytest.raises(NotAccepted, match="空的"):
        holdings.add(corpus, "新.txt", upload)
    assert [one.path for one in holdings.listed(corpus)] == ["2024/讲话.txt"]


@pytest.mark.parametrize("path", ["../外.txt", "2024/../../外.txt", "/外.txt", r"..\外.txt", "", ".", ".."])
def test_nothing_outside_the_folder_is_touched(corpus: Path, upload: Path, path: str) -> None:
    """Paths that climb name nothing: not to write, not to rename, not to delete."""
    for change in (lambda: holdings.delete(corpus, path), lambda: holdings.rename(corpus, path, "拿.txt")):
        with pytest.raises(NoSuchFile):
            change()
    with pytest.raises(BadName):
        holdings.rename(corpus, "2024/讲话.txt", "../跑.txt")
    assert text(corpus.parent, "外.txt") == "外"
    assert not (corpus.parent / "跑.txt").exists()


def test_no_link_is_followed(corpus: Path, upload: Path) -> None:
    """A link in the corpus folder leads nowhere, whether a file is put in through it, renamed or deleted."""
    try:
        (corpus / "链").symlink_to(corpus.parent, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    with pytest.raises(BadName):
        holdings.add(corpus, "链/外.txt", upload, replace=True)
    with pytest.raises(NoSuchFile):
        holdings.delete(corpus, "链/外.txt")
    assert text(corpus.parent, "外.txt") == "外"


def test_a_file_is_renamed_and_moved(corpus: Path) -> None:
    """To another folder, to another case; never over another file, never to a format that can't be read."""
    assert holdings.rename(corpus, "2024/讲话.txt", "存档/会议讲话.txt") == "存档/会议讲话.txt"
    assert text(corpus, "存档/会议讲话.txt") == "旧"
    assert holdings.rename(corpus, "存档/会议讲话.txt", "存档/会议讲话.TXT") == "存档/会议讲话.TXT"
    (corpus / "b.txt").write_text("乙", encoding="utf-8")
    with pytest.raises(NameTaken):
        holdings.rename(corpus, "b.txt", "存档/会议讲话.TXT")
    with pytest.raises(NotAccepted):
        holdings.rename(corpus, "b.txt", "b.exe")
    with pytest.raises(BadName):
        holdings.rename(corpus, "存档", "存档/里面")


def test_files_and_empty_folders_are_deleted(corpus: Path) -> None:
    """A folder with files in it is not: they go one by one."""
    with pytest.raises(NotWritten):
        holdings.delete(corpus, "2024")
    holdings.delete(corpus, "2024/讲话.txt")
    holdings.delete(corpus, "2024")
    assert holdings.listed(corpus) == ()
    assert holdings.folders(corpus) == ()
    with pytest.raises(NoSuchFile):
        holdings.delete(corpus, "2024/讲话.txt")


def test_a_folder_is_made_once(corpus: Path) -> None:
    """A folder of the name of another, or of a file, is not made."""
    assert holdings.make_folder(corpus, "2025/一季度") == "2025/一季度"
    with pytest.raises(NameTaken):
        holdings.make_folder(corpus, "2025")


def test_a_full_disk_leaves_the_folder_as_it_was(corpus: Path, upload: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays whole and no draft is left."""
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(NotWritten, match="磁盘已满"):
        holdings.add(corpus, "2024/讲话.txt", upload, replace=True)
    assert text(corpus, "2024/讲话.txt") == "旧"
    assert [one.name for one in (corpus / "2024").iterdir()] == ["讲话.txt"]


def test_a_file_over_the_limit_is_reported(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A giant file that was put in by other ways is never read."""
    monkeypatch.setattr(folder, "LARGEST_BYTES", 2)
    entry = folder.entries(corpus)[0]
    with pytest.raises(folder.UnreadableFile, match="超过上限"):
        folder.read_bytes(entry)
