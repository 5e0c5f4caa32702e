"""The wording that is searched: slips of the pen put right where the library shows what was meant.

A pair of characters that the library has nowhere, and that differs in one character, read the same, from a pair of
the library (博揽会, 博览会), is taken for a slip, if with it the neighbouring pairs are known too. A word of the
dictionary is only doubted where all around it is the library's own wording, and where the library has what stays of it
often enough in what is taken for meant: 政改 is not 整改 for the sake of its sound. Nothing else of the question changes.
"""

from __future__ import annotations

from rag.answer.periods import TIME
from rag.answer.stopwords import ASKING, EMPTY_WORDS, FILLER
from rag.answer.synonyms import Synonyms
from rag.search.vocabulary import Vocabulary, sound
from rag.writing.fold import fold_character
from rag.writing.patterns import regex
from rag.writing.words import known_word, words

_NOUNLIKE = ("n", "x", "g")  # 只, 各, 写 stand alone in any question, a noun of one character seldom
_POINTING = ("r", "p", "c", "u")  # 各, 从, 和, 的: no slips
_CHINESE = regex(r"[\u4e00-\u9fff]")
_COUNTED = regex("(?:[一二三四五六七八九十两][\u4e00-\u9fff]){2,}")  # 三去一降一补, 两学一做: an abbreviation, no slip
_UNIT = regex("(?<=\\d)[\u4e00-\u9fff]")  # 20字总要求: what digits count is read with them
# Of all passages that have the character that is kept, the share that have it in the word that is meant. Of some 2,300
# questions' words of the dictionary those right as typed lie at .07 and below (打印, 通稿, 开始), slips at .13 and above (强渡, 互连);
# of others, where nothing around speaks for either, .011 and .015 part them. A rare character that the library has in one name
# tells that name (魔羯, where it has 摩羯).
_DOUBTED, _SILENT, _ALWAYS = 0.1, 0.012, 0.5
_SECOND_LEVEL = 0xD8  # the row of GB 2312 with which its rarer characters begin


def corrected(question: str, vocabulary: Vocabulary, synonyms: Synonyms) -> str:
    """`question` in simplified characters of half width, its slips put right; words of the table are no slips."""
    text = "".join(fold_character(character) or character for character in question)
    barred = {at for pattern in (ASKING, FILLER, TIME, _COUNTED, _UNIT) for match in pattern.finditer(text) for at in range(*match.span())}
    barred |= {at for span in synonyms.find(text) for at in range(*span)}
    for start in range(len(text) - 1):
        if start in barred or start + 1 in barred:
            continue
        meant = _meant(text, start, barred, vocabulary)
        if meant is not None:
            text = text[:start] + meant + text[start + 2 :]
    return text


def _meant(text: str, start: int, barred: set[int], vocabulary: Vocabulary) -> str | None:
    """The pair that was meant at `start`; None where nothing tells of a slip."""
    pair = text[start : start + 2]
    if not all(_CHINESE.match(character) for character in pair) or vocabulary.frequency(pair):
        return None
    meant = None if _meets_at_border(text, start) else vocabulary.sounds_like(pair)
    if meant is None or (any(character in EMPTY_WORDS for character in pair) and not known_word(meant)):
        return None  # 能拿, 减到, 个亿: words of grammar stand beside anything
    changed = start if pair[0] != meant[0] else start + 1
    kept = meant[start == changed]
    bound = vocabulary.frequency(meant) / vocabulary.frequency(kept)
    if bound >= _ALWAYS and _is_rare(kept) and _read_alike(text, start, meant):
        return meant
    word = next(word.text for word in words(text) if word.start <= changed < word.end)
    made = word.replace(text[changed], meant[changed - start])
    if (len(word) > 1 and known_word(word) and (vocabulary.knows(word) or not known_word(made))) or not _read_alike(text, start, meant):
        return None
    if not _makes_a_word(text, start, meant):
        return None  # 报的, 搞小: two words side by side, of which neither is a slip
    before, after = (_unknown_around(text, start, made, barred, vocabulary) for made in (pair, meant))
    doubted = known_word(pair)
    if bound < (_DOUBTED if doubted else _SILENT if after == before else 0.0):
        return None
    if doubted and (after or len(text) < 4 or not known_word(meant) or any(character in EMPTY_WORDS for character in pair)):
        return None
    alone = next(word for word in words(text) if word.start <= changed < word.end)
    if words(text[changed])[0].tag.startswith(_POINTING) or (len(alone.text) == 1 and alone.tag.startswith("f")):
        return None
    strict = not doubted and len(alone.text) == 1 and not alone.tag.startswith(_NOUNLIKE)
    return meant if after < before or (after == before and not strict) else None


def _is_rare(character: str) -> bool:
    """Whether only names and book words have the character: it is none of the 3,755 of the first level of GB 2312."""
    try:
        return character.encode("gb2312")[0] >= _SECOND_LEVEL
    except UnicodeEncodeError:
        return True


def _makes_a_word(text: str, start: int, meant: str) -> bool:
    """Whether with `meant` put in one word covers it, where before no word of the dictionary covered either half and more."""
    made = text[:start] + meant + text[start + 2 :]
    whole = any(word.start <= start and start + 2 <= word.end for word in words(made))
    halves = [word for word in words(text) if word.start <= start < word.end or word.start <= start + 1 < word.end]
    return whole and not (len(halves) == 2 and any(len(word.text) > 1 and known_word(word.text) for word in halves))


def _read_alike(text: str, start: int, meant: str) -> bool:
    """Whether the text with `meant` put in is read as it was, each character as its neighbours make it read."""
    left = text[max(0, start - 2) : start]
    return sound(left + meant) == sound(left + text[start : start + 2])


def _meets_at_border(text: str, start: int) -> bool:
    """Whether the pair only meets at the border of two words, of which one at least the dictionary has."""
    cut = words(text)
    left = next((word.text for word in cut if word.end == start + 1), None)
    right = next((word.text for word in cut if word.start == start + 1), None)
    return left is not None and right is not None and (len(left) > 1 and known_word(left)) and (len(right) > 1 and known_word(right))


def _unknown_around(text: str, start: int, pair: str, barred: set[int], vocabulary: Vocabulary) -> int:
    """How many of the pairs that `pair` makes with its neighbours the library has nowhere; words that ask are no neighbours."""
    left = text[start - 1] + pair[0] if start > 0 and start - 1 not in barred else ""
    right = pair[1] + text[start + 2] if start + 2 < len(text) and start + 2 not in barred else ""
    made = [one for one in (left, right) if len(one) == 2 and all(_CHINESE.match(character) for character in one)]
    return sum(not vocabulary.frequency(one) for one in made)
