"""The shelves against which saved answers are checked: that of the build that an answer names, else the current one.

Where a quote's document has changed or gone since, a kept build may still hold it as it was: that is its snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.answer.places import Shelf, citation
from rag.errors import DamagedIndex, UnknownBuild
from rag.index import builds, library
from rag.index.library import Library

ShelfOf = Callable[[str], tuple[Shelf, bool]]  # by the name of a build
SnapshotsOf = Callable[[str], tuple["Snapshot", ...]]  # by a line of saved answers


def shelves(index: Path, current: Library, keep: int) -> ShelfOf:
    """What gives the shelf of a build, and whether it is that very one; of a build that is gone, the current one's.

    `keep` of them stay open. UnknownBuild where no build was ever called so.
    """
    known = builds.names(index)

    @lru_cache(maxsize=keep)
    def shelf_of(name: str) -> tuple[Shelf, bool]:
        if not builds.is_name(name) or name > known[0]:
            raise UnknownBuild(name, known)
        try:
            named = current if name == current.build else library.load_build(index, name)
        except (UnknownBuild, DamagedIndex):  # not kept any more
            return Shelf(current.documents, current.speeches), False
        return Shelf(named.documents, named.speeches), True

    return shelf_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The quote [n] of a saved answer, whose document is not any more what it was, as the kept `build` has it.

    `paragraph[start:end]` is the quote; `label` says where it stood.
    """

    n: int
    build: str
    label: str
    paragraph: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """All of it on one line."""
        return f"[{self.n}] 保存的版本{self.build}里仍有原文：{self.label}“{' '.join(self.paragraph.split())}”"


def snapshots(index: Path, current: Library, keep: int) -> SnapshotsOf:
    """What gives, of a line of saved answers, the snapshot of each quote whose document the current build has not as it was.

    The newest intact build that has it; nothing for a quote that none has. The line is one that was checked (`recheck`)
    and found to be an answer. `keep` builds stay open.
    """
    names = [name for name in builds.names(index) if name != current.build]

    @lru_cache(maxsize=keep)
    def opened(name: str) -> Shelf | None:
        try:
            held = library.load_build(index, name)
        except (UnknownBuild, DamagedIndex):
            return None
        return Shelf(held.documents, held.speeches)

    def find(quoted: Mapping[str, Any]) -> Snapshot | None:
        if quoted["document"] in current.by_path and current.document(quoted["document"]).sha256 == quoted["sha256"]:
            return None
        shelves_ = ((name, opened(name)) for name in names)
        return next((made for name, shelf in shelves_ if shelf is not None and (made := _snapshot(quoted, name, shelf))), None)

    def of_line(line: str) -> tuple[Snapshot, ...]:
        saved = json.loads(line)
        return tuple(made for quoted in (*saved["citations"], *saved["nearest"]) if (made := find(quoted)))

    return of_line


def _snapshot(quoted: Mapping[str, Any], build: str, shelf: Shelf) -> Snapshot | None:
    """The quote as this build has it, if it has."""
    document = shelf.documents.get(quoted["document"])
    start, end = quoted["start"], quoted["end"]
    if document is None or document.sha256 != quoted["sha256"] or document.text[start:end] != quoted["quote"]:
        return None
    place = shelf.place(document.path, start, end)
    first = place.paragraph.start
    return Snapshot(quoted["n"], build, citation(place, quoted["n"]).label, place.paragraph_text, start - first, end - first)
