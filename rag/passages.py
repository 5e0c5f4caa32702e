"""Passages: what is embedded and searched, cut along paragraphs and sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one paragraph: `text == document.text[start:end]`.

    `document` is the document's path, `speech` the speech's number in it, `paragraph` the paragraph's number
    in the speech. `context` (title and outline path) is embedded and searched with it but never shown.
    """

    document: str
    speech: int
    paragraph: int
    start: int
    end: int
    text: str
    context: str
