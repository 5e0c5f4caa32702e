"""The wording that is searched: slips of the pen put right where the library shows what was meant.

A pair of characters that the library has nowhere, inside a word that no dictionary has, and that is read like a
pair of the library (西恰会, 西洽会), is taken for a slip. Nothing else of the question is changed.
"""

from __future__ import annotations

import re

from rag.answer.vocabulary import Vocabulary
from rag.writing.fold import fold_character
from rag.writing.words import known_word, words

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def corrected(question: str, vocabulary: Vocabulary) -> str:
    """`question` in simplified characters of half width, its slips put right."""
    characters = [fold_character(character) or character for character in question]
    text = "".join(characters)
    for start in range(len(text) - 1):
        pair = text[start : start + 2]
        if _suspect(text, start, pair, vocabulary):
            meant = vocabulary.sounds_like(pair)
            if meant is not None and _fits(text, start, meant, vocabulary):
                text = text[:start] + meant + text[start + 2 :]
    return text


def _suspect(text: str, start: int, pair: str, vocabulary: Vocabulary) -> bool:
    if not all(_CHINESE.match(character) for character in pair) or vocabulary.frequency(pair):
        return False
    return not any(
        known_word(word.text) for word in words(text) if len(word.text) > 1 and word.start <= start and start + 2 <= word.end
    ) and not _word_border(text, start)


def _word_border(text: str, start: int) -> bool:
    """Whether the pair only meets at the border of two words that a dictionary has."""
    cut = words(text)
    left = next((word for word in cut if word.end == start + 1), None)
    right = next((word for word in cut if word.start == start + 1), None)
    return (
        left is not None
        and right is not None
        and (len(left.text) > 1 or left.tag[:1] in "uprcdfym")
        and (len(right.text) > 1 or right.tag[:1] in "uprcdfym")
    )


def _fits(text: str, start: int, meant: str, vocabulary: Vocabulary) -> bool:
    """Whether with `meant` put in, one more neighbouring pair is known than before, or none was unknown."""
    before = [text[max(0, start - 1) : start + 1], text[start + 1 : start + 3]]
    after = [text[max(0, start - 1) : start] + meant[0], meant[1] + text[start + 2 : start + 3]]
    unknown_before = sum(1 for pair in before if len(pair) == 2 and not vocabulary.frequency(pair))
    unknown_after = sum(1 for pair in after if len(pair) == 2 and not vocabulary.frequency(pair))
    return unknown_after <= unknown_before
