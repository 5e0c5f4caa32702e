"""Chinese and Arabic numerals, read as numbers.

Leaves out units: what a number counts is read where figures are compared.
"""

from __future__ import annotations

from functools import lru_cache

from rag.writing.patterns import regex

CHINESE_DIGITS = "〇零一二三四五六七八九十百千两廿卅"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# What stands between a numeral and its unit, "" where nothing does.
SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERALS = 1024  # that are kept as read: more than the figures of what a question finds
LONGEST = 40  # characters of a numeral; a longer row of digits counts nothing
_BELOW_HUNDRED = regex("[一二三四五六七八九]?十[一二三四五六七八九]?")
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})


@lru_cache(maxsize=NUMERALS)
def integer(numeral: str) -> int | None:
    """The whole number that `numeral` writes ("十二", "12", "１２", "⑫"), or None where it writes none."""
    if numeral in CIRCLED and len(numeral) == 1:
        return CIRCLED.index(numeral) + 1
    if numeral.isdecimal() and len(numeral) <= LONGEST:
        return int(numeral)
    value = number(numeral)
    return int(value) if value is not None and value == int(value) else None


@lru_cache(maxsize=NUMERALS)
def number(numeral: str) -> float | None:
    """The value of `numeral` ("一万二" is 12000, "十四点五" is 14.5), or None where it writes none.

    Source of the reading rules: the cn2an library, mode "smart", with the integral part and the part after
    点 read apart, since that mode takes a decimal point only among digits.
    """
    if len(numeral) > LONGEST:
        return None
    if numeral in _DIGITS or _BELOW_HUNDRED.fullmatch(numeral):
        tens, ten, ones = numeral.rpartition("十")
        return float((10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0))
    import cn2an  # half a second, and a question rarely has a numeral above 99

    whole, point, fraction = numeral.translate(_TENS).partition("点")
    try:
        value = float(cn2an.cn2an(whole, "smart"))
        if not point:
            return value
        scale = fraction[-1] if fraction[-1:] in "万亿" and fraction[-1:] else ""
        digits = "".join(str(int(cn2an.cn2an(digit, "smart"))) for digit in fraction.removesuffix(scale))
    except (ValueError, KeyError, IndexError):
        return None
    if not digits:
        return None
    return float(f"{int(value)}.{digits}") * {"": 1.0, "万": 1e4, "亿": 1e8}[scale]


def written(digits: str) -> str:
    """A number in Arabic digits ("14.5") in Chinese numerals ("十四点五")."""
    import cn2an

    numeral = str(cn2an.an2cn(digits, "low"))
    return numeral.removeprefix("一") if numeral.startswith("一十") else numeral
