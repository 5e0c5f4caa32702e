"""The amounts that a text names: value and unit, in whatever characters they are written.

百分之十四 is 14%, 1.2万人 is 12000人, 二〇二三年 is 2023年, 5号 is 5日. Reads bare text (folded, without blanks). What
counts as one amount is stricter than in `writing.figures`: dates and ordinals are claims too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from rag.writing.numerals import SCALES, number

ORDINAL = "第"  # stands for the unit of an ordinal
TIMES = frozenset("年 月 日 季度 时 届".split())  # units that say when, not how much
_DIGITS = "〇零一二三四五六七八九"
_CN = rf"[{_DIGITS}十百千两廿卅]"
_CHINESE = rf"{_CN}(?:[{_DIGITS}十百千两廿卅万亿]*{_CN})?(?:点[{_DIGITS}]+)?"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?"
_UNIT = (
    r"%|‰|个百分点|百分点|个点|美元|欧元|日元|港元|英镑|元|个月|个小时|个季度|个工作日|工作日|季度|周年|周岁|年度|年|月份|月|日|号|天|小时|"
    r"分钟|分|秒|时|点|倍|成|平方公里|平方米|立方米|公里|千米|公顷|"
    r"厘米|毫米|米|千瓦时|千瓦|兆瓦|万千瓦|公斤|千克|微克|毫克|克|斤|吨标准煤|吨|亩|人次|人|户|名|家|个|项|条|座|所|台|辆|套|件|次|场|处|种|类|张|份|册|篇|期|批|位|度|头|只|"
    r"株|艘|架|列|宗|起|例|岁|届|章|款|字|大|重|级|等|档|组|支|块|间|门|步|层|代|版|页|段|句|轮|站|队|班|°c"
)
_AMOUNT = re.compile(
    rf"百分之(?P<percent>{_ARABIC}|{_CHINESE})|(?P<whole>{_CN}{{1,3}})分之(?P<part>{_CN}{{1,3}})|第(?P<ordinal>\d+|{_CHINESE})"
    rf"|(?P<n>{_ARABIC})(?P<scale>{_SCALE})(?P<more>[余馀多来])?(?P<unit>{_UNIT})?"
    rf"|(?P<c>{_CHINESE})(?P<cscale>{_SCALE})(?P<cmore>[余馀多来])?(?P<cunit>{_UNIT})?"
)
_SAME_UNIT = {
    "个百分点": "点", "百分点": "点", "个点": "点", "号": "日", "月份": "月", "公斤": "千克", "公里": "千米", "年度": "年", "周岁": "岁",
}  # fmt: skip
_ARTICLES = frozenset("个 种 项 批 次 位 名 家 条 件 场".split())
_BELOW_ZERO = re.compile(r"(?<![a-z\d])[-−–]$")  # in 气温-5℃, not in covid-19
_EXACT_DIGITS = 12  # of a value: 1.1 times 10,000 is not quite 11,000 to a computer


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at `start`:`end` of a text, its scale (万, 亿) multiplied out, its unit in one form of those that are equal.

    The - of one below zero is part of it; that of a range (3-5天) is not. `more` is the 余 or 多 that makes it a limit, else
    empty; an `article` (一个) counts nothing.
    """

    value: float
    unit: str
    start: int
    end: int
    more: str
    article: bool


def amounts(text: str, starts: Container[int]) -> Iterator[Amount]:
    """The amounts of a bare text, in order; `starts` are where its words begin, for 统一 and 万一 count nothing."""
    last = 0
    for match in _AMOUNT.finditer(text):
        amount = _amount(match, starts)
        if amount is not None:
            before = text[last : amount.start]
            joined = bool(last) and len(before) == 1  # 3-5天
            yield amount if joined or not _BELOW_ZERO.search(before) else replace(amount, value=-amount.value, start=amount.start - 1)
            last = amount.end


def _amount(match: re.Match[str], starts: Container[int]) -> Amount | None:
    """The amount that was found; None where a character of a word only looks like one."""
    value, unit = _value(match)
    single = len(match["c"] or match["whole"] or "二字") == 1
    if value is None or (single and match.start() not in starts):
        return None
    if match["c"] and len(match["c"]) == 1 and not match["cscale"] and not match["cunit"]:
        return None
    unit = _SAME_UNIT.get(unit, unit)
    article = value == 1 and unit in _ARTICLES and bool(match["c"])
    more = match["more"] or match["cmore"] or ""
    return Amount(float(f"{value:.{_EXACT_DIGITS}g}"), unit, match.start(), match.end(), more, article)


def _value(match: re.Match[str]) -> tuple[float | None, str]:
    """The value of what was found, None where it has none, and its unit as it is written."""
    if match["percent"]:
        return _read(match["percent"]), "%"
    if match["whole"]:
        whole, part = _read(match["whole"]), _read(match["part"])
        return (100 * part / whole if whole and part is not None else None), "%"
    if match["ordinal"]:
        return _read(match["ordinal"]), ORDINAL
    value = _read(match["n"] or match["c"])
    scale = SCALES[(match["scale"] if match["n"] else match["cscale"]) or ""]
    unit = (match["unit"] if match["n"] else match["cunit"]) or ""
    return (None if value is None else value * scale), unit


def _read(digits: str) -> float | None:
    plain = digits.replace(",", "")
    if plain[0].isdigit() and plain.isascii():
        return float(plain)
    if len(plain) > 1 and all(character in _DIGITS for character in plain):  # 二〇二三
        return float("".join(str(max(0, _DIGITS.index(character) - 1)) for character in plain))
    return number(plain)
