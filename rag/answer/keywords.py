"""Keywords: the content words of a question, which identify what is asked about.

Words that have to stay whole are cut out first; the rest is cut by the dictionary, and what no dictionary has by the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.classifiers import NUMBER_WORD
from rag.answer.congresses import CONGRESS
from rag.answer.periods import TIME
from rag.answer.stopwords import ASKING, EMPTY_WORDS, FILLER
from rag.answer.synonyms import Synonyms
from rag.writing.patterns import regex
from rag.writing.words import Word, known_word, words

_EMPTY_TAGS = ("u", "p", "c", "r", "y", "x", "e", "o", "w", "k", "f", "zg")
_QUOTED = regex('[“"「『](?P<w>[^”"」』]{2,24})[”"」』]')
_DEFINED = regex("(?:什么是|何谓|何为|啥是|什么叫|啥叫)(?P<w>[^“”?？。,，的]{2,14}?)[?？]?$")
_DEFINED_BEFORE = regex(
    "(?:^|[里中说上提]的|[里,，])(?P<w>[^“”?？。,，的对在和与跟给从说里]{2,10}?)(?:到底|究竟|具体)?"
    "(?:[一两三四五几]个字|这个(?:词|说法|提法|概念)|一词)?(?:(?:是|指)(?:的是)?(?:什么|啥)(?:意思)?|(?:什么|啥)意思)[?？]?$"
)

# What the question says it does not ask for: (别给我增加值), 不是增速.
_EXCLUDED = regex(
    r"除了?[^,，。;；]{1,8}?(?:以外|之外|外)|[(（][^()（）]{0,4}(?:别|不要|不是|不算|除)[^()（）]{1,16}[)）]|[,，](?:别给我|别拿|不要|不是|不算)[^,，。?？]{1,12}"
)
_OCCASION = regex("(?:峰|年|茶话|团拜|座谈|研讨|博览|推进|动员|表彰|联席|发布)会|论坛|会晤")
_PLACE = regex("[\u4e00-\u9fff]{2}[省市县区镇乡州]")
_COUNT = regex("[一二三四五六七八九十两]{1,3}[个种项条点件步大]")  # what is counted tells what is asked, not how many
_REGION = regex("[东西南北中]部|东北|西北|东南|西南|[南北]方")
_DIVIDED = regex("(?<=[\u4e00-\u9fff])分(?:为|成)?(?=哪?几(?:块|类|部分|种|大类|个方面))")  # 标准分哪几块: no word 标准分
_STEPS = regex("[几哪]步|步走|分步")
_SAID = "讲说谈"  # 讲龙: of two characters that no text has together the second is what is spoken of
_STRETCH = 3
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. `variants` mean the same; `tag` is its part of speech."""

    text: str
    tag: str
    variants: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)  # which keeps its own: a question looks a term up some thousand times


def terms_of(folded: str, synonyms: Synonyms, known: Known | None = None) -> tuple[Term, ...]:
    """The content words of a folded question, each once, in order; its times are left out.

    Words of the synonym table, words in quotation marks, and what a definition is asked of stay whole.
    """
    bare = _EXCLUDED.sub(lambda match: " " * len(match.group()), _bare(folded))
    found: dict[str, Term] = {}
    position = 0
    for start, end in [*_wholes(folded, bare, synonyms), (len(bare), len(bare))]:
        for word in _compounds(words(bare[position:start]), known):
            for piece in _pieces(word, known):
                if _has_content(piece):
                    found.setdefault(piece.text, Term(piece.text, piece.tag, synonyms.of(piece.text)))
        whole = bare[start:end]
        if whole and whole not in EMPTY_WORDS:
            found.setdefault(whole, Term(whole, _tag(whole), synonyms.of(whole)))
        position = end
    if _STEPS.search(folded):
        found.setdefault("步骤", Term("步骤", "n", ("阶段", "环节", "步")))
    return tuple(found.values())


def defined_in(folded: str) -> str:
    """The word that a folded question asks to be defined (医保两库里规则库是什么意思); empty where it asks so of none."""
    found = _DEFINED.search(folded) or _DEFINED_BEFORE.search(folded)
    return found["w"] if found is not None else ""


def _wholes(folded: str, bare: str, synonyms: Synonyms) -> list[tuple[int, int]]:
    """Where words stand that are not to be cut: quoted, asked to be defined, occasions, or of the synonym table; in order."""
    found = (match for pattern in (_QUOTED, _DEFINED, _DEFINED_BEFORE, CONGRESS, _OCCASION) for match in pattern.finditer(folded))
    spans = [span for span in (match.span(match.lastgroup or 0) for match in found) if bare[slice(*span)].strip()]
    spans += _unknown_places(bare)
    longer = [(word.start, word.end) for word in words(bare) if len(word.text) < 4 and known_word(word.text)]
    spans += [span for span in synonyms.find(bare) if not any(a <= span[0] and span[1] <= b and span != (a, b) for a, b in longer)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if (not kept or start >= kept[-1][1]) and " " not in bare[start:end]:
            kept.append((start, end))
    return kept


def _unknown_places(bare: str) -> list[tuple[int, int]]:
    """Where names of places stand that no dictionary has (望舒区): two characters of no word, and what such places end in."""
    cut = [word for word in words(bare) if known_word(word.text) and len(word.text) > 1]
    spans = [match.span() for match in _PLACE.finditer(bare)]
    return [(a, b) for a, b in spans if not any(word.start < b and a < word.end for word in cut)]


def _compounds(cut: Sequence[Word], known: Known | None) -> list[Word]:
    """The words, a noun of one character joined to the word before it where the library has both together (规则库, 积累率)."""
    joined: list[Word] = []
    for word in cut:
        before = joined[-1] if joined else None
        if (
            known is not None and before is not None and before.end == word.start and len(word.text) == 1 and len(before.text) > 1
            and word.tag.startswith(("n", "k")) and before.tag.startswith(("n", "v", "a")) and known(before.text + word.text)
            and word.text not in EMPTY_WORDS and before.text not in EMPTY_WORDS
        ):  # fmt: skip
            joined[-1] = Word(before.text + word.text, "n", before.start)
        else:
            joined.append(word)
    return joined


def _pieces(word: Word, known: Known | None) -> list[Word]:
    """The word; or, where no dictionary and no text has it whole, its stretches that the library has; a body's place by itself."""
    place = _PLACE.match(word.text) if word.tag == "nt" else None
    if place is not None and len(place.group()) < len(word.text):
        return [Word(place.group(), "ns", word.start), Word(word.text[place.end() :], "n", word.start + place.end())]
    if known is None or word.text.isascii() or known(word.text) or known_word(word.text):
        return [word]
    if len(word.text) < _STRETCH:
        return [Word(word.text[1:], "n", word.start + 1)] if word.text[0] in _SAID else [word]
    cuts = [0, *(i + 1 for i in range(len(word.text) - 1) if not known(word.text[i : i + 2])), len(word.text)]
    stretches = [word.text[a:b] for a, b in pairwise(cuts)]
    if not any(len(stretch) > 1 for stretch in stretches):
        return [word]
    return [Word(stretch, "n" if len(stretch) > 1 else "x", word.start + a) for stretch, a in zip(stretches, cuts, strict=False)]


def _bare(folded: str) -> str:
    """`folded` with blanks in place of question words, courtesies and times; positions stay."""
    for pattern in (TIME, FILLER, NUMBER_WORD, _DIVIDED, ASKING):
        folded = pattern.sub(lambda match: " " * len(match.group()), folded)
    return folded


def phrases_of(folded: str) -> tuple[str, ...]:
    """The stretches of a folded question that carry its content."""
    return tuple(stretch for stretch in re.split(r"[\W_]+", _bare(folded)) if len(stretch) > 1)


def _tag(whole: str) -> str:
    """The part of speech of a word that is kept whole; a noun where the dictionary cuts it."""
    cut = words(whole)
    return cut[0].tag if len(cut) == 1 else "ns" if _PLACE.fullmatch(whole) and not known_word(whole) else "n"


def _has_content(word: Word) -> bool:
    if not word.text.strip() or word.text in EMPTY_WORDS or not any(c.isalnum() for c in word.text):
        return False
    if _COUNT.fullmatch(word.text):
        return False
    if word.tag.startswith(_EMPTY_TAGS) and not word.tag.startswith(("nr", "ns", "nz", "eng")) and not _REGION.fullmatch(word.text):
        return False
    return not (word.tag == "d" and word.text not in ("不", "没", "未"))
