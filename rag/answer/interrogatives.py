"""Question words: each with what it is asked of, and the kind of answer that the two ask for together.

A question word's everyday and written forms are first made one (啥 and 何种 are 什么, 咋 and 如何 are 怎么). Then what stands right
before and right after it tells: 什么时候, 有什么困难, 为什么, 几个百分点, 哪几个. How the clause goes on further away is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from rag.answer.classifiers import CN, MEASURES
from rag.writing.patterns import regex

Kind = Literal["figure", "list", "definition", "how", "why", "who", "when", "where", "yes_no", "compare", "summary", "other"]
END = "[了呢]?[?？。]?$"

# Forms of a question word, and the one that stands for all of them below.
_FORMS = (
    (regex("如何|怎(?=[办样])|咋"), "怎么"),
    (regex("啥|何种"), "什么"),
    (regex("什么时(?!候)间?|多会儿|(?<!任)何时|几时"), "什么时候"),
    (regex("(?<!任)何[地处]"), "什么地方"),
    (regex("何谓|何为"), "什么是"),
    (
        regex("何以|[缘为]何|凭什么|干[嘛吗](?=要|还|非)|怎么样?考虑(?=的)|出于什么考虑|怎么(?=会|(?:来|形成|造成|产生|引起|导致)的)"),
        "为什么",
    ),
    (regex("有何"), "有什么"),
    (regex("几多|百分之几|几成"), "多少"),
)

# What is asked for by its name: 什么原因, 哪个部门.
DIFFERENCES = "不同|区别|差[别异]|异同|变化|不一样"
CAUSES = "原因|理由|缘[故由]|起因|造成|导致|引[起发]"
_TIMES = "年|天|月|日(?!常)|时候|时间(?!点)|时点|日子|节日?|季度|月份"
_BODIES = "位|人|部门|单位|企业|公司|机构|局|厅|委|队伍"
_PLACES = "地方|地区|城市|省|国家|市|县"
WAYS = "办法|法子|方[式法]|途径|手段|招数?|路子|门路|点子|条路(?=[找筹走来解])"
_OF_WAYS = "[^\\W和与及跟问困]{0,4}?"  # 培训办法, 约束手段: of what kind the ways are
# What is had but not listed: 有什么意义.
_UNLISTED = "时候|关系|意思|意义|作用|用|影响|说法|看法"
# 成为什么样的人, 作为什么, 称为什么, 认为什么 ask for no reason; 完成为什么, 工作为什么 do.
_FOR = "(?<!(?<![完形建达组构促])成)(?<!(?<![工合协动制写操运劳创])作)(?<!(?<!名)称)(?<!(?<![确承公])认)为"

_Row = tuple[Kind | None, str, str]
_SEVERAL: tuple[_Row, ...] = (("compare", "", DIFFERENCES), ("why", "", CAUSES), ("how", "", f"{_OF_WAYS}(?:{WAYS})"), ("list", "", ""))
# Of each word what stands before and after it, and what then is asked for; the first row that fits tells. None: nothing is asked there.
_ROWS: dict[str, tuple[_Row, ...]] = {
    "多少": (("compare", "各(?:自|是)?", ""), ("figure", "", "")),
    "多": (("figure", "", ""),),
    "几": (
        ("other", "第", "[次届个位条章批期号名]"),
        ("when", "", "月|号|点钟"),
        (None, "[这那好近后头]|(?<!提)前", ""),
        ("list", "分[为成]?", ""),
        ("figure", "", f"个?百分点|个(?:点|工作日|月)|工作日|年(?![来前以之里间])|块?钱|个[钱人]|块{END}|份"),
        ("figure", "[是有占达到长升降高落了去概]", f"点{END}"),
        ("figure", "[有共占了到为计数]|[建办开落]成|[目业人户村县市校员会构车船]", f"[个项条种处件家]{END}"),
        ("figure", "[总共]共", ""),
        ("list", "", MEASURES),
        ("figure", "", "[^\\W年]"),
    ),
    "哪些": (("summary", "[讲说署]了", ""), ("definition", "指(?:的是)?", ""), *_SEVERAL),
    "哪几": _SEVERAL,
    "哪": (
        ("compare", "", f"[里儿个]?(?:{DIFFERENCES})"),
        ("compare", f"(?:{DIFFERENCES}|差)在", ""),
        ("when", "", f"一?个?(?:{_TIMES})"),
        ("who", "", f"一?[个家所支]?(?:{_BODIES})|所"),
        ("who", "由.{0,4}", ""),
        ("list", "都是", ""),
        ("where", "", f"[里儿]|一?[个座]?(?:{_PLACES})"),
        ("where", "在", "(?![个项份篇次种])"),
        ("definition", "指(?:的是)?", ""),
        ("list", "", f"{MEASURES}|方面"),
    ),
    "什么": (
        ("compare", "", DIFFERENCES),
        ("compare", "各自?[是有]", ""),
        ("summary", "[讲说署]了些?", ""),
        ("why", "", f"{CAUSES}|不好|[坏害]处"),
        ("why", _FOR, ""),
        ("when", "", "时候|日子|节日|时间(?!段|表)"),
        ("where", "", "地方"),
        ("figure", "(?:是|达到|完成)了?", "数(?!据)|水平"),
        ("how", "", f"样?的?{_OF_WAYS}(?:{WAYS}|措施|程序|流程|步骤|环节)"),
        ("list", f"[{CN}\\d]{MEASURES}.{{0,14}}(?:是|指|包[括含]|有|讲|说)(?:的是|了)?", ""),
        ("list", "分别[是指为有]|包括|都(?:有|是|包括)|些", ""),
        ("list", "有|存在", f"(?!{_UNLISTED})[\u4e00-\u9fff]{{2}}"),
        ("who", "(?<![是个])", "人|部门|单位|机构"),
        ("who", "叫|名", f"名|{END}"),
        ("definition", "", ""),
    ),
    "怎么": (
        ("compare", "(?:各自?|分别)是?", ""),
        ("why", "", f"[就都老总]?(?:没|不(?!断|懈|同|折))|越.越|{CAUSES}"),
        ("definition", "", "[来去]?(?:理解|解释)|[^,，。]{0,14}(?:定义|界定|定性|定位)|算|一?回事"),
        ("definition", "[是算](?:一?[个种])?", "样的"),
        ("how", "", ""),
    ),
    "谁": (("list", "都[是有]|分别是(?:谁[和跟与])?", ""), ("who", "", "")),
}
# 哪 with a number (哪五个, 哪五向 at the end) asks as 哪几 does.
_WORDS = regex(
    f"哪(?:些|几|两|[{CN}\\d]{{1,3}}(?!个?[年月天日])(?={MEASURES}|[\u4e00-\u9fff]{{1,2}}[?？。]?$))"
    "|多少|多(?=[大高长久快远重](?!的))|几|哪|什么|怎么|谁"
)
_FITTING = {word: tuple((kind, regex(f"(?:{before})$"), regex(after)) for kind, before, after in rows) for word, rows in _ROWS.items()}


def uniform(folded: str) -> str:
    """`folded` with every question word in the one form that stands for all."""
    for forms, word in _FORMS:
        folded = forms.sub(word, folded)
    return folded


def asked_by_words(wording: str) -> Iterator[Kind]:
    """What each question word of a uniform wording asks for."""
    for match in _WORDS.finditer(wording):
        kind = _asked(wording, match)
        if kind is not None:
            yield kind


def _asked(wording: str, word: re.Match[str]) -> Kind | None:
    for kind, before, after in _FITTING.get(word.group(), _FITTING["哪几"]):
        if after.match(wording, word.end()) and before.search(wording, 0, word.start()):
            return kind
    return None
