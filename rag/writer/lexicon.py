"""What a word claims: a direction, a limit, a time, its own content, or nothing that could be false.

Words that mean the same (规上 and 规模以上, `equals.tsv`) claim the same. Knows single words; how a text is cut into them,
and what its numbers say, is for `claims`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Literal

from rag.writing.fold import fold
from rag.writing.words import known_word

# number: a figure, date or ordinal. strict: a word that turns or limits what is said (不, 仅, 约, 超过, 增加到). time: 今年.
# word: content. free: says nothing that could be false. degree (积极, 其中) and scope (全市, in a text about one city) may be left
# out, but not added.
Kind = Literal["number", "strict", "time", "word", "free", "degree", "scope"]

_UP = "增长 上升 提高 增加 提升 上涨 增 升 涨"
_DOWN = "下降 降低 减少 下跌 下滑 减 降 跌"
_BACK = "回落 放缓 收窄"
DIRECTIONS = {word: way for way, group in (("up", _UP), ("down", _DOWN), ("back", _BACK)) for word in group.split()}
_STRICT = frozenset(
    """
    仅 只 只有 仅仅 唯一 最 比 较 除 除了 除外 以外 之外 被 受 遭 超 超过 突破 逾 近 接近 约 大约 大概 左右 以上 以下 不足 不到 未满
    余 多 来 预计 预期 估计 力争 争取 计划 拟 将 目标 打算 准备 确保 初步 累计 平均 人均 分别 均 至少 至多 最多 最少 最低 最高 以内
    之内 以前 以后 之前 之后 前 后 以来 起 止 禁止 严禁 杜绝 避免 防止 停止 取消 暂停 拒绝 反对 减轻 首次 再次 同比 环比 部分 全部
    所有 一切 任何 一律 每 各 基本 几乎 必须 须 不得 不准 可以 可 能够 能 曾 曾经 已 已经 正在 高于 低于 多于 少于 大于 小于 优于 暂
    尚 原 原则上 免 免除 向 对 给 吗 无 未 非 没 没有 不 别 勿 莫 毋 难以
    """.split()
)
_NEGATING = "不未没无非勿莫毋"
# Words that have a negating character and turn nothing.
_HARMLESS = frozenset(
    "不断 不仅 不但 不光 不管 不论 无论 不过 不久 非常 不同 不少 不良 不利 不法 无偿 无线 非洲 无锡 未来 无人机 不妨 莫过于 毋庸".split()
)
_FREE = frozenset(
    """
    的 地 得 了 着 过 和 与 及 以及 并 并且 而 而且 且 同时 也 都 还 又 就 则 即 在 于 对于 关于 以 为 是 有 由 把 将 其 这 那 该 此 它
    他们 它们 我们 咱们 大家 之 所 等 等等 上 中 里 内 间 方面 来 去 方 此外 另外 进行 予以 加以 完成 实现 达到 达 到达 分为 分别为 按照
    根据 依据 据 后者 前者 即是 就是 也是 都是 包括 主要 具体 如下 有关 相关 一个 一种 一些 一项 这些 那些 这个 那个 这种 上述 以下几
    之一 方式 情况 工作 一是 二是 首先 其次 再次 最后 总之
    """.split()
)
# Stronger or weaker, never otherwise: what is left out with them makes nothing false.
DEGREE = frozenset(
    """
    进一步 切实 认真 积极 大力 不断 深入 扎实 努力 充分 着力 更加 十分 非常 真正 稳步 有效 主动 继续 持续 全力 全面 坚决 坚持 及时
    严格 牢牢 始终 高度 特别 尤其 紧紧 大胆 自觉 广泛 普遍 逐步 更 很 较为 比较 加快 不仅 不但 既 又 一定 必然 当然 特别是 尤其是
    也就是说 可见 当前 目前 下面
    """.split()
)
# Says how what is said hangs together: a writer may leave it unsaid, and may not make it up.
_LINKING = frozenset("其中 因此 所以 为了 通过 使 使得 让 令 共有 共计 从".split())
_SCOPE = frozenset("全市 全县 全省 全区 全州 全镇 全乡 全旗 我市 我县 我省 我区 本市 本县 本省 同志们 各位".split())
_FREE_TAGS = re.compile("(?:u|w|y|e|o)(?!ng)")  # eng is Latin letters, and x what the dictionary lacks: a name, most likely


def kind_of(text: str, tag: str) -> Kind:
    """What kind of claim the word `text` makes, whose part of speech is `tag`; of a direction see `DIRECTIONS`."""
    turns = any(character in _NEGATING for character in text) and text not in _HARMLESS and not tag.startswith(("nr", "ns"))
    if text == "将" and tag.startswith("p"):  # 将…纳入, not 将增长
        return "free"
    if text in _STRICT or first_form(text) in _STRICT or turns:
        return "strict"
    if text in _SCOPE:
        return "scope"
    if text in DEGREE or first_form(text) in _LINKING:
        return "degree"
    if text in _FREE or (len(text) == 1 and _FREE_TAGS.match(tag)):
        return "free"
    return "time" if tag == "t" else "word"


def first_form(word: str) -> str:
    """The first of the words that are equal to `word`; itself where the table has none."""
    return equals().get(word, word)


def with_first_forms(text: str) -> str:
    """`text`, those equal words of the table that no cut into words would show in their first form."""
    return _names().sub(lambda match: equals()[match.group()], text)


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
