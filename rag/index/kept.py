"""What the newest intact build holds already: of files that stand as they did then, nothing is read, outlined or embedded again.

A file counts as unchanged where path, size and time are those recorded, and its time is well before that build's (a
file written again within the clock's step would look the same). What another version of the readers made is not
taken. Nothing of it is held in memory: lines, keys and vectors lie mapped.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

import rag
from rag.errors import DamagedFile
from rag.index import builds, library, records, report
from rag.index.keys import keys_of_build
from rag.index.manifest import Manifest
from rag.index.report import DocumentReport
from rag.passages import Passage
from rag.reading import corpus, office
from rag.reading.corpus import File
from rag.search.vectors import MATRIX, Vectors
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words

SETTLED_NANOSECONDS = 2_000_000_000  # the coarsest clock of a file system in use (FAT)
_ROOMS = ("writing", "reading", "outline", "passages.py", "search/bm25.py", "search/vocabulary.py")
_LIBRARIES = ("lxml", "pypdfium2", "selectolax", "langchain-text-splitters")
Span = tuple[int, int]


class Lines:
    """The lines of a file of an intact build."""

    def __init__(self, data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> None:
        self.data = data
        self.ends = ends

    def between(self, first: int, last: int) -> bytes:
        """The lines from `first` up to `last`, that one left out."""
        start = int(self.ends[first - 1]) if first else 0
        return bytes(self.data[start : int(self.ends[last - 1])]) if last > first else b""


@dataclass(frozen=True, slots=True)
class Made:
    """What a build made of one document: its lines in each file, and its entry in the report."""

    document: Span
    speeches: Span
    passages: Span
    told: DocumentReport


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier build to take from: its settled files, what was made of each document, by path; empty where there is none."""

    folder: Path = Path()
    manifest: Manifest | None = None
    files: Mapping[tuple[str, int, int], File] = field(default_factory=lambda: MappingProxyType({}))
    made: Mapping[str, Made] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, Lines] = field(default_factory=lambda: MappingProxyType({}))

    def passages(self, first: int, last: int) -> Iterator[Passage]:
        """The passages of these rows."""
        lines = self.lines[library.PASSAGES]
        rows = records.passages(lines.data, lines.ends)
        return (rows[row] for row in range(first, last))

    def keys(self) -> NDArray[np.uint8]:
        """The key of each passage, [n, 32]."""
        assert self.manifest is not None
        return keys_of_build(self.folder, self.manifest)

    def vectors(self, fingerprint: str) -> NDArray[Any] | None:
        """The vector of each passage by the model of this fingerprint; None where it has none that are intact."""
        assert self.manifest is not None
        if self.manifest.model.fingerprint != fingerprint or not self._intact(MATRIX):
            return None
        return Vectors.load(self.folder, replace(self.manifest.search, kind="exact")).numbers

    def words(self) -> tuple[Words, Vocabulary] | None:
        """The word index and the vocabulary, to be amended; None where they are not intact."""
        assert self.manifest is not None
        if not self._intact(library.WORDS) or not self._intact(library.VOCABULARY):
            return None
        count = self.manifest.counts.passages
        return Words.load(self.folder / library.WORDS, count), Vocabulary.load(self.folder / library.VOCABULARY, count)

    def _intact(self, start: str) -> bool:
        """Whether every file whose name starts like this is as recorded."""
        assert self.manifest is not None
        try:
            for record in self.manifest.files:
                if record.name.startswith(start):
                    builds.check_file(self.folder, record)
        except DamagedFile:
            return False
        return True


@lru_cache(maxsize=1)
def readers() -> str:
    """A hash of all that decides what is made of a file: the rooms that read, their libraries, LibreOffice's place."""
    package = Path(rag.__file__).parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        place = package / room
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    for name in _LIBRARIES:
        digest.update(f"{name}=={metadata.version(name)}".encode())
    digest.update(str(office.program()).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def load(index: Path) -> Kept:
    """What the newest intact build of these readers holds."""
    for name in builds.names(index):
        try:
            return _load(builds.folder_of(index, name))
        except DamagedFile:
            continue
    return Kept()


def _load(folder: Path) -> Kept:
    manifest = builds.read_manifest(folder)
    if manifest.readers != readers():
        return Kept()
    known = {record.name: record for record in manifest.files}
    lines = {}
    for name in (library.DOCUMENTS, library.SPEECHES, library.PASSAGES):
        for one in (name, f"{name}{library.ENDS}"):
            builds.check_file(folder, known[one])
        lines[name] = Lines(*library.lines(folder, name))
    told = report.load(builds.read_file(folder, known[report.NAME]))
    made = _made(lines, told.documents)
    reasons = {one.document: one.reason for one in told.documents if one.state == "reported"}
    return Kept(folder, manifest, _files(manifest, told.seconds, _paths(lines[library.DOCUMENTS], made), reasons), made, lines)


def _made(lines: Mapping[str, Lines], told: tuple[DocumentReport, ...]) -> dict[str, Made]:
    """What was made of each document; the three files have the documents in the same order."""
    speeches: dict[str, Span] = {}
    first = 0
    for path, own in groupby(records.firsts(lines[library.SPEECHES].data, lines[library.SPEECHES].ends)):
        last = first + sum(1 for _ in own)
        speeches[path], first = (first, last), last
    made = {}
    row = 0
    for number, one in enumerate(one for one in told if one.state == "indexed"):
        made[one.document] = Made((number, number + 1), speeches.get(one.document, (0, 0)), (row, row + one.passages), one)
        row += one.passages
    return made


def _files(manifest: Manifest, seconds: float, paths: Mapping[str, list[str]], reasons: Mapping[str, str | None],
           ) -> dict[tuple[str, int, int], File]:
    """The files whose time is well before that at which the build began to read; none left out for another's sake."""
    limit = int((datetime.fromisoformat(manifest.built).timestamp() - seconds) * 1e9) - SETTLED_NANOSECONDS
    found = {}
    for source in manifest.sources:
        if source.sha256 is None or not 0 <= source.modified < limit:
            continue
        own, reason = paths.get(source.path, ()), reasons.get(source.path)
        if own or (reason is not None and not corpus.clashes(reason)):
            found[source.path, source.size, source.modified] = File(source, (), reason, tuple(own))
    return found


def _paths(lines: Lines, made: Iterable[str]) -> dict[str, list[str]]:
    """The paths of the documents of each file; of lines of a file, the line's own number says which."""
    paths: dict[str, list[str]] = {}
    rows = records.documents(lines.data, lines.ends)
    for number, path in enumerate(made):
        identity = rows[number].document_id if "#" in path else None
        paths.setdefault(path if identity is None else path.removesuffix(f"#{identity}"), []).append(path)
    return paths
