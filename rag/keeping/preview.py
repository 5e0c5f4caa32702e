"""One file of the corpus folder as the index would hold it, read now: its speeches with their outlines, its questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag.answer.examples import examples
from rag.answer.places import Shelf
from rag.errors import NoSuchFile
from rag.outline.parse import outline
from rag.outline.tree import Speech
from rag.reading import corpus as reading
from rag.reading.document import Document, Reported


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file gives: its documents with their speeches in order, or why it can't be read whole.

    `questions` are some that the file answers, taken from its own outline.
    """

    path: str
    documents: tuple[Document, ...]
    speeches: tuple[Speech, ...]
    questions: tuple[str, ...]
    reported: Reported | None = None


def preview(corpus: Path, path: str) -> Preview:
    """The file at `path` below `corpus`, read now. NoSuchFile."""
    found = reading.read_one(corpus, path)
    if found is None:
        raise NoSuchFile(path)
    speeches = tuple(speech for document in found.documents for speech in outline(document))
    return Preview(path, found.documents, speeches, tuple(examples(Shelf(found.documents, speeches))),
                   found.reported[0] if found.reported else None)
