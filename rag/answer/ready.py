"""A question made ready: understood, with the speeches that it means and what was found for it; and how far an answer is trusted."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from rag.answer import scope, selection
from rag.answer.evidence import Scored
from rag.answer.finder import Finder
from rag.answer.followup import FollowUp
from rag.answer.interrogatives import Kind
from rag.answer.places import Place
from rag.answer.question import Question, understand
from rag.answer.refusal import Verdict, judge
from rag.answer.statements import Hit, Statement
from rag.answer.trust import Signs, believed, scaled, trust
from rag.outline.tree import Speech
from rag.writing.patterns import regex

# Whose a report or a speech is, right before it.
_GIVER = regex(
    "(?P<who>小组|组织|支部|党委|党组|代表团|代表|委员会|总理|主席|书记|省长|市长|县长|部长|主任|领导)"
    "(?:[给向在][^,，。?？]{1,8})?的?(?:那份|这份)?(?:报告|讲话|致辞|发言|文件|材料)"
)
FIRST = 3  # hits that tell how near the library comes to a question
LEAST_DEVIATION = 1e-3  # of cosines: a library of one passage has none
FOCUS_LEAST, FOCUS_LEAD = 0.3, 0.12  # of the question's words, borne on the front of the one speech that is meant

WIDER = 0.05  # by so much a statement of another speech has to fit better than all of those that bear the place or person asked after
SAME = 5  # best statements that all come from one speech: it is the one in focus
_DEFINING = "{words}是指 {words}指的是 所谓{words}"
_IN_FORCE = "自发布之日起施行 起实施 有效期至"


@dataclass(frozen=True, slots=True)
class Ready:
    """A question made ready: understood, with its scope, named by a topic or not, and what was retrieved for it, in how many seconds."""

    question: Question
    wording: str
    searched: str
    speeches: tuple[Speech, ...]
    named: bool
    follow: FollowUp | None
    hits: tuple[Hit, ...]
    ranked: tuple[Scored, ...]
    topical: bool = False
    seconds: float = 0.0


class Preparer:
    """Makes questions ready with what a finder finds."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def read(
        self, text: str, chosen: tuple[Speech, ...], wording: str, follow: FollowUp | None,
        *, kind: Kind | None = None, topical: bool = True,
    ) -> Ready:  # fmt: skip
        """The question `text` in the reading `wording`, within the speeches `chosen` where there are any.

        Of `kind` where it is known; where not `topical`, a text that is named by its topic alone is looked for among all.
        """
        started = time.perf_counter()
        named = self._finder.named(follow.wording if follow else wording, topical=topical)
        return replace(self._retrieved(text, chosen, wording, follow, kind, named), seconds=time.perf_counter() - started)

    def _retrieved(
        self, text: str, chosen: tuple[Speech, ...], wording: str, follow: FollowUp | None, kind: Kind | None, named: scope.Scope
    ) -> Ready:
        speeches = chosen or named.speeches or (self._last_speeches(follow) if follow else ())
        question = understand(
            text, named.wording, self._finder.synonyms, kind=kind or (follow.kind if follow else None), known=self._finder.vocabulary.knows,
            shown=follow.shown if follow else None,
        )
        question = _without_giver(question) if len(speeches) == 1 else question
        hits = self._finder.hits(named.wording, speeches)
        if question.kind == "definition":
            hits += self._finder.hits(_DEFINING.format(words=" ".join(term.text for term in question.terms)), speeches)
        ranked = self._finder.ranked(question, hits)
        ready = Ready(question, wording, named.wording, speeches, named.explicit, follow, hits, ranked, named.topical and not chosen)
        if speeches and not chosen and not named.explicit and not (follow and follow.apart) and not self._enough(ready):
            hits = self._finder.hits(named.wording, ())
            ready = replace(ready, speeches=(), hits=hits, ranked=self._finder.ranked(question, hits))
        elif ready.speeches and not chosen and not named.explicit and not follow:
            ready = self._widened(ready)
            hits = ready.hits
        focus = self.focus(ready)
        in_force = question.kind == "when" and selection.IN_FORCE_ASKED.search(question.understood) is not None
        if in_force and ranked and focus is None:
            focus = ranked[0].statement.place.speech
        if focus is None or (len(ready.speeches) == 1 and not in_force):
            return ready
        more = self._finder.hits(named.wording, (focus,))
        if in_force:
            more = (*more, *self._finder.hits(_IN_FORCE, (focus,)))
        both = (*hits, *(hit for hit in more if hit not in hits))
        return replace(ready, hits=both, ranked=self._finder.ranked(question, (*hits, *more)))

    def _widened(self, ready: Ready) -> Ready:
        """`ready`, or where the best statement of all speeches fits better than any of those that bear the names, among all."""
        everywhere = self._finder.hits(ready.searched, ())
        meant = set(ready.speeches)
        ranked = self._finder.ranked(ready.question, everywhere)
        inside = ready.ranked[0].score if ready.ranked else 0.0
        if not ranked or ranked[0].statement.place.speech in meant or ranked[0].score < inside + WIDER:
            return ready
        return replace(ready, speeches=(), hits=everywhere, ranked=ranked)

    def _signs(self, ready: Ready, carried: float, statement: Statement) -> Signs:
        """What speaks for an answer from `statement`, which carries so much of the question."""
        question, first = ready.question, ready.hits[:FIRST]
        mean, deviation = self._finder.background(ready.searched)
        best = max((hit.words for hit in first), default=0.0), max((hit.cosine for hit in first), default=mean)
        words, meaning = scaled(best[0], (best[1] - mean) / max(deviation, LEAST_DEVIATION), self._finder.size)
        return Signs(
            carried=carried,
            wording=self._finder.evidence.wording(question, statement.folded),
            words=words,
            meaning=meaning,
            bearing=self._finder.evidence.borne(question, statement.bearing),
            terms=len(question.terms),
        )

    def _enough(self, ready: Ready) -> bool:
        if not ready.ranked:
            return False
        best = ready.ranked[0]
        return self.judged(ready, best.coverage, best.statement).enough

    def judged(self, ready: Ready, carried: float, statement: Statement, decides: Place | None = None) -> Verdict:
        """The verdict on an answer from `statement`, which carries so much of the question; its year is told by `decides`."""
        signs = self._signs(ready, carried, statement)
        trusted = trust(ready.question.kind, signs)
        believable = believed(trusted, signs)
        verdict = judge(ready.question, believable, statement, self._finder.evidence, self._finder.synonyms, decides=decides)
        if believable and not verdict.enough:
            signs = replace(signs, missing=1)
            trusted = trust(ready.question.kind, signs)
        return replace(verdict, trusted=trusted, signs=signs)

    def unanswered(self, ready: Ready) -> Verdict:
        """The verdict where nothing that was found answers: refused, and trusted as far as the best of it would be, something missing."""
        first = ready.ranked[0].statement if ready.ranked else None
        verdict = judge(ready.question, False, first, self._finder.evidence, self._finder.synonyms)
        if first is None:
            return verdict
        signs = replace(self._signs(ready, ready.ranked[0].coverage, first), missing=1)
        return replace(verdict, trusted=trust(ready.question.kind, signs), signs=signs)

    def focus(self, ready: Ready) -> Speech | None:
        """The one speech that the question is about: named, or borne out by its front far more than any other."""
        if len(ready.speeches) == 1:
            return ready.speeches[0]
        evidence = self._finder.evidence
        near = ready.speeches or tuple(dict.fromkeys(scored.statement.place.speech for scored in ready.ranked[:24]))
        borne = sorted(((evidence.borne(ready.question, evidence.bearing(s)), i) for i, s in enumerate(near)), reverse=True)
        owners = {scored.statement.place.speech for scored in ready.ranked[:SAME]}
        if len(owners) == 1 and len(ready.ranked) >= SAME:
            return owners.pop()
        if not borne or borne[0][0] < FOCUS_LEAST or (len(borne) > 1 and borne[0][0] - borne[1][0] < FOCUS_LEAD):
            return None
        return near[borne[0][1]]

    def _last_speeches(self, follow: FollowUp) -> tuple[Speech, ...]:
        """The speeches that the last question named, else the one that says what was answered."""
        named = scope.named(follow.anchor, self._finder.shelf).speeches
        if named:
            return named
        found = self._finder.hits(f"{follow.anchor} {follow.said}", ())[:1]
        return tuple(self._finder.shelf.place(hit.document, hit.start, hit.end).speech for hit in found)

    def anchor(self, ready: Ready) -> tuple[Scored, ...]:
        """The statements that the last question and its answer were about."""
        assert ready.follow is not None
        wording = f"{ready.follow.anchor} {ready.follow.said}"
        question = understand(wording, wording, self._finder.synonyms)
        return self._finder.ranked(question, self._finder.hits(wording, ready.speeches))


def _without_giver(question: Question) -> Question:
    """The question about one speech without the word that only tells whose it is (北京小组的报告): there he may be called otherwise."""
    giver = _GIVER.search(question.understood)
    return question if giver is None else replace(question, terms=tuple(term for term in question.terms if term.text != giver["who"]))
