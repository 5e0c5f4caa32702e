"""What a question asks: its kind, its content words, its times and places, the size of list it names.

Reads the question alone; the library's part (unknown words, speeches that it names) is `wording` and `scope`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.answer.synonyms import Synonyms
from rag.writing.figures import FigureKind
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.words import Word, words

Kind = Literal["figure", "list", "definition", "how", "why", "who", "when", "where", "yes_no", "compare", "summary", "other"]

_CN = "一二三四五六七八九十两"
_M = "个种项条点类件步层重组句方大些份"
# First match wins; every pattern reads folded text.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("compare", r"对比|比较一下|相比.{0,6}(?:不同|区别|变化)|有(?:什么|哪些|何)?(?:不同|区别|差别|异同|变化)|(?:不同|区别|异同|差异)在哪|各(?:自)?(?:提|讲|说|是怎么|有什么|强调|怎么|部署)|分别(?:怎么|如何|是怎么|提|讲|说|强调)"),
        ("summary", r"总结|概括|归纳|概述|梳理|摘要|大意|主要(?:内容|讲|说|精神)|讲了(?:些)?(?:什么|啥|哪些)|说了(?:些)?(?:什么|啥|哪些)|部署了(?:哪些|什么|啥)"),
        ("why", r"为(?:什么|啥|何)|(?:什么|啥|何种|哪些)原因|原因(?:是|有|在)|怎么会|何以|缘何|凭什么|凭啥"),
        ("figure", rf"多少|几成|百分之几|(?:是|有|占|达|到|增长|上升|下降|提高|回落|了|去|大概)几(?:个)?(?:百分)?点|几个(?:百分)?点|几(?:年|个月|天|小时|亿|万|元|家|户|人|公里|亩|吨|倍|次|所|座|套)|多(?:大|高|长|久|快|远|重)(?!的)|(?:增速|增幅|增长率|比重|占比|比例|金额|总额|规模|数量|涨幅|降幅|数值|均价|目标值)(?:是|为|呢|有多|咋样|怎么样|如何|情况)?(?:多少)?[?？]?$|(?:是|达到|完成)(?:了)?(?:什么|啥)(?:数|水平)"),
        ("list", rf"哪(?:[{_CN}]|\d+)?(?:[{_M}]|几|方面)|有哪|哪[几些]|几[{_M}]|[{_CN}\d][{_M}].{{0,14}}(?:分别)?(?:是什么|是啥|指什么|指啥|包括什么|包含什么|有什么|都有啥|是哪|呢$)|分别(?:是|指|为|有)|包括(?:什么|啥)|都(?:有|是|包括)(?:什么|啥|谁)|列(?:一下|出|举)|(?:有|存在)(?:什么|啥)(?:问题|困难|不足|要求|措施|任务|重点|工作|特点|目标)"),
        ("who", r"是谁|谁(?:来|去|是|说|提|讲|负责|牵头|主持|出席|作|做|给)?|哪(?:位|个人|些人|个部门|个单位|家单位|家企业|个企业|家公司)|什么人|叫(?:什么|啥)(?:名字|名)|由.{0,4}(?:谁|什么部门|哪)|(?:什么|啥)(?:部门|单位|机构)"),
        ("when", r"什么时候|什么时间|啥时候|啥时|何时|哪(?:一)?(?:年|天|月|日|个月|时)|几(?:月|号|点钟|时)|什么日子|多会儿|截至|期限|时限|到什么时候|日期|时间是"),
        ("where", r"在哪(?:里|儿|个地方)?|哪(?:里|儿|个地方|个城市|个省)|什么地方|啥地方|何处|何地"),
        ("how", r"怎(?:么|样|麽|莫)|如何|咋|怎办|(?:什么|啥|哪种)(?:办法|措施|方式|途径|方法|手段)|做法|采取"),
        ("definition", r"什么是|是什么|是啥|指(?:的是)?(?:什么|啥)|什么意思|啥意思|含义|定义|何谓|何为|算(?:是)?(?:什么|啥)|(?:什么|啥)(?:角色|作用|地位|性质|关系|概念|东西|定位)|解释一下|怎么理解"),
        ("yes_no", r"是不是|是否|有没有|能不能|可不可以|要不要|会不会|对不对|该不该|行不行|还是|[吗么嘛][?？。!]*$|算不算|好不好|够不够|到没到|没有[?？]?$|了没"),
        ("definition", r"什么|啥"),
    )
)
_EXPAND = re.compile(r"展开|详细|具体(?:怎么|是怎么|要求|内容|说|讲)|细说|多说|详情|全文|原文")
_FILLER = re.compile(
    r"请问|请教|麻烦|帮(?:我|忙)|(?:告诉|给|跟|和|对)(?:我|咱|一下)|我想(?:知道|问|了解)(?:一下)?|想(?:问|了解|知道)(?:一下)?|一下子?|来着|究竟|到底|"
    r"简单|大概|大致|能否|可否|谢谢|您好|你好|那么|具体|展开|详细|分别|讲讲|说说|谈谈|讲一讲|说一说|看看|查查|查一下|找一下"
)
_ASKING = re.compile(
    rf"哪(?:[{_CN}几]|\d+)?(?:[{_M}]|方面)?|多少|百分之几|几(?:[{_M}年月天次]|百分点)?|为(?:什么|啥|何)|什么时候|啥时候|何时|什么|怎么样|怎么|怎样|如何|咋样|咋|啥|谁|是不是|"
    r"是否|有没有|能不能|可不可以|要不要|会不会|还是|各自|总结|概括|归纳|梳理|概述|列举|列一下|列出|不同|区别|[吗呢吧嘛啊呀?？!。]"
)
# Words of grammar, and verbs and nouns that every question has; they identify nothing.
_EMPTY_TAGS = ("u", "p", "c", "r", "y", "x", "e", "o", "w", "k", "f", "zg")
_EMPTY_WORDS = frozenset(
    "是 有 为 在 做 讲 说 提 指 算 叫 要 可以 应该 应当 能 会 到 去 来 给 把 让 搞 干 办 弄 进行 包括 包含 方面 情况 内容 东西 事情 时候 部分 一块 这块 "
    "这个 那个 几个 几 多少 哪些 个 种 项 条 点 类 件 了 的 地 得 和 与 及 跟 对 就 都 也 还 又 很 最 更 那 这 其 中 里 上 下 后 前 以 按 一共 总共 目前 现在 "
    "来说 有关 关于 相关 非 非要 多 大 小 人 话 句话 意思 问题是 部署 名字 名 叫做 举个 例子 举例 举 能够 需要 用 得到 做好 做到 抓好 方 关 咱们 咱 我们 他们 准备 怎 文中 文里 文章 材料 库里 资料 "
    "讲话 篇 写 提到 提出 谈到 强调 指出 所说 当 成".split()
)
_NUMBER_ASKED = re.compile(
    rf"哪(?P<a>[{_CN}]|\d+)[{_M}]|(?P<b>[{_CN}]{{1,2}}|\d+)[{_M}](?!点|月)(?:方面)?.{{0,14}}(?:是什么|是啥|指什么|指啥|包括|分别|有哪|是哪|哪些|呢|内容)|那(?P<c>[{_CN}])[{_M}]"
)
_TIME = re.compile(
    r"(?:19|20)\d{2}年?|[一二]九[零〇一二三四五六七八九]{2}年|二[零〇][零〇一二三四五六七八九]{2}年|(?:第)?[一二三四1-4]季度|q[1-4]|上半年|下半年|(?:前|头)[一二三四五六七八九\d]个?(?:月|季度)|"
    r"\d{1,2}月(?:份|末|底|初)?|[一二三四五六七八九十]{1,2}月(?:份|末|底|初)|\d{1,2}[-至]\d{1,2}月|“?十[一二三四五]五”?"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. `variants` mean the same; `tag` is its part of speech."""

    text: str
    tag: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `understood` is the wording that is searched and shown to the user.

    `phrases` are its stretches without question words and marks, as they stand.
    """

    text: str
    understood: str
    kind: Kind
    terms: tuple[Term, ...]
    measures: frozenset[FigureKind]
    number: int | None
    times: tuple[str, ...]
    expand: bool
    phrases: tuple[str, ...] = ()


def kind_of(folded: str) -> Kind:
    """The kind of the folded question."""
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "other")


def understand(text: str, understood: str, synonyms: Synonyms, *, kind: Kind | None = None) -> Question:
    """The question `text`, read in the wording `understood`."""
    folded = fold(understood).replace("多小", "多少").replace("有那些", "有哪些").replace("那几", "哪几")
    number = _number(folded)
    found = kind or kind_of(folded)
    if kind is None and number is not None and found in ("definition", "other"):
        found = "list"
    return Question(
        text=text,
        understood=understood,
        kind=found,
        terms=terms_of(folded, synonyms),
        measures=measures_of(folded) if found in ("figure", "yes_no", "compare", "other") else frozenset(),
        number=number,
        times=tuple(dict.fromkeys(match.group() for match in _TIME.finditer(folded))),
        expand=bool(_EXPAND.search(folded)),
        phrases=phrases_of(folded),
    )


def terms_of(folded: str, synonyms: Synonyms) -> tuple[Term, ...]:
    """The content words of a folded question, each once, in order; words of the synonym table stay whole."""
    bare = _bare(folded)
    found: dict[str, Term] = {}
    position = 0
    for start, end in [*synonyms.find(bare), (len(bare), len(bare))]:
        for word in words(bare[position:start]):
            if _has_content(word):
                found.setdefault(word.text, Term(word.text, word.tag, synonyms.of(word.text)))
        whole = bare[start:end]
        if whole and whole not in _EMPTY_WORDS:
            found.setdefault(whole, Term(whole, "n", synonyms.of(whole)))
        position = end
    return tuple(found.values())


def _bare(folded: str) -> str:
    """`folded` with blanks in place of question words and courtesies; positions stay."""
    return _ASKING.sub(lambda m: " " * len(m.group()), _FILLER.sub(lambda m: " " * len(m.group()), folded))


def phrases_of(folded: str) -> tuple[str, ...]:
    """The stretches of a folded question that carry its content."""
    return tuple(stretch for stretch in re.split(r"[\W_]+", _bare(folded)) if len(stretch) > 1)


def _has_content(word: Word) -> bool:
    if not word.text.strip() or word.text in _EMPTY_WORDS or not any(c.isalnum() for c in word.text):
        return False
    if word.tag.startswith(_EMPTY_TAGS) and not word.tag.startswith(("nr", "ns", "nz", "eng")):
        return False
    return not (word.tag == "d" and word.text not in ("不", "没", "未"))


def measures_of(folded: str) -> frozenset[FigureKind]:
    """The kinds of figure that a folded question may mean; empty where it does not tell."""
    rules: tuple[tuple[str, tuple[FigureKind, ...]], ...] = (
        (r"几(?:个)?(?:百分)?点|多少(?:个)?(?:百分)?点", ("points", "percent", "bare")),
        (r"回落|提高了?多少|降低了?多少|收窄", ("points", "percent", "bare")),
        (r"占.{0,14}(?:多少|比重|比例)|占比|比重|比例|百分之几|几成", ("percent",)),
        (r"增速|增长(?:了)?多少|增幅|涨幅|降幅|增长率|涨了?多少|同比|环比|(?:增长|上升|下降|减少|增加|多|少|高|涨|跌|降)了?(?:多少|百分之几)", ("percent", "points", "multiple")),
        (r"[率]是?(?:多少|有多)", ("percent", "points")),
        (r"几年|多久|多长时间|几个月|几天|多少(?:年|个月|天)", ("duration",)),
        (r"多少(?:亿|万|千|百)?(?:元|钱)|多少亿|金额|总额|多少资金|多少经费", ("money",)),
        (r"(?:多少|几)(?:万|亿)?(?:个|项|家|户|人|名|条|座|公里|亩|吨|次|所|套|件|处|台|辆|场)", ("count",)),
        (r"指数.{0,6}多少|多少点", ("bare", "points")),
    )
    for pattern, kinds in rules:
        if re.search(pattern, folded):
            return frozenset(kinds)
    return frozenset()


def _number(folded: str) -> int | None:
    match = _NUMBER_ASKED.search(folded)
    if match is None:
        return None
    value = integer(match["a"] or match["b"] or match["c"])
    return value if value is not None and 2 <= value <= 40 else None
