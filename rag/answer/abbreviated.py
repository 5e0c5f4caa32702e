"""The list that a question abbreviates (五个“有”, “四千行动”), found by the word that its parts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import parallels
from rag.answer.abbreviations import Abbreviation, abbreviations, ends, holds, told, told_in
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import OPENING, Evidence, Scored
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.siblings import END_MARKS
from rag.answer.spelling import spelled
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.sentences import clauses, trimmed

_AGREES = 0.45  # just as many parts hold the shared word as the question says
NAME_CHARACTERS = 48  # of a part that is shown whole
NEAR = 12  # statements whose paragraphs are looked through


def abbreviated_list(question: Question, evidence: Evidence, ranked: Sequence[Scored], focus: Speech | None) -> tuple[float, Draft | None]:
    """The sentence, or the sentences of one paragraph, that tell the parts, with the score: in the speech in focus, or among the best."""
    asked = abbreviations(spelled(fold(question.understood)))
    if not asked:
        return 0.0, None
    of_focus = [one for p in focus.paragraphs for one in evidence.of_paragraph(focus, p)] if focus is not None else []
    found = [evidence.score(question, one) for one in of_focus if told_in(asked, one.folded)]
    found += [scored for scored in ranked if told_in(asked, scored.statement.folded)]
    best = max(found, key=lambda scored: scored.score, default=None)
    several = _in_sentences(asked, evidence, ranked)
    score = best.score + _AGREES if best is not None else 0.0
    if best is None or several[0] > score:
        return several
    return score, replace(parallels.from_sentence(question, evidence, best, score), confidence=min(1.0, score))


def _in_sentences(asked: Sequence[Abbreviation], evidence: Evidence, ranked: Sequence[Scored]) -> tuple[float, Draft | None]:
    """The sentences of one paragraph that have the shared word at the end of the first clause, as many as abbreviated.

    Where the number is told they may open with it.
    """
    counted = all(one.number for one in asked)
    for scored in ranked[:NEAR]:
        place = scored.statement.place
        around = [one for one in evidence.of_paragraph(place.speech, place.paragraph) if one.place.start > place.start]
        opening = [one for one in around if any(holds(one.folded[:OPENING], each.word) for each in asked)]
        heads = [_first(one.place) for one in around if ends(asked, fold(_first(one.place).text))]
        if counted and told(asked, [one.folded[:OPENING] for one in opening]):
            held = [_name(one.place) for one in opening]
        else:
            held = heads if told(asked, [fold(head.text) for head in heads]) else []
        if held:
            pieces = tuple(verbatim(other, line=True, strip=END_MARKS) for other in held)
            score = scored.score + _AGREES
            return score, Draft(pieces, min(1.0, score), how="abbreviated sentences", decides=place)
    return 0.0, None


def _name(place: Place) -> Place:
    """The sentence; of a long one its first clause, which names what the rest tells of."""
    return place if place.end - place.start <= NAME_CHARACTERS else _first(place)


def _first(place: Place) -> Place:
    """The first clause of the sentence."""
    return place.at(*trimmed(place.document.text, clauses(place.document.text, place.start, place.end)[0], END_MARKS))
