"""Documents, speeches and passages as lines of JSON, and back: what is read equals what was written, for every text.

One object a line, UTF-8, in the order given; the same objects give the same bytes. What equals its default in
an outline node is left out. Half of a surrogate pair, which UTF-8 can't hold, is written as a JSON escape.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from rag.outline.tree import Node, Paragraph, Speech
from rag.passages import Passage
from rag.reading.document import Document, LeftOut

_DECODER = json.JSONDecoder()


def json_bytes(value: object, *, indent: int | None = None) -> bytes:
    """`value` as JSON in UTF-8, ended by a line feed; the inverse is `json.loads`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


Record = TypeVar("Record")


class Rows(Sequence[Record]):
    """Lines of JSON as the objects that they are, each read from the file when it is asked for."""

    def __init__(self, data: bytes | mmap.mmap, ends: NDArray[np.int64], made: Callable[[dict[str, Any]], Record]) -> None:
        self._data = data
        self._ends = ends
        self._made = made

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, row: int) -> Record: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, row: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(row, slice):
            return tuple(self[one] for one in range(*row.indices(len(self))))
        row = range(len(self))[row]
        start = int(self._ends[row - 1]) if row else 0
        return self._made(json.loads(self._data[start : int(self._ends[row])]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # what is equal to tuples would have to hash like them


def ends_of(data: bytes) -> NDArray[np.int64]:
    """Where each line of `data` ends, its line feed included."""
    return np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")).astype(np.int64) + 1


def documents(data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> Rows[Document]:
    """The documents of these lines, read when asked for; `ends` is `ends_of` the same bytes."""
    return Rows(data, ends, _document)


def speeches(data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> Rows[Speech]:
    """The speeches of these lines, read when asked for."""
    return Rows(data, ends, _speech)


def passages(data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> Rows[Passage]:
    """The passages of these lines, read when asked for."""
    return Rows(data, ends, lambda fields: Passage(**fields))


def firsts(data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> Iterator[str]:
    """Of each line the first value, which is a string: the path of a document, or the document of a speech or passage."""
    start = 0
    for end in ends.tolist():
        line = data[start:end].decode("utf-8")
        yield _DECODER.raw_decode(line, line.index(":") + 2)[0]
        start = end


def document_line(document: Document) -> bytes:
    """The line of a document."""
    return json_bytes({
        "path": document.path, "sha256": document.sha256, "codec": document.codec, "document_id": document.document_id,
        "title": document.title, "metadata": dict(document.metadata), "text": document.text,
        **({"pages": document.pages} if document.pages else {}),
        **({"left_out": [asdict(one) for one in document.left_out]} if document.left_out else {}),
    })


def speech_line(speech: Speech) -> bytes:
    """The line of a speech."""
    return json_bytes({
        "document": speech.document, "number": speech.number, "kind": speech.kind, "title": speech.title,
        "title_start": speech.title_start, "title_end": speech.title_end, "start": speech.start, "end": speech.end,
        "root": _node_fields(speech.root),
        "paragraphs": [[one.number, one.start, one.end, list(one.path)] for one in speech.paragraphs],
    })


def passage_line(passage: Passage) -> bytes:
    """The line of a passage."""
    return json_bytes({
        "document": passage.document, "speech": passage.speech, "paragraph": passage.paragraph,
        "start": passage.start, "end": passage.end, "context": passage.context, "text": passage.text,
    })


def _document(fields: dict[str, Any]) -> Document:
    pages = tuple((start, page) for start, page in fields.pop("pages", ()))
    left_out = tuple(LeftOut(**one) for one in fields.pop("left_out", ()))
    return Document(**fields, pages=pages, left_out=left_out)


def _node_fields(node: Node) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "kind": node.kind, "start": node.start, "end": node.end,
        "heading_start": node.heading_start, "heading_end": node.heading_end,
    }
    if node.mark:
        fields["mark"] = node.mark
    if node.ordinal is not None:
        fields["ordinal"] = node.ordinal
    if node.stated is not None:
        fields["stated"] = node.stated
    if node.children:
        fields["children"] = [_node_fields(child) for child in node.children]
    return fields


def _node(fields: dict[str, Any]) -> Node:
    children = tuple(_node(child) for child in fields.pop("children", ()))
    return Node(**fields, children=children)


def _speech(fields: dict[str, Any]) -> Speech:
    root = _node(fields.pop("root"))
    paragraphs = tuple(Paragraph(number, start, end, tuple(path)) for number, start, end, path in fields.pop("paragraphs"))
    return Speech(**fields, root=root, paragraphs=paragraphs)
