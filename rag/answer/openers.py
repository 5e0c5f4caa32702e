"""Unmarked paragraphs that are a list together: each opens with a short sentence which names what it goes on to tell.

They stand after a sentence that announces them, under a heading, or beside one another with the same words at their head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from rag.answer.classifiers import CN, OPINIONS
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Scored
from rag.answer.parallels import ENUMERATED
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.selection import TOPIC_CHARACTERS
from rag.answer.siblings import END_MARKS
from rag.outline.headings import nodes_at
from rag.outline.marks import at_line_start
from rag.outline.tree import Paragraph
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import clauses, sentences, trimmed

# What asks for the parts of a whole, whatever they are called.
_ASKS_PARTS = regex(
    f"(?:几|哪些|(?<!第)[{CN}])(?:[条点块](?![{CN}])|(?:大|个)?方面|(?:大|个|项|条|件)?(?:{OPINIONS}|重点|举措|工作|内容|安排|部署|打算|事))"
    "|[抓干做](?:什么|啥|哪些)"
)
_CARRIED, _CARRIED_BESIDE = 0.6, 0.5  # of the question, by the heading, or by one of the paragraphs that open alike
_BEST = 6  # statements among which one of the paragraphs stands
_HEADINGS = 3  # statements among which the heading stands
_AROUND = 2  # paragraphs of a section that introduce or conclude
_HEAD = 3  # characters with which paragraphs open alike (我们要)
_LONGER = 40  # characters of an opening sentence where it opens as the others do


def draft(question: Question, ranked: Sequence[Scored]) -> Draft | None:
    """The opening sentences of the paragraphs that are the parts asked for; None where no parts are asked for, or none stand there."""
    if not _ASKS_PARTS.search(fold(question.understood)):
        return None
    for rank, scored in enumerate(ranked[:_BEST]):
        place = scored.statement.place
        found = _beneath(place) if rank < _HEADINGS and scored.coverage >= _CARRIED else []
        found = found or (_beside(place) if scored.statement.order == 0 and scored.coverage >= _CARRIED_BESIDE else [])
        if found and question.number in (None, len(found)):
            pieces = tuple(verbatim(one, line=True, strip=END_MARKS) for one in openings(place, found))
            return Draft(pieces, scored.score, how="opening sentences", decides=place)
    return None


def openings(place: Place, paragraphs: Sequence[Paragraph]) -> Iterator[Place]:
    """The first sentence of each of `paragraphs`, which stand in the speech of `place`."""
    text = place.document.text
    for paragraph in paragraphs:
        yield replace(place, paragraph=paragraph).at(*trimmed(text, sentences(text, paragraph.start, paragraph.end)[0], END_MARKS))


def topical_paragraphs(text: str, following: Sequence[Paragraph]) -> list[Paragraph]:
    """The unmarked paragraphs that each open with a short sentence which names what they go on to tell, up to one that does not.

    None where one bears a mark: then the outline tells the list.
    """
    found = list(takewhile(lambda paragraph: _names_its_topic(text, paragraph, TOPIC_CHARACTERS), following))
    marked = any(at_line_start(text, paragraph.start, paragraph.end) for paragraph in found)
    return found if len(found) >= ENUMERATED and not marked else []


def _names_its_topic(text: str, paragraph: Paragraph, longest: int) -> bool:
    start, end = trimmed(text, sentences(text, paragraph.start, paragraph.end)[0])
    return end - start <= longest and end - start < paragraph.end - end and text[end - 1] in "。;；"


def _beneath(place: Place) -> list[Paragraph]:
    """The paragraphs of the section that `place` heads, without what introduces or concludes; none where others name no topic."""
    around = nodes_at(place.speech.root, place.start, place.end)
    section = next((node for node in around if node.kind == "section" and node.heading_start == place.start), None)
    if section is None or section.children:
        return []
    inside = [p for p in place.speech.paragraphs if section.heading_end <= p.start < section.end]
    found = topical_paragraphs(place.document.text, inside) or topical_paragraphs(place.document.text, inside[1:])
    return _without_saying(place.document.text, found) if len(found) >= len(inside) - _AROUND else []


def _without_saying(text: str, found: list[Paragraph]) -> list[Paragraph]:
    """`found` without a last one that opens with a saying of two clauses and more, where no other does."""
    counts = [len(clauses(text, *sentences(text, paragraph.start, paragraph.end)[0])) for paragraph in found]
    return found[:-1] if len(found) > ENUMERATED and counts[-1] > max(counts[:-1]) else found


def _beside(place: Place) -> list[Paragraph]:
    """The paragraphs around that of `place` which open alike, one after another: with the same words at the head of a clause."""
    paragraphs, at = place.speech.paragraphs, place.paragraph.number - 1
    for head in _heads(place.document.text, place.paragraph):
        opens = partial(_opens, place.document.text, head)
        before = [*takewhile(opens, reversed(paragraphs[:at]))]
        found = [*reversed(before), *takewhile(opens, paragraphs[at:])]
        if len(found) >= ENUMERATED:
            return found
    return []


def _opens(text: str, head: str, paragraph: Paragraph) -> bool:
    return head in _heads(text, paragraph)


def _heads(text: str, paragraph: Paragraph) -> list[str]:
    """What the clauses of the sentence begin with that names the topic of the paragraph; [] where it names none, or bears a mark."""
    if not _names_its_topic(text, paragraph, _LONGER) or at_line_start(text, paragraph.start, paragraph.end):
        return []
    first = sentences(text, paragraph.start, paragraph.end)[0]
    return [text[start : start + _HEAD] for start, _ in (trimmed(text, span) for span in clauses(text, *first))]
