"""Party congresses in short: 二十大, 12大."""

from __future__ import annotations

from rag.writing.patterns import regex

# A party congress in short (二十大); what follows tells it from a count (五大工程).
CONGRESS = regex(
    "(?<![第十\\d])(?P<n>(?:十[一二三四五六七八九]|二十)大(?![工任举行产重战体系支优类])"
    "|[一二三四五六七八九十]{1,3}大(?=[的报召会以时和与跟、,上讲说对要里中提关是什何哪啥怎为开在咋把后之]|作报告|$))"
)
_CONGRESS_IN_DIGITS = regex("(?<![\\d.第])(1\\d|20)大(?![\u4e00-\u9fff]{0,2}(?:工程|任务|举措|行动|产业|重点|战略|体系|类|项))")
_ORDINAL = "第一二三四五六七八九十"  # before a congress: of another, or no congress
_TENS, _ONES = ("", "十", "二十"), ("", *"一二三四五六七八九")


def holds(text: str, name: str) -> bool:
    """Whether the folded `text` names `name`; a congress (三大) not as the end of another (十三大)."""
    if not CONGRESS.fullmatch(name):
        return name in text
    before = text.split(name)[:-1]
    return any(not part or not (part[-1].isdecimal() or part[-1] in _ORDINAL) for part in before)


def in_characters(folded: str) -> str:
    """`folded` with every congress that is written in digits (12大) in characters."""
    return _CONGRESS_IN_DIGITS.sub(lambda match: f"{_TENS[int(match[1]) // 10]}{_ONES[int(match[1]) % 10]}大", folded)
