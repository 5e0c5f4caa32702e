"""A changed corpus folder is told from an unchanged one."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import CorpusError
from rag.reading.corpus import read
from rag.reading.differences import changes
from rag.reading.document import Source


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write `files` below `folder`."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """It is not taken for one whose files are all gone."""
    with pytest.raises(CorpusError):
        changes(tmp_path / "无", ())


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
