"""Figures of a folded text: a number, its unit and what kind of thing it measures.

Works on folded text (`fold`), so full-width digits and marks have become half-width. Dates and quarters are
times, not figures; an ordinal (第三) is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.writing.numerals import SCALES, number
from rag.writing.patterns import regex

FigureKind = Literal["percent", "points", "money", "count", "duration", "multiple", "bare"]

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGIT = "[零〇一二三四五六七八九十百千两]"
_CHINESE = rf"{_DIGIT}(?:[零〇一二三四五六七八九十百千两万亿]*{_DIGIT})?(?:点[零〇一二三四五六七八九]+)?"
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?"
_MONEY = r"(?:美元|元|欧元|日元|港元|英镑|新?卢布|法郎|马克|港币|块钱)"
_DURATION = r"(?:个月|个小时|个季度|周年|年|天|小时|分钟|个工作日|工作日|周)"
_OF_MONEY, _OF_TIME = regex(_MONEY), regex(_DURATION)
_COUNT = (
    "(?:标准箱|标箱|学位|床位|立方|升|部(?![分门长委队])|微克|毫克|千克|岁|万吨标煤|吨标准煤|吨标煤|平方公里|平方米|立方米|公里|千米|公顷|千瓦时|千瓦|兆瓦|吨|亩|人次|人|户|名|家|个|项|"
    "条|座|所|台|辆|套|件|次|场|处|种|类|张|份|册|篇|期|批|位|度|米|公斤|斤|头|只|株|艘|架|列|宗|起|例|大|重)"
)
_ENDS = "(?:(?![\u4e00-\u9fff])|(?=以[内上下]|之[内间]|左右|上下))"  # after a number in characters that has no unit
PEOPLE = (
    "人口|人员|群众|农民|党员|团员|会员|队员|社员|学员|教员|职工|工人|学生|教师|老师|干部|居民|青年|妇女|儿童|老人|劳动力|战士|官兵|代表|患者|同胞|同志"
)
_PEOPLE = f"(?=[\u4e00-\u9fff]{{0,3}}?(?:{PEOPLE}))"  # whom a number right before them counts, without a classifier (二千八百万党员)
_FIGURE = regex(
    r"(?P<year>[一二][〇零0九][〇零0一二三四五六七八九]{2}(?=年))|翻了?(?P<doubled>[一二两三四五\d])番"
    rf"|(?P<ratio>百分之)(?P<r>{_CHINESE}|{_ARABIC})"
    rf"|(?P<whole>{_DIGIT}{{1,3}})分之(?P<part>{_DIGIT}{{1,3}})"
    rf"|(?<!第)(?<![a-z\d.])(?P<n>{_ARABIC})(?P<scale>{_SCALE})[余多来]?(?P<unit>个百分点|百分点|%|‰|{_MONEY}|{_DURATION}|倍|成|{_COUNT})?"
    rf"|(?<!第)(?<![\d.零〇一二三四五六七八九十百千两])(?P<c>{_CHINESE})(?P<cscale>{_SCALE})[余多来]?"
    rf"(?P<cunit>个百分点|百分点|{_MONEY}|{_DURATION}|倍|成|{_COUNT}|(?<=[十百千万亿]{_DIGIT}){_ENDS}|(?<=[百千万亿])(?:{_ENDS}|{_PEOPLE}))"
)
_COUNTS_PEOPLE = regex(_PEOPLE)
_LATIN = regex("[a-z]{1,3}(?![a-z0-9/])")  # a unit in letters (8400P); after a small number a name (5G, 3D)
_AMOUNT = 3  # digits of a number that stands in no such name
_TIME_AFTER = regex(r"\s*(?:年(?!来|间|内|时间|期|以上|以内|左右|多|努力)|月|日|号|时|点|季度|世纪|届|次会议|中全会)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start`:`end` of the folded text; `value` in the unit, its scale (万, 亿) multiplied out.

    What stands right before a word for people counts 人, whether it says so or not.
    """

    start: int
    end: int
    value: float
    unit: str
    kind: FigureKind


def figures(folded: str) -> list[Figure]:
    """Every figure of `folded`, in order."""
    found = []
    for match in _FIGURE.finditer(folded):
        figure = _figure(folded, match)
        if figure is not None:
            found.append(figure)
    return found


def _figure(folded: str, match: re.Match[str]) -> Figure | None:
    if match["year"]:
        return None
    if match["doubled"]:
        times = _value(match["doubled"])
        return None if times is None else Figure(match.start(), match.end(), times, "番", "multiple")
    if match["ratio"]:
        value = _value(match["r"])
        return None if value is None else Figure(match.start(), match.end(), value, "%", "percent")
    if match["whole"]:
        whole, part = number(match["whole"]), number(match["part"])
        return Figure(match.start(), match.end(), 100 * part / whole, "%", "percent") if whole and part is not None else None
    digits = match["n"] or match["c"]
    unit = (match["unit"] if match["n"] else match["cunit"]) or ""
    scale = (match["scale"] if match["n"] else match["cscale"]) or ""
    value = _value(digits)
    if value is None and scale:  # 七亿三千万: the last scale belongs to the number
        value, scale = _value(digits + scale), ""
    latin = _LATIN.match(folded, match.end()) if not unit else None
    if latin is not None and not scale and len(digits) < _AMOUNT:
        return None
    unit = latin.group() if latin is not None else unit
    if value is None or _is_time(folded, match, digits, unit):
        return None
    unit = unit or ("人" if _COUNTS_PEOPLE.match(folded, match.end()) else "")
    end = match.end() if latin is None else latin.end()
    return Figure(match.start(), end, value * SCALES[scale], unit, _kind(unit))


def _value(digits: str) -> float | None:
    plain = digits.replace(",", "")
    return float(plain) if plain[0].isdigit() and plain.isascii() else number(plain)


def _is_time(folded: str, match: re.Match[str], digits: str, unit: str) -> bool:
    if unit == "年":
        return len(digits) == 4 or (bool(_TIME_AFTER.match(folded, match.end() - 1)) and len(digits) > 2)
    return not unit and bool(_TIME_AFTER.match(folded, match.end()))


def _kind(unit: str) -> FigureKind:
    if unit in ("%", "‰", "成"):
        return "percent"
    if unit.endswith("百分点"):
        return "points"
    if _OF_MONEY.fullmatch(unit):
        return "money"
    if _OF_TIME.fullmatch(unit):
        return "duration"
    if unit == "倍":
        return "multiple"
    return "count" if unit else "bare"
