"""Which year a statement speaks of, and whether it is the year that is asked for.

A report of one year looks back on the year before and ahead: 2022年,…; 今年…; under the heading 2023年工作安排. The
year nearest to the statement counts: its own, that of the sentences before it, of the headings above, at last
the speech's. Relative words (今年, 去年) count from the speech's own year.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rag.answer.congresses import year_held
from rag.answer.periods import SHORT_YEAR, year_of
from rag.answer.places import Place, Shelf, front_of
from rag.outline.headings import heading_text, nodes_at
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex

_YEAR = regex(
    r"(?<![\d比较])((?:19|20)\d{2})(?=年|[-—–~至到/.]\s*\d|[\W_]|$)|(?<![比较])([一二][〇零九0][〇零0一二三四五六七八九]{2})年"
)
_BARE_YEAR = regex(r"(?<![\d比较])((?:19|20)\d{2})(?![\d余多元万亿个人家户项吨米%.])")
_SHORT_YEAR = regex(f"({SHORT_YEAR})")
_RELATIVE = regex(r"(?<![比较与跟])(?P<w>今年|本年|去年|上一年|上年|前年|明年)(?!同期|同月|四季度|第四季度|末|底)")
_MENTIONED = regex("(?<=[\u4e00-\u9fff])(?<![到至在自从])(?:去|上一?|前)年(?!来|以来)")  # 考虑了去年价格变动: of what is told only a part
_BASE = regex(r"年?的\d")
_COMPARED = regex("年?(?:的)?(?:相比|比较|比,|对比|不变价|价格)")  # 与2000年相比: with that year it is only compared
DAY_ASKED = regex("几号|哪一?[天日]")
TELLS_DAY = regex(r"[\d一二三四五六七八九十](?:日|号(?!工程|文件|令|楼|线))|[今明昨当同即]日|[今明昨当]天|节|除夕|元旦")
_RANGE = regex(r"(?:[到至]|[-—–~])[^,，。;；]{0,3}$")  # between two years of which it is the last
_OFFSET = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}
_NAMED = regex("《[^》]*》")  # the year of a document that is only named
_SENTENCE_ENDS = regex("[。;；!?\n]")
_DAY = regex(r"\d{1,2}月\d{1,2}日")
_OPENING = 24  # characters of a sentence in which a year governs what follows
PLACES = 8192  # whose years are kept: a question looks at some hundred sentences, and at each for each of its figures
_BACK = 12  # paragraphs looked back for a governing year


def years_in(folded: str) -> tuple[int, ...]:
    """Every year that a folded text writes (2023年, 二〇二三年), in order, each once; not one that is only compared with."""
    return tuple(dict.fromkeys(year_of(match[1] or match[2]) for match in _YEAR.finditer(folded) if not _is_base(folded, match)))


def _is_base(folded: str, match: re.Match[str]) -> bool:
    """Whether the year only tells what a measure was before (由1978年的36.5%,降为33.6%)."""
    before = folded[match.start() - 1 : match.start()]
    if before in ("与", "同", "和", "按"):
        return _COMPARED.match(folded, match.end()) is not None
    return before in ("由", "从") and _BASE.match(folded, match.end()) is not None


def years_asked(folded: str) -> tuple[int, ...]:
    """The years that a folded question names, those of two figures included (22年, 87年, 五八年)."""
    bare = (int(match[1]) for match in _BARE_YEAR.finditer(folded))
    short = (year_of(match[1]) for match in _SHORT_YEAR.finditer(folded))
    return tuple(dict.fromkeys((*years_in(folded), *bare, *short)))


def year_words(folded: str) -> tuple[str, ...]:
    """The words with which a folded question names its years (2023年, 2023, 23年, 二〇二三年), in order, each once."""
    matches = [match for pattern in (_YEAR, _BARE_YEAR, _SHORT_YEAR) for match in pattern.finditer(folded)]
    spans = sorted({match.span(match.lastindex or 0) for match in matches})
    return tuple(dict.fromkeys(folded[start : end + folded.startswith("年", end)] for start, end in spans))


def offsets_in(folded: str) -> tuple[int, ...]:
    """The relative years of a folded text, counted from its own: 今年 is 0, 去年 -1."""
    return tuple(dict.fromkeys(_OFFSET[match["w"]] for match in _RELATIVE.finditer(folded)))


def relative_words(folded: str) -> tuple[str, ...]:
    """The words with which a folded text names relative years (去年, 明年), in order, each once."""
    return tuple(dict.fromkeys(match["w"] for match in _RELATIVE.finditer(folded)))


def _spans(folded: str) -> bool:
    """Whether a folded text that names several years means those between them too."""
    return any(_RANGE.search(folded, 0, match.start()) for match in _YEAR.finditer(folded))


class Years:
    """The years that the statements of a library speak of."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.of_speech = lru_cache(maxsize=PLACES)(self._of_speech)
        self._governing = lru_cache(maxsize=PLACES)(self._find_governing)
        self.of = lru_cache(maxsize=PLACES)(self._of)
        self._opened = lru_cache(maxsize=PLACES)(self._find_opened)

    def _of(self, place: Place) -> frozenset[int]:
        """The years of one place: its own words, else what governs it; empty where nothing tells."""
        own = self._own(fold(place.text), place.speech)
        if own:
            return own
        before = fold(place.document.text[place.paragraph.start : place.start])
        earlier = self._last(before, place.speech)
        return earlier or self._above(place) or self._default(place.speech)

    def _told(self, place: Place) -> bool:
        """Whether anything but the speech's own date tells the year of the place."""
        before = fold(place.document.text[place.paragraph.start : place.start])
        return bool(self._own(fold(place.text), place.speech) or self._last(before, place.speech) or self._above(place))

    def _above(self, place: Place) -> frozenset[int]:
        return self._governing(place.document.path, place.speech.number, place.paragraph.number)

    def _default(self, speech: Speech) -> frozenset[int]:
        year = self.of_speech(speech.document, speech.number)
        return frozenset() if year is None else frozenset({year})

    def fits(self, wanted: Collection[int], offsets: Collection[int], place: Place) -> bool | None:
        """Whether the place speaks of one of the years asked for; None where none is asked or nothing tells."""
        if not wanted and not offsets:
            return None
        own = self.of_speech(place.document.path, place.speech.number)
        years = {*wanted, *(own + offset for offset in offsets if own is not None)}
        if not years:
            told = offsets_in(_NAMED.sub("", fold(place.text)))  # a speech without a date tells of 去年 and 明年 by these words alone
            return bool(set(told) & set(offsets)) if told else None
        found = self.of(place)
        if found and not found & years and self._opened(place) & years:
            return None  # the paragraph has told of that year before
        if not found or found & years:
            return bool(found) or None
        if own is not None and own - 1 in years and found == {own} and not self._told(place):
            return None  # a report looks back on the year before without naming it in each sentence
        if len(found) > 1 and any(min(found) <= year <= max(found) for year in years) and _spans(fold(place.text)):
            return True  # 从1981年到2000年
        return None if own in years and min(found) > max(years) else False  # a plan of that year, for later years

    def looks_back(self, wanted: Collection[int], place: Place) -> bool:
        """Whether a report of a year that is asked for tells here of earlier ones, without naming them where a clause opens."""
        own = self.of_speech(place.document.path, place.speech.number)
        earlier = own is not None and own in wanted and max(self.of(place), default=own) < own
        return earlier and not self._own(_MENTIONED.sub("", fold(place.text)), place.speech)

    def _own(self, folded: str, speech: Speech) -> frozenset[int]:
        bare = _NAMED.sub("", folded)
        folded = folded if folded.startswith("《") and not years_in(bare) else bare  # 《2017年规划》指出: of that year after all
        year = self.of_speech(speech.document, speech.number)
        relative = {year + offset for offset in offsets_in(folded)} if year is not None else set()
        return frozenset({*years_in(folded), *relative})

    def _find_opened(self, place: Place) -> frozenset[int]:
        """Every year that a sentence before the place in its paragraph opens with; none where the place names its own."""
        if self._own(fold(place.text), place.speech):
            return frozenset()
        before = _SENTENCE_ENDS.split(fold(place.document.text[place.paragraph.start : place.start]))
        return frozenset().union(*(self._own(sentence[:_OPENING], place.speech) for sentence in before))

    def _last(self, folded: str, speech: Speech) -> frozenset[int]:
        """The years of the last sentence of `folded` that opens with one."""
        for sentence in reversed(_SENTENCE_ENDS.split(folded)):
            found = self._own(sentence[:_OPENING], speech)
            if found:
                return found
        return frozenset()

    def _find_governing(self, document: str, number: int, paragraph: int) -> frozenset[int]:
        speech = self._shelf.speech(document, number)
        text = self._shelf.documents[document].text
        at = speech.paragraphs[paragraph - 1].start
        above = [node for node in nodes_at(speech.root, at, at) if node.kind in ("section", "item")]
        for node in reversed(above):
            found = self._own(fold(heading_text(text, node)), speech)
            if found:
                return found
        floor = above[-1].start if above else speech.start
        for earlier in reversed(speech.paragraphs[max(0, paragraph - 1 - _BACK) : paragraph - 1]):
            if earlier.start < floor or earlier.number <= len(front_of(speech, text)):
                break
            found = self._last(fold(text[earlier.start : earlier.end]), speech)
            if found:
                return found
        return frozenset()

    def _of_speech(self, document: str, number: int) -> int | None:
        """The year of a speech: of its date line, else of its title, else of its file's name, else of the congress it was given at."""
        speech = self._shelf.speech(document, number)
        text = self._shelf.documents[document].text
        dated = [line for line in front_of(speech, text) if _DAY.search(fold(line))]
        for line in (*dated, speech.title, document):
            found = years_in(fold(line))
            if found:
                return found[0] if len(found) == 1 else max(found) if line in dated else found[0]
        return year_held(fold(speech.title))
