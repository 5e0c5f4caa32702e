"""A document: the immutable text that every later span counts its characters in.

Leaves out how the bytes were found (`corpus`) and decoded (`decode`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

SAMPLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a file is no part of its text, and stays outside: `kind` in Chinese (页眉页脚, 图片, 批注), how many.

    `characters` counts the text of it, where it has any, and `sample` is its beginning.
    """

    kind: str
    count: int
    characters: int = 0
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the library.

    `path` is below the corpus folder, with forward slashes; for a line of a `.jsonl` file it is
    "file.jsonl#ID", and `document_id` is then that ID. `sha256` is of the source file's bytes, hex.
    `text` is without byte order mark, line ends as in the file; of an office format it is what the reader made.
    `title` is the line's own title, else None. `pages` holds (position, page) of each stretch of the text of a file
    that has pages, by position; `left_out` what of the file is no part of the text.
    """

    path: str
    sha256: str
    codec: str
    text: str
    document_id: str | None = None
    title: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[tuple[int, int], ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def page_at(self, position: int) -> int | None:
        """The page on which the character at `position` stands, from 1; None where the file has no pages."""
        index = bisect_right(self.pages, position, key=itemgetter(0)) - 1
        return self.pages[index][1] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Reported:
    """A file (or link, device, …) that was left out: `reason` says in Chinese why, and what to do."""

    path: str
    reason: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus as it stood when it was read: what a later look at the folder is compared with.

    `sha256` is None for what was not opened (links, devices, unknown formats) or could not be read.
    `size` in bytes and `modified` in nanoseconds since 1970 are -1 where the system did not say.
    """

    path: str
    sha256: str | None
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a corpus folder held: documents in path order (lines in file order), and what was left out.

    `sources` holds every file once, the reported ones included, in path order.
    """

    documents: tuple[Document, ...]
    reported: tuple[Reported, ...]
    sources: tuple[Source, ...] = ()
