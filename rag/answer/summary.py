"""Summaries without writing a word: a section's headings and the first sentences of its paragraphs, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.evidence import Evidence, Scored, match
from rag.answer.lists import END_MARKS, item_piece, lists_under
from rag.answer.places import Place, Shelf
from rag.answer.question import Question
from rag.outline.parse import heading_text, nodes_at
from rag.outline.tree import Node, Speech
from rag.writing.fold import fold
from rag.writing.sentences import sentences, trimmed

SUMMARY_CHARACTERS = 560
LEAD_CHARACTERS = 90  # of one lead sentence; a longer one is passed over where a short one stands
_IN_PARAGRAPHS = 0.35


def draft(question: Question, evidence: Evidence, ranked: Sequence[Scored], speech: Speech | None) -> Draft | None:
    """The section that the question names, or `speech` as a whole, summed up; None where neither is known."""
    if speech is not None and not question.terms:
        pieces = list(_of_node(evidence.shelf, speech, speech.root))
        return Draft(tuple(pieces), 1.0, how="summary of a speech") if pieces else None
    found = _section(question, evidence, ranked)
    if found is None:
        return None
    score, owner, node = found
    pieces = list(_of_node(evidence.shelf, owner, node))
    return Draft(tuple(pieces), score, how=f"summary {score:.2f}") if pieces else None


def _section(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> tuple[float, Speech, Node] | None:
    """The section near the best statements whose heading carries most of the question."""
    weights = evidence.weights(question)
    total = sum(weights)
    best: tuple[float, Speech, Node] | None = None
    for scored in ranked[:16]:
        place = scored.statement.place
        text = place.document.text
        for depth, node in enumerate(nodes_at(place.speech.root, place.start, place.end)):
            if node.kind in ("text", "speech") or not total:
                continue
            heading, body = fold(heading_text(text, node)), fold(text[node.start : node.end])
            reached = sum(
                w * max(match(term, heading), _IN_PARAGRAPHS * match(term, body)) for w, term in zip(weights, question.terms, strict=True)
            )
            score = reached / total - 0.001 * depth
            if best is None or score > best[0]:
                best = (score, place.speech, node)
    return best


def _of_node(shelf: Shelf, speech: Speech, node: Node) -> Iterator[Piece]:
    text = shelf.documents[speech.document].text
    lists = list(lists_under(text, speech, node))
    if lists:
        for found in lists:
            for item in found.items:
                yield item_piece(shelf.place(speech.document, item.start, item.end), item, expand=False)
        return
    yield from _leads(shelf, speech, node)


def _leads(shelf: Shelf, speech: Speech, node: Node) -> Iterator[Piece]:
    """The first sentence of each paragraph of the node; of a node of one paragraph, its sentences while they fit."""
    text = shelf.documents[speech.document].text
    inside = [p for p in speech.paragraphs if p.start < node.end and p.end > node.start]
    used = 0
    for paragraph in inside:
        start = max(paragraph.start, node.start)
        spans = [trimmed(text, span) for span in sentences(text, start, min(paragraph.end, node.end))]
        for left, right in spans[:1] if len(inside) > 1 else spans:
            if used + right - left > SUMMARY_CHARACTERS and used:
                return
            used += right - left
            place: Place = shelf.place(speech.document, left, right)
            yield verbatim(place, line=len(inside) > 1, strip=END_MARKS if len(inside) > 1 else "")
