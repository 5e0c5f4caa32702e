"""Mentions: which names a document has so often that it is about what they name."""

from __future__ import annotations

from functools import lru_cache

from rag.answer.places import Shelf
from rag.answer.terms import PROVINCES
from rag.outline.tree import Speech
from rag.writing.fold import fold

OFTEN = 3  # a document that names a place this often is about it, or near enough


class Mentions:
    """The names in one library's documents. `often(name, document)`: whether the document has the name so often that it is about it."""

    def __init__(self, shelf: Shelf) -> None:
        self._folded = lru_cache(maxsize=256)(lambda path: fold(shelf.documents[path].text))
        self.often = lru_cache(maxsize=1024)(self._has)
        self._of_another = lru_cache(maxsize=1024)(self._is_of_another)

    def _has(self, name: str, document: str) -> bool:
        """Whether the document has the name so often that it is about it."""
        return self._folded(document).count(name) >= OFTEN

    def about(self, place: str, document: str, speech: Speech) -> bool:
        """Whether the document is about a place: it has its name often, and is not of another province."""
        return self.often(place, document) and not self._of_another(place, speech)

    def _is_of_another(self, place: str, speech: Speech) -> bool:
        """Whether `place` is a province, and the title of the speech or its file names another one."""
        named = fold(f"{speech.title} {speech.document}")
        return place in PROVINCES and place not in named and any(other in named for other in PROVINCES)
