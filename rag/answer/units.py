"""The unit that a question names (几平方公里, 多少名代表), and whether a figure tells the same sort of thing."""

from __future__ import annotations

from rag.answer.fact import Fact
from rag.answer.question import Question
from rag.writing.fold import fold
from rag.writing.patterns import regex

_ASKED = regex(
    "(?:多少|几)(?:百|千|万|亿)*(?P<u>公顷|平方|亩|公里|千米|立方|千瓦|兆瓦|公斤|斤|吨|克|人|名|位|米)"
)
_SORTS = (
    ("公顷", "平方", "平方公里", "平方米", "亩"),
    ("公里", "千米", "米"),
    ("立方", "立方米", "升"),
    ("千瓦", "兆瓦", "千瓦时", "度"),
    ("吨", "公斤", "斤", "千克", "克", "毫克", "微克", "万吨标煤", "吨标煤", "吨标准煤"),
)
# Things that are counted one by one have no area, length or weight.
_THINGS = regex("(?:多少|几)(?:百|千|万|亿)*(?:个(?!百分|点|月|小时|工作日)|[家项条座所台辆套件场处种类份篇户])")
_DURATION_ASKED = regex(
    "(?:多少|几)个?(?:百|千|万)?(?:年|月|周|季度|天|日|小?时|分钟|工作日)|多[久长]|时[间长限效]"
    "|(?<![预长中近早后时一二三四])期(?:限|是|为|有|多|共|要|$)|年[限数]|[工学]时|寿命|天数"
)
_PEOPLE = ("人", "名", "位", "人次")
_NEAR = 6  # characters after a number in which stands what it counts
_CALLED_ASKED = regex("(?:多少|几)(?:[大重]|[个项件种条])|几个?$|多少个$")
_CALLED = ("大", "重")  # 十大工程, 双重任务: what is called by its number answers only where that is asked for


def tells_the_same(question: Question, fact: Fact) -> bool:
    """Whether the figure can tell what is asked for in a unit: an area no length, and people nothing else that is counted."""
    asked = _ASKED.search(fold(question.understood))
    unit = fact.figure.unit
    if fact.figure.kind == "duration":
        return "duration" in question.measures or _DURATION_ASKED.search(fold(question.understood)) is not None
    if fact.figure.kind != "count":
        return True
    if unit in _CALLED:
        return _CALLED_ASKED.search(fold(question.understood)) is not None
    if asked is None:
        return not (_THINGS.search(fold(question.understood)) and any(unit in sort for sort in _SORTS))
    if asked["u"] in _PEOPLE:
        return unit in _PEOPLE or (unit == "个" and fact.figure.value > 1 and _is_named(question, fact))
    sort = next((sort for sort in _SORTS if asked["u"] in sort), None)
    return sort is None or unit in sort


def _is_named(question: Question, fact: Fact) -> bool:
    """Whether a word of the question follows the figure, which counts it so (三个工人)."""
    counted = fact.texts[0][fact.figure.end : fact.figure.end + _NEAR]
    return any(term.text in counted for term in question.terms if len(term.text) > 1)
