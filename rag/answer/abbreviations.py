"""Lists that office speech names by their number and the word that all parts share: 五个“有”, “五定”, 三要三不要, 四个自信.

The sentence that is meant seldom bears the name: 学有所教、劳有所得、病有所医、老有所养、住有所居. It is known by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rag.writing.numerals import integer
from rag.writing.patterns import regex

_N, _M = "[二两三四五六七八九十]", "[一二两三四五六七八九十]"
_OPEN, _CLOSE = "[“\"「『]", "[”\"」』]"
_ENDS = "(?:$|[?,。]|是|都|分别|具体|指|包括|怎么|呢|[说讲提]的)"
_KIND = "行动|工程|计划|任务|战略|机制|体系|制度|活动|建设"  # what the parts are: “四千行动”
_ONE = (
    regex(f"(?P<n>{_N})(?:个|大|项|条|种|句|点)?{_OPEN}(?P<w>[^”\"」』]{{1,5}}){_CLOSE}{_ENDS}"),
    regex(f"{_OPEN}(?P<n>{_N})个?(?P<w>[\u4e00-\u9fff]{{1,4}}?)(?:{_KIND})?{_CLOSE}{_ENDS}"),
    regex(f"(?P<n>{_N})个(?P<w>[\u4e00-\u9fff]{{1,4}}?){_ENDS}"),
    regex(f"哪(?P<n>{_N})(?![个种项条点类大年月天])(?P<w>[\u4e00-\u9fff]{{1,2}})(?:$|[?。])"),  # 哪五向
)
_RUN = regex(f"(?<!第)(?P<run>(?:{_N}(?!个|{_N})[\u4e00-\u9fff]{{1,2}}?){{2}}){_ENDS}")  # 三要三不要, 六稳六保
_QUOTED_RUN = regex(f"{_OPEN}(?P<run>(?:{_M}(?!个|{_M})[\u4e00-\u9fff]{{1,2}}?){{2,3}}){_CLOSE}{_ENDS}")  # “三地一区”
_PART = regex(f"(?P<n>{_M})(?P<w>[\u4e00-\u9fff]{{1,2}}?)(?={_M}|$)")
_OPEN_NUMBER = regex(f"几个?{_OPEN}(?P<w>[^”\"」』]{{1,5}}){_CLOSE}")  # 哪几个“部”
_PARTS = regex("[、,;。:!?“”\n]")
_SIDE_BY_SIDE = regex("[^,;。:!?\n]+(?:、[^,;。:!?\n]+)+")
_LEAST = 3  # parts side by side that are taken for the list where no number is told
_PAIR = 2
_BESIDE = 4  # characters beside the word, where the number is open


class Abbreviation(NamedTuple):
    """`number` parts that each hold `word`; 0 where the question asks how many."""

    number: int
    word: str


@lru_cache(maxsize=256)
def abbreviations(folded: str) -> tuple[Abbreviation, ...]:
    """The abbreviations that stand together in a folded question; none where there is none."""
    run = _RUN.search(folded) or _QUOTED_RUN.search(folded)
    parts = tuple(map(_read, _PART.finditer(run["run"]))) if run is not None else ()
    if sum(one.number for one in parts) >= _LEAST:  # 一带一路 counts nothing
        return parts
    asked = _OPEN_NUMBER.search(folded)
    if asked is not None:
        return (Abbreviation(0, asked["w"]),)
    found = next((match for pattern in _ONE for match in pattern.finditer(folded)), None)
    return (_read(found),) if found is not None else ()


def _read(match: re.Match[str]) -> Abbreviation:
    return Abbreviation(integer(match["n"]) or 0, match["w"])


def ends(asked: Sequence[Abbreviation], part: str) -> bool:
    """Whether the part ends with the word of one of them."""
    return any(part.endswith(one.word) for one in asked)


def told(asked: Sequence[Abbreviation], parts: Sequence[str]) -> bool:
    """Whether of `parts` just as many as each abbreviation says hold its word, and not the longer word of another (要, 不要)."""
    return bool(asked) and all(_agrees(_count(one, asked, parts), one.number) for one in asked)


def told_in(asked: Sequence[Abbreviation], folded: str) -> bool:
    """Whether the folded sentence tells the parts: between its marks each stands by itself."""
    return bool(asked) and any(told(asked, parts) for parts in _parts(asked, folded))


def _agrees(count: int, number: int) -> bool:
    return count == number if number else count >= _LEAST


def _parts(asked: Sequence[Abbreviation], folded: str) -> Iterator[Sequence[str]]:
    """What stands between the marks of the sentence; where the number is open, what stands side by side there and ends alike."""
    if all(one.number for one in asked):
        yield _PARTS.split(folded)
    for run in _SIDE_BY_SIDE.findall(folded) if not all(one.number for one in asked) else ():
        short = [part for part in re.split("[“”、]+", run) if len(part) <= len(asked[0].word) + _BESIDE]
        yield [part for part in short if part.startswith(asked[0].word) or part.endswith(asked[0].word)]


def _count(one: Abbreviation, asked: Sequence[Abbreviation], parts: Sequence[str]) -> int:
    longer = [other.word for other in asked if one.word != other.word and one.word in other.word]
    return sum(holds(part, one.word) and not any(word in part for word in longer) for part in parts)


def holds(part: str, word: str) -> bool:
    """Whether the part holds the word, or, where it is longer than a pair, has it around what tells the parts apart (向海图强)."""
    return word in part or (len(word) > _PAIR and re.search(f"{word[0]}.{{1,3}}{word[1:]}", part) is not None)
