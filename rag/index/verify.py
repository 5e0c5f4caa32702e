"""Check every file of an index against what was recorded when it was written."""

from __future__ import annotations

from pathlib import Path

from rag.errors import DamagedFile, NoIndex
from rag.index import builds, pointer


def verify(index: Path) -> tuple[DamagedFile, ...]:
    """What is wrong in `index`, the current build first; empty where all holds.

    Reads every file of every build kept: a flipped bit, a truncated, missing or extra file is found, in the
    pointer and the manifests as in the data. NoIndex where nothing was ever built.
    """
    problems: list[DamagedFile] = []
    current = recorded = None
    try:
        found = pointer.load(index)
        current, recorded = found.build, found.manifest
    except DamagedFile as problem:
        problems.append(problem)
    known = builds.names(index)
    if not known and not (index / pointer.NAME).exists():
        raise NoIndex(str(index))
    if current and current not in known:
        problems.append(DamagedFile(pointer.NAME, "指向现有的索引版本", f"指向不存在的版本{current}"))
    for name in sorted(known, key=lambda name: (name == current, name), reverse=True):
        problems.extend(_problems(builds.folder_of(index, name), recorded if name == current else None))
    return tuple(problems)


def _problems(folder: Path, recorded: str | None) -> list[DamagedFile]:
    """What is wrong in one build; nothing where a builder has removed it meanwhile, for that is done in one step."""
    found = [*builds.damage(folder, recorded), *builds.extra(folder)]
    return found if folder.exists() else []
