"""How many items a text announces: “四种精神”, 五个必须, 以下三个方面.

A count is believed only where the heading, or the sentence right before the first item, names exactly one.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.outline.tree import Node
from rag.writing.numerals import integer
from rag.writing.patterns import regex

MOST_ITEMS = 40  # a larger number counts something else
NEAR = 16  # characters from the count to the end of the sentence that announces a list
MEASURES = "个种项条点类件步层重组句方大"
_COUNT = regex(
    r"(?<![第\d.０-９〇零一二三四五六七八九十百])(?P<n>[二两三四五六七八九十]{1,3}|[2-9]|[1-3]\d)"
    rf"(?P<measure>[{MEASURES}])(?!月|年|日|季)"
)
_SENTENCE_END = regex(r"[。！？!?；;\n]")


def counts(text: str) -> list[int]:
    """Every number of things that `text` announces, in order."""
    found = []
    for match in _COUNT.finditer(text):
        value = integer(match["n"])
        if value is not None and 2 <= value <= (9 if match["measure"] == "大" else MOST_ITEMS):
            found.append(value)
    return found


def announced(text: str, heading: tuple[int, int], children: Sequence[Node]) -> int | None:
    """The number of `children` that the text announces before the first marked one, else in the heading."""
    marked = next((child for child in children if child.kind != "text"), None)
    if marked is None:
        return None
    lead = lead_sentence(text, max(heading[1], children[0].start), marked.start)
    for place in (lead[-NEAR:], text[heading[0] : heading[1]]):
        found = counts(place)
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def lead_sentence(text: str, start: int, end: int) -> str:
    """The last sentence of `text[start:end]`, or all of it where it has one only."""
    lead = text[start:end].strip()
    body = lead.rstrip("。：:；;！!")
    cut = [match.end() for match in _SENTENCE_END.finditer(body)]
    return lead[cut[-1] :] if cut else lead
