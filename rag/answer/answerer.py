"""Question in, gated answer out: understands, retrieves, composes, judges, and lets nothing pass the gate unchecked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.answer import compare, front, gate, prose, scope, summary, topics, within
from rag.answer.draft import Draft, Piece
from rag.answer.evidence import OFTEN, Evidence, Hit, Scored, Statement
from rag.answer.facts import Facts
from rag.answer.followup import FollowUp, Turn, readings
from rag.answer.kinds import Kind, asked_part, kind_of, spelled
from rag.answer.lists import Lists
from rag.answer.phrases import phrase
from rag.answer.places import Place, Shelf, citation
from rag.answer.question import Question, understand
from rag.answer.refusal import Verdict, as_typed, judge
from rag.answer.reply import Answer, Citation, Milliseconds, Sentence
from rag.answer.siblings import OutlineList
from rag.answer.slots import Slot, slots
from rag.answer.synonyms import Synonyms
from rag.answer.trust import SURE, Signs, believed, scaled, trust
from rag.answer.wording import corrected
from rag.errors import EmptyQuestion, LongQuestion
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Document
from rag.search.hybrid import RowHit, Search
from rag.search.vocabulary import Vocabulary
from rag.writing.fold import fold

QUESTION_CHARACTERS = 2000
HITS = 24
NEAREST = 3
FIRST = 3  # hits that tell how near the library comes to a question
LEAST_DEVIATION = 1e-3  # of cosines: a library of one passage has none
VECTORS = 64  # of wordings kept: one question is searched for several times, in all speeches and in some
PASSAGES = 1024  # read from the build and kept, a few megabytes: one question finds the same ones several times
FOCUS_LEAST, FOCUS_LEAD = 0.3, 0.12  # of the question's words, borne on the front of the one speech that is meant
TOPIC_LEAD = 1.2  # of the speech that a topic means, over the next: by the scores of what is found for the topic
SAME = 5  # best statements that all come from one speech: it is the one in focus
STEPS_LEAST, MOST_STEPS = 0.7, 9  # a list answers how where it carries this much and is no longer
_DEFINING = "{words}是指 {words}指的是 所谓{words}"
_IN_FORCE = "自发布之日起施行 起实施 有效期至"
_ALONE = re.compile("各自?|分别")
_TOLD_SHORT = ("other",)
KEYWORDS = 24  # a question this short without question words is read as keywords
KEYWORDS_LEAST = 0.6

Vectorise = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A question made ready: understood, with its scope and what was retrieved for it, in how many seconds."""

    question: Question
    wording: str
    searched: str
    speeches: tuple[Speech, ...]
    named: bool
    follow: FollowUp | None
    hits: tuple[Hit, ...]
    ranked: tuple[Scored, ...]
    seconds: float = 0.0


def check_askable(question: str) -> None:
    """EmptyQuestion where there is no letter, digit or Chinese character; LongQuestion above 2,000 characters."""
    if not any(character.isalnum() for character in question):
        raise EmptyQuestion
    if len(question) > QUESTION_CHARACTERS:
        raise LongQuestion(len(question), QUESTION_CHARACTERS)


class Answerer:
    """Answers questions from one build. `vectorise` turns a query into its vector [d]."""

    def __init__(
        self,
        documents: Sequence[Document],
        speeches: Sequence[Speech],
        passages: Sequence[Passage],
        hybrid: Search,
        vectorise: Vectorise,
        *,
        vocabulary: Vocabulary,
        build: str,
        synonyms: Synonyms,
    ) -> None:
        self._documents = documents
        self._speeches = speeches
        self._passages = passages
        self._hybrid = hybrid
        self._vectorise = lru_cache(maxsize=VECTORS)(vectorise)
        self._background = lru_cache(maxsize=VECTORS)(lambda wording: hybrid.background(self._vectorise(wording)))
        self._passage = lru_cache(maxsize=PASSAGES)(passages.__getitem__)
        self._build = build
        self._synonyms = synonyms
        self._vocabulary = vocabulary

    @cached_property
    def shelf(self) -> Shelf:
        """The library's places; like all that grows with the library, made when it is first needed."""
        return Shelf(self._documents, self._speeches)

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.shelf, self._vocabulary)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self._evidence)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self._evidence)

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        """A number for the speech of each passage."""
        return np.array([hash((passage.document, passage.speech)) for passage in self._passages], dtype=np.int64)

    def search(self, question: str, k: int, speeches: Sequence[Speech] = ()) -> list[tuple[Passage, RowHit]]:
        """The `k` best passages for `question`, best first, within `speeches` where there are any."""
        text = self._expanded(question)
        allowed = self._allowed(speeches)
        found = self._hybrid.search(self._vectorise(question), text, k, allowed)
        return [(self._passage(hit.row), hit) for hit in found]

    def answer(self, question: str, history: Sequence[Turn] = (), speeches: Sequence[str] = ()) -> Answer:
        """The answer to `question`, every quote of it checked. EmptyQuestion, LongQuestion, UnknownSpeech."""
        started = time.perf_counter()
        check_askable(question)
        ready, draft, verdict = self._understood(question, history, scope.chosen(speeches, self.shelf))
        answer = self._shown(ready, draft, verdict)
        total = time.perf_counter() - started
        spent = Milliseconds(_ms(ready.seconds), _ms(total - ready.seconds), _ms(total))
        return gate.check(replace(answer, milliseconds=spent), lambda path: self.shelf.documents[path].text)

    def _understood(self, text: str, history: Sequence[Turn], chosen: tuple[Speech, ...]) -> tuple[_Read, Draft | None, Verdict]:
        """The first way to read the question that has an answer, trusted as far as it must be; else the likeliest."""
        wording = asked_part(corrected(text.strip(), self._vocabulary, self._synonyms))
        refused = []
        for reading in readings(wording, history, self._synonyms):
            ready = self._read(text, chosen, wording, reading.follow)
            draft, verdict = self._decide(ready)
            if verdict.enough and verdict.trusted >= reading.trusted:
                return ready, draft, verdict
            refused.append((reading.trusted, ready, draft, verdict))
        return min(refused, key=lambda one: one[0])[1:]

    def _read(self, text: str, chosen: tuple[Speech, ...], wording: str, follow: FollowUp | None, kind: Kind | None = None) -> _Read:
        started = time.perf_counter()
        return replace(self._retrieved(text, chosen, wording, follow, kind), seconds=time.perf_counter() - started)

    def _retrieved(self, text: str, chosen: tuple[Speech, ...], wording: str, follow: FollowUp | None, kind: Kind | None) -> _Read:
        named = self._named(follow.wording if follow else wording)
        speeches = chosen or named.speeches or (self._last_speeches(follow) if follow else ())
        question = understand(
            text, named.wording, self._synonyms, kind=kind or (follow.kind if follow else None), known=self._vocabulary.knows,
            shown=follow.shown if follow else None,
        )
        hits = self._hits(named.wording, speeches)
        if question.kind == "definition":
            hits += self._hits(_DEFINING.format(words=" ".join(term.text for term in question.terms)), speeches)
        ranked = self._ranked(question, hits)
        ready = _Read(question, wording, named.wording, speeches, named.explicit, follow, hits, ranked)
        if speeches and not chosen and not named.explicit and not (follow and follow.apart) and not self._enough(ready):
            hits = self._hits(named.wording, ())
            ready = replace(ready, speeches=(), hits=hits, ranked=self._ranked(question, hits))
        focus = self._focus(ready)
        in_force = question.kind == "when" and prose.IN_FORCE_ASKED.search(question.understood) is not None
        if in_force and ranked and focus is None:
            focus = ranked[0].statement.place.speech
        if focus is None or (len(ready.speeches) == 1 and not in_force):
            return ready
        more = self._hits(named.wording, (focus,))
        if in_force:
            more = (*more, *self._hits(_IN_FORCE, (focus,)))
        both = (*hits, *(hit for hit in more if hit not in hits))
        return replace(ready, hits=both, ranked=self._ranked(question, (*hits, *more)))

    def _named(self, wording: str) -> scope.Scope:
        """The speeches that `wording` names outright, by a year or place, or by what they are about."""
        named = scope.named(wording, self.shelf)
        told = [] if named.explicit or len(named.speeches) == 1 else topics.references(wording)
        meant = self._about([told[0].topic], named.speeches)[0] if len(told) == 1 else None
        return named if meant is None else scope.Scope((meant,), topics.without(wording, told), explicit=True)

    def _about(self, named: Sequence[str], speeches: Sequence[Speech] = ()) -> list[Speech | None]:
        """For each topic the speech of `speeches`, else of all, that is about it more than any other is; each speech once."""
        found = [self._bearing_on(topic, speeches) for topic in named]
        meant: list[Speech | None] = [None] * len(named)
        for number in sorted(range(len(named)), key=lambda n: -max(found[n].values(), default=0.0)):
            free = {speech: score for speech, score in found[number].items() if speech not in meant}
            best = sorted(free.values(), reverse=True)
            if best and (len(best) == 1 or best[0] >= TOPIC_LEAD * best[1]):
                meant[number] = max(free, key=lambda speech: free[speech])
        return meant

    def _bearing_on(self, topic: str, speeches: Sequence[Speech]) -> dict[Speech, float]:
        """How much each speech is about `topic`: by what is found of it, and by how often it has the very word."""
        outright = scope.named(topic, self.shelf).speeches
        if len(outright) == 1:
            return {outright[0]: float(HITS)}
        found: dict[Speech, float] = {}
        for hit in self._hits(topic, speeches):
            speech = self.shelf.place(hit.document, hit.start, hit.end).speech
            found[speech] = found.get(speech, 0.0) + hit.score
        word = fold(topic)
        often = {speech: min(OFTEN, self.shelf.folded(speech.document, speech.start, speech.end).count(word)) for speech in found}
        return {speech: score * (1 + often[speech]) for speech, score in found.items()}

    def _signs(self, ready: _Read, carried: float, statement: Statement) -> Signs:
        """What speaks for an answer from `statement`, which carries so much of the question."""
        question, first = ready.question, ready.hits[:FIRST]
        mean, deviation = self._background(ready.searched)
        best = max((hit.words for hit in first), default=0.0), max((hit.cosine for hit in first), default=mean)
        words, meaning = scaled(best[0], (best[1] - mean) / max(deviation, LEAST_DEVIATION), len(self._passages))
        return Signs(
            carried=carried,
            wording=self._evidence.wording(question, statement.folded),
            words=words,
            meaning=meaning,
            bearing=self._evidence.borne(question, statement.bearing),
            terms=len(question.terms),
        )

    def _ranked(self, question: Question, hits: Sequence[Hit]) -> tuple[Scored, ...]:
        return tuple(self._evidence.ranked(question, self._evidence.statements(hits)))

    def _enough(self, ready: _Read) -> bool:
        if not ready.ranked:
            return False
        best = ready.ranked[0]
        return self._judged(ready, best.coverage, best.statement).enough

    def _judged(self, ready: _Read, carried: float, statement: Statement, decides: Place | None = None) -> Verdict:
        signs = self._signs(ready, carried, statement)
        trusted = trust(ready.question.kind, signs)
        believable = believed(trusted, signs)
        verdict = judge(ready.question, believable, statement, self._evidence, self._synonyms, decides=decides)
        known = trusted if verdict.enough or not believable else 0.0  # where something is missing nothing is trusted
        return replace(verdict, trusted=known, signs=signs)

    def _hits(self, wording: str, speeches: Sequence[Speech]) -> tuple[Hit, ...]:
        found = self.search(wording, HITS, speeches)
        return tuple(Hit(passage.document, passage.start, passage.end, hit.score, hit.words, hit.dense) for passage, hit in found)

    def _expanded(self, wording: str) -> str:
        """`wording` and, for words of the synonym table that the library lacks, what means the same."""
        folded = "".join(wording.lower().split())
        found = [folded[start:end] for start, end in self._synonyms.find(folded)]
        more = [other for word in found for other in self._synonyms.of(word) if self._vocabulary.knows(other)]
        return " ".join((wording, *dict.fromkeys(more[:6])))

    def _allowed(self, speeches: Sequence[Speech]) -> NDArray[np.bool_] | None:
        if not speeches:
            return None
        return np.isin(self._owners, [hash((speech.document, speech.number)) for speech in speeches])

    def _decide(self, ready: _Read) -> tuple[Draft | None, Verdict]:
        """The draft for the question and whether its evidence is enough."""
        if ready.follow is not None and not ready.follow.apart:
            draft = within.draft(ready.question, ready.follow, self._anchor(ready), self._evidence, self._facts, self._lists)
            if draft is not None:
                return draft, Verdict(True, trusted=1.0)
        compared = self._compared(ready)
        return (compared, Verdict(True, trusted=1.0)) if compared is not None else self._single(ready)

    def _single(self, ready: _Read) -> tuple[Draft | None, Verdict]:
        question = ready.question
        draft = self._draft(ready)
        if draft is None or not draft.pieces:
            first = ready.ranked[0].statement if ready.ranked else None
            return None, judge(question, False, first, self._evidence, self._synonyms)
        if draft.how == "front":
            return draft, Verdict(True, trusted=1.0)
        place = draft.decides or next(piece.quotes[0] for piece in draft.pieces if piece.quotes)
        statement = self._statement_at(place.document.path, place.start)
        verdict = self._judged(ready, draft.confidence, statement, draft.decides)
        if draft.lead is not None and not verdict.enough:
            announcing = self._statement_at(draft.lead.document.path, draft.lead.paragraph.start)
            verdict = self._judged(ready, draft.confidence, announcing)
        return draft, verdict

    def _statement_at(self, document: str, start: int) -> Statement:
        place = self.shelf.place(document, start, start + 1)
        found = list(self._evidence.of_paragraph(place.speech, place.paragraph))
        return next((s for s in reversed(found) if s.place.start <= start), found[0])

    def _draft(self, ready: _Read) -> Draft | None:
        question, ranked = ready.question, ready.ranked
        focus = self._focus(ready)
        told = front.draft(question, focus, self._evidence) if focus is not None else None
        if told is not None:
            return told
        if question.kind == "figure":
            return self._facts.draft(question, [scored.statement for scored in ranked])
        if question.kind == "list":
            return self._lists.draft(question, list(ranked), focus)
        if question.kind == "summary":
            return summary.draft(question, self._evidence, self._lists, ranked, focus)
        if question.kind in ("other", "compare") and len(question.understood) <= KEYWORDS:
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

    def _focus(self, ready: _Read) -> Speech | None:
        """The one speech that the question is about: named, or borne out by its front far more than any other."""
        if len(ready.speeches) == 1:
            return ready.speeches[0]
        near = ready.speeches or tuple(dict.fromkeys(scored.statement.place.speech for scored in ready.ranked[:24]))
        borne = sorted(((self._evidence.borne(ready.question, self._evidence.bearing(s)), i) for i, s in enumerate(near)), reverse=True)
        owners = {scored.statement.place.speech for scored in ready.ranked[:SAME]}
        if len(owners) == 1 and len(ready.ranked) >= SAME:
            return owners.pop()
        if not borne or borne[0][0] < FOCUS_LEAST or (len(borne) > 1 and borne[0][0] - borne[1][0] < FOCUS_LEAD):
            return None
        return near[borne[0][1]]

    def _last_speeches(self, follow: FollowUp) -> tuple[Speech, ...]:
        """The speeches that the last question named, or else the one that says what was answered."""
        named = scope.named(follow.anchor, self.shelf).speeches
        if named:
            return named
        found = self._hits(f"{follow.anchor} {follow.said}", ())[:1]
        return tuple(self.shelf.place(hit.document, hit.start, hit.end).speech for hit in found)

    def _anchor(self, ready: _Read) -> tuple[Scored, ...]:
        """The statements that the last question and its answer were about."""
        assert ready.follow is not None
        wording = f"{ready.follow.anchor} {ready.follow.said}"
        question = understand(wording, wording, self._synonyms)
        return self._ranked(question, self._hits(wording, ready.speeches))

    def _compared(self, ready: _Read) -> Draft | None:
        """One answer for each value that the question compares; None where it compares none or none has an answer."""
        if ready.follow is not None:
            return None
        question, wording = ready.question, spelled(ready.wording)
        names = scope.bearings(wording, self.shelf)
        rows = []
        comparing = question.kind == "compare" or (ready.named and bool(_ALONE.search(wording)))
        for slot in self._topical(wording) or slots(wording, names, ready.speeches, comparing=comparing):
            kind = kind_of(_ALONE.sub("", slot.wording))
            own = self._read(slot.wording, slot.speeches, slot.wording, None, "compare" if kind in _TOLD_SHORT else kind)
            draft, verdict = self._single(own)
            title = slot.speeches[0].title if not slot.name else None
            rows.append(compare.Row(as_typed([slot.name], question.text)[0], title, draft if verdict.enough else None))
        return compare.draft(rows) if len(rows) > 1 else None

    def _topical(self, wording: str) -> list[Slot]:
        """One side for each of several speeches that `wording` names by what they are about; [] where it does not."""
        told = topics.references(wording)
        meant = self._about([one.topic for one in told]) if len(told) > 1 else []
        if not meant or None in meant:
            return []
        asked = zip(told, topics.sides(wording, told), meant, strict=True)
        return [Slot(wording[one.start : one.end], side, (speech,)) for one, side, speech in asked if speech is not None]

    def _shown(self, ready: _Read, draft: Draft | None, verdict: Verdict) -> Answer:
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

    def _explain(self, ready: _Read, draft: Draft | None, verdict: Verdict) -> dict[str, Any]:
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
