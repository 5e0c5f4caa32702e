"""Question words: which kind of answer a folded question asks for, and which of its words only ask.

Every pattern is general grammar of asking in Chinese, office and everyday; none names a thing of any document.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["figure", "list", "definition", "how", "why", "who", "when", "where", "yes_no", "compare", "summary", "other"]

CN = "一二三四五六七八九十两"
MEASURES = "(?:[个种项条点类件步层重组句方些份]|大(?![说报会以精的上召里时]))"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


# The first kind of which a pattern is found wins.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "compare",
        _any(
            "对比|比较一下|相比.{0,6}(?:不同|区别|变化)",
            "有(?:什么|哪些|何)?(?:不同|区别|差别|异同|变化)|(?:不同|区别|异同|差异)在哪",
            "各(?:自)?(?:提|讲|说|是怎么|有什么|强调|怎么|部署|是多少|多少)",
            "分别(?:怎么|如何|是怎么|提|讲|说|强调)",
            "谁(?:更|的.{1,12}更)[高低多少大小快慢]|哪个(?:更|的.{1,12}更)[高低多少大小快慢]",
        ),
    ),
    (
        "summary",
        _any(
            "总结(?!出|了|的)|概括|归纳|概述|梳理|摘要|大意|主要(?:内容|讲|说|精神)",
            "[讲说]了(?:些)?(?:什么|啥|哪些)|部署了(?:哪些|什么|啥)",
        ),
    ),
    ("why", _any("为(?:什么|啥|何)|(?:什么|啥|何种|哪些)原因|原因(?:是|有|在)", "怎么会|何以|缘何|凭什么|凭啥")),
    (
        "figure",
        _any(
            "多少|(?:具体|准确)?(?:数字|数据|数值)[,，。!?？]|几成|百分之几",
            "(?:是|有|占|达|到|增长|上升|下降|提高|回落|了|去|大概)几(?:个)?(?:百分)?点|几个(?:百分)?点",
            "几(?:年|个月|天|小时|亿|万|元|家|户|人|公里|亩|吨|倍|次|所|座|套|起|辆|斤|张)",
            "多(?:大|高|长|久|快|远|重)(?!的)",
            "(?:增速|增幅|增长率|比重|占比|比例|金额|总额|规模|数量|涨幅|降幅|数值|均价|目标值)(?:是|为|呢|有多|咋样|怎么样|如何|情况)?[?？]?$",
            "(?:是|达到|完成)(?:了)?(?:什么|啥)(?:数|水平)",
        ),
    ),
    (
        "when",
        _any(
            "什么时候|什么时间|啥时候|啥时|何时|哪(?:一)?(?:年|天|月|日|个月|时候)|几(?:月|号|点钟|时)",
            "什么日子|多会儿|期限|时限|日期|时间是|截至(?:什么|啥|哪)",
        ),
    ),
    ("definition", _any("(?<![几些项])指(?:的是)?(?:什么|啥|哪)")),
    (
        "list",
        _any(
            rf"哪(?:[{CN}]|\d+)?(?:{MEASURES}|几|方面)|有哪|哪[几些]|几{MEASURES}",
            rf"[{CN}\d]{MEASURES}.{{0,14}}(?:分别)?(?:是什么|是啥|指什么|指啥|包括什么|包含什么|有什么|都有啥|是哪|呢$)",
            "分别(?:是|指|为|有)|包括(?:什么|啥)|都(?:有|是|包括)(?:什么|啥|谁)|列(?:一下|出|举)",
            "(?:有|存在)(?:什么|啥)(?:问题|困难|不足|要求|措施|任务|重点|工作|特点|目标)",
        ),
    ),
    (
        "who",
        _any(
            "是谁|谁(?:来|去|是|说|提|讲|负责|牵头|主持|出席|作|做|给)?|什么人|叫(?:什么|啥)(?:名字|名)?",
            "哪(?:位|个人|些人|个部门|个单位|家单位|家企业|个企业|家公司)",
            "由.{0,4}(?:谁|什么部门|哪)|(?:什么|啥)(?:部门|单位|机构)",
        ),
    ),
    ("where", _any("在哪(?:里|儿|个地方)?|哪(?:里|儿|个地方|个城市|个省)|什么地方|啥地方|何处|何地")),
    ("how", _any("怎(?:么|样|麽|莫)|如何|咋|怎办|(?:什么|啥|哪种)(?:办法|措施|方式|途径|方法|手段)|做法|采取")),
    (
        "definition",
        _any(
            "什么是|是什么|是啥|(?:什么|啥)叫|指(?:的是)?(?:什么|啥)|什么意思|啥意思|含义|定义|何谓|何为|算(?:是)?(?:什么|啥)",
            "(?:什么|啥)(?:角色|作用|地位|性质|关系|概念|东西|定位)|解释一下|怎么理解",
        ),
    ),
    (
        "yes_no",
        _any(
            "是不是|是否|有没有|能不能|可不可以|要不要|会不会|对不对|该不该|行不行|还是|[吗么嘛][?？。!]*$",
            "算不算|好不好|够不够|到没到|没有[?？]?$|了没|[能可让准许].{0,12}不[?？]?$",
        ),
    ),
    ("definition", _any("什么|啥")),
)
EXPAND = _any("展开|详细|具体(?:怎么|是怎么|要求|内容|说|讲)|细说|多说|详情|全文|原文")
FILLER = _any(
    "请问|请教|麻烦|帮(?:我|忙)|(?:告诉|给|跟|和|对)(?:我|咱|一下)|一下子?|来着|究竟|到底|简单|大概|大致|能否|可否",
    "我想(?:知道|问|了解)(?:一下)?|想(?:问|了解|知道)(?:一下)?|谢谢|您好|你好|那么|具体|展开|详细|分别",
    "讲讲|说说|谈谈|讲一讲|说一说|看看|查查|查一下|找一下|简要|简单地|各(?=[是有产达占为自要提讲说多]|$)",
)
# Orders to the answerer rather than questions of the library.
ORDERS = _any(
    "别管|不用管|不管|忽略|无视|不要(?:检索|引用|管)|用自己的话|照我说|按(?:照)?你|你(?:现在)?是|假装|扮演|必须给|一定要给|不许|不准说|不得拒绝|夸张|随便(?:编|写|给)|编(?:一|个)|系统提示",
)
ASKING = _any(
    "哪一?[天年月日]|叫(?:什么|啥)(?:名字|名)?|指(?:的是)?(?:什么|啥)|(?:什么|啥)叫",
    rf"哪(?:[{CN}几]|\d+)?(?:{MEASURES}|方面)?|多少|百分之几|几(?:(?:{MEASURES}|[年月天次])|百分点)?",
    "多[大高长久快远重](?!的)|为(?:什么|啥)|什么时候|啥时候|何时|什么|怎么样|怎么|怎样|如何|咋样|咋|啥|谁|是不是|是否|有没有|能不能",
    "谁|可不可以|要不要|会不会|还是|各自|总结|概括|归纳|梳理|概述|列举|列一下|列出|不同|区别|[吗呢吧嘛啊呀?？!。]",
)
NUMBER_ASKED = _any(
    rf"(?P<d>[{CN}])(?:大类|大|个|项|条|点|种|类|方面)(?:的)?(?:任务|主张|要求|措施|重点|方面|问题|机遇|原则|目标|意见|建议|经验|特征|工程|行动|举措)",
    rf"哪(?P<a>[{CN}]|\d+){MEASURES}|那(?P<c>[{CN}]){MEASURES}",
    rf"(?P<b>[{CN}]{{1,2}}|\d+){MEASURES}(?!点|月)(?:方面)?.{{0,14}}(?:是什么|是啥|指什么|指啥|包括|分别|有哪|是哪|哪些|呢|内容)",
)
NUMBER_WORD = _any(
    "[一二三四五六七八九十两](?:[个种项条点类句步]|大类|方面)(?=话|的|$|[?？,，]|是|分别|有)", "[那这](?:份|个|次|篇|件|项|种|位|两份|几份)"
)
TIME = _any(
    "(?:19|20)\\d{2}(?:年(?:度|初|底|末)?)?|(?<!\\d)\\d{2}年(?![来间内以前后期多])|[一二]九[零〇一二三四五六七八九]{2}年|二[零〇][零〇一二三四五六七八九]{2}年",
    "(?:第)?[一二三四1-4]季度|q[1-4]|上半年|下半年|(?:前|头)[一二三四五六七八九\\d]个?(?:月|季度)",
    "\\d{1,2}月(?:份|末|底|初)?|[一二三四五六七八九十]{1,2}月(?:份|末|底|初)|\\d{1,2}[-至]\\d{1,2}月|“?十[一二三四]五”?",
    "(?<![比较与])(?:今年(?:以来)?|本年度?|去年|上一?年|前年|明年)(?!同期|同月|四季度|第四季度)",
)
_SLIPS = (("多小", "多少"), ("有那些", "有哪些"), ("那几", "哪几"), ("那些方面", "哪些方面"), ("怎莫", "怎么"), ("怎麽", "怎么"))


def spelled(folded: str) -> str:
    """`folded` with the usual slips in question words put right."""
    for slip, meant in _SLIPS:
        folded = folded.replace(slip, meant)
    return folded


def kind_of(folded: str) -> Kind:
    """The kind of the folded question."""
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "other")


def asked_part(wording: str) -> str:
    """What of `wording` asks: without sentences that ask nothing, where another does, and without orders to the answerer."""
    sentences = [part for part in re.split(r"(?<=[。！!?？;；\n])|对了[,，]?|另外[,，]?", wording) if part and part.strip()]
    asking = [part for part in sentences if kind_of(spelled(part)) != "other"]
    kept = "".join(asking) if asking and len(asking) < len(sentences) else wording
    clauses = re.split(r"(?<=[,，:：。!！])", kept)
    free = [clause for clause in clauses if not ORDERS.search(clause)]
    return "".join(free) if len(free) < len(clauses) and any(len(clause) > 4 for clause in free) else kept
