"""The corpus folder in, documents out; and whether the folder still is what it was.

Reads `.txt` and `.md` (one document each) and `.jsonl` (one a line). Every other file is reported with what to do;
none is passed over in silence, none is read in part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rag.errors import UnreadableFile
from rag.reading import folder, lines
from rag.reading.decode import decode
from rag.reading.document import Document, Reading, Reported, Source
from rag.reading.folder import Entry

Progress = Callable[[int, int], None]

TEXT = frozenset({".txt", ".md"})
LINES = ".jsonl"

_BY_OFFICE = "请用WPS或Word打开,另存为“纯文本(*.txt)”,编码选UTF-8,放回原处。"
_BY_VIEWER = "请打开后把文字全部复制到记事本,另存为UTF-8编码的.txt(扫描件要先识别文字),放回原处。"
_BY_BROWSER = "请用浏览器打开,把正文复制到记事本,另存为UTF-8编码的.txt,放回原处。"
REMEDIES = {
    ".docx": _BY_OFFICE, ".doc": _BY_OFFICE, ".wps": _BY_OFFICE, ".rtf": _BY_OFFICE, ".odt": _BY_OFFICE,
    ".pdf": _BY_VIEWER, ".ofd": _BY_VIEWER, ".html": _BY_BROWSER, ".htm": _BY_BROWSER, ".mht": _BY_BROWSER,
}  # fmt: skip
KNOWN = TEXT | {LINES} | REMEDIES.keys()


@dataclass(frozen=True, slots=True)
class Changes:
    """How the corpus folder differs from the files known: paths in order. False where it does not.

    `known` is what to compare with next time: the files known, with the new times of those whose bytes proved the
    same, so that they need not be read again.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    known: tuple[Source, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    documents: tuple[Document, ...] = ()
    reason: str | None = None


def read(corpus: Path, *, progress: Progress | None = None) -> Reading:
    """All documents below `corpus` and all that had to be left out. `progress` is told files done, and of how many.

    No two documents have the same path: where the line "1.txt" of "a.jsonl" and a file "a.jsonl#1.txt" would, the
    file that comes later in path order is reported. Raises `CorpusError` where there is no such folder.
    """
    documents: dict[str, Document] = {}
    reported: list[Reported] = []
    sources: list[Source] = []
    found = folder.entries(corpus)
    for done, entry in enumerate(found, 1):
        file = _without_clash(_file(entry), documents)
        documents.update((document.path, document) for document in file.documents)
        if file.reason is not None:
            reported.append(Reported(entry.path, file.reason, file.source.sha256))
        sources.append(file.source)
        if progress is not None:
            progress(done, len(found))
    return Reading(tuple(documents.values()), tuple(reported), tuple(sources))


def read_one(corpus: Path, path: str) -> Reading | None:
    """The documents of one file, or why it was left out; None where `corpus` holds no such file."""
    entry = next((entry for entry in folder.entries(corpus) if entry.path == path), None)
    if entry is None:
        return None
    file = _file(entry)
    reported = () if file.reason is None else (Reported(path, file.reason, file.source.sha256),)
    return Reading(file.documents, reported, (file.source,))


def changes(corpus: Path, known: Iterable[Source]) -> Changes:
    """How `corpus` differs from `known`, the sources of an earlier reading. Cheap: a file is read only in doubt.

    Equal size and time are believed of a file whose hash is known; a new time alone is not: the bytes decide.
    A file that could not be read before counts as changed once it can. Raises `CorpusError` as `read` does.
    """
    before = {source.path: source for source in known}
    now = {entry.path: entry for entry in folder.entries(corpus)}
    current = {path: _look(now[path], source) for path, source in before.items() if path in now}
    return Changes(
        added=tuple(path for path in now if path not in before),
        changed=tuple(path for path in now if path in before and not _same(before[path], current[path])),
        removed=tuple(sorted(path for path in before if path not in now)),
        known=tuple(current[path] if path in now and _same(source, current[path]) else source for path, source in before.items()),
    )


def _look(entry: Entry, known: Source) -> Source:
    """The entry as it is now; its bytes are read only where size and time do not settle that it is `known`."""
    unchanged = (entry.size, entry.modified) == (known.size, known.modified)
    if not _is_opened(entry) or (unchanged and known.sha256 is not None):
        return entry.source(known.sha256 if unchanged else None)
    if known.sha256 is not None and entry.size != known.size:
        return entry.source(None)
    try:
        entry, data = folder.read_bytes(entry)
    except UnreadableFile:
        return entry.source(None)
    return entry.source(_hash(data))


def _same(known: Source, current: Source) -> bool:
    """Whether the bytes are the same, or, where neither was read, size and time."""
    return current.sha256 == known.sha256 if known.sha256 is not None else current == known


def _is_opened(entry: Entry) -> bool:
    return entry.extension in TEXT or entry.extension == LINES or entry.extension in REMEDIES


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _without_clash(file: _File, documents: dict[str, Document]) -> _File:
    """`file`, or its report where a path of its documents is taken."""
    for document in file.documents:
        if document.path in documents:
            return _File(file.source, reason=f"路径{document.path}与另一个文件里的文档相同:请给文件改名,或改编号。")
    return file


def _file(entry: Entry) -> _File:
    if not _is_opened(entry):
        return _File(entry.source(None), reason=entry.problem or _unknown(entry))
    try:
        entry, data = folder.read_bytes(entry)
    except UnreadableFile as error:
        return _File(entry.source(None), reason=error.reason)
    sha256 = _hash(data)
    source = entry.source(sha256)
    try:
        return _File(source, _documents(entry, sha256, data))
    except UnreadableFile as error:
        return _File(source, reason=error.reason)


def _unknown(entry: Entry) -> str:
    kind = f"不支持{entry.extension}格式" if entry.extension else "没有扩展名,不知道是什么格式"
    return f"{kind}:请另存为UTF-8编码的纯文本(.txt),或移出语料文件夹。"


def _documents(entry: Entry, sha256: str, data: bytes) -> tuple[Document, ...]:
    """The documents of a file that was read, or `UnreadableFile`."""
    if not data:
        raise UnreadableFile(entry.path, "文件是空的:请放入内容,或删去这个文件。")
    if entry.extension in REMEDIES:
        raise UnreadableFile(entry.path, f"暂不支持{entry.extension}格式:{REMEDIES[entry.extension]}")
    decoded = decode(data, entry.path)
    if not decoded.text.strip():
        raise UnreadableFile(entry.path, "文件里没有文字,只有空白:请放入内容,或删去这个文件。")
    if entry.extension == LINES:
        return lines.documents(entry.path, sha256, decoded)
    return (Document(entry.path, sha256, decoded.codec, decoded.text),)
