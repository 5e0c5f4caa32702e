"""The corpus folder in, documents out.

Reads `.txt` and `.md` (one document each), `.jsonl` (one a line) and office formats (one document each, in a process
apart). Every other file is reported with what to do; none is passed over in silence, none is read in part.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rag.errors import UnreadableFile
from rag.reading import flaws, folder, kinds, lines, office, rtf
from rag.reading.apart import Apart
from rag.reading.decode import decode
from rag.reading.document import Document, Reading, Reported, Source
from rag.reading.extracted import Extracted
from rag.reading.folder import Entry

Progress = Callable[[int, int], None]

TEXT = frozenset({".txt", ".md"})
LINES = ".jsonl"

MOST_CHARACTERS = 4_000_000  # of a document; the collected works of one man have two
MOST_TEXT_BYTES = 4 * MOST_CHARACTERS
MOST_LINES = 200_000  # of a document: one of the most characters, twenty a line; outlining a million took a minute and 4 GB
LONGEST_LINE = 500_000  # characters; outlining a line takes longer than its length alone would
_CLASH = "与另一个文件里的文档相同"
_LINE_ENDS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
KNOWN = TEXT | {LINES} | kinds.READ


@dataclass(frozen=True, slots=True)
class File:
    """What was made of one file: its documents, or the reason why there are none.

    Of a file that was not read, for it is known from an earlier time, `known` holds the paths of its documents alone.
    """

    source: Source
    documents: tuple[Document, ...] = ()
    reason: str | None = None
    known: tuple[str, ...] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its documents."""
        return tuple(document.path for document in self.documents) if self.known is None else self.known


Known = Mapping[tuple[str, int, int], File]  # by path, size and time


def read(corpus: Path, *, progress: Progress | None = None) -> Reading:
    """All documents below `corpus` and all that had to be left out, as of `files`."""
    found = list(files(corpus, progress=progress))
    return Reading(
        tuple(document for file in found for document in file.documents),
        tuple(Reported(file.source.path, file.reason, file.source.sha256) for file in found if file.reason is not None),
        tuple(file.source for file in found),
    )


def files(corpus: Path, known: Known = MappingProxyType({}), *, progress: Progress | None = None) -> Iterator[File]:
    """Every file below `corpus` in path order, one after another. `progress` is told files done, and of how many.

    A file that has the path, size and time of one that is `known` is not read.

    No two documents have the same path: where the line "1.txt" of "a.jsonl" and a file "a.jsonl#1.txt" would, the
    file that comes later in path order is reported. Raises `CorpusError` where there is no such folder.
    """
    taken: set[str] = set()
    found = folder.entries(corpus)
    with Apart() as apart:
        for done, entry in enumerate(found, 1):
            before = known.get((entry.path, entry.size, entry.modified)) if is_opened(entry) else None
            file = _without_clash(before or _file(entry, apart), taken)
            taken.update(file.paths)
            yield file
            if progress is not None:
                progress(done, len(found))


def clashes(reason: str) -> bool:
    """Whether a file was left out for another's sake: it may be read now."""
    return _CLASH in reason


def read_one(corpus: Path, path: str) -> Reading | None:
    """The documents of one file, or why it was left out; None where `corpus` holds no such file."""
    entry = next((entry for entry in folder.entries(corpus) if entry.path == path), None)
    if entry is None:
        return None
    with Apart() as apart:
        file = _file(entry, apart)
    reported = () if file.reason is None else (Reported(path, file.reason, file.source.sha256),)
    return Reading(file.documents, reported, (file.source,))


def is_opened(entry: Entry) -> bool:
    """Whether a file of this extension is read at all."""
    return entry.extension in KNOWN


def sha256_of(data: bytes) -> str:
    """The hash by which the bytes of a file are known, in hex."""
    return hashlib.sha256(data).hexdigest()


def _without_clash(file: File, taken: set[str]) -> File:
    """`file`, or its report where a path of its documents is taken."""
    for path in file.paths:
        if path in taken:
            return File(file.source, reason=f"路径{path}{_CLASH}：请给文件改名，或改编号。")
    return file


def _file(entry: Entry, apart: Apart) -> File:
    if not is_opened(entry):
        return File(entry.source(None), reason=entry.problem or _unknown(entry))
    try:
        entry, data = folder.read_bytes(entry)
    except UnreadableFile as error:
        return File(entry.source(None), reason=error.reason)
    sha256 = sha256_of(data)
    source = entry.source(sha256)
    try:
        return File(source, _documents(entry, sha256, data, apart))
    except UnreadableFile as error:
        return File(source, reason=error.reason)


def _unknown(entry: Entry) -> str:
    if entry.extension in kinds.REMEDIES:
        return kinds.REMEDIES[entry.extension]
    kind = f"不支持{entry.extension}格式" if entry.extension else "没有扩展名，不知道是什么格式"
    return f"{kind}：请另存为UTF-8编码的纯文本（.txt），或移出语料文件夹。"


def _documents(entry: Entry, sha256: str, data: bytes, apart: Apart) -> tuple[Document, ...]:
    """The documents of a file that was read, or `UnreadableFile`."""
    if not data:
        raise UnreadableFile(entry.path, "文件是空的：请放入内容，或删去这个文件。")
    if entry.extension in kinds.READ:
        return (_office_document(entry, sha256, data, apart),)
    if len(data) > MOST_TEXT_BYTES and entry.extension in TEXT:
        raise UnreadableFile(entry.path, _too_long(len(data) // 3))
    decoded = decode(data, entry.path)
    if not decoded.text.strip():
        raise UnreadableFile(entry.path, "文件里没有文字，只有空白：请放入内容，或删去这个文件。")
    if entry.extension == LINES:
        return tuple(_checked(document, entry) for document in lines.documents(entry.path, sha256, decoded))
    return (_checked(Document(entry.path, sha256, decoded.codec, decoded.text), entry),)


def _office_document(entry: Entry, sha256: str, data: bytes, apart: Apart) -> Document:
    """The document of an office file: what its reader makes of it, once."""
    kind = kinds.kind_of(data, entry.extension, entry.path)
    made = _converted(entry, data, apart) if kind == "office" else apart.read(kind, data, entry.path)
    if not made.text.strip():
        raise UnreadableFile(entry.path, "文件里没有文字（只有图片或空白）：请放入内容，扫描件请先识别文字（OCR）。")
    reason = flaws.flaw(made.text)
    if reason is not None:
        raise UnreadableFile(entry.path, reason)
    codec = made.codec if kind != "office" else entry.extension.removeprefix(".")
    return _checked(Document(entry.path, sha256, codec, made.text, pages=made.pages, left_out=made.left_out), entry)


def _converted(entry: Entry, data: bytes, apart: Apart) -> Extracted:
    """What of an old office program's file is read once it is converted."""
    if rtf.is_rtf(data):
        rtf.check(data, entry.path)
    made = apart.read("docx", office.as_docx(data, entry.extension, entry.path), entry.path)
    if rtf.is_rtf(data):
        rtf.check_text(made.text, entry.path)
    return made


def _checked(document: Document, entry: Entry) -> Document:
    """The document, if its text and its lines are within what can be outlined in a time."""
    if len(document.text) > MOST_CHARACTERS:
        raise UnreadableFile(entry.path, _too_long(len(document.text)))
    lines = [len(line) for line in _LINE_ENDS.split(document.text) if line]
    if len(lines) > MOST_LINES:
        raise UnreadableFile(entry.path, f"有{len(lines)}行，超过上限{MOST_LINES}行，不像讲话：请分成几个文件。")
    longest = max(lines, default=0)
    if longest > LONGEST_LINE:
        raise UnreadableFile(entry.path, f"有一行长达{longest}个字，超过上限{LONGEST_LINE}个字，可能丢了换行：请打开分段，另存。")
    return document


def _too_long(characters: int) -> str:
    return f"文字约{characters / 10_000:.0f}万字，超过上限{MOST_CHARACTERS / 10_000:.0f}万字：请分成几个文件。"
