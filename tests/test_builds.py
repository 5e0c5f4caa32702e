"""A build's folder: its name, and how damage to it is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.errors import DamagedFile
from rag.index import builds
from tests.conftest import Publish

NOON = datetime(2025, 1, 2, 12, 0, 0, 123456, tzinfo=UTC)


def test_a_name_is_its_time(tmp_path: Path) -> None:
    """A build is named by its moment in UTC, to the millisecond."""
    assert builds.new_name(tmp_path, NOON) == "20250102-120000-123"


def test_names_rise_even_where_the_clock_goes_back(tmp_path: Path) -> None:
    """A name made later always sorts later, and is never the same."""
    (tmp_path / "builds" / "20250102-120000-999").mkdir(parents=True)
    assert builds.new_name(tmp_path, NOON) == "20250102-120001-000"


def test_only_builds_are_listed(tmp_path: Path) -> None:
    """Newest first; what else lies in the folder is no build."""
    for name in ("20250102-120000-999", "20250103-000000-000", "20250102-120000-999 - 副本", ".removing-1", "desktop.ini"):
        (tmp_path / "builds" / name).mkdir(parents=True)
    assert builds.names(tmp_path) == ("20250103-000000-000", "20250102-120000-999")
    assert builds.names(tmp_path / "nowhere") == ()


def test_an_intact_build_has_no_damage(tmp_path: Path, publish: Publish) -> None:
    """What was written is found as recorded, by size and by hash."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"1", "b": b""}))
    assert list(builds.damage(folder)) == []
    assert builds.check_sizes(folder).size == 1
    assert [builds.read_file(folder, record) for record in builds.read_manifest(folder).files] == [b"1", b""]


def test_a_changed_byte_is_found_when_read(tmp_path: Path, publish: Publish) -> None:
    """Bytes of the right number and the wrong hash never leave `read_file`; sizes alone don't tell."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"123"}))
    (folder / "a").write_bytes(b"124")
    record = builds.check_sizes(folder).files[0]
    with pytest.raises(DamagedFile) as caught:
        builds.read_file(folder, record)
    assert caught.value.file == f"builds/{folder.name}/a"
    assert record.sha256 in caught.value.expected


@pytest.mark.parametrize(("content", "found"), [(b"12", "2字节"), (b"1234", "4字节"), (None, "文件缺失")], ids=["short", "long", "missing"])
def test_a_wrong_size_is_found_without_reading(tmp_path: Path, publish: Publish, content: bytes | None, found: str) -> None:
    """A truncated, grown or missing file is named with its size."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"123"}))
    (folder / "a").unlink()
    if content is not None:
        (folder / "a").write_bytes(content)
    with pytest.raises(DamagedFile) as caught:
        builds.check_sizes(folder)
    assert caught.value.found == found
    assert [problem.found for problem in builds.damage(folder)] == [found]


def test_a_folder_in_place_of_a_file_is_damage(tmp_path: Path, publish: Publish) -> None:
    """A folder of a file's name is told as damage, not as a crash."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"123"}))
    (folder / "a").unlink()
    (folder / "a").mkdir()
    assert len(list(builds.damage(folder))) == 1


def test_another_builds_manifest_is_refused(tmp_path: Path, publish: Publish) -> None:
    """A build copied under another build's name does not pass for it."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"123"}))
    copy = folder.rename(folder.with_name("20990101-000000-000"))
    with pytest.raises(DamagedFile):
        builds.read_manifest(copy)


def test_an_extra_file_is_named(tmp_path: Path, publish: Publish) -> None:
    """What the manifest does not name is told apart from damage."""
    folder = builds.folder_of(tmp_path, publish(tmp_path, {"a": b"123"}))
    (folder / "extra.bin").write_bytes(b"")
    assert [problem.file for problem in builds.extra(folder)] == [f"builds/{folder.name}/extra.bin"]
    assert list(builds.damage(folder)) == []
