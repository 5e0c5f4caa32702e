"""Lists that the outline holds: runs of sibling nodes of one form (一是, 二是, …), whole, however many items they have.

Where such a list begins, what announces it, how many items it says it has, and how one item is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.draft import Piece, verbatim
from rag.answer.places import Place
from rag.outline.headings import heading_text
from rag.outline.stated import announced, lead_sentence
from rag.outline.tree import Node, Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import sentences, trimmed

EXPANDED_CHARACTERS = 260  # of one item, where the user asks to expand
_NUMBER = regex(r"[一二三四五六七八九十百\d０-９①-⑳]+")
END_MARKS = "。；;，,：:！!、 \n"
_ANNOUNCES = regex("[:：]$|(?:以下|如下|下列|下述)[^,，。;；]{0,16}。$")
ANNOUNCING = 40  # last characters of a paragraph, in which it announces what follows


@dataclass(frozen=True, slots=True)
class OutlineList:
    """A run of items under `parent`; `lead` is the heading or sentence that announces it, folded."""

    document: str
    speech: Speech
    parent: Node
    items: tuple[Node, ...]
    lead: str
    stated: int | None


def announces(text: str) -> bool:
    """Whether the text ends by announcing what follows (以下重大原则。), or with a colon."""
    return _ANNOUNCES.search(text, max(0, len(text) - ANNOUNCING)) is not None


def lists_under(text: str, speech: Speech, node: Node) -> Iterator[OutlineList]:
    """The lists among the children of `node`: runs of at least two marked siblings whose ordinals go on.

    Where no ordinals tell, a paragraph within the last item that announces what follows begins a new list.
    """
    run: list[Node] = []
    lead_start = node.start
    for child in (*node.children, None):
        anew = child is not None and bool(run) and _announced_anew(text, run[-1], child)
        goes_on = child is not None and child.kind != "text" and (not run or _follows(run[-1], child))
        if child is not None and goes_on and not (anew and child.ordinal is None):
            run.append(child)
            continue
        if child is not None and child.kind == "text" and run:
            continue  # words between two items
        if len(run) > 1:
            yield _outline_list(text, speech, node, tuple(run), lead_start)
        if run:
            lead_start = run[-1].heading_end if anew else run[-1].end
        run = [child] if child is not None and child.kind != "text" else []


def _announced_anew(text: str, before: Node, node: Node) -> bool:
    """Whether what stands between two items ends with a paragraph of its own that announces the second."""
    end = before.heading_end + len(text[before.heading_end : node.start].rstrip())
    own = node.kind != "text" and text.find("\n", before.heading_end, end) >= 0
    return own and announces(text[max(before.heading_end, end - ANNOUNCING) : end])


def _follows(before: Node, node: Node) -> bool:
    if before.ordinal is None or node.ordinal is None:
        return before.ordinal is node.ordinal and before.mark[:1] == node.mark[:1]
    return node.ordinal > before.ordinal and _form(before.mark) == _form(node.mark)


def _form(mark: str) -> str:
    return _NUMBER.sub("#", mark).strip().rstrip("是要,，、:：")


def _outline_list(text: str, speech: Speech, parent: Node, items: tuple[Node, ...], lead_start: int) -> OutlineList:
    lead = lead_sentence(text, lead_start, items[0].start) if lead_start < items[0].start else ""
    heading = heading_text(text, parent) if parent.kind != "speech" else ""
    stated = parent.stated if items[0] is next(c for c in parent.children if c.kind != "text") else None
    if stated is None:
        stated = announced(
            text, (items[0].start, items[0].start), (Node("text", lead_start, items[0].start, lead_start, lead_start), *items)
        )
    return OutlineList(speech.document, speech, parent, items, fold(f"{heading} {lead}"), stated)


def item_piece(place: Place, item: Node, characters: int = 0) -> Piece:
    """An item's name, its heading without the mark that ends it; or its opening sentences, as many as `characters` hold."""
    text = place.document.text
    bullet = len(item.mark) if item.ordinal is None else 0  # a dash or dot counts nothing, and is not shown
    start, end = trimmed(text, (item.heading_start + bullet, item.heading_end), END_MARKS)
    if start == end:
        start, end = trimmed(text, (item.heading_start, item.heading_end))
    more = _within(text, item.start, min(item.end, place.paragraph.end), characters) if characters else end
    told = end < more <= start + characters or characters >= EXPANDED_CHARACTERS
    return verbatim(place.at(start, more if told else end), line=True, strip="" if told else END_MARKS)


def opening(place: Place) -> Piece:
    """The sentences with which the paragraph of `place` opens, as many as an item is told with."""
    paragraph = place.paragraph
    start, end = trimmed(place.document.text, (paragraph.start, paragraph.end))
    return verbatim(place.at(start, _within(place.document.text, start, end, EXPANDED_CHARACTERS)))


def _within(text: str, start: int, end: int, characters: int) -> int:
    """The end of the last whole sentence of `start`:`end` that fits, or of the first one."""
    spans = [trimmed(text, span) for span in sentences(text, start, end)]
    fitting = [span[1] for span in spans if span[1] - start <= characters]
    return fitting[-1] if fitting else spans[0][1]
