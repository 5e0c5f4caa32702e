"""The documents of a `.jsonl` file: one JSON object a line, with `id` and `text`, perhaps `title` and other keys.

A file is taken whole or not at all: one broken line, repeated id or missing text, and nothing of it is read.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from rag.errors import UnreadableFile
from rag.reading import flaws
from rag.reading.decode import Decoded
from rag.reading.document import Document

_OWN_KEYS = frozenset({"id", "title", "text"})


class _Number(str):
    """A JSON number, in the digits of the file: an id 1.10 is not the id 1.1."""


def documents(path: str, sha256: str, decoded: Decoded) -> tuple[Document, ...]:
    """The documents of the file at `path`, in line order; `UnreadableFile` names the first line that is wrong.

    Lines end in a line feed (a carriage return before it is white space to JSON); blank lines are passed over.
    """
    found: dict[str, Document] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        record = _record(path, number, line)
        document = _document(path, number, record, sha256, decoded.codec)
        if document.path in found:
            _refuse(path, number, f"编号“{document.document_id}”与第{lines[document.path]}行重复：请改成不同的编号。")
        found[document.path] = document
        lines[document.path] = number
    return tuple(found.values())


def _document(path: str, number: int, record: dict[str, Any], sha256: str, codec: str) -> Document:
    identity = _identity(path, number, record.get("id"))
    text = record.get("text")
    if not isinstance(text, str) or isinstance(text, _Number) or not text.strip():
        _refuse(path, number, "缺少正文（text），或正文是空的：请补上。")
    title = record.get("title")
    if title is not None and not isinstance(title, str):
        _refuse(path, number, "标题（title）不是文字：请改成一个字符串。")
    title = str(title) if title is not None and title.strip() else None
    metadata = {key: _plain(value) for key, value in record.items() if key not in _OWN_KEYS}
    for part in (text, title or "", *metadata, *metadata.values()):
        reason = flaws.flaw(part)
        if reason is not None:
            _refuse(path, number, f"所含文字的{reason}")
    return Document(f"{path}#{identity}", sha256, codec, text, identity, title, metadata)


def _identity(path: str, number: int, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(path, number, "缺少编号（id），或编号不是文字或数字：请补上。")
    shown = flaws.written_out(value)
    if shown != value:
        _refuse(path, number, f"编号“{shown}”里有不可见的控制字符：请改成普通的文字或数字。")
    return str(value)


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _record(path: str, number: int, line: str) -> dict[str, Any]:
    """The JSON object that `line` holds: of standard JSON only, no key twice."""
    try:
        record = json.loads(
            line, object_pairs_hook=_object, parse_int=_Number, parse_float=_Number, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        position = f"（第{error.pos + 1}个字符附近）" if isinstance(error, json.JSONDecodeError) else ""
        _refuse(path, number, f"不是完整的JSON{position}：请改正这一行。", error)
    if not isinstance(record, dict):
        _refuse(path, number, "不是一个JSON对象（{…}）：请改成含有id和text的对象。")
    return record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refuse(path: str, number: int, reason: str, cause: Exception | None = None) -> NoReturn:
    raise UnreadableFile(path, f"第{number}行{reason}") from cause
