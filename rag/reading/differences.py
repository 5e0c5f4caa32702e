"""Whether the corpus folder still is what it was when it was read, at the cost of a look: bytes are read only in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rag.errors import UnreadableFile
from rag.reading import folder
from rag.reading.corpus import is_opened, sha256_of
from rag.reading.document import Source
from rag.reading.folder import Entry


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
    if not is_opened(entry) or (unchanged and known.sha256 is not None):
        return entry.source(known.sha256 if unchanged else None)
    if known.sha256 is not None and entry.size != known.size:
        return entry.source(None)
    try:
        entry, data = folder.read_bytes(entry)
    except UnreadableFile:
        return entry.source(None)
    return entry.source(sha256_of(data))


def _same(known: Source, current: Source) -> bool:
    """Whether the bytes are the same, or, where neither was read, size and time."""
    return current.sha256 == known.sha256 if known.sha256 is not None else current == known
