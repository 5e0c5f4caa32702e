"""What a question asks: its kind, its content words, its times and places, the size of list it names.

Reads the question alone; the library's part (unknown words, speeches that it names) is `wording` and `scope`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.abbreviations import abbreviations
from rag.answer.kinds import ASKING, CONGRESS, EXPAND, FILLER, NUMBER_ASKED, NUMBER_WORD, TIME, Kind, kind_of, spelled
from rag.answer.synonyms import Synonyms
from rag.answer.times import offsets_in, years_asked
from rag.writing.figures import FigureKind
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.patterns import regex
from rag.writing.words import Word, known_word, words

# Words of grammar, and verbs and nouns that every question has; they identify nothing.
_EMPTY_TAGS = ("u", "p", "c", "r", "y", "x", "e", "o", "w", "k", "f", "zg")
EMPTY_WORDS = frozenset(
    """
    是 有 为 在 做 讲 说 提 指 算 叫 要 可以 应该 应当 能 会 到 去 来 给 把 让 搞 干 办 弄 进行 包括 包含
    方面 情况 内容 东西 事情 时候 部分 一块 这块 这个 那个 几个 几 多少 哪些 个 种 项 条 点 类 件 了 的 地 得
    和 与 及 跟 对 就 都 也 还 又 很 最 更 那 这 其 中 里 上 下 后 前 以 按 一共 总共 目前 现在 来说 有关
    关于 相关 非 非要 多 大 小 人 话 句话 意思 问题是 部署 名字 名 叫做 举个 例子 举例 举 能够 需要 用 得到
    做好 做到 事 事儿 抓好 方 关 咱们 咱 我们 他们 准备 怎 文中 文里 文章 材料 库里 资料 讲话 篇 写 提到 提出 谈到
    强调 指出 所说 当 成 时 请 侧重 侧重点 要点 角度 一遍 一番 列下 第 样
    定义 含义 界定 定性 为止 对比 提法 说法 讲法 表述 论述 异同
    一个 一天 一次 一年 一种 一项 每 那份 两份 要分 几 年 月 日 亿 万 千 百 元 亿元 万元 块 钱数
    """.split()
)


_QUOTED = regex('[“"「『](?P<w>[^”"」』]{2,24})[”"」』]')
_DEFINED = regex("(?:什么是|何谓|何为|啥是|什么叫|啥叫)(?P<w>[^“”?？。,，的]{2,14}?)[?？]?$")
_DEFINED_BEFORE = regex(
    "(?:^|[里中说上提]的|[里,，])(?P<w>[^“”?？。,，的对在和与跟给从说里]{2,10}?)(?:到底|究竟|具体)?"
    "(?:[一两三四五几]个字|这个(?:词|说法|提法|概念)|一词)?(?:(?:是|指)(?:的是)?(?:什么|啥)(?:意思)?|(?:什么|啥)意思)[?？]?$"
)

# What the question says it does not ask for: (别给我增加值), 不是增速.
_EXCLUDED = regex(
    r"除了?[^,，。;；]{1,8}?(?:以外|之外|外)|[(（][^()（）]{0,4}(?:别|不要|不是|不算|除)[^()（）]{1,16}[)）]|[,，](?:别给我|别拿|不要|不是|不算)[^,，。?？]{1,12}"
)
_OCCASION = regex("(?:峰|年|茶话|团拜|座谈|研讨|博览|推进|动员|表彰|联席|发布)会|论坛|会晤")
_PLACE = regex("[\u4e00-\u9fff]{2}[省市县区镇乡州]")
_COUNT = regex("[一二三四五六七八九十两]{1,3}[个种项条点件步大]")  # what is counted tells what is asked, not how many
_REGION = regex("[东西南北中]部|东北|西北|东南|西南|[南北]方")
_DIVIDED = regex("(?<=[\u4e00-\u9fff])分(?:为|成)?(?=哪?几(?:块|类|部分|种|大类|个方面))")  # 标准分哪几块: no word 标准分
_STEPS = regex("[几哪]步|步走|分步")
_SAID = "讲说谈"  # 讲龙: of two characters that no text has together the second is what is spoken of
_STRETCH = 3
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question. `variants` mean the same; `tag` is its part of speech."""

    text: str
    tag: str
    variants: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)  # which keeps its own: a question looks a term up some thousand times


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `understood` is the wording that is searched, `shown` how it is shown to the user.

    `phrases` are its stretches without question words and marks, as they stand. `years` are those it names,
    `offsets` those it names from the speech's own (今年 is 0, 去年 -1); `times` its other times (一季度, 3月), each with the
    `forms` in which a text may write it.
    """

    text: str
    understood: str
    kind: Kind
    terms: tuple[Term, ...]
    measures: frozenset[FigureKind]
    number: int | None
    times: tuple[str, ...]
    years: tuple[int, ...]
    offsets: tuple[int, ...]
    expand: bool
    forms: tuple[frozenset[str], ...] = ()
    phrases: tuple[str, ...] = ()
    shown: str = ""

    def __hash__(self) -> int:
        return hash(self.understood)


def understand(
    text: str, understood: str, synonyms: Synonyms, *, kind: Kind | None = None, known: Known | None = None, shown: str | None = None
) -> Question:
    """The question `text`, read in the wording `understood`, which the user is shown as `shown` where that is another.

    `known(word)` says whether the library has the word's every pair of characters; names that no dictionary has are
    cut by it.
    """
    folded = spelled(fold(understood))
    times = tuple(
        dict.fromkeys(match.group() for match in TIME.finditer(folded) if not years_asked(match.group()) and not offsets_in(match.group()))
    )
    number = _number(folded)
    found = kind or kind_of(folded)
    if kind is None and number is not None and found in ("definition", "other"):
        found = "list"
    return Question(
        text=text,
        understood=understood,
        kind=found,
        terms=terms_of(folded, synonyms, known),
        measures=measures_of(folded) if found in ("figure", "yes_no", "compare", "other") else frozenset(),
        number=number,
        times=times,
        forms=tuple(frozenset({time, *synonyms.of(time), *synonyms.of(time.removesuffix("份"))}) for time in times),
        years=years_asked(folded),
        offsets=offsets_in(folded),
        expand=bool(EXPAND.search(folded)),
        phrases=phrases_of(folded),
        shown=understood if shown is None else shown,
    )


def terms_of(folded: str, synonyms: Synonyms, known: Known | None = None) -> tuple[Term, ...]:
    """The content words of a folded question, each once, in order; its times are left out.

    Words of the synonym table, words in quotation marks, and what a definition is asked of stay whole.
    """
    bare = _EXCLUDED.sub(lambda match: " " * len(match.group()), _bare(folded))
    found: dict[str, Term] = {}
    position = 0
    for start, end in [*_wholes(folded, bare, synonyms), (len(bare), len(bare))]:
        for word in _compounds(words(bare[position:start]), known):
            for piece in _pieces(word, known):
                if _has_content(piece):
                    found.setdefault(piece.text, Term(piece.text, piece.tag, synonyms.of(piece.text)))
        whole = bare[start:end]
        if whole and whole not in EMPTY_WORDS:
            found.setdefault(whole, Term(whole, _tag(whole), synonyms.of(whole)))
        position = end
    if _STEPS.search(folded):
        found.setdefault("步骤", Term("步骤", "n", ("阶段", "环节", "步")))
    return tuple(found.values())


def _wholes(folded: str, bare: str, synonyms: Synonyms) -> list[tuple[int, int]]:
    """Where words stand that are not to be cut: quoted, asked to be defined, occasions, or of the synonym table; in order."""
    found = (match for pattern in (_QUOTED, _DEFINED, _DEFINED_BEFORE, CONGRESS, _OCCASION) for match in pattern.finditer(folded))
    spans = [span for span in (match.span(match.lastgroup or 0) for match in found) if bare[slice(*span)].strip()]
    spans += _unknown_places(bare)
    longer = [(word.start, word.end) for word in words(bare) if len(word.text) < 4 and known_word(word.text)]
    spans += [span for span in synonyms.find(bare) if not any(a <= span[0] and span[1] <= b and span != (a, b) for a, b in longer)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if (not kept or start >= kept[-1][1]) and " " not in bare[start:end]:
            kept.append((start, end))
    return kept


def _unknown_places(bare: str) -> list[tuple[int, int]]:
    """Where names of places stand that no dictionary has (望舒区): two characters of no word, and what such places end in."""
    cut = [word for word in words(bare) if known_word(word.text) and len(word.text) > 1]
    spans = [match.span() for match in _PLACE.finditer(bare)]
    return [(a, b) for a, b in spans if not any(word.start < b and a < word.end for word in cut)]


def _compounds(cut: Sequence[Word], known: Known | None) -> list[Word]:
    """The words, a noun of one character joined to the word before it where the library has both together (规则库, 积累率)."""
    joined: list[Word] = []
    for word in cut:
        before = joined[-1] if joined else None
        if (
            known is not None and before is not None and before.end == word.start and len(word.text) == 1 and len(before.text) > 1
            and word.tag.startswith(("n", "k")) and before.tag.startswith(("n", "v", "a")) and known(before.text + word.text)
            and word.text not in EMPTY_WORDS and before.text not in EMPTY_WORDS
        ):  # fmt: skip
            joined[-1] = Word(before.text + word.text, "n", before.start)
        else:
            joined.append(word)
    return joined


def _pieces(word: Word, known: Known | None) -> list[Word]:
    """The word; or, where no dictionary and no text has it whole, its stretches that the library has; a body's place by itself."""
    place = _PLACE.match(word.text) if word.tag == "nt" else None
    if place is not None and len(place.group()) < len(word.text):
        return [Word(place.group(), "ns", word.start), Word(word.text[place.end() :], "n", word.start + place.end())]
    if known is None or word.text.isascii() or known(word.text) or known_word(word.text):
        return [word]
    if len(word.text) < _STRETCH:
        return [Word(word.text[1:], "n", word.start + 1)] if word.text[0] in _SAID else [word]
    cuts = [0, *(i + 1 for i in range(len(word.text) - 1) if not known(word.text[i : i + 2])), len(word.text)]
    stretches = [word.text[a:b] for a, b in pairwise(cuts)]
    if not any(len(stretch) > 1 for stretch in stretches):
        return [word]
    return [Word(stretch, "n" if len(stretch) > 1 else "x", word.start + a) for stretch, a in zip(stretches, cuts, strict=False)]


def _bare(folded: str) -> str:
    """`folded` with blanks in place of question words, courtesies and times; positions stay."""
    for pattern in (TIME, FILLER, NUMBER_WORD, _DIVIDED, ASKING):
        folded = pattern.sub(lambda match: " " * len(match.group()), folded)
    return folded


def phrases_of(folded: str) -> tuple[str, ...]:
    """The stretches of a folded question that carry its content."""
    return tuple(stretch for stretch in re.split(r"[\W_]+", _bare(folded)) if len(stretch) > 1)


def _tag(whole: str) -> str:
    """The part of speech of a word that is kept whole; a noun where the dictionary cuts it."""
    cut = words(whole)
    return cut[0].tag if len(cut) == 1 else "ns" if _PLACE.fullmatch(whole) and not known_word(whole) else "n"


def _has_content(word: Word) -> bool:
    if not word.text.strip() or word.text in EMPTY_WORDS or not any(c.isalnum() for c in word.text):
        return False
    if _COUNT.fullmatch(word.text):
        return False
    if word.tag.startswith(_EMPTY_TAGS) and not word.tag.startswith(("nr", "ns", "nz", "eng")) and not _REGION.fullmatch(word.text):
        return False
    return not (word.tag == "d" and word.text not in ("不", "没", "未"))


def measures_of(folded: str) -> frozenset[FigureKind]:
    """The kinds of figure that a folded question may mean; empty where it does not tell."""
    rules: tuple[tuple[str, tuple[FigureKind, ...]], ...] = (
        (r"(?:多少|几)个?(?:百|千|万)?亿(?:元|块|钱)?(?![\u4e00-\u9fff]{1,2}?[吨斤亩人户])(?=[?？。,，了钱来]|$)", ("money",)),
        (
            r"(?:多少|几)(?:万|亿)?(?:[起家户人名条座亩次所套件处台辆场斤张例笔床头间栋册吨箱桶袋班趟口眼节]|公顷|平方|立方|公里|千瓦)",
            ("count",),
        ),
        (r"多[长远宽深](?!时间|的)", ("count",)),
        (r"几(?:个)?(?:百分)?点|多少(?:个)?(?:百分)?点", ("points", "percent", "bare")),
        (r"百分之(?:多少|几)", ("percent",)),
        (r"指数(?![^,，]{0,6}[增涨升降跌高低])[^,，]{0,6}(?:多少|几|$)", ("bare",)),
        (r"回落|提高了?多少|降低了?多少|收窄", ("points", "percent", "bare")),
        (r"占.{0,14}(?:多少|比重|比例)|占比|比重|比例|百分之几|几成", ("percent",)),
        (
            r"增速|增长(?:了)?多少|增幅|涨幅|降幅|增长率|涨了?多少|同比|环比|(?:增长|上升|下降|减少|增加|(?<!新)增(?=了)|多|少|高|涨|跌|降)了?(?:多少|百分之几)",
            ("percent", "points", "multiple"),
        ),
        (r"(?<!效)率[^,，]{0,6}(?:多少|有多)", ("percent", "points")),
        (r"几年|多久|多长时间|几个月|几个?工作日|几天|多少(?:年|个月|天)", ("duration",)),
        (r"多少(?:亿|万|千|百)?(?:元|钱|块)|几块|多少亿|金额|总额|多少资金|多少经费", ("money",)),
        (
            r"(?:出资|集资|筹资|注资|募资|融资|捐资|耗资|斥资|拨款|捐款|花费|花销|资助|捐助)了?(?:多少|几何)(?![个家户人名条项])",
            ("money",),
        ),
        (r"多少(?:[\u4e00-\u9fff]{0,4})(?:投资|资金|经费|补贴|贷款|产值|收入|支出|国债|赤字)(?:$|[?？。，,])", ("money",)),
        (r"(?:多少|几)(?:万|亿)?(?:个|项|家|户|人|名|条|座|公里|亩|吨|次|所|套|件|处|台|辆|场)", ("count",)),
        (r"(?:多少|几)(?:万|亿)?(?:份|篇|种|类|位|批|艘|架|列|宗|只|株)", ("count",)),
        (
            r"(?:补贴|补助|奖励|资金|经费|投资|投入|收入|支出|产值|生产总值|gdp|总额|销售额|成交额|余额|增加值)[^率增占比强目预]{0,5}多少(?!个?百分点|[个家户人名条座项])",
            ("money",),
        ),
        (r"多少点", ("bare",)),
    )
    for pattern, kinds in rules:
        if re.search(pattern, folded):
            return frozenset(kinds)
    return frozenset()


def _number(folded: str) -> int | None:
    folded = CONGRESS.sub("大会", folded)  # 十八大 counts nothing
    matches = list(NUMBER_ASKED.finditer(folded))
    if not matches:
        abbreviated = abbreviations(folded)
        return (abbreviated[0].number or None) if len(abbreviated) == 1 else None
    values = (integer(match["a"] or match["b"] or match["c"] or match["d"] or match["e"] or match["f"]) for match in matches)
    return next((value for value in values if value is not None and 2 <= value <= 40), None)
