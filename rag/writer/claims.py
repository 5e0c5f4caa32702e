"""What a text claims: its numbers, directions, negations, limits and words, one token each.

Reads one text alone, folded and without blanks; whether another text bears the claims is for `judging`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.writer.amounts import ORDINAL, TIMES, Amount, amounts
from rag.writer.lexicon import DEGREE, DIRECTIONS, Kind, first_form, kind_of, with_first_forms
from rag.writing.fold import fold
from rag.writing.words import Word, words

# ("n", value, unit) of a number, ("d", 0, way) of a direction, ("s" or "w", 0, word) of a word that turns or limits, or any other.
Key = tuple[str, float, str]

_NUMERALS = "〇零一二三四五六七八九十"
_MARK = re.compile(
    rf"第[{_NUMERALS}百\d]{{1,4}}[条章节款篇]|第[{_NUMERALS}]{{1,2}}$|[(][{_NUMERALS}\d]{{1,3}}[)]|[{_NUMERALS}]{{1,3}}[、.是]"
    r"|\d{1,2}[、.](?!\d)"
)
_BLANKS = re.compile(r"\s+")
_AROUND = ",.;:!。、…—*# \n\r\t"
_RANGE = re.compile(r"[-~–—至到]+")  # between two numbers
SILENT = frozenset(",.;:!。、…—-–·“”‘’\"'「」『』《》〈〉()[]【】〔〕{}*#|_")  # marks that part or frame, and claim nothing
_ASKED = "?"


@dataclass(frozen=True, slots=True)
class Token:
    """A claim at `start`:`end` of a bare text; tokens of equal `key` claim the same."""

    key: Key
    kind: Kind
    text: str
    tag: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, other than a time or an ordinal."""
        return self.kind == "number" and self.key[2] not in TIMES and self.key[2] != ORDINAL


def bare(text: str) -> str:
    """`text` folded, without blanks and without marks around it; names of the table of equal words in their first form."""
    folded = fold(text).rstrip(_AROUND + "-")
    inner = folded.lstrip(_AROUND + "-")
    signed = inner[:1].isdigit() and folded[-len(inner) - 1 : -len(inner)] == "-"
    return with_first_forms(_BLANKS.sub(_blank, f"-{inner}" if signed else inner))


def _blank(match: re.Match[str]) -> str:
    """What stands for the blank: nothing, but between two figures a blank: 103 29 is no 10329."""
    around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return " " if all(character.isdigit() for character in around) else ""


@lru_cache(maxsize=16384)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a bare text, in order; marks that claim nothing are none. What numbers the text (第六条, 二是) may be left out."""
    marked = _MARK.match(text)
    tokens = _tokens(text)
    if marked is None:
        return tokens
    return tuple(replace(token, kind="degree") if token.end <= marked.end() else token for token in tokens)


def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    position = 0
    for amount in amounts(text, {word.start for word in words(text)}):
        between = text[position : amount.start]
        if position and _RANGE.fullmatch(between):
            found.append(Token(("s", 0.0, "至"), "strict", between, "x", position, amount.start))
        else:
            found.extend(_words(between, position))
        found.extend(_of_amount(amount, text))
        position = amount.end
    found.extend(_words(text[position:], position))
    return tuple(found)


def _of_amount(amount: Amount, text: str) -> list[Token]:
    """The number, and the 余 or 多 that makes it a limit."""
    start, end = amount.start, amount.end
    own = Token(("n", amount.value, amount.unit), "free" if amount.article else "number", text[start:end], "m", start, end)
    return [own, Token(("s", 0.0, "余"), "strict", amount.more, "m", start, end)] if amount.more else [own]


def _words(text: str, origin: int) -> list[Token]:
    """The tokens of a stretch without numbers; a direction and the 到 or 至 after it are one."""
    found: list[Token] = []
    before = ""
    for word in (part for whole in words(text) for part in _degreed(whole)):
        if not any(character.isalnum() for character in word.text):
            found.extend(_marks(word.text, origin + word.start))
            continue
        if word.text[0] in "到至" and found and found[-1].key[0] == "d" and found[-1].end == origin + word.start:
            last = found[-1]
            found[-1] = Token(("d", 0.0, f"{last.key[2]}到"), "strict", last.text + word.text[0], "v", last.start, last.end + 1)
            if len(word.text) == 1:
                continue
        token = _token(word.text, word.tag, origin + word.start)
        found.append(replace(token, kind="word") if token.kind == "free" and (_is_item(word, text) or _is_due(word, before)) else token)
        before = word.tag
    return found


def _marks(text: str, start: int) -> Iterator[Token]:
    """The marks that claim something: a comparison, a currency, a question; any other odd one may be left out, never added."""
    for at, mark in enumerate(text, start):
        if mark not in SILENT and not mark.isspace():
            telling = mark == _ASKED or unicodedata.category(mark) in ("Sm", "Sc")
            yield Token(("s", 0.0, mark), "strict" if telling else "degree", mark, "x", at, at + 1)


def _is_item(word: Word, text: str) -> bool:
    """Whether the word is an item of an enumeration by itself (人员、方式、经费): that says something, whatever the word."""
    around = text[: word.start][-1:], text[word.start + len(word.text) :][:1]
    return len(word.text) > 1 and "、" in around and set(around) <= {"、", ""}


def _is_due(word: Word, before: str) -> bool:
    """Whether it is the 得 of 也得去, after a word of the part of speech `before`, and not that of 办得好."""
    return word.text == "得" and not before.startswith(("v", "a"))


def _degreed(word: Word) -> list[Word]:
    """The word; or, where it opens with one of degree (大力发展), the two that it is made of."""
    if len(word.text) == 4 and word.text[:2] in DEGREE:
        return [Word(word.text[:2], "d", word.start), Word(word.text[2:], word.tag, word.start + 2)]
    return [word]


def _token(text: str, tag: str, start: int) -> Token:
    end = start + len(text)
    if text in DIRECTIONS:
        return Token(("d", 0.0, DIRECTIONS[text]), "strict", text, "v", start, end)
    if len(text) == 2 and text[0] in DIRECTIONS and text[1] in "到至":
        return Token(("d", 0.0, f"{DIRECTIONS[text[0]]}到"), "strict", text, "v", start, end)
    kind = kind_of(text, tag)
    return Token(("s" if kind == "strict" else "w", 0.0, first_form(text)), kind, text, tag, start, end)
