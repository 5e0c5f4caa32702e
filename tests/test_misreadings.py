"""What a sentence becomes when it is misread or disguised: all of it is said there, but not so."""

from random import Random

import pytest

from rag.writer.changes import Base
from rag.writer.judging import Source, judge
from rag.writer.misreadings import MISREAD

TRADE = "2022年粮食增长5%,蔬菜增长8%,农业产值完成30亿元。"
SOURCE = Source(
    f"{TRADE}2023年城镇居民收入高于农村居民。教育、卫生、文化支出12亿元。张伟同志去北京开会,李强同志去上海开会。", "在青溪县会议上的讲话",
)
OTHER = Source("白桦市要抓好交通、水利、林业工作。", "在白桦市会议上的讲话")
MADE = {
    "numeral": ("增长5%。", "增长百分之三。"), "span": ("增长5%。", "增长5%至3%。"), "sign": ("增长5%。", "增长<5%。"),
    "swapped": ("粮食增长5%,蔬菜增长8%。", "粮食增长8%,蔬菜增长5%。"),
    "compared": ("粮食超过蔬菜。", "蔬菜超过粮食。"), "retimed": ("2022年粮食增长5%。", "2023年粮食增长5%。"),
    "named": ("张伟同志去北京开会。", "张伟同志去上海开会。"), "widened": ("农业产值完成30亿元。", "产值完成30亿元。"),
    "unlisted": ("教育、卫生、文化支出12亿元。", "教育、文化支出12亿元。"),
    "part": ("粮食增长5%,蔬菜增长8%。", "粮食增长5%,其中蔬菜增长8%。"), "cause": ("粮食增长5%,蔬菜增长8%。", "粮食增长5%,因此蔬菜增长8%。"),
    "miscited": ("粮食增长5%。", "粮食增长5%。"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MISREAD)
def test_one_thing_is_misread(kind: str) -> None:
    """Of each kind one example, out of what chance makes of it."""
    said, made = MADE[kind]
    assert made in {MISREAD[kind](Base(said, SOURCE, OTHER), Random(seed)) for seed in range(60)}


@pytest.mark.parametrize("kind", MISREAD)
def test_the_judge_is_not_misled(kind: str) -> None:
    """Whatever chance makes of a sentence of the paragraph; what cites another paragraph is held against that."""
    cited = OTHER if kind == "miscited" else SOURCE
    for said in (f"{one}。" for one in SOURCE.text.split("。") if one):
        made = {MISREAD[kind](Base(said, SOURCE, OTHER), Random(seed)) for seed in range(20)} - {None}
        assert [one for one in made if one is not None and judge(one, [cited]).holds] == []
