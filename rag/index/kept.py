"""What the newest intact build has read already: of the files that stand as they did then, nothing is read again.

A file counts as unchanged where path, size and time are those recorded, and its time is well before that build's (a
file written again within the clock's step would look the same). What another version of the readers made is not
taken. Leaves out vectors, which are kept by their text (`embedding`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import rag
from rag.errors import DamagedFile
from rag.index import builds, library, records, report
from rag.index.manifest import Manifest
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading import office
from rag.reading.document import Reading, Source

SETTLED_NANOSECONDS = 2_000_000_000  # the coarsest clock of a file system in use (FAT)
_ROOMS = ("writing", "reading", "outline", "passages.py")
_LIBRARIES = ("lxml", "pypdfium2", "selectolax", "langchain-text-splitters")


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier reading with its outlines and passages by document path; empty where there is none to take from."""

    reading: Reading = field(default_factory=lambda: Reading((), ()))
    speeches: dict[str, tuple[Speech, ...]] = field(default_factory=dict)
    passages: dict[str, tuple[Passage, ...]] = field(default_factory=dict)


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
    files = {record.name: record for record in manifest.files}
    documents = records.load_documents(builds.read_file(folder, files[library.DOCUMENTS]))
    speeches: dict[str, list[Speech]] = defaultdict(list)
    for speech in records.load_speeches(builds.read_file(folder, files[library.SPEECHES])):
        speeches[speech.document].append(speech)
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in records.load_passages(builds.read_file(folder, files[library.PASSAGES])):
        passages[passage.document].append(passage)
    made = report.load(builds.read_file(folder, files[report.NAME]))
    return Kept(
        Reading(documents, made.reported, _settled(manifest, made.seconds)),
        {path: tuple(own) for path, own in speeches.items()}, {path: tuple(own) for path, own in passages.items()},
    )


def _settled(manifest: Manifest, seconds: float) -> tuple[Source, ...]:
    """The sources whose time is well before that at which the build began to read."""
    limit = int((datetime.fromisoformat(manifest.built).timestamp() - seconds) * 1e9) - SETTLED_NANOSECONDS
    return tuple(source for source in manifest.sources if source.sha256 is not None and 0 <= source.modified < limit)
