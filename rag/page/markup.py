"""HTML in which source text can't act: what is put in is escaped, unless this package built it.

The only module that knows how HTML is escaped. Leaves out what the page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

from rag.page.language import template as spoken

__all__ = ["QUOTE", "Markup", "Span", "attribute_text", "escape", "fill", "join", "painted", "sendable"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start`:`end` of a document, shown inside `frame` (markup with one slot)."""

    start: int
    end: int
    frame: str


TEMPLATES = 1024  # kept as they were read; the page has about 150, in each language
QUOTE = '<mark class="quote">{}</mark>'


def fill(template: str, **slots: object) -> Markup:
    """`template` in the visitor's language, its `{slots}` filled in, each escaped unless it is Markup.

    A template is always a literal, and its slots are bare names: what `Markup.format` gives, in less than half its time.
    """
    return Markup("".join([words if slot is None else words + str(escape(slots[slot])) for words, slot in _pieces(spoken(template))]))


@lru_cache(maxsize=TEMPLATES)
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """The template as words, each with the slot that follows them, or none at its end."""
    return tuple((words, slot) for words, slot, *_ in Formatter().parse(template))


def join(pieces: Iterable[Markup], between: str = "") -> Markup:
    """The pieces one after the other."""
    return Markup(between).join(pieces)


def painted(text: str, origin: int, layers: Sequence[Sequence[Span]]) -> Markup:
    """`text`, which stands at `origin` in its document, with the spans of each layer framed; inner layers last.

    Spans may reach beyond the text and overlap: the earlier one keeps what both claim. The text inside and between
    the frames is `text`, character for character.
    """
    if not layers:
        return escape(text)
    pieces = []
    position, end = origin, origin + len(text)
    for span in sorted(layers[0], key=lambda one: (one.start, -one.end)):
        first, last = max(span.start, position), min(span.end, end)
        if first >= last:
            continue
        pieces.append(painted(text[position - origin : first - origin], position, layers[1:]))
        pieces.append(fill(span.frame.replace("{}", "{inside}"), inside=painted(text[first - origin : last - origin], first, layers[1:])))
        position = last
    pieces.append(painted(text[position - origin :], position, layers[1:]))
    return join(pieces)


def attribute_text(text: str) -> Markup:
    """`text` for an attribute in double quotes, its line breaks kept."""
    return Markup(str(escape(text)).replace("\n", "&#10;"))


def sendable(markup: Markup) -> str:
    """The HTML as a string that UTF-8 can hold: half a surrogate pair (from a file's name) becomes a question mark."""
    return str(markup).encode("utf-8", "replace").decode("utf-8")
