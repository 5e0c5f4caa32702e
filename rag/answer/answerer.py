"""Question in, gated answer out: understands, retrieves, composes, judges, and lets nothing pass the gate unchecked."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

from rag.answer import compare, front, gate, kindred, prose, scope, sides, summary, topics, within
from rag.answer.draft import Draft, Piece
from rag.answer.evidence import Evidence, Scored, Statement
from rag.answer.facts import Facts
from rag.answer.finder import Finder
from rag.answer.followup import Turn, readings
from rag.answer.kinds import asked_part, kind_of, spelled
from rag.answer.lists import Lists
from rag.answer.phrases import phrase
from rag.answer.places import Shelf, citation
from rag.answer.question import Question
from rag.answer.ready import Preparer, Ready
from rag.answer.refusal import Verdict, as_typed
from rag.answer.reply import Answer, Citation, Milliseconds, Sentence
from rag.answer.siblings import OutlineList
from rag.answer.slots import ALONE, MOST, Slot, alone, slots
from rag.answer.trust import SURE
from rag.answer.wording import corrected
from rag.errors import EmptyQuestion, LongQuestion
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.search.hybrid import RowHit
from rag.writing.fold import fold

QUESTION_CHARACTERS = 2000
NEAREST = 3
STEPS_LEAST, MOST_STEPS = 0.7, 9  # a list answers how where it carries this much and is no longer
_TOLD = re.compile("[说讲](?!话)|提(?![高升供])|表述|[怎咋如]|要求|强调")
_DIFFERENT = re.compile("不同|不一样|区别|差别|异同|差异")
_MEASURED = re.compile("目标|指标|增[速幅长]|[产数总质重]量|[额率]|收入|支出|面积|人[口数]|规模|赤字|就业|投资|产值|增加值|多少|gdp|pm|cpi")
_OPEN = 0.9  # where it is open which of several is meant, the trust is no more: a reading as a follow-up goes first
_OF_ALL = 0.75  # of the confidence of the best side: the same is asked of each, so one that carries much less tells something else
_TOLD_SHORT = ("other",)
_HOW_TOLD = ("compare", "how")
KEYWORDS = 24  # a question this short without question words is read as keywords
KEYWORDS_LEAST = 0.6



def check_askable(question: str) -> None:
    """EmptyQuestion where there is no letter, digit or Chinese character; LongQuestion above 2,000 characters."""
    if not any(character.isalnum() for character in question):
        raise EmptyQuestion
    if len(question) > QUESTION_CHARACTERS:
        raise LongQuestion(len(question), QUESTION_CHARACTERS)


class Answerer:
    """Answers questions from one build, which a finder finds in."""

    def __init__(self, finder: Finder, *, build: str) -> None:
        self._finder = finder
        self._preparer = Preparer(finder)
        self._build = build

    @property
    def shelf(self) -> Shelf:
        """The library's places."""
        return self._finder.shelf

    @property
    def _evidence(self) -> Evidence:
        return self._finder.evidence

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._evidence)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._evidence)

    def search(self, question: str, k: int, speeches: Sequence[Speech] = ()) -> list[tuple[Passage, RowHit]]:
        """The `k` best passages for `question`, best first, within `speeches` where there are any."""
        return self._finder.search(question, k, speeches)

    def answer(self, question: str, history: Sequence[Turn] = (), speeches: Sequence[str] = ()) -> Answer:
        """The answer to `question`, every quote of it checked. EmptyQuestion, LongQuestion, UnknownSpeech."""
        started = time.perf_counter()
        check_askable(question)
        ready, draft, verdict = self._understood(question, history, scope.chosen(speeches, self.shelf))
        answer = self._shown(ready, draft, verdict)
        total = time.perf_counter() - started
        spent = Milliseconds(_ms(ready.seconds), _ms(total - ready.seconds), _ms(total))
        return gate.check(replace(answer, milliseconds=spent), lambda path: self.shelf.documents[path].text)

    def _understood(self, text: str, history: Sequence[Turn], chosen: tuple[Speech, ...]) -> tuple[Ready, Draft | None, Verdict]:
        """The first way to read the question that has an answer, trusted as far as it must be; else the likeliest."""
        wording = asked_part(corrected(text.strip(), self._finder.vocabulary, self._finder.synonyms))
        refused = []
        for reading in readings(wording, history, self._finder.synonyms):
            ready = self._preparer.read(text, chosen, wording, reading.follow)
            draft, verdict = self._decide(ready)
            if verdict.enough and verdict.trusted >= reading.trusted:
                return ready, draft, verdict
            refused.append((reading.trusted, ready, draft, verdict))
        return min(refused, key=lambda one: one[0])[1:]

    def _decide(self, ready: Ready) -> tuple[Draft | None, Verdict]:
        """The draft for the question and whether its evidence is enough."""
        if ready.follow is not None and not ready.follow.apart:
            draft = within.draft(ready.question, ready.follow, self._preparer.anchor(ready), self._evidence, self._facts, self._lists)
            if draft is not None:
                return draft, Verdict(True, trusted=1.0)
        return self._compared(ready) or self._single(ready)

    def _single(self, ready: Ready) -> tuple[Draft | None, Verdict]:
        draft = self._draft(ready)
        if draft is None or not draft.pieces:
            return None, self._preparer.unanswered(ready)
        if draft.how == "front":
            return draft, Verdict(True, trusted=1.0)
        place = draft.decides or next(piece.quotes[0] for piece in draft.pieces if piece.quotes)
        statement = self._statement_at(place.document.path, place.start)
        verdict = self._preparer.judged(ready, draft.confidence, statement, draft.decides)
        if draft.lead is not None and not verdict.enough:
            announcing = self._statement_at(draft.lead.document.path, draft.lead.paragraph.start)
            verdict = self._preparer.judged(ready, draft.confidence, announcing)
        return draft, verdict

    def _statement_at(self, document: str, start: int) -> Statement:
        place = self.shelf.place(document, start, start + 1)
        found = list(self._evidence.of_paragraph(place.speech, place.paragraph))
        return next((s for s in reversed(found) if s.place.start <= start), found[0])

    def _draft(self, ready: Ready) -> Draft | None:
        question, ranked = ready.question, ready.ranked
        focus = self._preparer.focus(ready)
        told = front.draft(question, focus, self._evidence) if focus is not None else None
        if told is not None:
            return told
        if question.kind == "figure":
            return self._facts.draft(question, [scored.statement for scored in ranked])
        if question.kind == "list":
            counted = self._facts.counted(question, [scored.statement for scored in ranked])
            return counted or self._lists.draft(question, list(ranked), focus)
        if question.kind == "summary":
            return summary.draft(question, self._evidence, self._lists, ranked, focus)
        if question.kind in ("other", "compare") and len(question.understood) <= KEYWORDS and not _asks_for_words(question.understood):
            figure = self._facts.draft(question, [scored.statement for scored in ranked[:8]])
            if figure is not None and figure.confidence >= KEYWORDS_LEAST:
                return figure
        found = prose.draft(question, self._evidence, ranked)
        return self._as_list(question, ranked, found) if question.kind == "how" else found

    def _as_list(self, question: Question, ranked: Sequence[Scored], found: Draft | None) -> Draft | None:
        """`found`, or the list that carries out what the best statement only opens."""
        near = [one for one in self._lists.near([scored.statement for scored in ranked[:2]]) if not _within_an_item(ranked[0], one)]
        scored = [(self._lists.score(question, one), one) for one in near if len(one.items) <= MOST_STEPS and one.parent.kind != "speech"]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if found is None or best is None or best[0] < STEPS_LEAST:
            return found
        return self._lists.whole(question, best[1], min(1.0, best[0]))

    def _compared(self, ready: Ready) -> tuple[Draft, Verdict] | None:
        """One answer for each value that the question compares; None where it compares none or none has an answer."""
        if ready.follow is not None:
            return None
        question, wording = ready.question, spelled(ready.wording)
        every = self._of_every(ready, wording)
        if every is not None:
            return every
        names = scope.bearings(wording, self.shelf)
        comparing = question.kind == "compare" or (ready.named and bool(ALONE.search(wording)))
        several = self._topical(wording) or slots(wording, names, ready.speeches, comparing=comparing)
        if len(several) < 2:
            return self._of_several(ready)
        compared = compare.draft([row for row, _ in self._rows(ready, several)])
        return (compared, Verdict(True, trusted=1.0)) if compared is not None else None

    def _of_every(self, ready: Ready, wording: str) -> tuple[Draft, Verdict] | None:
        """The answer of each place or each speech, where the question asks all of them; None where not two have one."""
        near = tuple(dict.fromkeys(scored.statement.place.speech for scored in ready.ranked))
        all_, every = kindred.kindred(wording, self.shelf, self._evidence, near)
        if len(every) < 2 or self._told_of_all(ready, all_):
            return None
        rows = [row for row, _ in self._rows(ready, every)]
        most = max((row.found.confidence for row in rows if row.found is not None), default=0.0)
        heard = [row if row.found is None or row.found.confidence >= _OF_ALL * most else replace(row, found=None) for row in rows]
        told = [row for row in heard if row.found is not None or row.title is None]
        compared = compare.draft(told) if sum(row.found is not None for row in told) > 1 else None
        return (compared, Verdict(True, trusted=1.0)) if compared is not None else None

    def _told_of_all(self, ready: Ready, all_: str) -> bool:
        """Whether what answers the question says of all of them at once what is asked."""
        draft, verdict = self._single(ready)
        quotes = [place for piece in draft.pieces for place in piece.quotes] if draft is not None and verdict.enough else []
        return any(all_ in fold(place.text) for place in quotes)

    def _of_several(self, ready: Ready) -> tuple[Draft, Verdict] | None:
        """The figure of each speech, where several have as good a one and the question tells none of them apart; else None."""
        question = ready.question
        if question.kind != "figure" or ready.speeches or self._preparer.focus(ready) is not None:
            return None
        speeches = self._facts.sources(question, [scored.statement for scored in ready.ranked])[:MOST]
        if len(speeches) < 2:
            return None
        rows = self._rows(ready, [Slot("", ready.wording, (speech,)) for speech in speeches])
        told = [(row, verdict) for row, verdict in rows if row.found is not None]
        compared = compare.draft([row for row, _ in told]) if len(told) > 1 else None
        if compared is None:
            return None
        least = min((verdict for _, verdict in told), key=lambda one: one.trusted)
        return compared, replace(least, trusted=min(_OPEN, least.trusted))

    def _rows(self, ready: Ready, several: Sequence[Slot]) -> list[tuple[compare.Row, Verdict]]:
        """What is found for each side of a comparison, and the verdict on it."""
        return [self._row(ready, slot, sides.CHARACTERS // len(several)) for slot in several]

    def _row(self, ready: Ready, slot: Slot, characters: int) -> tuple[compare.Row, Verdict]:
        asked = alone(slot.wording)
        name, title = as_typed([slot.name], ready.question.text)[0], slot.speeches[0].title if not slot.name else None
        ended = sides.ending(asked, self.shelf, slot.speeches, characters)
        if ended is not None:
            return compare.Row(name, title, ended), Verdict(True, trusted=1.0)
        kind = kind_of(asked)
        own = self._preparer.read(asked, slot.speeches, asked, None, "compare" if kind in _TOLD_SHORT else kind)
        draft, verdict = self._single(own)
        if draft is not None and draft.how.startswith(_HOW_TOLD):
            draft = sides.told(own.question, self._evidence, own.ranked, draft, characters)
        return compare.Row(name, title, draft if verdict.enough else None), verdict

    def _topical(self, wording: str) -> list[Slot]:
        """One side for each of several speeches that `wording` names by what they are about; [] where it does not."""
        told = topics.references(wording)
        told = told if len(told) > 1 else topics.pair(wording)
        meant = self._finder.about([one.topic for one in told]) if len(told) > 1 else []
        if not meant or None in meant:
            return []
        asked = zip(told, topics.sides(wording, told), meant, strict=True)
        return [Slot(wording[one.start : one.end], side, (speech,)) for one, side, speech in asked if speech is not None]

    def _shown(self, ready: Ready, draft: Draft | None, verdict: Verdict) -> Answer:
        question = ready.question
        explain = self._explain(ready, draft, verdict)
        if draft is None or not verdict.enough:
            reason = verdict.reason or phrase("refused")
            nearest = tuple(
                citation(self.shelf.place(hit.document, hit.start, hit.end), n) for n, hit in enumerate(ready.hits[:NEAREST], 1)
            )
            return Answer(question.text, reason, True, reason, (Sentence(reason),), (), None, nearest, self._build, explain=explain)
        doubt = (Piece(phrase("doubtful"), line=True),) if verdict.trusted < SURE else ()
        sentences, citations = _numbered((*draft.pieces, *doubt))
        lines = [piece.line for piece in (*draft.pieces, *doubt)]
        text = gate.joined(zip(sentences, lines, strict=True))
        return Answer(question.text, text, False, None, sentences, citations, draft.coverage, (), self._build, explain=explain)

    def _explain(self, ready: Ready, draft: Draft | None, verdict: Verdict) -> dict[str, Any]:
        return {
            "kind": ready.question.kind,
            "understood": ready.question.shown,
            "follow_up": ready.follow is not None,
            "terms": [term.text for term in ready.question.terms],
            "speeches": [speech.title for speech in ready.speeches],
            "how": draft.how if draft else "",
            "confidence": round(draft.confidence, 3) if draft else 0.0,
            "trusted": round(verdict.trusted, 3),
            "signs": {name: round(value, 3) for name, value in asdict(verdict.signs).items()} if verdict.signs else {},
            "refused_because": list(verdict.missing),
            "evidence": [
                {"text": s.statement.place.text, "score": round(s.score, 3), "coverage": round(s.coverage, 3)} for s in ready.ranked[:5]
            ],
        }


def _asks_for_words(wording: str) -> bool:
    """Whether words are asked for, and no figure: how a thing is told, or what differs where nothing is measured."""
    return bool(_TOLD.search(wording) or (_DIFFERENT.search(wording) and not _MEASURED.search(wording)))


def _within_an_item(scored: Scored, found: OutlineList) -> bool:
    """Whether the statement is the name of one of the list's items, so that this item is meant and not the list."""
    start = scored.statement.place.start
    return any(item.start <= start <= item.heading_start for item in found.items)


def _numbered(pieces: Sequence[Piece]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Sentences and citations of the pieces; the same span is cited under one number."""
    citations: dict[tuple[str, int, int], Citation] = {}
    sentences = []
    for piece in pieces:
        numbers = []
        for place in piece.quotes:
            key = (place.document.path, place.start, place.end)
            if key not in citations:
                citations[key] = citation(place, len(citations) + 1)
            numbers.append(citations[key].n)
        sentences.append(Sentence(piece.text, tuple(numbers)))
    return tuple(sentences), tuple(citations.values())


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
