"""What each file of the library gave: its documents, speeches, paragraphs, passages and characters, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rag.index.library import Library
from rag.reading.document import Document


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the library; `lines` counts its documents (a `.jsonl` file holds many, others one).

    `left_out` names what of the file is no part of its text, with how many of each. `title` is that of its speech, where
    it holds one and no more.
    """

    file: str
    lines: int
    speeches: int
    paragraphs: int
    passages: int
    characters: int
    codec: str
    left_out: str = ""
    title: str = ""


def inventory(library: Library) -> tuple[Row, ...]:
    """The library's files in the order of their paths; the rows add up to its counts."""
    file_of = {one.path: _file(one) for one in library.documents}
    codecs = {file_of[one.path]: one.codec for one in library.documents}
    outside = {file_of[one.path]: "、".join(f"{part.kind}{part.count}" for part in one.left_out) for one in library.documents}
    lines = Counter(file_of.values())
    characters = _sums((file_of[one.path], len(one.text)) for one in library.documents)
    titles = {file_of[one.document]: one.title for one in library.speeches if one.kind == "speech"}
    speeches = Counter(file_of[one.document] for one in library.speeches if one.kind == "speech")
    paragraphs = _sums((file_of[one.document], len(one.paragraphs)) for one in library.speeches)
    passages = Counter(file_of[one.document] for one in library.passages)
    return tuple(
        Row(
            file,
            lines[file],
            speeches[file],
            paragraphs[file],
            passages[file],
            characters[file],
            codecs[file],
            outside[file],
            titles[file] if speeches[file] == 1 else "",
        )
        for file in sorted(codecs)
    )


def _file(document: Document) -> str:
    """The path of the file that holds the document."""
    return document.path if document.document_id is None else document.path.removesuffix(f"#{document.document_id}")


def _sums(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, number in pairs:
        sums[name] += number
    return sums
