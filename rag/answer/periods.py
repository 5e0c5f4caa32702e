"""Times that a wording names: years in two or four figures, quarters, months, 去年."""

from __future__ import annotations

from rag.writing.patterns import any_of

_NO_YEAR_BEFORE = "(?<![\\d前后近过去满第约余多整点〇零一二三四五六七八九十百千万亿])"  # 近20年, 第22年, 三十八九年
_NO_YEAR_AFTER = "(?=年)(?!年(?:[来间内以之前后期多平代]|时间))"
# A year in two figures, before its 年: 22, 五八; 五六 and its like only where it counts no years (用了五六年).
SHORT_YEAR = (
    f"{_NO_YEAR_BEFORE}(?:[5-9]\\d(?=年以来)|(?:\\d{{2}}|(?!五六|六七|七八|八九)[五六七八九〇零][〇零一二三四五六七八九]){_NO_YEAR_AFTER}"
    f"|(?<![了用花要需有干等费])(?:五六|六七|七八|八九){_NO_YEAR_AFTER}(?!年[才就]))"
)
LONG_YEAR = "(?:19|20)\\d{2}|[一二][〇零0九][〇零0一二三四五六七八九]{2}(?=年)"
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")
TIME = any_of(
    "[一二三四]季度末|(?<![一二三四])季末|月末",
    f"(?:{LONG_YEAR})(?:年(?:度|初|底|末)?)?|(?:{SHORT_YEAR})年",
    "(?:第)?[一二三四1-4]季度|q[1-4]|上半年|下半年|(?:前|头)[一二三四五六七八九\\d]个?(?:月|季度)",
    "\\d{1,2}月(?:份|末|底|初)?|[一二三四五六七八九十]{1,2}月(?:份|末|底|初)|\\d{1,2}[-至]\\d{1,2}月|(?<!第)十[一二三四五]五",
    "(?<![比较与跟])(?:今年(?:以来)?|本年度?|去年|上一?年|前年|明年)(?!同期|同月|四季度|第四季度)",
)


def year_of(written: str) -> int:
    """The year that is `written` in two or four figures or characters: 06 is 2006, 五八 is 1958."""
    year = int(written.translate(_FIGURES))
    return year if len(written) == 4 else 2000 + year if year < 50 else 1900 + year
