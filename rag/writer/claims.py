"""What a sentence claims: its clauses, and in each its numbers, directions, negations, limits and words.

Reads one text alone, folded and without blanks; whether another text bears the claims is for `judging`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Literal

from rag.writing.fold import fold
from rag.writing.numerals import number
from rag.writing.sentences import clauses
from rag.writing.words import Word, known_word, words

# number: a figure, date or ordinal. strict: a word that turns or limits what is said (不, 仅, 约, 超过, 增加到). time: 今年.
# word: content. free: says nothing that could be false. degree (积极) and scope (全市, in a text about one city) may be left out,
# but not added.
TokenKind = Literal["number", "strict", "time", "word", "free", "degree", "scope"]
Key = tuple[str, float, str]

_DIGITS = "〇零一二三四五六七八九"
_CN = rf"[{_DIGITS}十百千两廿卅]"
_CHINESE = rf"{_CN}(?:[{_DIGITS}十百千两廿卅万亿]*{_CN})?(?:点[{_DIGITS}]+)?"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?"
_UNIT = (
    r"%|‰|个百分点|百分点|个点|美元|欧元|日元|港元|英镑|元|个月|个小时|个季度|个工作日|工作日|季度|周年|周岁|年度|年|月份|月|日|号|天|小时|"
    r"分钟|分|秒|时|点|倍|成|平方公里|平方米|立方米|公里|千米|公顷|"
    r"厘米|毫米|米|千瓦时|千瓦|兆瓦|万千瓦|公斤|千克|微克|毫克|克|斤|吨标准煤|吨|亩|人次|人|户|名|家|个|项|条|座|所|台|辆|套|件|次|场|处|种|类|张|份|册|篇|期|批|位|度|头|只|"
    r"株|艘|架|列|宗|起|例|岁|届|章|款|字|大|重|级|等|档|组|支|块|间|门|步|层|代|版|页|段|句|轮|站|队|班|℃"
)
_NUMBER = re.compile(
    rf"百分之(?P<percent>{_ARABIC}|{_CHINESE})|(?P<whole>{_CN}{{1,3}})分之(?P<part>{_CN}{{1,3}})|第(?P<ordinal>\d+|{_CHINESE})"
    rf"|(?P<n>{_ARABIC})(?P<scale>{_SCALE})(?P<more>[余馀多来])?(?P<unit>{_UNIT})?"
    rf"|(?P<c>{_CHINESE})(?P<cscale>{_SCALE})(?P<cmore>[余馀多来])?(?P<cunit>{_UNIT})?"
)
_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
_SAME_UNIT = {
    "个百分点": "点", "百分点": "点", "个点": "点", "号": "日", "月份": "月", "公斤": "千克", "公里": "千米", "年度": "年", "周岁": "岁",
}  # fmt: skip
_TIMES = frozenset("年 月 日 季度 时 届".split())
_ARTICLES = frozenset("个 种 项 批 次 位 名 家 条 件 场".split())

UP = "增长 上升 提高 增加 提升 上涨 增 升 涨"
DOWN = "下降 降低 减少 下跌 下滑 减 降 跌"
BACK = "回落 放缓 收窄"
_DIRECTIONS = {word: way for way, group in (("up", UP), ("down", DOWN), ("back", BACK)) for word in group.split()}
_STRICT = frozenset(
    """
    仅 只 只有 仅仅 唯一 最 比 较 除 除了 除外 以外 之外 被 受 遭 超 超过 突破 逾 近 接近 约 大约 大概 左右 以上 以下 不足 不到 未满
    余 多 来 预计 预期 估计 力争 争取 计划 拟 将 目标 打算 准备 确保 初步 累计 平均 人均 分别 均 至少 至多 最多 最少 最低 最高 以内
    之内 以前 以后 之前 之后 前 后 以来 起 止 禁止 严禁 杜绝 避免 防止 停止 取消 暂停 拒绝 反对 减轻 首次 再次 同比 环比 部分 全部
    所有 一切 任何 一律 每 各 基本 几乎 必须 须 不得 不准 可以 可 能够 能 曾 曾经 已 已经 正在 高于 低于 多于 少于 大于 小于 优于 暂
    尚 原 原则上 免 免除 无 未 非 没 没有 不 别 勿 莫 毋 难以
    """.split()
)
_NEGATING = "不未没无非勿莫毋"
# Words that have a negating character and turn nothing.
_HARMLESS = frozenset(
    "不断 不仅 不但 不光 不管 不论 无论 不过 不久 非常 不同 不少 不良 不利 不法 无偿 无线 非洲 无锡 未来 无人机 不妨 莫过于 毋庸".split()
)
_FREE = frozenset(
    """
    的 地 得 了 着 过 和 与 及 以及 并 并且 而 而且 且 同时 也 都 还 又 就 则 即 在 于 对 对于 关于 从 向 以 为 是 有 由 把 将 使 让
    令 其 其中 这 那 该 此 它 他们 它们 我们 咱们 大家 之 所 等 等等 上 中 里 内 间 方面 来 去 方 此外 另外 因此 所以 进行 予以 加以
    完成 实现 达到 达 到达 共 共计 总计 合计 分为 分别为 为了 通过 按照 根据 依据 据 后者 前者 即是 就是 也是 都是 包括 主要 具体
    如下 有关 相关 一个 一种 一些 一项 这些 那些 这个 那个 这种 上述 以下几 之一 方式 情况 工作 一是 二是 首先 其次 再次 最后 总之
    """.split()
)
# Stronger or weaker, never otherwise: what is left out with them makes nothing false.
_DEGREE = frozenset(
    """
    进一步 切实 认真 积极 大力 不断 深入 扎实 努力 充分 着力 更加 十分 非常 真正 稳步 有效 主动 继续 持续 全力 全面 坚决 坚持 及时
    严格 牢牢 始终 高度 特别 尤其 紧紧 大胆 自觉 广泛 普遍 逐步 更 很 较为 比较 加快 不仅 不但 既 又 一定 必然 当然 特别是 尤其是
    也就是说 可见 当前 目前 下面
    """.split()
)
_SCOPE = frozenset("全市 全县 全省 全区 全州 全镇 全乡 全旗 我市 我县 我省 我区 本市 本县 本省 同志们 各位".split())
_FREE_TAGS = ("u", "w", "y", "e", "o", "x")
_MARK = re.compile(
    rf"第[{_DIGITS}十百\d]{{1,4}}[条章节款篇]|第[{_DIGITS}十]{{1,2}}$|[(][{_DIGITS}十\d]{{1,3}}[)]|[{_DIGITS}十]{{1,3}}[、.是]"
    r"|\d{1,2}[、.](?!\d)"
)
_NOUN_TAGS = ("n", "vn", "an", "j", "l", "i", "r", "eng", "b")
_MEASURES = tuple("速率值量额数度价比幅")
# Verbs too, but not where they are counted.
_COUNTED = frozenset("收入 支出 投资 消费 出口 进口 贷款 存款 补贴 补助 奖励 就业 销售".split())
_COMPARING = frozenset("比 较 同比 环比 与 和".split())
_CONDITION = re.compile(
    r"^(?:如果|如|若|凡|对于|对|除|经|当|只有|只要|无论|不论|因|由于|虽然|尽管|"
    r"为了|为)|(?:的|时|后|前|下|中|外|者|之后|之前|期间|情况下)$"
)
_ADVERBIAL = re.compile(
    r"^(?:在|截至|截止|自|从|到|今|去|本|上|当|目前|当前|近|与|和|同|按|据|"
    r"根据|为|通过|其中|同时|此外|另外|总的看|会上|会后)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A claim of a clause at `start`:`end` of its bare text; tokens of equal `key` claim the same."""

    key: Key
    kind: TokenKind
    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause `start`:`end` of a text; `bare` is it folded, without marks at its end and blanks.

    `opens`: what it is about stands in it, rather than in a clause before. `head` is how far that reaches in `bare`.
    """

    start: int
    end: int
    bare: str
    tokens: tuple[Token, ...]
    opens: bool
    head: int
    condition: bool
    adverbial: bool

    @property
    def has_number(self) -> bool:
        """Whether it claims a figure, other than a time or an ordinal."""
        return any(token.kind == "number" and token.key[2] not in _TIMES and token.key[2] != "第" for token in self.tokens)


@lru_cache(maxsize=8192)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, in order; those without a letter or digit are left out."""
    found = (_clause(text, start, end) for start, end in clauses(text, 0, len(text)))
    return tuple(clause for clause in found if clause.bare)


def bare(text: str) -> str:
    """`text` folded, without blanks and without marks around it; names of the table of equal words in their first form."""
    plain = re.sub(r"\s+", "", fold(text)).strip(",.;:!?。、；：，！？…-—*# ")
    return _names().sub(lambda match: equals()[match.group()], plain)


def _clause(text: str, start: int, end: int) -> Clause:
    own = bare(text[start:end])
    tokens = tokens_of(own)
    opens, head = _subject(tokens)
    numbers = any(token.kind == "number" and token.key[2] not in _TIMES for token in tokens)
    timed = all(t.kind in ("time", "free", "degree", "scope") or (t.kind == "number" and t.key[2] in _TIMES) for t in tokens)
    adverbial = not numbers and len(own) <= 16 and (timed or bool(_ADVERBIAL.match(own)))
    condition = not timed and (not numbers or own.endswith("的")) and bool(_CONDITION.search(own))
    return Clause(start, end, own, tokens, opens and not timed, head, condition, adverbial)


def _subject(tokens: tuple[Token, ...]) -> tuple[bool, int]:
    """Whether a clause opens with what it is about, and how far that reaches."""
    opens = False
    for token in tokens:
        noun = token.kind in ("word", "scope") and (
            token.tag.startswith(_NOUN_TAGS) or token.text.endswith(_MEASURES) or token.text in _COUNTED
        )
        if opens and token.kind == "number" and token.key[2] not in _TIMES and token.key[2] != "第":
            return opens, token.start
        if token.key[0] == "d" or (token.tag.startswith("v") and not noun and token.kind == "word"):
            return opens, token.start
        if not opens and token.text in _COMPARING:
            return False, 0
        opens = opens or noun
    return opens, tokens[-1].end if tokens else 0


@lru_cache(maxsize=16384)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a bare text, in order; marks are none. What numbers the text (第六条, 二是) may be left out."""
    marked = _MARK.match(text)
    tokens = _tokens(text)
    if marked is None:
        return tokens
    return tuple(replace(token, kind="degree") if token.end <= marked.end() else token for token in tokens)


def _tokens(text: str) -> tuple[Token, ...]:
    cut = words(text)
    starts = {word.start for word in cut}
    found: list[Token] = []
    position = 0
    for match in _NUMBER.finditer(text):
        token = _number(text, match, starts)
        if token is not None and match.start() >= position:
            found.extend(_words(text[position : match.start()], position))
            found.extend(token)
            position = match.end()
    found.extend(_words(text[position:], position))
    return tuple(found)


def _number(text: str, match: re.Match[str], starts: set[int]) -> list[Token] | None:
    """The number that was found, and the 余 or 多 that makes it a limit; None where a character of a word only looks like one."""
    value, unit = _value(match)
    single = len(match["c"] or match["whole"] or "二字") == 1
    if value is None or (single and match.start() not in starts):
        return None
    if match["c"] and len(match["c"]) == 1 and not match["cscale"] and not match["cunit"]:
        return None
    unit = _SAME_UNIT.get(unit, unit)
    article = value == 1 and unit in _ARTICLES and bool(match["c"])
    own = Token(("n", float(f"{value:.12g}"), unit), "free" if article else "number", match.group(), "m", match.start(), match.end())
    more = match["more"] or match["cmore"]
    return [own, Token(("s", 0.0, "余"), "strict", more, "m", match.start(), match.end())] if more else [own]


def _value(match: re.Match[str]) -> tuple[float | None, str]:
    if match["percent"]:
        return _read(match["percent"]), "%"
    if match["whole"]:
        whole, part = _read(match["whole"]), _read(match["part"])
        return (100 * part / whole if whole and part is not None else None), "%"
    if match["ordinal"]:
        return _read(match["ordinal"]), "第"
    value = _read(match["n"] or match["c"])
    scale = _SCALES[(match["scale"] if match["n"] else match["cscale"]) or ""]
    unit = (match["unit"] if match["n"] else match["cunit"]) or ""
    return (None if value is None else value * scale), unit


def _read(digits: str) -> float | None:
    plain = digits.replace(",", "")
    if plain[0].isdigit() and plain.isascii():
        return float(plain)
    if len(plain) > 1 and all(character in _DIGITS for character in plain):  # 二〇二三
        return float("".join(str(max(0, _DIGITS.index(character) - 1)) for character in plain))
    return number(plain)


def _words(text: str, origin: int) -> list[Token]:
    """The tokens of a stretch without numbers; a direction and the 到 or 至 after it are one."""
    cut = [word for word in words(text) if any(character.isalnum() for character in word.text)]
    found: list[Token] = []
    for word in (part for whole in cut for part in _degreed(whole)):
        if word.text[0] in "到至" and found and found[-1].key[0] == "d" and found[-1].end == origin + word.start:
            last = found[-1]
            found[-1] = Token(("d", 0.0, f"{last.key[2]}到"), "strict", last.text + word.text[0], "v", last.start, last.end + 1)
            if len(word.text) == 1:
                continue
        found.append(_token(word.text, word.tag, origin + word.start))
    return found


def _degreed(word: Word) -> list[Word]:
    """The word; or, where it opens with one of degree (大力发展), the two that it is made of."""
    if len(word.text) == 4 and word.text[:2] in _DEGREE:
        return [Word(word.text[:2], "d", word.start), Word(word.text[2:], word.tag, word.start + 2)]
    return [word]


def _token(text: str, tag: str, start: int) -> Token:
    end = start + len(text)
    if text in _DIRECTIONS:
        return Token(("d", 0.0, _DIRECTIONS[text]), "strict", text, "v", start, end)
    if len(text) == 2 and text[0] in _DIRECTIONS and text[1] in "到至":
        return Token(("d", 0.0, f"{_DIRECTIONS[text[0]]}到"), "strict", text, "v", start, end)
    name = equals().get(text, text)
    turns = any(character in _NEGATING for character in text) and text not in _HARMLESS and not tag.startswith(("nr", "ns"))
    kind: TokenKind
    if text == "将" and tag.startswith("p"):
        kind = "free"
    elif text in _STRICT or name in _STRICT or turns:
        kind = "strict"
    elif text in _SCOPE:
        kind = "scope"
    elif text in _DEGREE:
        kind = "degree"
    elif text in _FREE or (tag.startswith(_FREE_TAGS) and len(text) == 1):
        kind = "free"
    else:
        kind = "time" if tag == "t" else "word"
    return Token(("s" if kind == "strict" else "w", 0.0, name), kind, text, tag, start, end)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Those of the equal words that are no words of the dictionary, so that no cut into words shows them."""
    names = [word for word, first in equals().items() if word != first and (len(word) > 2 or not known_word(word))]
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


@lru_cache(maxsize=1)
def equals() -> dict[str, str]:
    """For each word of the table of equal words the first of its line."""
    table = resources.files("rag.writer").joinpath("equals.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {fold(word): fold(line[0]) for line in lines for word in line}
