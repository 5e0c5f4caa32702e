"""The texts of a build, written line by line as they come: documents, speeches and passages, each with its hash.

What an earlier build made of a file that stands as it did is copied, line for line, and not even parsed.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from rag import passages as cutting
from rag.index import library, records, report
from rag.index.kept import Kept, Lines, Span
from rag.index.keys import KEYS, WIDTH, key_of
from rag.index.manifest import Counts
from rag.index.report import DocumentReport
from rag.outline.parse import outline
from rag.passages import Passage
from rag.reading.corpus import File
from rag.reading.document import Document, Source

RUN = 2_000  # lines that are copied in one go
Embed = Callable[[bytes, Passage], None]


class _Written:
    """A file of lines being written: where each ends, and the hash of all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] = path.open("xb")
        self._hash = hashlib.sha256()
        self._ends = array("q")
        self._size = 0
        self._copying: tuple[Lines, Span] | None = None  # what follows one another in the other file is copied in one go

    def add(self, line: bytes) -> None:
        """One more line."""
        self._copied()
        self._put(line)
        self._ends.append(self._size)

    def copy(self, lines: Lines, span: Span) -> None:
        """Some lines of another such file."""
        first, last = span
        if self._copying is not None:
            before, (start, end) = self._copying
            if before is lines and end == first and last - start <= RUN:
                self._copying = lines, (start, last)
                return
        self._copied()
        self._copying = lines, span

    def close(self) -> str:
        """End it, with the file of ends beside it; the SHA-256 of the lines."""
        self._copied()
        self._file.close()
        ends = np.frombuffer(self._ends, dtype=np.int64) if self._ends else np.zeros(0, dtype=np.int64)
        with self._path.with_name(f"{self._path.name}{library.ENDS}").open("xb") as file:
            file.write(ends.astype("<i8").tobytes())
        return self._hash.hexdigest()

    def _copied(self) -> None:
        """Copy what is waiting to be."""
        if self._copying is not None:
            lines, (first, last) = self._copying
            before = self._size - (int(lines.ends[first - 1]) if first else 0)
            self._put(lines.between(first, last))
            self._ends.frombytes((lines.ends[first:last] + before).astype(np.int64).tobytes())
            self._copying = None

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the new build, from `first` to `last`: those of the earlier build from `earlier` on, else new ones."""

    first: int
    last: int
    earlier: int | None


class Texts:
    """Files in, lines out: `add` each file of the corpus in order, then `close`."""

    def __init__(self, place: Path, kept: Kept, embed: Embed, *, lent: bool) -> None:
        """The lines go into the folder `place`; `embed` is told of each passage whose vector the earlier build has not `lent`."""
        self._written = {name: _Written(place / name) for name in (library.DOCUMENTS, library.SPEECHES, library.PASSAGES)}
        self._place = place
        self._kept = kept
        self._embed = embed
        self._lent = lent
        self._kept_keys = kept.keys() if kept.made else np.zeros((0, WIDTH), dtype=np.uint8)
        self._keys: IO[bytes] = (place / KEYS).open("xb")
        self._indexed: list[DocumentReport] = []
        self._reported: list[DocumentReport] = []
        self.sources: list[Source] = []
        self.rows: list[Rows] = []
        self.passages = 0

    def add(self, file: File) -> None:
        """Write what the file holds, or why it was left out."""
        self.sources.append(file.source)
        for path in file.known or ():
            self._copy(path)
        for document in file.documents:
            self._make(document)
        if file.reason is not None:
            self._reported.append(report.of_reported(file.source, file.reason))

    def close(self) -> dict[str, str]:
        """End the files; the SHA-256 of each."""
        self._keys.close()
        return {name: written.close() for name, written in self._written.items()}

    @property
    def told(self) -> tuple[DocumentReport, ...]:
        """The report's entries: what was indexed, then what was left out."""
        return (*self._indexed, *self._reported)

    @property
    def counts(self) -> Counts:
        """How much there is."""
        return Counts(
            documents=len(self._indexed), reported=len(self._reported), speeches=sum(one.speeches for one in self._indexed),
            paragraphs=sum(one.paragraphs for one in self._indexed), passages=self.passages,
            characters=sum(one.characters for one in self._indexed),
        )

    def keys(self) -> NDArray[np.uint8]:
        """The key of each passage, [n, 32]; after `close`."""
        if not self.passages:
            return np.zeros((0, WIDTH), dtype=np.uint8)
        return np.memmap(self._place / KEYS, dtype=np.uint8, mode="r", shape=(self.passages, WIDTH))

    def each_passage(self, rows: Iterable[Rows] | None = None) -> Iterator[Passage]:
        """The passages of some rows, of all unless said otherwise, read as they are asked for; after `close`."""
        found = records.passages(*library.lines(self._place, library.PASSAGES))
        for span in self.rows if rows is None else rows:
            for row in range(span.first, span.last):
                yield found[row]

    def _copy(self, path: str) -> None:
        made = self._kept.made[path]
        for name, span in ((library.DOCUMENTS, made.document), (library.SPEECHES, made.speeches), (library.PASSAGES, made.passages)):
            self._written[name].copy(self._kept.lines[name], span)
        first, last = made.passages
        self._keys.write(self._kept_keys[first:last].tobytes())
        if not self._lent:
            for row, passage in enumerate(self._kept.passages(first, last), first):
                self._embed(self._kept_keys[row].tobytes(), passage)
        self._counted(made.told, first)

    def _make(self, document: Document) -> None:
        speeches = outline(document)
        passages = cutting.cut(document, speeches)
        self._written[library.DOCUMENTS].add(records.document_line(document))
        for speech in speeches:
            self._written[library.SPEECHES].add(records.speech_line(speech))
        for passage in passages:
            key = key_of(passage)
            self._written[library.PASSAGES].add(records.passage_line(passage))
            self._keys.write(key)
            self._embed(key, passage)
        self._counted(report.of_document(document, speeches, passages), None)

    def _counted(self, told: DocumentReport, earlier: int | None) -> None:
        self._indexed.append(told)
        self.rows.append(Rows(self.passages, self.passages + told.passages, earlier))
        self.passages += told.passages


def matrix(texts: Texts, vector: Callable[[bytes], NDArray[Any]], lent: NDArray[Any] | None, path: Path, *, width: int) -> NDArray[Any]:
    """The vectors of all passages, [n, width], in a file at `path`: copied from the earlier build's where it `lent` them."""
    if not texts.passages:
        return np.zeros((0, width), dtype=np.float32)
    whole = np.memmap(path, dtype=np.float32, mode="w+", shape=(texts.passages, width))
    keys = texts.keys()
    for span in texts.rows:
        if span.earlier is not None and lent is not None:
            whole[span.first : span.last] = lent[span.earlier : span.earlier + span.last - span.first]
        else:
            for row in range(span.first, span.last):
                whole[row] = vector(keys[row].tobytes())
    return whole
