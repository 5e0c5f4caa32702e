"""Who gave a report that does not say so itself: the premier to the National People's Congress, and who reported to a party congress.

Facts of the public record; they say only which text a question means (温家宝2010年的报告), and are never shown.
"""

from __future__ import annotations

from rag.answer.congresses import congress_of
from rag.writing.patterns import regex

_PREMIERS = {
    "周恩来": (1954, 1957, 1959, 1964, 1975),
    "华国锋": (1978, 1979),
    "赵紫阳": range(1981, 1988),
    "李鹏": range(1988, 1999),
    "朱镕基": range(1999, 2004),
    "温家宝": range(2004, 2014),
    "李克强": range(2014, 2024),
    "李强": range(2024, 2026),
}
_REPORTED = {
    "陈独秀": ("三", "四", "五"), "毛泽东": ("七",), "刘少奇": ("八",), "林彪": ("九",), "周恩来": ("十",), "华国锋": ("十一",),
    "胡耀邦": ("十二",), "赵紫阳": ("十三",), "江泽民": ("十四", "十五", "十六"), "胡锦涛": ("十七", "十八"), "习近平": ("十九", "二十"),
}  # fmt: skip
_REPORT = regex("政府工作报告")
_NATIONAL = regex("国务院|全国人民代表大会")
_YEAR = regex(r"(?<!\d)(?:19|20)\d{2}(?=年)")


def giver(title: str, front: str) -> str:
    """Who gave the report with that folded title and front; "" where it is none of these."""
    number = congress_of(title)
    if number:
        return next((name for name, numbers in _REPORTED.items() if number in numbers), "")
    year = _YEAR.search(title) or _YEAR.search(front)
    if year is None or not _REPORT.search(title) or not _NATIONAL.search(f"{title} {front}"):
        return ""
    return next((name for name, years in _PREMIERS.items() if int(year.group()) in years), "")
