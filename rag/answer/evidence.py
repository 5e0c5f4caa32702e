"""Evidence: the statements of the library that may answer, scored by how much of the question they carry.

A word found in the sentence itself counts whole, one found around it counts in part. Words count by their rarity
in the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rag.answer.keywords import Term
from rag.answer.mentions import Mentions
from rag.answer.places import Place, Shelf, front_of
from rag.answer.question import Question
from rag.answer.statements import Statement, Statements
from rag.answer.terms import PLACE_ENDINGS, Matches, is_person, is_place, part_weight
from rag.answer.timing import Timing
from rag.search.vocabulary import Vocabulary
from rag.writing.patterns import regex
from rag.writing.words import known_word

# What a word counts where it does not stand in the sentence itself.
IN_HEAD = 0.75  # the item's own heading sentence
IN_PATH = 0.6  # a heading above
IN_BEARING = 0.85  # the speech's title, occasion, speaker: such words name the speech, and any sentence of it will do
IN_BEFORE = 0.5  # the sentence before
IN_PARAGRAPH = 0.3  # elsewhere in the paragraph
PHRASE_SHARE = 0.35  # weight of unbroken wording beside words
OPENING = 12  # characters with which a sentence says what it is about
OPENS_SHARE = 0.2  # of three hundred questions unseen 0.1 to 0.2 wins some, 0.3 loses them
BEARING_SHARE = 0.2  # weight of what the question says of the speech itself
NAME_PENALTY = 0.4
_VERBS_OF_FIGURES = 0.6  # 卖了多少, 花了多少: what is counted tells more than what was done
_UNKNOWN = 0.25  # a verb, or what no dictionary has, that the library lacks: the library says it in other words
NAMED = 0.45  # a place counts as named where it is carried this much
ASKED = 32  # questions whose scores are kept: an answer asks up to a dozen, and some answers are made side by side
PAIRS = 256  # wordings whose pairs are kept weighed: a question is held against the fronts of two dozen speeches, several times
END = 5  # paragraphs with which a speech ends, its farewell counted, or begins
_PLACED = 0.2
_ENDS = regex("(?P<end>结尾|收尾|末尾)|开头|开篇|开场")
PRIOR_SHARE = 0.25  # weight of the retrieval score of the passage


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with its score and the share of the question that it carries, both about 0 to 1."""

    statement: Statement
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question's statements are scored with, and what was found so far: an answer scores most of them several times.

    `reached`, by place: how well each term is carried; `scored`: its score without the passage's own, and its coverage.
    """

    weights: list[float]
    total: float
    names: bool
    matches: Matches
    reached: dict[Place, tuple[float, ...]] = field(default_factory=dict)
    scored: dict[Place, tuple[float, float, float]] = field(default_factory=dict)


class Evidence(Statements):
    """Statements of a library, found by hits and scored for a question."""

    def __init__(self, shelf: Shelf, vocabulary: Vocabulary) -> None:
        super().__init__(shelf)
        self.vocabulary = vocabulary
        self.timing = Timing(shelf)
        self._mentions = Mentions(shelf)
        self._asked = lru_cache(maxsize=ASKED)(self._made_ready)
        self._pairs = lru_cache(maxsize=PAIRS)(self._weigh_pairs)

    def _made_ready(self, question: Question) -> _Asked:
        verbs = _VERBS_OF_FIGURES if question.kind == "figure" else 1.0
        terms = question.terms
        weights = [self._rarity(term) * part_weight(term) * (verbs if term.tag.startswith("v") else 1.0) for term in terms]
        return _Asked(weights, sum(weights), any(is_place(term) or is_person(term) for term in terms), Matches(terms))

    def weights(self, question: Question) -> list[float]:
        """The weight of each term: its rarity, less for grammar-like words, none for the question's own times."""
        return self._asked(question).weights

    def matches(self, question: Question) -> Matches:
        """How well texts carry each of the question's words."""
        return self._asked(question).matches

    def _rarity(self, term: Term) -> float:
        """How rare what the term means is in the library: as rare as the commonest of its words."""
        known = [word for word in (term.text, *term.variants) if self.vocabulary.knows(word)]
        if known:
            return min(map(self.vocabulary.rarity, known))
        names = term.tag.startswith(("n", "j", "eng", "i", "l")) and known_word(term.text)
        return self.vocabulary.rarity(term.text) * (1.0 if names else _UNKNOWN)

    def _reached(self, question: Question, statement: Statement) -> tuple[float, ...]:
        asked = self._asked(question)
        found = asked.reached.get(statement.place)
        if found is None:
            found = asked.reached[statement.place] = _carried(asked.matches, statement)
        return found

    def coverage(self, question: Question, statement: Statement) -> float:
        """The share of the question's words, by weight, that the statement and its surroundings carry."""
        asked = self._asked(question)
        if not asked.total:
            return 0.0
        rows = zip(asked.weights, self._reached(question, statement), self.named(question, statement), strict=True)
        return sum([weight * (1.0 if named else reached) for weight, reached, named in rows]) / asked.total

    def wording(self, question: Question, text: str, beside: str = "") -> float:
        """The share of the question's character pairs, by rarity, that stand in the folded `text`.

        Pairs that stand `beside` it, as on the front of the speech, are left out where there are others: they name the speech.
        """
        weights, total = self._pairs(question.phrases, beside)
        return sum([weight for pair, weight in weights.items() if pair in text]) / total if total else 0.0

    def _weigh_pairs(self, phrases: tuple[str, ...], beside: str) -> tuple[dict[str, float], float]:
        pairs = {phrase[i : i + 2] for phrase in phrases for i in range(len(phrase) - 1)}
        weights = {pair: self.vocabulary.rarity(pair) for pair in sorted(pairs) if self.vocabulary.frequency(pair)}
        weights = {pair: weight for pair, weight in weights.items() if pair not in beside} or weights
        return weights, sum(weights.values())

    def score(self, question: Question, statement: Statement) -> Scored:
        """The statement's score for the question: words, unbroken wording, and the passage's own score."""
        scored = self._asked(question).scored
        if statement.place not in scored:
            scored[statement.place] = self._mixed(question, statement)
        mixed, year, coverage = scored[statement.place]
        return Scored(statement, (1 - PRIOR_SHARE) * mixed + PRIOR_SHARE * statement.prior + year, coverage)

    def _mixed(self, question: Question, statement: Statement) -> tuple[float, float, float]:
        """Words and wording in one, what the year adds, and the coverage."""
        coverage = self.coverage(question, statement)
        wording = self.wording(question, statement.folded, statement.bearing)
        mixed = (1 - PHRASE_SHARE) * coverage + PHRASE_SHARE * wording
        mixed += BEARING_SHARE * self.borne(question, statement.bearing) - NAME_PENALTY * len(self.unnamed(question, statement))
        mixed += OPENS_SHARE * self.opens(question, statement)
        mixed += _PLACED if _stands_where_asked(question, statement) else 0.0
        return mixed, self.timing.year_bonus(question, statement.place) + self.timing.time_bonus(question, statement), coverage

    def opens(self, question: Question, statement: Statement) -> float:
        """The share of the question's words, by weight, that stand where the statement opens: what it opens with it is about."""
        asked, opening = self._asked(question), statement.folded[:OPENING]
        opened = [weight for weight, term in zip(asked.weights, question.terms, strict=True) if term.text in opening]
        return sum(opened) / asked.total if asked.total else 0.0

    def borne(self, question: Question, bearing: str) -> float:
        """The share of the question's words, by weight, that a speech bears on its front."""
        asked = self._asked(question)
        carried = zip(asked.weights, asked.matches.of(bearing), strict=True)
        return sum([weight * one for weight, one in carried]) / asked.total if asked.total else 0.0

    def named(self, question: Question, statement: Statement) -> Sequence[bool]:
        """Of each term whether it is a place that the statement, what is around it, or often its document names; or such a person."""
        if not self._asked(question).names:
            return [False] * len(question.terms)
        document, speech = statement.place.document.path, statement.place.speech
        return [
            self._mentions.often(term.text, document) if is_person(term)
            else is_place(term) and (reached >= NAMED or self._mentions.about(term.text.rstrip(PLACE_ENDINGS), document, speech))
            for term, reached in zip(question.terms, self._reached(question, statement), strict=True)
        ]

    def unnamed(self, question: Question, statement: Statement) -> list[Term]:
        """The places of the question that neither the statement nor anything around it names, nor its document often.

        Of a place inside another (泰州市海陵区) the inner one is enough.
        """
        if not self._asked(question).names:
            return []
        found = list(zip(question.terms, self.named(question, statement), strict=True))
        inner = [term.text for term, named in found if named and is_place(term)]
        missing = [term for term, named in found if not named and is_place(term)]
        return [term for term in missing if not any(term.text + name in phrase for name in inner for phrase in question.phrases)]

    def ranked(self, question: Question, statements: Sequence[Statement]) -> list[Scored]:
        """All `statements`, best first; ties in the order given."""
        return sorted((self.score(question, statement) for statement in statements), key=lambda scored: -scored.score)


def _stands_where_asked(question: Question, statement: Statement) -> bool:
    """Whether the question asks for how a speech ends or begins, and the statement stands there."""
    asked = _ENDS.search(question.understood)
    if asked is None:
        return False
    speech, number = statement.place.speech, statement.place.paragraph.number
    return number > len(speech.paragraphs) - END if asked["end"] else number <= len(front_of(speech, statement.place.document.text)) + END


def carried(term: Term, statement: Statement) -> float:
    """How well a statement carries a term, its surroundings counted in part."""
    return _carried(Matches((term,)), statement)[0]


def _carried(matches: Matches, statement: Statement) -> tuple[float, ...]:
    """How well the statement carries each of the terms."""
    own, bearing, head = matches.of(statement.folded), matches.of(statement.bearing), matches.of(statement.head)
    path, before, paragraph = matches.of(statement.path), matches.of(statement.before), matches.of(statement.paragraph)
    return tuple([
        max(a, IN_BEARING * b, IN_HEAD * c, IN_PATH * d, IN_BEFORE * e, IN_PARAGRAPH * f)
        for a, b, c, d, e, f in zip(own, bearing, head, path, before, paragraph, strict=True)
    ])
