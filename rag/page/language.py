"""The interface in Chinese or English: what the page itself says, never what a document or an answer says.

Words are written in Chinese where they are used; `english.tsv` gives each its English. A visitor's language holds for
the task or thread that draws for him.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TABLE = Path(__file__).parent / "english.tsv"
# A stretch of a template with Chinese in it: what stands between tags, or in an attribute's quotes.
_STRETCH = re.compile(r'[^<>"\n\t]*[\u4e00-\u9fff][^<>"\n\t]*')
_current: ContextVar[Language] = ContextVar("language", default="zh")


def speaking(language: Language) -> None:
    """From here on, in this task or thread, the page speaks `language`."""
    _current.set(language)


def spoken() -> Language:
    """The language that the page speaks here."""
    return _current.get()


def say(words: str, **slots: object) -> str:
    """`words`, a literal in Chinese, in the visitor's language, with its `{slots}` filled in."""
    return template(words).format(**slots) if slots else template(words)


def template(literal: str) -> str:
    """A template of the page in the visitor's language; what the table lacks stays Chinese."""
    return literal if _current.get() == "zh" else _translated(literal)


def stretches(literal: str) -> list[str]:
    """The stretches of a template that hold words to be translated, without the space around them."""
    return [found.strip() for found in _STRETCH.findall(literal)]


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Chinese words and their English."""
    rows = ((line.partition("\t")[0], line.partition("\t")[2]) for line in TABLE.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return dict(rows)


@lru_cache(maxsize=1024)
def _translated(literal: str) -> str:
    return _STRETCH.sub(_english, literal)


def _english(match: re.Match[str]) -> str:
    stretch = match[0]
    bare = stretch.strip()
    return stretch.replace(bare, table().get(bare, bare))
