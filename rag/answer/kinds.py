"""Kinds: which kind of answer a question asks for.

Told by its question words (`interrogatives`), or without any by a verb that asks (总结一下), by how it ends (的增速, 吗) or by a list
that it counts (五个必须). Every pattern is general grammar of asking in Chinese, office and everyday; none names a thing of any document.
"""

from __future__ import annotations

import re

from rag.answer.classifiers import CN, COUNTED, MEASURES
from rag.answer.congresses import CONGRESS
from rag.answer.interrogatives import DIFFERENCES, Kind, asked_by_words, uniform
from rag.writing.patterns import any_of, regex

# Of several kinds that are asked for the first is answered.
_RANKS: tuple[Kind, ...] = (
    "other", "compare", "summary", "why", "figure", "when", "who", "where", "list", "yes_no", "how", "definition",
)  # fmt: skip
# What asks without a question word.
_WITHOUT: dict[Kind, re.Pattern[str]] = {
    "other": regex("(?:多久|多长时间|[几隔]年|几个月|几天)[^,，。?？]{0,8}一[次回]"),
    "compare": any_of(
        "对比|比较?一[下比]|(?<![a-z])vs(?![a-z])",
        f"相比.{{0,6}}(?:{DIFFERENCES})|有(?:哪里)?(?:{DIFFERENCES})",
        "一样不一样|(?:一样|一致)[吗嘛么不没]|是否一[样致]",
        "(?:各自?|分别)(?:点到|提|讲|说|强调|部署|围绕)",
        "(?:谁|哪[个篇份边])[^,，。?]*?(?:更[\u4e00-\u9fff]{1,3}|[高低多大小快慢强]|(?<!多)少)(?=[,，?？。]|$)",
    ),
    "summary": any_of(
        "(?:总结|提炼|梳理)(?![出了的]|过去)|小结|提纲|概[括述]|归纳|摘要|大意|主要(?:内容|讲|说|精神)|浓缩|要点(?:是|有|都|呢|$)",
        "简[要单]地?[讲说](?:[讲说]|一下)|框架.{0,4}[理列捋]|(?<![治管办处整受审护代清料合修])[理捋]一[下理捋遍]",
    ),
    "why": regex("原因(?:是|有|在|呢|[?？]|$)|理由(?:是|呢|[?？])"),
    "figure": any_of(
        "(?:具体|准确|确切)的?数[字据值]|数[字值][,，。!?？]|数据[?？。]?$",
        "(?:增[速幅]|增长率|[占比]重|[占比]比|比例|[金总]额|(?<=[成资售交入出易])额|规模|数[量值]|[涨降]幅|均价|目标值)"
        "(?:[是为呢]|有多|怎么样?|情况)?[?？]?$",
        "^(?![^,，]*(?:怎|如何|为何|什么|咋|谁|哪)).*(?:[产总]量|产值|增加值|强度|面积|里程|吞吐量|装机(?:容量)?|浓度|[人户]数"
        "|(?:就业|失业|覆盖|利用|合格|优良|达标|普及|入学|参保|城镇化|贡献|增长)率)(?:(?:20)?\\d{2}年)?的?(?:目标)?[?？]?$",
    ),
    "when": regex("[期时]限|日期|时间是"),
    "list": any_of(
        rf"[(（][这那共]?(?:[{CN}]{{1,2}}|\d+){MEASURES}[)）]|(?<![第{CN}\d])(?:[{CN}]{{1,2}}|\d{{1,2}}){COUNTED}",
        rf"[{CN}\d]{MEASURES}.{{0,14}}呢$|分别[是指为有]|列(?:一下|出|举)",
        "^(?!.*怎么).*的(?:重点|主要)?(?:工程|项目|任务|措施|举措|原则|问题|困难|不足|领域|行业|要求|对象|条件|材料)[?？。]?$",
        "(?:要求|原则|任务|措施|方面|重点|目标|特点|建议|主张|举措|经验|工程|行动|关系)[是有]?[,，:： ]?"
        rf"[这那]?(?:[{CN}]{{1,2}}|\d+){MEASURES}[?？。]?$",
    ),
    "how": regex("采取|做法|(?:办法|路子|招数|打算|思路)[?？。]?$"),
    "definition": regex("含义|定义|解释一下|定位(?:分别|各自?)?(?:是|为)?[?？]?$"),
    "yes_no": any_of(
        "(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|[是能可]否|还是|(?:[吗嘛]|(?<![什怎那这多])么)[?？。!]*$|没有?[?？]?$|了没",
        "[能可让准许还是].{0,12}不[?？]?$",
        "是(?!怎么|什么|谁)[\u4e00-\u9fff]{1,8}的[?？]$",
    ),
}
# After a question that asks something itself: ...吗,报告里怎么说的.
_HOW_TOLD = regex("[,，。?？! ]+[^,，。?？ ]{0,10}怎么(?:说|讲|答|回答|提|写|表述)的?[?？。]?$")


def kind_of(folded: str) -> Kind:
    """The kind of the folded question; a congress in short (十四大) counts nothing."""
    wording = _wording(folded)
    told = _HOW_TOLD.sub("", wording)
    return (_first(told) if told != wording else None) or _first(wording) or "other"


def asks(folded: str) -> bool:
    """Whether a folded wording has any of the forms in which something is asked."""
    return _first(_wording(folded)) is not None


def _wording(folded: str) -> str:
    return uniform(CONGRESS.sub("大会", folded))


def _first(wording: str) -> Kind | None:
    """The first of the kinds that a uniform wording asks for."""
    by_words = set(asked_by_words(wording))
    return next((kind for kind in _RANKS if kind in by_words or (kind in _WITHOUT and _WITHOUT[kind].search(wording))), None)
