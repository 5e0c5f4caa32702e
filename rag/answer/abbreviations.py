"""Lists that office speech names by their number and the word that all parts share: 五个“有”, “五定”, 三要三不要, 四个自信.

The sentence that is meant seldom bears the name: 学有所教、劳有所得、病有所医、老有所养、住有所居. It is known by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rag.writing.numerals import integer

_N = "[二两三四五六七八九十]"
_OPEN, _CLOSE = "[“\"「『]", "[”\"」』]"
_ENDS = "(?:$|[?,。]|是|都|分别|具体|指|包括|怎么|呢)"
_KIND = "行动|工程|计划|任务|战略|机制|体系|制度|活动|建设"  # what the parts are: “四千行动”
_ONE = (
    re.compile(f"(?P<n>{_N})(?:个|大|项|条|种|句|点)?{_OPEN}(?P<w>[^”\"」』]{{1,5}}){_CLOSE}{_ENDS}"),
    re.compile(f"{_OPEN}(?P<n>{_N})个?(?P<w>[\u4e00-\u9fff]{{1,3}}?)(?:{_KIND})?{_CLOSE}{_ENDS}"),
    re.compile(f"(?P<n>{_N})个(?P<w>[\u4e00-\u9fff]{{1,4}}?){_ENDS}"),
    re.compile(f"哪(?P<n>{_N})(?![个种项条点类大年月天])(?P<w>[\u4e00-\u9fff]{{1,2}})(?:$|[?。])"),  # 哪五向
)
_RUN = re.compile(f"(?<!第)(?P<run>(?:{_N}(?!个|{_N})[\u4e00-\u9fff]{{1,2}}?){{2}}){_ENDS}")  # 三要三不要, 六稳六保
_PART = re.compile(f"(?P<n>{_N})(?P<w>[\u4e00-\u9fff]{{1,2}}?)(?={_N}|$)")
_PARTS = re.compile("[、,;。:!?“”\n]")


class Abbreviation(NamedTuple):
    """`number` parts that each hold `word`."""

    number: int
    word: str


@lru_cache(maxsize=256)
def abbreviations(folded: str) -> tuple[Abbreviation, ...]:
    """The abbreviations that stand together in a folded question; none where there is none."""
    run = _RUN.search(folded)
    if run is not None:
        return tuple(map(_read, _PART.finditer(run["run"])))
    found = next((match for pattern in _ONE for match in pattern.finditer(folded)), None)
    return (_read(found),) if found is not None else ()


def _read(match: re.Match[str]) -> Abbreviation:
    return Abbreviation(integer(match["n"]) or 0, match["w"])


def told(asked: Sequence[Abbreviation], parts: Sequence[str]) -> bool:
    """Whether of `parts` just as many as each abbreviation says hold its word, and not the longer word of another (要, 不要)."""
    return bool(asked) and all(_count(one, asked, parts) == one.number for one in asked)


def told_in(asked: Sequence[Abbreviation], folded: str) -> bool:
    """Whether the folded sentence tells the parts: between its marks each stands by itself."""
    return bool(asked) and all(one.word in folded for one in asked) and told(asked, _PARTS.split(folded))


def _count(one: Abbreviation, asked: Sequence[Abbreviation], parts: Sequence[str]) -> int:
    longer = [other.word for other in asked if one.word != other.word and one.word in other.word]
    return sum(one.word in part and not any(word in part for word in longer) for part in parts)
