"""Question in, gated answer out: understands, retrieves, composes, judges, and lets nothing pass the gate unchecked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

from rag.answer import asks, front, gate, prose, scope, summary, within
from rag.answer.anaphora import SHORT, marked
from rag.answer.another import is_general
from rag.answer.comparing import Comparison
from rag.answer.draft import Draft, Piece
from rag.answer.evidence import Evidence, Scored, carried
from rag.answer.facts import Facts
from rag.answer.finder import Finder
from rag.answer.followup import Reading, Turn, readings
from rag.answer.lists import Lists
from rag.answer.phrases import phrase
from rag.answer.places import Shelf, citation
from rag.answer.question import Question
from rag.answer.ready import Preparer, Ready
from rag.answer.refusal import Verdict, as_typed
from rag.answer.reply import Answer, Citation, Milliseconds, Sentence
from rag.answer.request import asked_part
from rag.answer.siblings import OutlineList
from rag.answer.statements import Statement
from rag.answer.terms import match
from rag.answer.trust import SURE
from rag.answer.wording import corrected
from rag.errors import EmptyQuestion, LongQuestion
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.search.hybrid import RowHit
from rag.writing.fold import fold
from rag.writing.patterns import regex

QUESTION_CHARACTERS = 2000
NEAREST = 3
STEPS_LEAST, MOST_STEPS = 0.7, 9  # a list answers how where it carries this much and is no longer
_TOLD = regex("[说讲](?!话)|提(?![高升供])|表述|[怎咋如]|要求|强调")
_DIFFERENT = regex("不同|不一样|区别|差别|异同|差异")
_MEASURED = regex("目标|指标|增[速幅长]|[产数总质重]量|[额率]|收入|支出|面积|人[口数]|规模|赤字|就业|投资|产值|增加值|多少|gdp|pm|cpi")
NEARER, NEAR_LEAST = 0.25, 0.3  # a short question is rather asked of the speech that was spoken of: so much less may it be trusted
OWN_LEAST = 0.3  # of one of a follow-up's own words
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
        ways = readings(wording, history, self._finder.synonyms)
        for reading in ways:
            ready = self._preparer.read(text, chosen, wording, reading.follow)
            draft, verdict = self._decide(ready)
            if verdict.enough and verdict.trusted >= reading.trusted:
                alone = reading.follow is None and not ready.speeches
                return (self._nearer(text, wording, chosen, ways, verdict.trusted) if alone else None) or (ready, draft, verdict)
            if ready.topical:
                elsewhere = self._preparer.read(text, chosen, wording, reading.follow, topical=False)
                found, judged = self._decide(elsewhere)
                if judged.enough and judged.trusted >= max(SURE, reading.trusted):
                    return elsewhere, found, judged
            refused.append((reading.trusted, ready, draft, verdict))
        return min(refused, key=lambda one: one[0])[1:]

    def _nearer(
        self, text: str, wording: str, chosen: tuple[Speech, ...], ways: Sequence[Reading], trusted: float
    ) -> tuple[Ready, Draft | None, Verdict] | None:
        """What the speech of the last answer says to a short question that names none, where it is trusted nearly as far; else None."""
        if len(ways) < 2 or len(wording) > SHORT:
            return None
        ready = self._preparer.read(text, chosen, wording, ways[-1].follow)
        draft, verdict = self._decide(ready)
        near = verdict.enough and verdict.trusted >= max(NEAR_LEAST, trusted - NEARER)
        return (ready, draft, verdict) if near else None

    def _decide(self, ready: Ready) -> tuple[Draft | None, Verdict]:
        """The draft for the question and whether its evidence is enough."""
        if ready.follow is not None and not ready.follow.apart:
            draft = within.draft(ready.question, ready.follow, self._preparer.anchor(ready), self._evidence, self._facts, self._lists)
            if draft is not None:
                return draft, Verdict(True, trusted=1.0)
        compared = Comparison(self._finder, self._preparer, self._facts, self._single).of(ready)
        decided = compared or self._single(ready)
        return decided if decided[1].enough else self._there(ready) or decided

    def _there(self, ready: Ready) -> tuple[Draft, Verdict] | None:
        """What is refused by itself, where the section of the last answer carries most of it; not where a speech is named."""
        if ready.follow is None or not ready.follow.apart or ready.named:
            return None
        found = within.there(ready.question, self._preparer.anchor(ready), self._evidence)
        return (found, Verdict(True, trusted=SURE)) if found is not None else None

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
        return draft, self._told(ready, _heeds_own(ready, statement, verdict))

    def _told(self, ready: Ready, verdict: Verdict) -> Verdict:
        """`verdict`; where the best statement has all that is said to be missing, with what is missing there."""
        if verdict.enough or not verdict.missing:
            return verdict
        nearest = self._preparer.unanswered(ready)
        if set(verdict.missing) & set(nearest.missing):
            return verdict
        return replace(verdict, reason=nearest.reason, missing=nearest.missing)

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
            figure = self._facts.draft(question, [scored.statement for scored in ranked])
            return asks.both(question, figure, self._facts, self._evidence, self._finder.synonyms)
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
        candidates = self._lists.candidates
        near = [one for one in candidates.near([scored.statement for scored in ranked[:2]]) if not _within_an_item(ranked[0], one)]
        scored = [(candidates.score(question, one), one) for one in near if len(one.items) <= MOST_STEPS and one.parent.kind != "speech"]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if found is None or best is None or best[0] < STEPS_LEAST:
            return found
        return self._lists.whole(question, best[1], min(1.0, best[0]))

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


def _heeds_own(ready: Ready, statement: Statement, verdict: Verdict) -> Verdict:
    """`verdict`; not enough of a follow-up that points at nothing, of whose own words, where it has several, the statement has none."""
    typed = fold(ready.question.text)
    if ready.follow is None or not verdict.enough or marked(typed):
        return verdict
    own = [term for term in ready.question.terms if term.text in typed and len(term.text) > 1 and not is_general(term)]
    own = [term for term in own if match(term, statement.bearing) < OWN_LEAST]  # what the front has, the whole speech has
    if len(own) < 2 or any(carried(term, statement) >= OWN_LEAST for term in own):
        return verdict
    words = as_typed([term.text for term in own], ready.question.text)
    return replace(verdict, enough=False, reason=phrase("missing", words="、".join(words)), missing=tuple(words))


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
