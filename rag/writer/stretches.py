"""What of a source a clause of a sentence may be held against: each row of its clauses, with and without what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from rag.writer.claims import Key, Token, tokens_of
from rag.writer.clauses import Clause, clauses_of
from rag.writing.sentences import Span, sentences

RUN = 4  # clauses of the source that one clause of a sentence may draw together
Mark = tuple[int, int, int]  # a clause of the source: its text's number, its sentence's start, its own number


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of the source: its clauses, the clause that each is about (itself, if it opens), and what leads each.

    `owners` are the clauses whose measures and labels these are (投资5笔 of 金额3亿元), `leads` those before it that say only
    when or where, `times` those, itself included, that say when.
    `text` is the number of its text among those cited, `start` where it begins there; `stretches` are all of it.
    """

    text: int
    start: int
    clauses: tuple[Clause, ...]
    about: tuple[int, ...]
    owners: tuple[int, ...]
    leads: tuple[int | None, ...]
    times: tuple[int | None, ...]
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Stretch:
    """A row of clauses `first`..`last` of a sentence and, before it, what they are about, from the clause `subject`."""

    sentence: Sentence
    first: int
    last: int
    subject: int | None
    parts: tuple[str, ...]
    lead: int  # where the clauses themselves begin in `bare`; before it stands what may be left out
    continues: bool = False  # only what the clause says, of which the sentence has said what it is about

    def mark(self, clause: int) -> Mark:
        """What tells the clause from every other of the source."""
        return self.sentence.text, self.sentence.start, clause

    @property
    def time(self) -> int | None:
        """The clause that says the time over it; None where none does."""
        return self.sentence.leads[self.first if self.subject is None else self.subject]

    @cached_property
    def bare(self) -> str:
        """The parts as one bare text."""
        return "".join(self.parts)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the parts, each at its place in `bare`."""
        tokens: list[Token] = []
        offset = 0
        for part in self.parts:
            tokens += [replace(token, start=token.start + offset, end=token.end + offset) for token in tokens_of(part)]
            offset += len(part)
        return tuple(tokens)

    @cached_property
    def keys(self) -> frozenset[Key]:
        """All that it claims, in whatever order."""
        return frozenset(token.key for part in self.parts for token in tokens_of(part))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Its row of clauses."""
        return self.sentence.clauses[self.first : self.last + 1]

    @cached_property
    def borders(self) -> tuple[int, ...]:
        """Where in `bare` each of its clauses but the first begins."""
        led = len(self.parts) - (self.last - self.first)
        return tuple(sum(map(len, self.parts[:count])) for count in range(led, len(self.parts)))

    @cached_property
    def has_number(self) -> bool:
        """Whether one of its clauses claims a figure."""
        return any(clause.has_number for clause in self.clauses)


@lru_cache(maxsize=512)
def source_sentences(number: int, text: str) -> tuple[Sentence, ...]:
    """The sentences of the source text with this number, in order, each with its stretches."""
    return tuple(_sentence(number, text, span) for span in sentences(text, 0, len(text)))


def _sentence(number: int, text: str, span: Span) -> Sentence:
    own = clauses_of(text[slice(*span)])
    about: list[int] = []
    owners: list[int] = []
    leads: list[int | None] = []
    times: list[int | None] = []
    lead: int | None = None
    for index, clause in enumerate(own):
        times.append(index if clause.timed else times[-1] if times else None)
        about.append(index if clause.opens or not about else about[-1])
        owners.append(index if (clause.opens and not clause.owned) or not owners else owners[-1])
        leads.append(lead)
        if clause.adverbial:
            lead = index
    made = Sentence(number, span[0], own, tuple(about), tuple(owners), tuple(leads), tuple(times))
    made.stretches.extend(_stretches(made))
    return made


def _stretches(sentence: Sentence) -> Iterator[Stretch]:
    for first, clause in enumerate(sentence.clauses):
        subject = sentence.about[first]
        for last in range(first, min(first + RUN, len(sentence.clauses))):
            yield _stretch(sentence, first, last, None)
            if subject != first and sentence.clauses[subject].head:
                yield _stretch(sentence, first, last, subject)
        if clause.states:
            yield Stretch(sentence, first, first, None, (clause.bare[clause.head :],), 0, continues=True)


def _stretch(sentence: Sentence, first: int, last: int, subject: int | None) -> Stretch:
    time = sentence.leads[first if subject is None else subject]
    parts = [] if time is None else [sentence.clauses[time].bare]
    lead = sum(map(len, parts))
    if subject is not None:
        parts.append(sentence.clauses[subject].bare[: sentence.clauses[subject].head])
    parts += [clause.bare for clause in sentence.clauses[first : last + 1]]
    return Stretch(sentence, first, last, subject, tuple(parts), lead)
