"""Which speeches a question names: by ordinal (篇2, 第三篇), by title, by a year or place that titles bear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.congresses import CONGRESS, SPEAKING, holds
from rag.answer.periods import LONG_YEAR, SHORT_YEAR, year_of
from rag.answer.places import Shelf
from rag.errors import UnknownSpeech
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.patterns import regex
from rag.writing.words import known_word, words

_N = r"[一二三四五六七八九十]{1,3}|\d{1,3}"
_ORDINAL = regex(
    rf"篇\s*(?P<a>{_N})|(?:讲话稿?|材料)\s*(?P<c>{_N})(?![年月日个点条项种])"
    rf"|第\s*(?P<b>{_N})\s*(?:篇|个讲话|份(?:讲话|材料|报告|文件)|个文件)"
)
_MORE_ORDINALS = regex(rf"(?:[、,和与跟及]\s*)(?:篇|第)?\s*(?P<n>{_N})\s*篇?")
_EVERY = regex(
    "(?:这|那)?(?:(?P<n>[二两三四五六])|几|各|每)(?:篇|份|个讲话|次讲话)(?:讲话稿?|材料|文章)?(?:里|中|内)?(?:都|分别|各自?)?"
)
MOST_TOGETHER = 6  # speeches of a small library that 三篇, 各篇 can mean together
_QUOTED_TITLE = regex(r"《([^》]{2,80})》")
_GENRE = "报告|讲话|致辞|讲稿|发言|规划|纲要|方案|通知|意见|办法|解读|计划|措施|政策|决定|决议|条例|要点|公报|公告|指南|细则|规定"
_YEAR = f"(?:{LONG_YEAR}|{SHORT_YEAR})"
_YEAR_OF_TITLE = regex(
    rf"(?P<y>{_YEAR}(?:年?[、,和与跟及]{_YEAR})*)年?(?:度|初|底)?(?:(?:的|那份|那篇|那次|这份|这个)?.{{0,12}}?(?:{_GENRE})|(?:里|上|就|是)?(?:怎么)?(?:说|讲|提出|提到|强调|要求))"
)
_OF_YEAR = regex(
    rf"{_YEAR}年?(?:度|的)?(?:[那这][份篇次个])?(?:国务院|中央|全国|政府|工作)*(?:{_GENRE})"
)
_NAMED_YEAR = regex(rf"{_YEAR}|(?<!\d)\d{{2}}(?=[、,和与跟及])")  # 82、87年的报告
_YEARS_BEFORE = regex(rf"(?:(?:{_NAMED_YEAR.pattern})年?[、,和与跟及])+$")
# When a congress was held or a book written, told beside its name: it tells which is meant, not of which year something is asked.
_YEAR_BESIDE = regex(rf"{_YEAR}年?(?:召开的?|党的|我们?党|中共|中央|[的在])*(?=《|{CONGRESS.pattern})")
_JOINING = "和与跟及同"
_GRAMMAR = ("p", "c", "u", "r", "d", "m", "q")  # 在, 和, 的, 这, 都, 些: no part of a name
_OF_BODY = regex("[\u4e00-\u9fff]{2}[省市县区州](?=.)")  # 陕西省政府
_ISSUER = regex("(?:[部局厅委署]|委员会|政府|办公室|法院|检察院|银行)$")  # who issued it: a title that says no more names no text
_TITLE_CHARACTERS = 6  # a title this long that stands whole in the question is meant


_OCCASION = regex(  # on which a speech was held
    "(?!.*(?:社|委员|协|联合|基金|议|人大|政协|总|学|工|理事|商|机)会$)[\u4e00-\u9fff]{2,}(?:会|式|典礼|论坛)"
)
_WHOLE = ("中国", "全国", "我国", "中华", "中共")  # every text is of it: it tells no speech from another

@dataclass(frozen=True, slots=True)
class Scope:
    """The speeches that count, the question without the words that named them, and whether it named them outright.

    `topical` where they are named by what they are about alone: more than one text may be nearly as much about it.
    """

    speeches: tuple[Speech, ...]
    wording: str
    explicit: bool
    topical: bool = False


def named(wording: str, shelf: Shelf) -> Scope:
    """The speeches that `wording` names; none where it names none, and then all count."""
    folded = fold(wording)
    everything = shelf.every
    found, rest = _by_ordinal(folded, shelf)
    if found:
        return Scope(tuple(found), rest, explicit=True)
    every = _EVERY.search(folded)
    if every and 1 < len(everything) <= MOST_TOGETHER and integer(every["n"] or "") in (None, len(everything)):
        return Scope(everything, folded.replace(every.group(), " "), explicit=True)
    found = _titled(folded, shelf)
    if found and len(found) < len(everything):
        return Scope(tuple(found), _QUOTED_TITLE.sub("", _YEAR_BESIDE.sub("", folded)), explicit=True)
    found = _by_bearings(folded, shelf)
    congress = CONGRESS.search(folded) is not None
    if congress and found:
        folded = _YEAR_BESIDE.sub("", folded)
    year = _YEAR_OF_TITLE.search(folded)
    if year:
        others = _YEARS_BEFORE.search(folded, 0, year.start())
        start = others.start() if others else year.start()
        wanted = [str(year_of(found.group())) for found in _NAMED_YEAR.finditer(folded, start) if found.end() <= year.end("y")]
        bearing = {_key(everything[n]) for one in wanted for texts in (shelf.titles, shelf.paths) for n in texts.having(one)}
        dated = [speech for speech in found if _key(speech) in bearing] or [speech for speech in everything if _key(speech) in bearing]
        if dated and len(dated) < len(everything):
            rest = folded[:start] + " " + re.sub("^年?(?:度)?", "", folded[year.end("y") :])
            return Scope(tuple(dated), rest, explicit=_OF_YEAR.match(folded, year.start()) is not None)
    return Scope(tuple(found), folded, explicit=congress and bool(found))


def chosen(names: Sequence[str], shelf: Shelf) -> tuple[Speech, ...]:
    """The speeches that the user chose by title or path, whole first, else in part. UnknownSpeech where none is."""
    every = shelf.every if names else ()
    found: dict[tuple[str, int], Speech] = {}
    for name in names:
        wanted = fold(name.strip())
        known = list(zip(every, shelf.titles.texts, shelf.paths.texts, strict=True))
        whole = [speech for speech, title, path in known if wanted in (title, path)]
        part = whole or [speech for speech, title, path in known if wanted and (wanted in title or wanted in path)]
        if not part:
            from difflib import get_close_matches  # which only a mistake needs

            titles = list(dict.fromkeys([s.title for s in every] + [s.document for s in every]))
            raise UnknownSpeech(name, tuple(get_close_matches(name, titles, 3, 0.2)))
        found.update({_key(speech): speech for speech in part})
    return tuple(found.values())


def _key(speech: Speech) -> tuple[str, int]:
    return speech.document, speech.number


def _by_ordinal(folded: str, shelf: Shelf) -> tuple[list[Speech], str]:
    numbers: list[int] = []
    rest = folded
    for match in _ORDINAL.finditer(folded):
        numbers.append(_number_of(match))
        follower = _MORE_ORDINALS.match(folded, match.end())
        if follower:
            numbers.append(integer(follower["n"]) or 0)
            rest = rest.replace(follower.group(), " ")
        rest = rest.replace(match.group(), " ")
    found = [speech for number in dict.fromkeys(numbers) for speech in _numbered(number, shelf)]
    return found, rest if found else folded


def ordinals(folded: str, shelf: Shelf) -> dict[str, list[Speech]]:
    """The words by which the question counts speeches (篇2, 第三篇), each with its speeches.

    None where some are counted together (篇1、3).
    """
    counted = list(_ORDINAL.finditer(folded))
    if any(_MORE_ORDINALS.match(folded, match.end()) and not _ORDINAL.match(folded, match.end() + 1) for match in counted):
        return {}
    return {match.group(): found for match in counted if (found := _numbered(_number_of(match), shelf))}


def _number_of(match: re.Match[str]) -> int:
    return integer(match["a"] or match["b"] or match["c"]) or 0


def _numbered(number: int, shelf: Shelf) -> list[Speech]:
    """The speeches whose title bears the number; else the one of that place, in a library of one document."""
    speeches = shelf.every
    marked = ((speech, _ORDINAL.search(title)) for speech, title in zip(speeches, shelf.titles.texts, strict=True))
    titled = [speech for speech, match in marked if match and _number_of(match) == number]
    if titled:
        return titled
    one_document = len({speech.document for speech in speeches}) == 1
    return [speeches[number - 1]] if one_document and 0 < number <= len(speeches) else []


def _titled(folded: str, shelf: Shelf) -> list[Speech]:
    """The speeches whose title stands in the question, whole, or in part where it is quoted."""
    found = {number for name in _QUOTED_TITLE.findall(folded) for number in shelf.titles.having(name)}
    whole = {number for number in shelf.titles.within(folded, _TITLE_CHARACTERS) if not _ISSUER.search(shelf.titles.texts[number])}
    return [shelf.every[number] for number in sorted(found | whole)]


def bearings(folded: str, shelf: Shelf) -> dict[str, list[Speech]]:
    """The places and persons of the question that some speeches, but not all, bear on their front, with those speeches."""
    found: dict[str, list[Speech]] = {}
    for name in filter(_is_name, _names(folded)):
        bearing = [speech for speech in shelf.bearers(name) if holds(shelf.bearing(speech), name)]
        if bearing and len(bearing) < len(shelf.every):
            found[name] = bearing
    return found


def _names(folded: str) -> list[str]:
    """Words of the question that may name a place or person: without the suffix of the place."""
    names = []
    proper = [word.text for word in words(folded) if word.tag.startswith(("ns", "nr", "nz")) and len(word.text) > 1]
    proper += [match.group() for word in words(folded) if word.tag == "nt" and (match := _OF_BODY.match(word.text))]
    names += [word.rstrip("省市县区州镇乡") if len(word) > 2 else word for word in proper]
    names += [match["n"] for match in CONGRESS.finditer(folded)]
    names += [word.text for word in words(folded) if _OCCASION.fullmatch(word.text)]
    whole = [(word.start, word.start + len(word.text)) for word in words(folded) if len(word.text) > 2 and known_word(word.text)]
    for stretch in re.finditer(r"[\u4e00-\u9fff]+", folded):
        pieces = [(i, i + n) for n in (2, 3) for i in range(stretch.start(), stretch.end() - n + 1)]
        free = [piece for piece in pieces if not any(a <= piece[0] and piece[1] <= b and piece != (a, b) for a, b in whole)]
        names += [folded[slice(*piece)] for piece in free if folded[piece[0]] not in _JOINING]
    return list(dict.fromkeys(name for name in names if len(name) > 1))


def _by_bearings(folded: str, shelf: Shelf) -> list[Speech]:
    """The speeches that bear the places and persons of the question, where these tell speeches apart; first the congress that speaks."""
    found = list(shelf.every)
    borne = bearings(folded, shelf)
    speaking = [match["n"] for match in SPEAKING.finditer(folded) if match["n"] in borne]
    for bearing in (borne[name] for name in [*speaking, *borne]):
        keys = set(map(_key, bearing))
        found = [speech for speech in found if _key(speech) in keys] or found
    return found if len(found) < len(shelf.every) else []


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    """Whether the dictionary takes `name` for a place or person, or has no such word and so takes it for a name."""
    if CONGRESS.fullmatch(name) or _OCCASION.fullmatch(name) or name in _WHOLE:
        return name not in _WHOLE
    cut = words(name)
    unknown = not known_word(name) and all(len(word.text) == 1 and not word.tag.startswith(_GRAMMAR) for word in cut)
    return (any(word.tag.startswith(("ns", "nr")) for word in cut) and len(cut) == 1) or unknown
