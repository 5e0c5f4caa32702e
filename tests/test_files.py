"""Files appear whole or not at all."""

import errno
import threading
from pathlib import Path

import pytest

from rag.errors import NotWritten
from rag.index import files


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new content takes the old one's place, and no draft stays."""
    path = tmp_path / "答案.jsonl"
    files.write_whole(path, b"old")
    files.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["答案.jsonl"]


def test_readers_see_the_old_or_the_new_content(tmp_path: Path) -> None:
    """While a file is replaced many times, each read yields one whole version of it."""
    path = tmp_path / "current.json"
    versions = [bytes([letter]) * 50_000 for letter in b"ab"]
    files.write_whole(path, versions[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(files.read(path))

    reader = threading.Thread(target=watch)
    reader.start()
    for turn in range(60):
        files.write_whole(path, versions[turn % 2])
    done.set()
    reader.join()
    assert seen <= set(versions)


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    """A build's files are made once: writing one again is refused."""
    files.write(tmp_path / "a", b"1")
    with pytest.raises(FileExistsError):
        files.write(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_failed_replacement_leaves_the_old_content(tmp_path: Path) -> None:
    """Where the target can't be replaced (a folder of that name), it stays, and so does no draft."""
    (tmp_path / "target" / "inner").mkdir(parents=True)
    with pytest.raises(OSError, match=r"target"):
        files.write_whole(tmp_path / "target", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["target"]


@pytest.mark.parametrize(("error", "reason"), [
    (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
    (PermissionError(errno.EACCES, "Permission denied"), "没有写入权限"),
    (OSError(errno.EBUSY, "busy"), "busy"),
    (OSError("40877 requested and 27616 written"), "没有写全：40877 requested and 27616 written"),
], ids=["full", "refused", "other", "numpy"])
def test_a_refusal_names_the_folder_and_the_reason(tmp_path: Path, error: OSError, reason: str) -> None:
    """What the system says becomes one Chinese sentence with the folder in it."""
    with pytest.raises(NotWritten) as caught, files.writing(tmp_path):
        raise error
    assert (caught.value.folder, caught.value.reason) == (str(tmp_path), reason)


def test_a_folder_is_removed_whole(tmp_path: Path) -> None:
    """A removed folder is gone; one that isn't there is not an error."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert files.remove_folder(tmp_path / "a")
    assert not files.remove_folder(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
