"""What is counted and how many: the classifiers (量词) of a question, and the size of list that it names."""

from __future__ import annotations

from rag.answer.abbreviations import abbreviations
from rag.answer.congresses import CONGRESS
from rag.writing.numerals import integer
from rag.writing.patterns import any_of

CN = "一二三四五六七八九十两"
MEASURES = "(?:[个种项条点类件步层重组句方些份样对块招处]|大(?![说报会以精的上召里时]))"
# What is counted at the end of a wording: 五个必须, 四点看法. A 点 alone may be an hour.
OPINIONS = "看法|意见|建议|主张|要求|希望|体会|措施|任务|原则|倡议|认识|做法|启示|经验"
COUNTED = (
    f"(?:(?:[项条种件类]|大(?![会学家道报精以])|个)(?:(?![啥什哪谁怎多几])[\u4e00-\u9fff]){{1,6}}|点(?:{OPINIONS}))(?:[?？。,，\\s]|$)"
)
_NUMBER_ASKED = any_of(
    rf"[(（](?:这|那|共)?(?P<f>[{CN}]{{1,2}}|\d+){MEASURES}[)）]",
    rf"(?<![第{CN}\d])(?P<d>[{CN}]{{1,2}})(?:大类|大|个|项|条|点|种|类|方面)(?:的)?(?:任务|主张|要求|措施|重点|方面|问题|机遇|原则|目标|意见|建议|经验|特征|工程|行动|举措)",
    rf"哪(?P<a>[{CN}]{{1,3}}|\d+)(?:{MEASURES}|位)|那(?P<c>[{CN}]){MEASURES}",
    rf"(?<![第{CN}\d])(?P<e>[{CN}]{{1,2}}|\d{{1,2}}){COUNTED}",
    rf"(?<![第{CN}\d])(?P<b>[{CN}]{{1,2}}|\d+){MEASURES}(?!点|月)(?:方面)?.{{0,14}}(?:是什么|是啥|指什么|指啥|包括|分别|有哪|是哪|哪些|呢|内容)",
)
NUMBER_WORD = any_of(
    "[一二三四五六七八九十两](?:[个种项条点类句步]|大类|方面)(?=话|的|$|[?？,，]|是|分别|有)", "[那这](?:份|个|次|篇|件|项|种|位|两份|几份)"
)
_FEWEST, _MOST = 2, 40  # of a list that a question can name the size of


def number_asked(folded: str) -> int | None:
    """How many things a folded question says that it asks for; None where it tells no number."""
    folded = CONGRESS.sub("大会", folded)  # 十八大 counts nothing
    matches = list(_NUMBER_ASKED.finditer(folded))
    if not matches:
        abbreviated = abbreviations(folded)
        return (abbreviated[0].number or None) if len(abbreviated) == 1 else None
    values = (integer(match["a"] or match["b"] or match["c"] or match["d"] or match["e"] or match["f"]) for match in matches)
    return next((value for value in values if value is not None and _FEWEST <= value <= _MOST), None)
