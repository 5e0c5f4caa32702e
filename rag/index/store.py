"""The builds that an index keeps: published, made current, gone back to, retired.

Each step leaves the index whole wherever it is cut off: a build is written beside the others, checked, given its
name in one step, and becomes current when the pointer is replaced in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import DamagedFile, DamagedIndex, NoEarlierBuild, NoIndex, NotWritten, UnknownBuild
from rag.index import builds, files, manifest, pointer
from rag.index.lock import only_builder
from rag.index.manifest import Contents, Manifest
from rag.index.pointer import Pointer
from rag.settings import KEEP

BUILDING = ".building-"
_LEFTOVERS = (BUILDING, files.REMOVING, files.WRITING)


@dataclass(frozen=True, slots=True)
class Kept:
    """A build kept. `built` is its time in UTC (ISO 8601); `intact` says that manifest and sizes are as recorded.

    `size` in bytes. Where the manifest can't be read, the counts are 0 and the time is taken from the name.
    """

    build: str
    built: str
    current: bool
    intact: bool
    documents: int
    passages: int
    size: int


def history(index: Path) -> tuple[Kept, ...]:
    """The builds kept, newest first. NoIndex where there are none."""
    serving = current(index)
    return tuple(_kept(index, name, serving) for name in builds.names(index))


def current(index: Path) -> str:
    """The build that answers: the pointer's, else the newest whose manifest and sizes are as recorded."""
    known = builds.names(index)
    if not known:
        raise NoIndex(str(index))
    try:
        pointed = pointer.load(index)
        builds.check_sizes(builds.folder_of(index, pointed.build), pointed.manifest)
        return pointed.build
    except DamagedFile:
        return next((name for name in known if _whole(index, name)), known[0])


def publish(index: Path, build: Manifest, contents: Mapping[str, Contents]) -> None:
    """Write, check and make current the build of these files, bytes or files to be moved in. The caller holds the lock.

    NotWritten, and an index as it was, where the system refuses or what is read back differs.
    """
    draft = index / f"{BUILDING}{build.build}"
    target = builds.folder_of(index, build.build)
    try:
        with files.writing(index):
            draft.mkdir(parents=True)
            target.parent.mkdir(exist_ok=True)
            _fill(draft, {**contents, manifest.NAME: build.to_bytes()})
        for problem in builds.damage(draft):
            raise NotWritten(str(index), f"写入后核对不符：{problem}") from problem
        with files.writing(index):
            files.replace(draft, target)
            files.sync_folder(index)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    make_current(index, build.build)


def _fill(folder: Path, contents: Mapping[str, Contents]) -> None:
    """Put the files into the folder, flushed to the disk with their names; the manifest, which vouches for them, comes last."""
    for name, data in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, bytes):
            files.write(folder / name, data)
        else:
            files.take(data, folder / name)
    for below in {(folder / name).parent for name in contents}:
        files.sync_folder(below)


def make_current(index: Path, name: str) -> None:
    """Let the pointer name this build. The caller holds the lock and knows the build to be intact."""
    with files.writing(index):
        pointer.save(index, Pointer(name, files.sha256_of(builds.folder_of(index, name) / manifest.NAME)))


def rollback(index: Path, name: str | None = None) -> str:
    """Make an earlier build current, by name, else the newest intact one before the current; returns its name.

    UnknownBuild, NoEarlierBuild, DamagedIndex where the build named is damaged, BuildRunning.
    """
    if not builds.names(index):
        raise NoIndex(str(index))
    with only_builder(index):
        known = builds.names(index)
        name = name or _earlier(index, known)
        if name not in known:
            raise UnknownBuild(name, known)
        problems = tuple(str(problem) for problem in builds.damage(builds.folder_of(index, name)))
        if problems:
            raise DamagedIndex(str(index), problems)
        make_current(index, name)
    return name


def _earlier(index: Path, known: tuple[str, ...]) -> str:
    """The newest intact build before the one that the pointer names, were that one damaged itself."""
    try:
        start = pointer.load(index).build
    except DamagedFile:
        start = current(index)
    for name in known:
        if name < start and not any(builds.damage(builds.folder_of(index, name))):
            return name
    raise NoEarlierBuild(start)


def sweep(index: Path) -> None:
    """Remove what killed builders left behind. The caller holds the lock, so that nobody is at work on it.

    What the system will not let go now stays for the next time.
    """
    hidden = [entry for folder in (index, index / builds.FOLDER) for entry in folder.glob(".*")]
    for entry in hidden:
        if entry.name.startswith(_LEFTOVERS) and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name.startswith(_LEFTOVERS):
            with suppress(OSError):
                entry.unlink()


def retire(index: Path, keep: int = KEEP, keep_bytes: int | None = None) -> None:
    """Keep the current build and the newest others, `keep` intact ones in all, of `keep_bytes` at most; remove the rest.

    The caller holds the lock. The current build stays, whatever its size.

    Damaged builds are removed as well, so that after a build `verify` finds nothing wrong. What a reader holds
    open (Windows) goes at a later time.
    """
    serving = current(index)
    kept, size = 1, _size(builds.folder_of(index, serving))
    for name in builds.names(index):
        if name == serving:
            continue
        folder = builds.folder_of(index, name)
        fits = kept < keep and (keep_bytes is None or size + _size(folder) <= keep_bytes)
        if fits and not any(problem.certain for problem in builds.damage(folder)):
            kept, size = kept + 1, size + _size(folder)
        else:
            files.remove_folder(folder)


def _size(folder: Path) -> int:
    """The bytes of all files below a folder; those that vanish meanwhile count nothing."""
    total = 0
    for place, _, inside in os.walk(folder):
        for name in inside:
            with suppress(OSError):
                total += (Path(place) / name).stat().st_size
    return total


def _whole(index: Path, name: str) -> bool:
    try:
        builds.check_sizes(builds.folder_of(index, name))
    except DamagedFile:
        return False
    return True


def _kept(index: Path, name: str, serving: str) -> Kept:
    folder = builds.folder_of(index, name)
    try:
        build = builds.read_manifest(folder)
    except DamagedFile:
        built = datetime.strptime(name, builds.NAME_FORMAT).replace(tzinfo=UTC).isoformat(timespec="milliseconds")
        return Kept(name, built, name == serving, intact=False, documents=0, passages=0, size=0)
    return Kept(name, build.built, name == serving, _whole(index, name), build.counts.documents, build.counts.passages, build.size)
