"""The shelves against which saved answers are checked: that of the build that an answer names, else the current one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from rag.answer.places import Shelf
from rag.errors import DamagedIndex, UnknownBuild
from rag.index import builds, library
from rag.index.library import Library


def shelves(index: Path, current: Library, keep: int) -> Callable[[str], tuple[Shelf, bool]]:
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
