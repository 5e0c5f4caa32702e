"""The command line as other programs meet it, in this process or in one of its own, and the lines that it reads and writes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.settings import PROJECT

QUESTION = "一季度全市生产总值完成多少?"
NOBODY = "全市2031年引进火星企业多少家?"


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Yanju = Callable[..., Done]


def process(*arguments: str, index: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m rag` in a process of its own."""
    settings = {**os.environ, "YANJU_CORPUS": str(PROJECT / "corpus"), "YANJU_INDEX": str(index), **environment}
    return subprocess.run([sys.executable, "-m", "rag", *arguments], cwd=PROJECT, env=settings, capture_output=True, check=False)


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    """One JSON value a line; a string that is none stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
