"""A build's folder below `index/builds/`: its name, its manifest, its files, and whether they are as recorded."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rag.errors import DamagedFile
from rag.index import files, manifest
from rag.index.manifest import IndexFile, Manifest

FOLDER = "builds"
_NAME = re.compile(r"\d{8}-\d{6}-\d{3}")
NAME_FORMAT = "%Y%m%d-%H%M%S-%f"


def folder_of(index: Path, name: str) -> Path:
    """Where the build `name` lies, or would lie."""
    return index / FOLDER / name


def is_name(name: str) -> bool:
    """Whether a build could be called `name`."""
    return _NAME.fullmatch(name) is not None


def names(index: Path) -> tuple[str, ...]:
    """The names of all builds of `index`, newest first, damaged ones included; none where there is no such folder."""
    try:
        found = [entry.name for entry in (index / FOLDER).iterdir() if _NAME.fullmatch(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise DamagedFile(FOLDER, "可读的文件夹", f"无法读取（{error.strerror}）", certain=False) from error
    return tuple(sorted(found, reverse=True))


def new_name(index: Path, now: datetime) -> str:
    """A name for a build made `now` (UTC): sorts after every name in `index`, even where the clock went back."""
    known = names(index)
    if known:
        now = max(now, datetime.strptime(known[0], NAME_FORMAT).replace(tzinfo=UTC) + timedelta(milliseconds=1))
    return now.strftime(NAME_FORMAT)[:-3]


def read_manifest(folder: Path, sha256: str | None = None) -> Manifest:
    """The manifest of the build in `folder`; DamagedFile where it is damaged, another build's, or not `sha256`."""
    path = folder / manifest.NAME
    label = _label(folder, manifest.NAME)
    try:
        data = files.read(path)
    except OSError as error:
        raise unread(folder, manifest.NAME, error) from error
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise DamagedFile(label, f"SHA-256为{sha256}", f"SHA-256为{found}")
    record = manifest.parse(data, label)
    if not folder.name.endswith(record.build):
        raise DamagedFile(label, f"版本{folder.name}的清单", f"版本{record.build}的清单")
    return record


def read_file(folder: Path, record: IndexFile) -> bytes:
    """The bytes of a file of the build, exactly as recorded; else DamagedFile."""
    try:
        data = files.read(folder / record.name)
    except OSError as error:
        raise unread(folder, record.name, error) from error
    _compare(folder, record, manifest.record_of(record.name, data))
    return data


def check_file(folder: Path, record: IndexFile) -> None:
    """DamagedFile unless the file of the build is exactly as recorded; it is read, but not held."""
    path = folder / record.name
    try:
        _compare(folder, record, IndexFile(record.name, path.stat().st_size, files.sha256_of(path)))
    except OSError as error:
        raise unread(folder, record.name, error) from error


def check_sizes(folder: Path, sha256: str | None = None) -> Manifest:
    """The manifest of the build in `folder`, every file having its recorded size: cheap. Else DamagedFile."""
    build = read_manifest(folder, sha256)
    for record in build.files:
        try:
            size = (folder / record.name).stat().st_size
        except OSError as error:
            raise unread(folder, record.name, error) from error
        if size != record.size:
            raise DamagedFile(_label(folder, record.name), f"{record.size}字节", f"{size}字节")
    return build


def damage(folder: Path, sha256: str | None = None) -> Iterator[DamagedFile]:
    """Every file of the build that is missing or has another hash than recorded; reads them all."""
    try:
        build = read_manifest(folder, sha256)
    except DamagedFile as found:
        yield found
        return
    for record in build.files:
        try:
            check_file(folder, record)
        except DamagedFile as found:
            yield found


def extra(folder: Path) -> Iterator[DamagedFile]:
    """Every file in the build's folder that its manifest does not name; none where the manifest is damaged."""
    try:
        known = {manifest.NAME, *(record.name for record in read_manifest(folder).files)}
    except DamagedFile:
        return
    found = {(Path(place) / one).relative_to(folder).as_posix() for place, _, inside in os.walk(folder) for one in inside}
    for name in sorted(found - known):
        yield DamagedFile(_label(folder, name), "没有这个文件", "多出的文件（可以删去）")


def unread(folder: Path, name: str, error: OSError) -> DamagedFile:
    """Why a file of the build could not be read: a missing one is damaged, any other refusal may pass."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        return DamagedFile(_label(folder, name), "一个文件", "文件缺失")
    return DamagedFile(_label(folder, name), "可读的文件", f"无法读取（{error.strerror or error}）", certain=False)


def _compare(folder: Path, record: IndexFile, found: IndexFile) -> None:
    if found.size != record.size:
        raise DamagedFile(_label(folder, record.name), f"{record.size}字节", f"{found.size}字节")
    if found.sha256 != record.sha256:
        raise DamagedFile(_label(folder, record.name), f"SHA-256为{record.sha256}", f"SHA-256为{found.sha256}")


def _label(folder: Path, name: str) -> str:
    """A file's place below the index folder, as the user finds it."""
    return f"{FOLDER}/{folder.name}/{name}"
