"""The files of the corpus folder, as their keeper changes them: each step whole or not at all, none outside the folder.

Every path is cleaned (`names`) before it is used, and no link is followed. Leaves out what the files hold
(`preview`) and the index, which stays behind until it is built again.
"""

from __future__ import annotations

import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rag.errors import BadName, NameTaken, NoSuchFile, NotAccepted
from rag.index import files
from rag.keeping.names import cleaned, cleaned_path, numbered, same
from rag.reading import corpus as reading
from rag.reading import folder as reading_folder
from rag.reading.folder import LARGEST_BYTES

_DRAFT = ".writing-"  # hidden from the reader, which passes over dot files
_MEGABYTE = 2**20
_changing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Holding:
    """A file of the corpus folder: `path` below it, bytes, nanoseconds since 1970.

    `problem` says why it can't even be opened (a link, a name that is not UTF-8); such a file can't be changed here.
    """

    path: str
    size: int
    modified: int
    problem: str | None = None


def listed(corpus: Path, search: str = "") -> tuple[Holding, ...]:
    """The files of the folder whose path holds every word of `search`, in path order. CorpusError where it is missing."""
    wanted = search.casefold().split()
    return tuple(
        Holding(entry.path, entry.size, entry.modified, entry.problem)
        for entry in reading_folder.entries(corpus)
        if all(word in entry.path.casefold() for word in wanted)
    )


def folders(corpus: Path) -> tuple[str, ...]:
    """The folders below the corpus folder, in path order; hidden ones and links left out."""
    return tuple(sorted(place.relative_to(corpus).as_posix() for place in _folders(corpus)))


def add(corpus: Path, path: str, source: Path, *, replace: bool = False) -> str:
    """Put a copy of the file `source` at `path` of the corpus folder, making its folders; the path that it got.

    BadName; NotAccepted for a format that can't be read or more than `LARGEST_BYTES`; NameTaken, with a free name,
    where a file of that name is there and `replace` is not set; NotWritten, and the folder as it was, where the
    system refuses.
    """
    path = cleaned_path(path)
    _check_acceptable(path, source)
    with _changing:
        target = _inside(corpus, path)
        taken = _taken(target)
        if taken is not None and not (replace and taken.is_file()):
            raise NameTaken(_path(corpus, taken), _free(corpus, path))
        _place(corpus, source, target if taken is None else taken)
        return _path(corpus, target if taken is None else taken)


def rename(corpus: Path, path: str, new: str) -> str:
    """Give the file or folder at `path` the path `new`, in another folder perhaps; the path that it got.

    NoSuchFile, BadName, NotAccepted where a file would get a format that can't be read, NameTaken, NotWritten.
    """
    with _changing:
        source = _existing(corpus, path)
        new = cleaned_path(new)
        if source.is_file():
            _check_type(new)
        target = _inside(corpus, new)
        taken = _taken(target)
        if taken is not None and taken != source:
            raise NameTaken(_path(corpus, taken), _free(corpus, new))
        if source.is_dir() and target.is_relative_to(source) and target != source:
            raise BadName(new)
        with files.writing(corpus):
            target.parent.mkdir(parents=True, exist_ok=True)
            files.replace(source, target)
        return new


def delete(corpus: Path, path: str) -> None:
    """Take the file at `path`, or the empty folder, out of the corpus folder. NoSuchFile, NotWritten."""
    with _changing, files.writing(corpus):
        target = _existing(corpus, path)
        if target.is_dir():
            target.rmdir()
        else:
            target.unlink()
        files.sync_folder(target.parent)


def make_folder(corpus: Path, path: str) -> str:
    """Make a folder, and those above it; the path that it got. BadName, NameTaken, NotWritten."""
    path = cleaned_path(path)
    with _changing, files.writing(corpus):
        target = _inside(corpus, path)
        taken = _taken(target)
        if taken is not None:
            raise NameTaken(_path(corpus, taken), _free(corpus, path))
        target.mkdir(parents=True)
    return path


def _folders(folder: Path) -> Iterator[Path]:
    try:
        inside = list(folder.iterdir())
    except OSError:
        return
    for place in inside:
        if place.is_dir() and not place.is_symlink() and not place.name.startswith("."):
            yield place
            yield from _folders(place)


def _check_acceptable(path: str, source: Path) -> None:
    _check_type(path)
    size = source.stat().st_size
    if size > LARGEST_BYTES:
        raise NotAccepted(path, f"有{size / _MEGABYTE:.0f} MB，超过上限{LARGEST_BYTES / _MEGABYTE:.0f} MB：请分成几个文件。")
    if size == 0:
        raise NotAccepted(path, "文件是空的。")


def _check_type(path: str) -> None:
    if PurePosixPath(path).suffix.lower() not in reading.KNOWN:
        raise NotAccepted(path, f"不是能读的格式。能读的有：{'、'.join(sorted(reading.KNOWN))}。")


def _inside(corpus: Path, path: str) -> Path:
    """Where `path` lies, no folder on the way being a link; with the spelling of the folders that are there."""
    place = corpus
    *above, name = path.split("/")
    for part in above:
        found = _taken(place / part)
        place = found if found is not None else place / part
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise BadName(path)
    if not place.resolve().is_relative_to(corpus.resolve()):
        raise BadName(path)
    return place / name


def _existing(corpus: Path, path: str) -> Path:
    """The file or folder at `path` as it is listed. NoSuchFile for what is not there, a link, or not below the folder."""
    if not path or any(part in ("", ".", "..") or "\\" in part for part in path.split("/")):
        raise NoSuchFile(path)
    place = corpus.joinpath(*path.split("/"))
    linked = any(above.is_symlink() for above in (place, *place.parents) if above != corpus and above.is_relative_to(corpus))
    if linked or not place.exists() or not place.resolve().is_relative_to(corpus.resolve()):
        raise NoSuchFile(path)
    return place


def _taken(target: Path) -> Path | None:
    """What bears the name of `target` already, or a name that some system takes for the same."""
    try:
        return next((place for place in target.parent.iterdir() if same(place.name, target.name)), None)
    except OSError:
        return None


def _free(corpus: Path, path: str) -> str:
    """A path like `path` that is not taken: 讲话(2).docx."""
    place = PurePosixPath(path)
    number = 2
    while _taken(corpus / place.with_name(numbered(place.name, number))) is not None:
        number += 1
    return place.with_name(cleaned(numbered(place.name, number))).as_posix()


def _place(corpus: Path, source: Path, target: Path) -> None:
    """A copy of `source` at `target`, in one step."""
    with files.writing(corpus):
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.parent / f"{_DRAFT}{uuid.uuid4().hex}"
        try:
            with source.open("rb") as read, draft.open("xb") as written:
                shutil.copyfileobj(read, written, _MEGABYTE)
                written.flush()
                os.fsync(written.fileno())
            files.replace(draft, target)
        finally:
            with suppress(OSError):
                draft.unlink()


def _path(corpus: Path, place: Path) -> str:
    return place.relative_to(corpus).as_posix()
