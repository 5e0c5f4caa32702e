"""One change of a true sentence: what it is made from, and the parts of it that a change takes hold of.

The changes themselves are `falsehoods` and `misreadings`, which the judge must not let through, and `paraphrases`, which it should.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from rag.writer.amounts import ORDINAL
from rag.writer.claims import Token, tokens_of
from rag.writer.clauses import Clause, clauses_of
from rag.writer.judging import Source
from rag.writing.fold import fold

SHORTEST, LONGEST = 10, 160  # characters of a sentence worth changing
_TIMES = ("年", "月", "日", "季度", "时")


@dataclass(frozen=True, slots=True)
class Base:
    """A true sentence, folded, with its paragraph; `other` is a paragraph of another speech."""

    said: str
    source: Source
    other: Source


Change = Callable[[Base, Random], str | None]  # the sentence changed; None where it has nothing to change


def plain(text: str) -> str:
    """`text` folded and without blanks, in which tokens are found and put."""
    return re.sub(r"\s+", "", fold(text))


def put(said: str, token: Token, new: str) -> str:
    """`said` with `new` in the token's place."""
    return said[: token.start] + new + said[token.end :]


def changed_digit(text: str, random: Random) -> str:
    """`text` with one of its digits another; itself where it has none."""
    places = [i for i, c in enumerate(text) if c.isdigit() or c in "二三四五六七八九"]
    if not places:
        return text
    at = random.choice(places)
    pool = "123456789" if text[at].isascii() else "二三四五六七八九"
    return text[:at] + random.choice([c for c in pool if c != text[at]]) + text[at + 1 :]


def one_of(tokens: Sequence[Token], random: Random) -> Token | None:
    """One of the tokens; None of none."""
    return random.choice(tokens) if tokens else None


def numbers(said: str, *, times: bool = False) -> list[Token]:
    """The figures of a plain text, or the numbers in its times, in order; ordinals are neither."""
    found = (token for token in tokens_of(said) if token.key[0] == "n" and token.kind == "number")
    return [token for token in found if (token.key[2] in _TIMES) == times and token.key[2] != ORDINAL]


def heads(text: str) -> list[tuple[Clause, str]]:
    """The clauses that say what they are about, each with those words, where something is said of it."""
    return [(clause, clause.bare[: clause.head]) for clause in clauses_of(text) if clause.states and clause.head >= 2]
