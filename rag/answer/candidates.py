"""The outline lists that may answer: found near statements or in a speech, and scored by how well each is what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer import parallels
from rag.answer.abbreviations import Abbreviation, abbreviations, told
from rag.answer.evidence import BEARING_SHARE, IN_BEARING, Evidence, Scored
from rag.answer.places import Place, outline_of
from rag.answer.question import Question
from rag.answer.siblings import OutlineList, lists_under
from rag.answer.spelling import spelled
from rag.answer.statements import Statement
from rag.answer.terms import match
from rag.outline.headings import heading_text, nodes_at
from rag.outline.tree import Node, Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import sentences, trimmed

_IN_ITEMS = 0.8  # a word that all items share names the list nearly as well as its heading
_IN_ABOVE = 0.55
_IN_BODY = 0.3
_NAMES_SPEECH = 0.6  # a word that the front carries this much names the speech, not the list
_OWN_SHARE = 0.5  # of the score, what the words carry that do not name the speech
NEAR = 12  # statements that lists are looked for around
_TOGETHER = 400  # characters of an item, in the mean: of shorter ones each may be told by a sentence of its own
ANNOUNCES = 0.15  # what announces a list, or counts by the measure that is asked, speaks for it
_ASKED_NOUN = regex(
    "哪(?:几|[一二三四五六七八九十两]|\\d+)?[些个种项条点类件步层重组句方大]?(?:方面)?(?:的)?(?P<n>[\u4e00-\u9fff]{2,8})"
)
_NOUN_BEFORE = regex(
    "(?P<n>[\u4e00-\u9fff]{2,6}?)(?:都|分别|主要|各)?(?:是|有|包括|包含|指)(?:的是)?(?:哪|什么|啥)"
)
_QUOTED_ASKED = regex("[“\"「『](?P<w>[^”\"」』]{2,12})[”\"」』]")
_REPEATED = 0.3  # that every item holds the very words in quotation marks that are asked for
_ASKED_NOUN_BONUS = 0.15
_EACH_NAMES_ASKED = 0.1  # that every item is called what is asked for (哪几项职能: 参谋助手的职能, 综合协调的职能)
_SPECIFIC = 0.15
_WHOLE_SPEECH = 0.08  # against the list of a speech's parts, which carries whatever the speech does


class Candidates:
    """Finds the outline lists of a library, and scores them for a question."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def near(self, statements: Iterable[Statement]) -> list[OutlineList]:
        """Every outline list that one of `statements` stands in, announces, or heads, best statement first."""
        found: dict[tuple[str, int], OutlineList] = {}
        for statement in statements:
            for outline_list in self._around(statement.place):
                found.setdefault((outline_list.document, outline_list.items[0].start), outline_list)
        return list(found.values())

    def _around(self, place: Place) -> Iterator[OutlineList]:
        text = place.document.text
        above = list(nodes_at(place.speech.root, place.start, place.end))
        for node in reversed(above):
            yield from lists_under(text, place.speech, node)
            for child in node.children:
                if child.start <= place.start < child.end or child.start >= place.end:
                    yield from lists_under(text, place.speech, child)
                if child.start >= place.end:
                    break

    def of_speech(self, speech: Speech) -> list[OutlineList]:
        """Every outline list of a speech, in the order of the text."""
        text = self._evidence.shelf.documents[speech.document].text
        return [found for node in speech.root.walk() for found in lists_under(text, speech, node)]

    def best(self, question: Question, ranked: list[Scored], focus: Speech | None) -> tuple[float, OutlineList] | None:
        """The outline list that is most what the question asks for, near the best statements or in the speech in focus."""
        found = self.near([scored.statement for scored in ranked[:NEAR]])
        if focus is not None:
            found += self.of_speech(focus)
        scored = [(self.score(question, one) + _confirmed(one, ranked), one) for one in found]
        return max(scored, key=lambda pair: pair[0]) if scored else None

    def score(self, question: Question, outline_list: OutlineList) -> float:
        """How well the list is what the question asks for, about 0 to 1."""
        text = self._evidence.shelf.documents[outline_list.document].text
        headings = [fold(heading_text(text, item)) for item in outline_list.items]
        bodies = self._evidence.shelf.folded(outline_list.document, outline_list.items[0].start, outline_list.items[-1].end)
        parent = fold(heading_text(text, outline_list.parent)) if outline_list.parent.kind != "speech" else ""
        place = self._evidence.shelf.place(outline_list.document, outline_list.items[0].start, outline_list.items[-1].end)
        bearing = self._evidence.bearing(outline_list.speech)
        lead = outline_list.lead if fold(outline_list.lead).strip() not in bearing else ""
        above = fold(" ".join((*outline_of(place)[-3:], self._opening(outline_list))))
        carried, on_front = [], []
        for term in question.terms:
            shared = sum(match(term, heading) for heading in headings) / len(headings)
            inside = max(match(term, lead), _IN_ITEMS * shared, _IN_ABOVE * match(term, above), _IN_BODY * match(term, bodies))
            on_front.append(match(term, bearing))
            carried.append(max(inside, IN_BEARING * on_front[-1]) if on_front[-1] < _NAMES_SPEECH else IN_BEARING)
        weights = self._evidence.weights(question)
        own = [weight * (front < _NAMES_SPEECH) for weight, front in zip(weights, on_front, strict=True)]
        score = (1 - _OWN_SHARE) * _share(carried, weights) + _OWN_SHARE * _share(carried, own if any(own) else weights)
        score = 0.75 * score + 0.25 * self._evidence.wording(question, f"{lead} {parent}", bearing)
        said = sum(len(term.text) for term in question.terms if term.text in lead)
        score += _SPECIFIC * min(1.0, said / max(8, len(lead)))  # a lead that says little else announces just this list
        score += _REPEATED if _all_quote(question, headings) or told(_abbreviated(question), headings) else 0.0
        score += _ASKED_NOUN_BONUS if _names_asked(question, f"{lead} {parent}") else 0.0
        score += _EACH_NAMES_ASKED if all(_names_asked(question, heading) for heading in headings) else 0.0
        score -= _WHOLE_SPEECH if outline_list.parent.kind == "speech" and question.number is None else 0.0
        score += self._evidence.timing.year_bonus(question, place) + BEARING_SHARE * self._evidence.borne(question, bearing)
        return score + _agreement(question, outline_list)

    def each_named(self, question: Question, outline_list: OutlineList) -> bool:
        """Whether every item is called by the word that the question says all of them share (几个“金砖”)."""
        asked = _abbreviated(question)
        text = self._evidence.shelf.documents[outline_list.document].text
        headings = [fold(heading_text(text, item)) for item in outline_list.items]
        return told(asked, headings) and all(any(one.word in heading for one in asked) for heading in headings)

    def _opening(self, outline_list: OutlineList) -> str:
        """The sentence that opens the paragraph in which the list begins or is announced: it often names what is listed."""
        first = outline_list.items[0].start
        paragraphs = [p for p in outline_list.speech.paragraphs if outline_list.parent.start <= p.start < first]
        if not paragraphs:
            return ""
        text = self._evidence.shelf.documents[outline_list.document].text
        return text[slice(*trimmed(text, sentences(text, paragraphs[-1].start, min(paragraphs[-1].end, first))[0]))]


def _share(carried: Sequence[float], weights: Sequence[float]) -> float:
    """The part of the weights that is carried."""
    total = sum(weights)
    return sum(weight * one for weight, one in zip(weights, carried, strict=True)) / total if total else 0.0


def _names_asked(question: Question, announcing: str) -> bool:
    """Whether what announces the list, or an item of it, names what the question asks a list of (哪些智能产品)."""
    asked = spelled(fold(question.understood))
    found = _ASKED_NOUN.search(asked) or _NOUN_BEFORE.search(asked)
    return found is not None and any(noun in announcing for noun in (found["n"], found["n"][-4:]) if len(noun) > 1)


def _abbreviated(question: Question) -> Sequence[Abbreviation]:
    """The words that, as the question says, the items share."""
    return abbreviations(spelled(fold(question.understood)))


def _all_quote(question: Question, headings: Sequence[str]) -> bool:
    """Whether every item holds what the question has in quotation marks (几个“我们要”)."""
    quoted = _QUOTED_ASKED.search(spelled(fold(question.understood)))
    return quoted is not None and all(quoted["w"] in heading for heading in headings)


def _confirmed(outline_list: OutlineList, ranked: list[Scored]) -> float:
    """What it adds that several of the best statements are the very headings of the list's items, or stand each in another of them."""
    headings = {(outline_list.document, item.heading_start) for item in outline_list.items}
    places = [scored.statement.place for scored in ranked[:6]]
    found = sum((place.document.path, place.start) in headings for place in places)
    long = outline_list.items[-1].end - outline_list.items[0].start > _TOGETHER * len(outline_list.items)
    heads = any(child.kind != "text" for item in outline_list.items for child in item.children)
    told = 0 if long or heads else sum(any(_stands_in(place, outline_list, item) for place in places) for item in outline_list.items)
    return 0.12 * max(0, max(found, told) - 1)


def _stands_in(place: Place, outline_list: OutlineList, item: Node) -> bool:
    return place.document.path == outline_list.document and item.start <= place.start < item.end


def _agreement(question: Question, outline_list: OutlineList) -> float:
    number = question.number
    if number is None:
        asked = parallels.ASKED_MEASURE.search(fold(question.understood))
        announces = asked is not None and re.search(f"[二三四五六七八九十\\d]{asked['m']}", outline_list.lead) is not None
        return 0.05 + (ANNOUNCES if announces else 0.0)
    return parallels.NUMBER_AGREES if number in (outline_list.stated, len(outline_list.items)) else -parallels.NUMBER_DIFFERS
