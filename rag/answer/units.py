"""The unit that a question names (几平方公里, 多少名代表), and whether a figure tells the same sort of thing."""

from __future__ import annotations

import re

from rag.answer.fact import Fact
from rag.answer.question import Question
from rag.writing.figures import PEOPLE
from rag.writing.fold import fold
from rag.writing.patterns import regex

_AREA = ("公顷", "平方", "平方公里", "平方米", "亩")
_LENGTH = ("公里", "千米", "米")
_VOLUME = ("立方", "立方米", "升")
_POWER = ("千瓦", "兆瓦", "千瓦时", "度")
_WEIGHT = ("吨", "公斤", "斤", "千克", "克", "毫克", "微克", "万吨标煤", "吨标煤", "吨标准煤")
_MEASURED = (_AREA, _LENGTH, _VOLUME, _POWER, _WEIGHT)
_N = "(?:多少|几)(?:百|千|万|亿)*"
_PEOPLE = ("人", "名", "位", "人次")
_END = "(?:[是有为达到共要多几,，?？。]|$)"
_OVER = "[了呢]?(?:[,，?？。]|$)"
# What is asked for, by the unit or else by its name, and the units that tell it: 671个县 is no 人数. The first row that fits tells.
_BY_UNIT: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (regex(f"{_N}(?:个人(?=[?？,，了在是]|$)|人(?!均)|[名位])"), _PEOPLE),
    (regex(f"(?:{PEOPLE})(?:一共|总共|共|大?约|大概|发展到|达到?|增加到)?有?{_N}个?{_OVER}"), _PEOPLE),
    (regex(f"{_N}(?:公顷|平方|亩)"), _AREA),
    (regex(f"{_N}(?:公里|千米|米)"), _LENGTH),
    (regex(f"{_N}立方"), _VOLUME),
    (regex(f"{_N}(?:千瓦|兆瓦)"), _POWER),
    (regex(f"{_N}(?:公斤|斤|吨|克)"), _WEIGHT),
)
_BY_NAME: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (regex(f"人数|人口(?:总?数量?|总量|规模)?{_END}"), _PEOPLE),
    (regex(f"(?:企业|公司|机构|单位|工厂|家)数(?:量|目)?{_END}"), ("家", "户", "个", "所")),
    (regex(f"户数{_END}"), ("户",)),
    (regex(f"(?:国家|[省市县区乡镇村])数(?:量|目)?{_END}"), ("个",)),
    (regex(f"面积{_END}"), _AREA),
    (regex(f"(?:里程|长度){_END}"), _LENGTH),
)
# Things that are counted one by one have no area, length or weight.
_THINGS = regex("(?:多少|几)(?:百|千|万|亿)*(?:个(?!百分|点|月|小时|工作日)|[家项条座所台辆套件场处种类份篇户])")
_DURATION_ASKED = regex(
    "(?:多少|几)个?(?:百|千|万)?(?:年|月|周|季度|天|日|小?时|分钟|工作日)|多[久长]|时[间长限效]"
    "|(?<![预长中近早后时一二三四])期(?:限|是|为|有|多|共|要|$)|年[限数]|[工学]时|寿命|天数"
)
_NEAR = 6  # characters after a number in which stands what it counts
_CALLED_ASKED = regex("(?:多少|几)(?:[大重]|[个项件种条])|几个?$|多少个$")
_CALLED = ("大", "重")  # 十大工程, 双重任务: what is called by its number answers only where that is asked for


def units_asked(folded: str) -> tuple[str, ...]:
    """The units of which one tells what a folded question asks for; none where any may."""
    sorts = _BY_UNIT if _THINGS.search(folded) else (*_BY_UNIT, *_BY_NAME)
    return next((units for asks, units in sorts if asks.search(folded)), ())


def tells_the_same(question: Question, fact: Fact) -> bool:
    """Whether the figure can tell what is asked for in a unit: an area no length, and people nothing else that is counted."""
    asked, unit = fold(question.understood), fact.figure.unit
    if fact.figure.kind == "duration":
        return "duration" in question.measures or _DURATION_ASKED.search(asked) is not None
    if fact.figure.kind != "count":
        return True
    if unit in _CALLED:
        return _CALLED_ASKED.search(asked) is not None
    units = units_asked(asked)
    if not units:
        return not (_THINGS.search(asked) and any(unit in one for one in _MEASURED))
    return unit in units or (units is _PEOPLE and unit == "个" and fact.figure.value > 1 and _is_named(question, fact))


def _is_named(question: Question, fact: Fact) -> bool:
    """Whether a word of the question follows the figure, which counts it so (三个工人)."""
    counted = fact.texts[0][fact.figure.end : fact.figure.end + _NEAR]
    return any(term.text in counted for term in question.terms if len(term.text) > 1)
