"""What a model that misreads or disguises makes of a true sentence: everything in it is said there, but not so, or not here.

Each kind takes a true sentence and gives the false one, or None where there is nothing to change, like those of `falsehoods`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

from rag.writer.changes import Base, Change, changed_digit, heads, numbers, one_of, plain, put
from rag.writer.claims import Token, tokens_of
from rag.writer.clauses import clauses_of
from rag.writer.paraphrases import numerals

_NAMES = ("nr", "ns", "nt", "eng")
_BETWEEN = frozenset("高于 低于 快于 慢于 优于 多于 少于 大于 小于 比 超过 向 对 给 由 被".split())
# Before a figure: below zero, a comparison, hidden marks; the last turns the order of writing, so that 103 is seen as 301.
_SIGNS = ("-", "−", "≥", "<", "≠", "±", "≈", "¥", "$", "\u200b", "❌", "\u202e")
_LISTED = re.compile(r"(?<=、)[\u4e00-\u9fff]{2,8}、")


def _exchanged(said: str, one: Token, other: Token) -> str:
    """`said` with two tokens, the earlier one first, in each other's place."""
    return said[: one.start] + other.text + said[one.end : other.start] + one.text + said[other.end :]


def numeral(base: Base, random: Random) -> str | None:
    """One digit of one figure is another, and the figure, or another one, stands in Chinese numerals."""
    token = one_of([token for token in numbers(base.said) if token.text[0].isdigit()], random)
    made = put(base.said, token, changed_digit(token.text, random)) if token else base.said
    return numerals(replace(base, said=made), random) if made != base.said else None


def span(base: Base, random: Random) -> str | None:
    """A figure becomes one end of a range."""
    token = one_of(numbers(base.said), random)
    other = changed_digit(token.text, random) if token else ""
    return put(base.said, token, f"{token.text}{random.choice('至-~')}{other}") if token and other != token.text else None


def sign(base: Base, random: Random) -> str | None:
    """A sign, a comparison or a hidden mark stands before a figure."""
    token = one_of(numbers(base.said), random)
    return put(base.said, token, random.choice(_SIGNS) + token.text) if token else None


def swapped(base: Base, random: Random) -> str | None:
    """Two figures of the sentence, in the same unit, change places."""
    pairs = [(a, b) for a, b in combinations(numbers(base.said), 2) if a.key[2] == b.key[2] and a.key != b.key]
    return _exchanged(base.said, *random.choice(pairs)) if pairs else None


def compared(base: Base, random: Random) -> str | None:
    """What stands on the two sides of 高于 or 向 changes places."""
    tokens = tokens_of(base.said)
    found = [(a, b) for a, word, b in zip(tokens, tokens[1:], tokens[2:], strict=False)
             if word.text in _BETWEEN and a.tag.startswith("n") and b.tag.startswith("n") and a.key != b.key]  # fmt: skip
    return _exchanged(base.said, *random.choice(found)) if found else None


def retimed(base: Base, random: Random) -> str | None:
    """A time is one that the paragraph says of something else."""
    token = one_of([token for token in tokens_of(base.said) if _is_time(token)], random)
    there = tokens_of(plain(base.source.text)) if token else ()
    other = one_of([one for one in there if token and _is_time(one) and one.key != token.key and one.key[2] == token.key[2]], random)
    return put(base.said, token, other.text) if token and other else None


def _is_time(token: Token) -> bool:
    return token.kind == "number" and token.key[2] in ("年", "月", "日", "季度")


def named(base: Base, random: Random) -> str | None:
    """A person, place or body is another, of the same paragraph or of another speech."""
    token = one_of([token for token in tokens_of(base.said) if _is_name(token)], random)
    pool = [*tokens_of(plain(base.source.text)), *tokens_of(plain(base.other.text))] if token else []
    other = one_of([one for one in pool if token and _is_name(one) and one.tag == token.tag and one.key != token.key], random)
    return put(base.said, token, other.text) if token and other else None


def _is_name(token: Token) -> bool:
    return token.tag.startswith(_NAMES) and (len(token.text) > 1 or token.tag == "eng")


def widened(base: Base, random: Random) -> str | None:
    """A noun that narrows the noun after it is left out of what a figure is said of."""
    counted = ((clause, pair) for clause, head in heads(base.said) if clause.has_number for pair in pairwise(_nouns(head)))
    found = [(clause, narrow, wide) for clause, (narrow, wide) in counted if f"{narrow}{wide}" in base.said[clause.start : clause.end]]
    if not found:
        return None
    clause, narrow, wide = random.choice(found)
    said = base.said[clause.start : clause.end].replace(f"{narrow}{wide}", wide, 1)
    return base.said[: clause.start] + said + base.said[clause.end :]


def _nouns(head: str) -> list[str]:
    return [token.text for token in tokens_of(head) if token.kind == "word" and token.tag.startswith("n") and len(token.text) > 1]


def unlisted(base: Base, random: Random) -> str | None:
    """An item is left out of what a figure is said of together."""
    counted = [clause.bare for clause in clauses_of(base.said) if clause.has_number]
    found = [(clause, match) for clause in counted for match in _LISTED.finditer(clause)]
    if not found:
        return None
    clause, match = random.choice(found)
    return base.said.replace(clause, clause[: match.start()] + clause[match.end() :], 1)


def _joined(base: Base, random: Random, words: str) -> str | None:
    """The sentence with `words` before a figure's clause that says by itself what it is about, and is not the first."""
    own = clauses_of(base.said)
    later = [clause for clause in own[1:] if clause.opens and clause.has_number]
    clause = random.choice(later) if later else None
    return base.said[: clause.start] + words + base.said[clause.start :] if clause else None


def part(base: Base, random: Random) -> str | None:
    """What stands beside something is told as a part of it."""
    return None if "其中" in base.said else _joined(base, random, "其中")


def cause(base: Base, random: Random) -> str | None:
    """What stands beside something is told as what follows from it."""
    return _joined(base, random, random.choice(("因此", "所以", "从而")))


def miscited(base: Base, random: Random) -> str | None:
    """A true sentence that cites a paragraph of another speech."""
    return base.said if heads(base.said) else None


MISREAD: dict[str, Change] = {
    "numeral": numeral, "span": span, "sign": sign, "swapped": swapped, "compared": compared, "retimed": retimed, "named": named,
    "widened": widened, "unlisted": unlisted, "part": part, "cause": cause, "miscited": miscited,
}  # fmt: skip
