"""`current.json`: which build answers, and what its manifest hashes to. Replaced in one step, never edited."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.errors import DamagedFile
from rag.index import files
from rag.index.records import json_bytes

NAME = "current.json"
_WRITTEN = re.compile(rb'\{"build": "[0-9-]+", "manifest": "[0-9a-f]{64}"\}\n')


@dataclass(frozen=True, slots=True)
class Pointer:
    """The name of the current build, and the SHA-256 of its manifest.json."""

    build: str
    manifest: str


def load(index: Path) -> Pointer:
    """The pointer of `index`; DamagedFile where it is missing, or a single bit of it is not as it was written."""
    try:
        data = files.read(index / NAME)
    except FileNotFoundError as error:
        raise DamagedFile(NAME, "指向当前索引版本", "文件缺失") from error
    except OSError as error:
        raise DamagedFile(NAME, "指向当前索引版本", f"无法读取（{error.strerror}）", certain=False) from error
    if not _WRITTEN.fullmatch(data):
        raise DamagedFile(NAME, "指向当前索引版本", "被改动过的内容")
    return Pointer(**json.loads(data))


def save(index: Path, pointer: Pointer) -> None:
    """Make `pointer` the index's, atomically and durably: this is the one moment in which a build becomes current."""
    files.write_whole(index / NAME, json_bytes(asdict(pointer)))
