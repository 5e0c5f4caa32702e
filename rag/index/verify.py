"""Check every file of an index against what was recorded when it was written."""

from __future__ import annotations

from pathlib import Path

from rag.errors import DamagedFile, NoIndex
from rag.index import builds, pointer
from rag.index.pointer import Pointer


def verify(index: Path) -> tuple[DamagedFile, ...]:
    """What is wrong in `index`, the current build first; empty where all holds.

    Reads every file of every build kept: a flipped bit, a truncated, missing or extra file is found, in the
    pointer and the manifests as in the data. A builder at work meanwhile is no damage. NoIndex where nothing was
    ever built.
    """
    current, problems = _current(index)
    known = builds.names(index)
    if not known and not (index / pointer.NAME).exists():
        raise NoIndex(str(index))
    if current and current.build not in known:
        problems.append(DamagedFile(pointer.NAME, "指向现有的索引版本", f"指向不存在的版本{current.build}"))
    served = current.build if current else None
    for name in sorted(known, key=lambda name: (name == served, name), reverse=True):
        problems.extend(_problems(builds.folder_of(index, name), current.manifest if current and name == served else None))
    if problems and _current(index)[0] != current:
        return verify(index)  # a builder has published another build, and may have retired this one
    return tuple(problems)


def _current(index: Path) -> tuple[Pointer | None, list[DamagedFile]]:
    """The pointer, or what is wrong with it."""
    try:
        return pointer.load(index), []
    except DamagedFile as problem:
        return None, [problem]


def _problems(folder: Path, recorded: str | None) -> list[DamagedFile]:
    """What is wrong in one build; nothing where a builder has removed it meanwhile, for that is done in one step."""
    found = [*builds.damage(folder, recorded), *builds.extra(folder)]
    return found if folder.exists() else []
