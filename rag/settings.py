"""Where the corpus and the index lie, and which model is used: options first, then the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from rag.errors import WrongUsage

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_MODEL = "m3e-small"
KEEP = 4  # the current build and the three before it


@dataclass(frozen=True, slots=True)
class Settings:
    """The three settings that every command takes; `synonyms` is the user's own table (YANJU_SYNONYMS), if any.

    `writes`: a language model is set (YANJU_LLM_URL); how it is reached is read where it is used. `reranker` is the name or
    folder of a model that orders what was found anew (YANJU_RERANKER), if any.
    `keep` builds stay, the current one included (YANJU_KEEP), and of the older ones only so many that all together
    take no more than `keep_bytes` (YANJU_KEEP_MB), where that is set.
    """

    corpus: Path
    index: Path
    model: str
    synonyms: Path | None = None
    writes: bool = False
    reranker: str | None = None
    keep: int = KEEP
    keep_bytes: int | None = None


def data_folder() -> Path:
    """Where the page keeps its users' history: YANJU_DATA, else the user's own data folder; never in the index."""
    return Path(os.environ.get("YANJU_DATA") or platformdirs.user_data_path("yanju"))


def load(corpus: Path | None = None, index: Path | None = None, model: str | None = None) -> Settings:
    """The settings in force: an argument, else YANJU_CORPUS / YANJU_INDEX / YANJU_MODEL, else the project's own."""
    environment = os.environ
    return Settings(
        corpus=corpus or Path(environment.get("YANJU_CORPUS") or PROJECT / "corpus"),
        index=index or Path(environment.get("YANJU_INDEX") or PROJECT / "index"),
        model=model or environment.get("YANJU_MODEL") or DEFAULT_MODEL,
        synonyms=Path(environment["YANJU_SYNONYMS"]) if environment.get("YANJU_SYNONYMS") else None,
        writes=bool(environment.get("YANJU_LLM_URL", "").strip()),
        reranker=environment.get("YANJU_RERANKER") or None,
        keep=_number("YANJU_KEEP") or KEEP,
        keep_bytes=megabytes * 2**20 if (megabytes := _number("YANJU_KEEP_MB")) else None,
    )


def _number(name: str) -> int | None:
    """A setting that is a whole number from 1; None where it is not set."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 10**9):
        raise WrongUsage(f"环境变量{name}应是从1起的整数，现在是“{value}”：请改正或去掉它。")
    return int(value)
