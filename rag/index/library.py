"""A build opened for reading: its texts, outlines, passages and search, whole in memory and never changing.

Opening checks every byte that it takes against the recorded hashes. It writes nothing, so asking needs no right
to write, and what builders do later does not touch what was opened.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from rag.errors import DamagedFile, DamagedIndex, NoIndex, UnknownBuild, UnknownDocument
from rag.index import builds, pointer, records, report
from rag.index.manifest import Manifest
from rag.index.pointer import Pointer
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Document, Reported
from rag.search.hybrid import Hybrid
from rag.search.vectors import Vectors
from rag.search.words import Words

DOCUMENTS = "documents.jsonl"
SPEECHES = "speeches.jsonl"
PASSAGES = "passages.jsonl"
VECTORS = "vectors.faiss"
WORDS = "words/"  # a folder: bm25s keeps several files
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Library:
    """All of one build. `hybrid` and `passages` have the same order. `warning` is for the user: why not the current build."""

    build: str
    manifest: Manifest
    documents: tuple[Document, ...]
    speeches: tuple[Speech, ...]
    passages: tuple[Passage, ...]
    reported: tuple[Reported, ...]
    hybrid: Hybrid
    by_path: Mapping[str, Document]
    warning: str | None = None

    def document(self, path: str) -> Document:
        """The document of this path; UnknownDocument with the nearest paths where there is none."""
        try:
            return self.by_path[path]
        except KeyError:
            raise UnknownDocument(path, tuple(difflib.get_close_matches(path, self.by_path, NEAREST))) from None

    def text_of(self, path: str) -> str:
        """The immutable text that the spans of this document count in."""
        return self.document(path).text


def load(index: Path) -> Library:
    """The current build, whole; where it is damaged the newest intact one, with a warning.

    NoIndex where nothing was built; DamagedIndex where no build is intact.
    """
    problems: list[DamagedFile] = []
    pointed = _pointed(index, problems)
    for name in _candidates(index, pointed):
        recorded = pointed.manifest if pointed and name == pointed.build else None
        try:
            library = _load(builds.folder_of(index, name), recorded)
        except DamagedFile as problem:
            problems.append(problem)
            if pointed and _pointed(index, []) != pointed:
                return load(index)  # a builder has published another build and retired this one meanwhile
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
    return f"当前索引有损坏({found})。现用完好的版本{name}作答,它可能不是最新的:请重建索引(yanju build)。"


def _load(folder: Path, recorded: str | None) -> Library:
    manifest = builds.read_manifest(folder, recorded)
    known = {record.name: record for record in manifest.files}

    def data(name: str) -> bytes:
        return builds.read_file(folder, known[name])

    documents = records.load_documents(data(DOCUMENTS))
    passages = records.load_passages(data(PASSAGES))
    return Library(
        build=manifest.build,
        manifest=manifest,
        documents=documents,
        speeches=records.load_speeches(data(SPEECHES)),
        passages=passages,
        reported=report.load(data(report.NAME)).reported,
        hybrid=Hybrid(Vectors.from_bytes(data(VECTORS)), _words(folder, manifest, len(passages))),
        by_path=MappingProxyType({document.path: document for document in documents}),
    )


def _words(folder: Path, manifest: Manifest, passages: int) -> Words:
    """The word index, its files checked first."""
    for record in manifest.files:
        if record.name.startswith(WORDS):
            builds.read_file(folder, record)
    try:
        return Words.load(folder / WORDS, passages)
    except OSError as error:
        raise builds.unread(folder, WORDS, error) from error
