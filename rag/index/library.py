"""A build opened for reading: its texts, outlines, passages and search, mapped from the disk and never changing.

Opening checks every byte against the recorded hashes where the build is small, and sizes alone where it is large:
`damaged` reads it all. It writes nothing, so asking needs no right to write, and what builders do later does not touch
what was opened. What no question asks for is not read.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rag.errors import DamagedFile, DamagedIndex, NoIndex, UnknownBuild, UnknownDocument
from rag.index import builds, pointer, records, report
from rag.index.manifest import Manifest
from rag.index.pointer import Pointer
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Document, Reported
from rag.search import flat
from rag.search.hybrid import Hybrid
from rag.search.vectors import Vectors
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words

DOCUMENTS = "documents.jsonl"
SPEECHES = "speeches.jsonl"
PASSAGES = "passages.jsonl"
ENDS = ".ends.bin"  # where the lines of such a file end
WORDS = "words/"
VOCABULARY = "vocabulary/"
NEAREST = 3
CHECKED_UP_TO = 64 * 2**20  # bytes of a build whose hashes are checked at each opening: 0.04 s


@dataclass(frozen=True, slots=True)
class Library:
    """All of one build. `hybrid` and `passages` have the same order. `warning` is for the user: why not the current build."""

    build: str
    manifest: Manifest
    documents: Sequence[Document]
    speeches: Sequence[Speech]
    passages: Sequence[Passage]
    reported: tuple[Reported, ...]
    hybrid: Hybrid
    vocabulary: Vocabulary
    by_path: Mapping[str, Document]
    warning: str | None = None

    def document(self, path: str) -> Document:
        """The document of this path; UnknownDocument with the nearest paths where there is none."""
        try:
            return self.by_path[path]
        except KeyError:
            from difflib import get_close_matches  # which only a mistake needs

            raise UnknownDocument(path, tuple(get_close_matches(path, self.by_path, NEAREST))) from None

    def text_of(self, path: str) -> str:
        """The immutable text that the spans of this document count in."""
        return self.document(path).text


class _ByPath(Mapping[str, Document]):
    """Documents by path, looked through when the first one is asked for."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents

    @cached_property
    def _found(self) -> dict[str, Document]:
        return {document.path: document for document in self._documents}

    def __getitem__(self, path: str) -> Document:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._documents)


def load(index: Path, doubted: Mapping[str, DamagedFile] = MappingProxyType({})) -> Library:
    """The current build; where it is damaged the newest intact one, with a warning. `doubted` builds count as damaged.

    NoIndex where nothing was built; DamagedIndex where no build is intact.
    """
    problems: list[DamagedFile] = list(doubted.values())
    pointed = _pointed(index, problems)
    for name in _candidates(index, pointed):
        if name in doubted:
            continue
        recorded = pointed.manifest if pointed and name == pointed.build else None
        try:
            library = _load(builds.folder_of(index, name), recorded)
        except DamagedFile as problem:
            problems.append(problem)
            if pointed and _pointed(index, []) != pointed:
                return load(index, doubted)  # a builder has published another build and retired this one meanwhile
        else:
            return replace(library, warning=_warning(name, problems)) if problems else library
    if not builds.names(index) and not (index / pointer.NAME).exists():
        raise NoIndex(str(index))
    raise DamagedIndex(str(index), tuple(str(problem) for problem in problems))


def load_build(index: Path, name: str) -> Library:
    """The build of this name. UnknownBuild, or DamagedIndex where it is not intact."""
    known = builds.names(index)
    if name not in known:
        raise UnknownBuild(name, known)
    try:
        return _load(builds.folder_of(index, name), None)
    except DamagedFile as problem:
        raise DamagedIndex(str(index), (str(problem),)) from problem


def damaged(index: Path, library: Library, stopped: Callable[[], bool] = lambda: False) -> DamagedFile | None:
    """What is wrong with an opened build of which only sizes were looked at; reads it all, until `stopped()`.

    None where nothing is, where opening has looked at every byte, or where a builder has retired the build meanwhile.
    """
    folder = builds.folder_of(index, library.build)
    if library.manifest.size <= CHECKED_UP_TO:
        return None
    for record in library.manifest.files:
        if stopped():
            return None
        try:
            builds.check_file(folder, record)
        except DamagedFile as problem:
            if problem.certain and folder.exists():
                return problem
    return None


def _pointed(index: Path, problems: list[DamagedFile]) -> Pointer | None:
    """The pointer; None, and one more problem, where it can't be read."""
    try:
        return pointer.load(index)
    except DamagedFile as problem:
        problems.append(problem)
        return None


def _candidates(index: Path, pointed: Pointer | None) -> list[str]:
    """The builds to try: the current one, then the others, newest first."""
    first = [pointed.build] if pointed else []
    return first + [name for name in builds.names(index) if name not in first]


def _warning(name: str, problems: list[DamagedFile]) -> str:
    found = ";".join(str(problem) for problem in problems)
    return f"当前索引有损坏（{found}）。现用完好的版本{name}作答，它可能不是最新的：请重建索引（yanju build）。"


def _load(folder: Path, recorded: str | None) -> Library:
    manifest = builds.check_sizes(folder, recorded)
    if manifest.size <= CHECKED_UP_TO:
        for record in manifest.files:
            builds.check_file(folder, record)
    known = {record.name: record for record in manifest.files}
    try:
        documents = records.documents(*lines(folder, DOCUMENTS))
        return Library(
            build=manifest.build,
            manifest=manifest,
            documents=documents,
            speeches=records.speeches(*lines(folder, SPEECHES)),
            passages=records.passages(*lines(folder, PASSAGES)),
            reported=report.load(builds.read_file(folder, known[report.NAME])).reported,
            hybrid=Hybrid(Vectors.load(folder, manifest.search), Words.load(folder / WORDS, manifest.counts.passages)),
            vocabulary=Vocabulary.load(folder / VOCABULARY, manifest.counts.passages),
            by_path=_ByPath(documents),
        )
    except OSError as error:
        raise builds.unread(folder, Path(error.filename or folder).name, error) from error


def lines(folder: Path, name: str) -> tuple[bytes | mmap.mmap, NDArray[np.int64]]:
    """A file of lines of the build in `folder`, mapped, and where they end."""
    ends = flat.mapped(folder / f"{name}{ENDS}", np.int64)
    if not len(ends):  # an empty file can't be mapped
        return b"", ends
    with (folder / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), ends
