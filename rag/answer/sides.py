"""One side of a comparison where it is asked how a speech tells of something: each place in it that does, not one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answer import selection
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.places import Place, Shelf
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.outline.tree import Speech
from rag.writing.figures import FigureKind, figures
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import Span, segments, sentences, trimmed

CHARACTERS = 540  # of all sides together: a comparison is read at one look
MOST = 3  # places of one side
_AS_GOOD = 0.8  # of the best score, and of its coverage: such a place tells of the same
_FAREWELL = 20  # characters of a paragraph that is no farewell, and no line left over behind the speech
_LAST = 30  # paragraphs among which a speech ends, whatever notes stand behind it
_CLOSING = regex("同志们|各位|朋友们|总之|综上|让我们|最后[,，]|新的一年|全党|全国各族")
_ENDS = regex("结尾|收尾|末尾")
_GROWTH = regex("[,，](?:同比|环比|比上年(?:同期)?)?(?:实际|名义)?(?:增长|下降|上升|减少)[^,，;；。、!！]{1,12}")
_NEAR = 16  # statements that are looked at
_AFTER = 0.3  # of the mean of what follows: what a paragraph goes on about it tells more of than what is named in passing
_LONG = 100  # characters beyond which a sentence is cut to its segments that carry the question
_OPENED = 100  # characters that follow a sentence which only opens its topic


def told(question: Question, evidence: Evidence, ranked: Sequence[Scored], found: Draft, characters: int) -> Draft:
    """`found`; and where the speech tells of it in other places as well, the best of these beside it, in their order.

    All is held within `characters`; where that is too few `found` is cut to the sentence that decides.
    """
    decides = found.decides
    if decides is None or len(found.pieces) > 1:
        return found
    first = found.pieces[0].quotes[0]
    good = _good(evidence, ranked)
    others = list(_apart(question, evidence, first, good))
    if first.end - first.start + _length(others) > characters:
        first = next((_stretch(question, evidence, one.statement) for one in ranked if one.statement.place == decides), first)
        others = list(_apart(question, evidence, first, good))
    while others and first.end - first.start + _length(others) > characters:
        others.pop()
    if not others:
        return found if _length([found.pieces[0].quotes[0]]) <= characters else replace(found, pieces=(verbatim(first),))
    places = sorted([first, *others], key=lambda place: (place.document.path, place.start))
    return replace(found, pieces=tuple(verbatim(place, line=True) for place in places))


def _good(evidence: Evidence, ranked: Sequence[Scored]) -> list[Statement]:
    """The statements that tell of the same as the best, those first that their paragraph goes on about."""
    good = [one for one in ranked[:_NEAR] if _as_good(one, ranked[0]) and not selection.is_heading(one.statement)]
    scores = {one.statement.place: one.score for one in ranked}
    return [one.statement for one in sorted(good, key=lambda one: -(one.score + _AFTER * _after(one.statement, evidence, scores)))]


def comparable(found: Sequence[Draft | None]) -> list[Draft | None]:
    """`found`; where one side is told as a growth, a level that is told of another with the growth that follows it at once."""
    kinds = [_last_kind(one) for one in found]
    if "percent" not in kinds:
        return list(found)
    return [one if one is None or kind in (None, "percent") else _grown(one) for one, kind in zip(found, kinds, strict=True)]


def _last_kind(found: Draft | None) -> FigureKind | None:
    told = figures(fold(found.pieces[-1].text)) if found is not None and found.how.startswith("figure") else []
    return told[-1].kind if told else None


def _grown(found: Draft) -> Draft:
    """A level with its growth (1379.5亿元,增长6.4%)."""
    *before, last = found.pieces
    place = last.quotes[-1]
    grown = _GROWTH.match(place.document.text, place.end) if len(last.quotes) == 1 else None
    if grown is None:
        return found
    return replace(found, pieces=(*before, replace(last, text=last.text + grown.group(), quotes=(place.at(place.start, grown.end()),))))


def ending(wording: str, shelf: Shelf, speeches: Sequence[Speech], characters: int) -> Draft | None:
    """The last sentences of the one speech, where `wording` asks how it ends; its farewell and what is no sentence left out."""
    if not _ENDS.search(wording) or len(speeches) != 1:
        return None
    text = shelf.documents[speeches[0].document].text
    near = [one for one in speeches[0].paragraphs[-_LAST:] if one.end - one.start >= _FAREWELL and text[one.end - 1] in "。！!"]
    closing = [one for one in near if _CLOSING.match(text, one.start)] or near
    if not closing:
        return None
    last = closing[-1]
    spans = [trimmed(text, span) for span in sentences(text, last.start, last.end)]
    start = next((left for left, _ in spans if spans[-1][1] - left <= characters), spans[-1][0])
    place = shelf.place(speeches[0].document, start, spans[-1][1])
    return Draft((verbatim(place),), 1.0, how="ending", decides=place)


def _as_good(scored: Scored, best: Scored) -> bool:
    return scored.score >= _AS_GOOD * best.score and scored.coverage >= _AS_GOOD * best.coverage


def _after(statement: Statement, evidence: Evidence, scores: dict[Place, float]) -> float:
    """The mean score of the sentences that follow in the paragraph."""
    place = statement.place
    around = evidence.of_paragraph(place.speech, place.paragraph)
    following = [one for one in around if one.place.start > place.start][: selection.FOLLOWING]
    return sum(scores.get(one.place, 0.0) for one in following) / selection.FOLLOWING


def _apart(question: Question, evidence: Evidence, first: Place, good: Sequence[Statement]) -> Iterator[Place]:
    """The stretches of the best statements beside `first`, none of which lies in another."""
    seen = [first]
    for statement in good:
        place = _stretch(question, evidence, statement)
        if len(seen) < MOST and not any(_meet(place, one) for one in seen):
            seen.append(place)
            yield place


def _meet(one: Place, other: Place) -> bool:
    return one.document is other.document and one.start < other.end and other.start < one.end


def _length(places: Sequence[Place]) -> int:
    return sum(place.end - place.start for place in places)


def _stretch(question: Question, evidence: Evidence, statement: Statement) -> Place:
    """The statement; with what follows where it only opens its topic, or where it is long its segments that carry the question."""
    place = statement.place
    if statement.order == 0 and len(place.text) <= selection.TOPIC_CHARACTERS:
        around = evidence.of_paragraph(place.speech, place.paragraph)
        ends = [one.place.end for one in around if place.start < one.place.start and one.place.end <= place.end + _OPENED]
        return place.at(place.start, max(ends, default=place.end))
    return place.at(*_carrying(question, evidence, place)) if len(place.text) > _LONG else place


def _carrying(question: Question, evidence: Evidence, place: Place) -> Span:
    """The stretch of segments from the first to the last that has words of the question."""
    text = place.document.text
    parts = segments(text, place.start, place.end)
    held = [part for part in parts if evidence.wording(question, text[slice(*part)].lower()) > 0] or parts
    return trimmed(text, (held[0][0], held[-1][1]), "；;")
