"""The speeches of a document: one, or several where it is a compilation, and the matter around them.

Matter is what is no speech: a table of contents, a web page's blurb before and its foot behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.outline.paragraphs import Line
from rag.outline.signs import is_particular, is_residue, is_title_like
from rag.outline.titles import single_title, titles_of
from rag.outline.tree import SpeechKind


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document, lines `first`:`last`, the first `titles` of which are its title."""

    kind: SpeechKind
    first: int
    last: int
    titles: int


def parts_of(text: str, lines: Sequence[Line], *, titled: bool = False) -> list[Part]:
    """The parts of a document, in order; they cover all of `lines`.

    `titled` says that the title is known from elsewhere, so no line of a single speech is taken for it.
    """
    if not lines:
        return []
    words = [text[line.start : line.end] for line in lines]
    foot = _foot(words)
    head = _head(words, foot)
    titles = titles_of(words, foot) or [(head, 0) if titled else single_title(words, head, foot)]
    parts = [Part("matter", 0, titles[0][0], 0)] if titles[0][0] > 0 else []
    bounds = [*(first for first, _ in titles), foot]
    parts += [Part("speech", first, last, count) for (first, last), (_, count) in zip(pairwise(bounds), titles, strict=True)]
    if foot < len(words):
        parts.append(Part("matter", foot, len(words), 0))
    return parts


def _foot(words: Sequence[str]) -> int:
    """The index after the last line that is not residue of a page; at least 1."""
    foot = len(words)
    while foot > 1 and (
        is_residue(words[foot - 1])
        or (foot > 2 and is_residue(words[foot - 2]) and foot < len(words) and is_title_like(words[foot - 1]))
    ):
        foot -= 1
    return foot


def _head(words: Sequence[str], foot: int) -> int:
    """The index of the first line that is not residue of a page or its particulars; 0 where all are."""
    head = next((index for index, line in enumerate(words[:foot]) if not (is_residue(line) or is_particular(line))), 0)
    return head if head < foot else 0
