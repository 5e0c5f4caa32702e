"""Numbers that only name: those of titles, a year before a name (2031智能大会), and what is called by its number (“三个统筹”)."""

from __future__ import annotations

from rag.writing.fold import fold_with_map
from rag.writing.patterns import regex
from rag.writing.sentences import Span

_NAMES = regex(
    "《[^《》]*》"
    r"|(?<![\d.])(?:19|20)\d{2}(?=[-—–~](?:19|20)\d{2}(?!\d)|[一-鿿]{2})"
    "|[“\"「][一二三四五六七八九十两]{1,3}(?:个|位|项|种|条|大|重)[一-鿿]{2,10}[”\"」]"
)


def naming(text: str, span: Span) -> list[Span]:
    """Where in the `span` of `text` numbers only name, in order; a year there is one only where it has no unit."""
    mapped = fold_with_map(text[slice(*span)])
    found = (mapped.span(*match.span()) for match in _NAMES.finditer(mapped.text))
    return [(span[0] + start, span[0] + end) for start, end in found]
