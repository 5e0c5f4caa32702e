"""The usual slips of asking put right."""

from __future__ import annotations

from rag.answer.congresses import in_characters
from rag.writing.patterns import regex

_SLIPS = (
    ("多小", "多少"), ("有那些", "有哪些"), ("那几", "哪几"), ("那些方面", "哪些方面"),
    ("怎莫", "怎么"), ("怎麽", "怎么"), ("百份", "百分"),
)  # fmt: skip
_GROWTH = regex("经济(?=增速|增幅|增长率|增长速度|(?:增长)了?(?:多少|百分之几|几个))")  # of the economy is that of its gdp
_BLANK = regex("(?<=[“\"「『])(?:[x×]{1,3}|某某?|…+|\\.{2,})(?=[\u4e00-\u9fff])")  # what tells the names apart: 几个“xx金砖”


def spelled(folded: str) -> str:
    """`folded` with the usual slips in question words put right, without blanks, and a congress in digits (12大) in characters."""
    for slip, meant in _SLIPS:
        folded = folded.replace(slip, meant)
    folded = _GROWTH.sub("gdp", folded)
    return in_characters(_BLANK.sub("", folded))
