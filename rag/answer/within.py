"""Follow-ups that point into the last answer: the item that it named, the section that it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer import prose
from rag.answer.draft import Draft
from rag.answer.evidence import Evidence, Scored, Statement
from rag.answer.facts import Facts, kind_fits
from rag.answer.followup import FollowUp
from rag.answer.lists import Lists, OutlineList, item_piece
from rag.answer.question import Question, Term, terms_of
from rag.answer.synonyms import Synonyms
from rag.outline.parse import heading_text, nodes_at
from rag.outline.tree import Node
from rag.writing.fold import fold

_LETTERS = re.compile(r"\W+")
NEAR = 8  # statements of the last evidence that are looked at
OWN_LEAST = 0.45  # what a statement of the last section must carry of the follow-up's own words


def draft(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, facts: Facts, lists: Lists) -> Draft | None:
    """The answer inside what the last turn was about; None where it is not there."""
    if not anchor:
        return None
    own = replace(question, terms=_own_terms(question, follow), phrases=())
    found = _item(own, follow, anchor, evidence, lists)
    if found is not None:
        return found
    section = _section(anchor, evidence)
    if question.kind == "figure":
        ranked = facts.ranked(own, section)
        fitting = [row for row in ranked if kind_fits(row[2].figure, question.measures) is not False]
        return facts.draft(own, [fitting[0][2].statement]) if fitting and question.measures else None
    if not own.terms:
        return None
    best = max((evidence.score(own, statement) for statement in section), key=lambda scored: scored.coverage)
    return prose.draft(own, evidence, [best]) if best.coverage >= OWN_LEAST else None


def _own_terms(question: Question, follow: FollowUp) -> tuple[Term, ...]:
    inherited = {term.text for term in terms_of(fold(follow.anchor), Synonyms({}, 0))}
    return tuple(term for term in question.terms if term.text not in inherited)


def _item(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, lists: Lists) -> Draft | None:
    """The item that the follow-up names by its place, by the last answer, or by its own words."""
    near = lists.near([scored.statement for scored in anchor[:NEAR]])
    said = _bare(follow.said)
    for found in near:
        text = evidence.shelf.documents[found.document].text
        named = [
            item
            for item in found.items
            if _bare(heading_text(text, item)) in said or _bare(heading_text(text, item)[len(item.mark) :]) in said
        ]
        if follow.item is not None and named:
            return _by_place(follow.item, found, named, evidence)
        if len(named) == 1:
            return _expanded(found, named[0], evidence)
    return None


def _by_place(item: int, found: OutlineList, named: list[Node], evidence: Evidence) -> Draft | None:
    place = {0: found.items.index(named[-1]) + 1, -1: len(found.items) - 1}
    index = place.get(item, item - 1)
    return _expanded(found, found.items[index], evidence) if 0 <= index < len(found.items) else None


def _expanded(found: OutlineList, item: Node, evidence: Evidence) -> Draft:
    place = evidence.shelf.place(found.document, item.start, item.end)
    return Draft((replace(item_piece(place, item, expand=True), line=False),), 1.0, how="item of the last answer")


def _section(anchor: Sequence[Scored], evidence: Evidence) -> list[Statement]:
    """The statements of the section, or the paragraph, that the best statement of the last turn stands in."""
    place = anchor[0].statement.place
    node = [n for n in nodes_at(place.speech.root, place.start, place.end) if n.kind != "text"][-1]
    inside = (
        [p for p in place.speech.paragraphs if p.start < node.end and p.end > node.start] if node.kind != "speech" else [place.paragraph]
    )
    return [statement for paragraph in inside for statement in evidence.of_paragraph(place.speech, paragraph)]


def _bare(text: str) -> str:
    return _LETTERS.sub("", fold(text))
