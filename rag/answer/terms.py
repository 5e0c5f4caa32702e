"""Words of a question: how well a text carries one, which of them name a place or person, and which tell little."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag.answer.congresses import holds
from rag.answer.keywords import Term

VARIANT = 0.9  # another word of the same meaning
ABBREVIATION = 0.75  # the word's characters in order, close together
PARTIAL = 0.6  # share of the word's pairs that stand
PLACE_ENDINGS = "省市县区镇乡州"


@lru_cache(maxsize=8192)  # one question asks some thousands
def match(term: Term, text: str) -> float:
    """How well the folded `text` carries `term`: 1 for the word itself, less for what only resembles it."""
    if term.text in text and holds(text, term.text):
        return 1.0
    if any(variant in text for variant in term.variants):
        return VARIANT
    word = term.text
    if len(word) < 2:
        return 0.0
    if is_place(term) and len(word) > 2 and word[-1] in PLACE_ENDINGS and word[:-1] in text:
        return VARIANT
    if _abbreviates(word, text):
        return ABBREVIATION
    if len(word) == 2:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return PARTIAL * sum(pair in text for pair in pairs) / len(pairs)


def _abbreviates(word: str, text: str) -> bool:
    """Whether the characters of a short `word` stand in `text` in order, each within three of the one before."""
    if not 2 <= len(word) <= 4 or word[-1] not in text:
        return False
    start = text.find(word[0])
    while start >= 0:
        at = start
        for character in word[1:]:
            at = text.find(character, at + 1, at + 4)
            if at < 0:
                break
        else:
            return not any(mark in text[start:at] for mark in ",。;:、!?")
        start = text.find(word[0], start + 1)
    return False


class Matches:
    """How well texts carry each of some terms, every text looked through once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._found: dict[str, tuple[float, ...]] = {}

    def of(self, text: str) -> tuple[float, ...]:
        """`match` of each term, in their order."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = tuple([match(term, text) for term in self._terms])
        return found


# The dictionary takes these for places, and none names one.
_NO_PLACES = frozenset("""
    上街 上路 福利 和平 新华 建设 平安 永久 重特大 海关 爱国 大国 新建 新区 上市 治国 普及 建国 治安 两国 入口 美丽 海洋 上岗
    外国 大市 高原 法治化 都市 惠及 上门 治本 之日起 宜居 兴国 东西 深度 深海 神圣 兴旺 英雄 山区 山水 新鲜 普通高中 多国 保国
    入市 山峰 山脉 山林 山河 山川 江河 河湖 湖泊 海岸 海滨 海港 海岛 海湾 海峡 海疆 港口 沿海港口 沿海地区 城乡 城市 大城市
    特大城市 大中城市 城中村 中心镇 文明城市 城建 大桥 大坝 平原 盆地 流域 三角洲 台风 滑坡 长度 广度 中断 新旧 加密 保鲜 延时
    满意度 多极 挪作他用 马克思列宁主义 依法治国 科教兴国 港人治港 兴旺发达 扎根 藩篱 团拜 嘉宾 庆典 青春 太阳 春节 日志 契约 法典
    伦理 深远 远洋 中考 入门 入海 上台 下海 并联 串联 关联 加盟 治沙 防沙 渡江 建园 登山 回国 归国 来京 驻京 离京 朝外 意中 小国
    重大意义 加大力度 确保安全 自觉遵守 土地利用 自治县 自治州 各市县 各县区 各区县 内陆地区 偏远地区 周边地区 直属机关 大型超市
    城镇 农村 城乡 全国 中国 国家 我国 国内 世界 全球 全市 全省 全县 省级 市级
    """.split())


def is_place(term: Term) -> bool:
    """Whether the term names a place, so that nothing else will do."""
    return term.tag.startswith("ns") and len(term.text) > 1 and term.text not in _NO_PLACES


# Of places of one rank a speech that is of one is not of another, however often it names it.
PROVINCES = tuple(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海
    台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    """.split()
)


def is_person(term: Term) -> bool:
    """Whether the term names a person."""
    return term.tag.startswith("nr") and len(term.text) > 1


_WEAK = frozenset(
    """
    峰会 论坛 会晤 年会 座谈会 研讨会
    总量 数额 数量 金额 时间 数目 数值 数字 数 指标 水平 情况 实际 具体 每年 全年 当年 全国 全党 全省 全市 全县 大会 会议
    总数 人数 名额 体量 比例 比率 额度 幅度 年度 定位 打算 计划 预计 预期 拟 安排
    通报 公布 发布 宣布 宣告 通告 表示 表态 申明 重申 阐述 阐明 号召 呼吁 拿 拿出 拿出来 出来
    总书记 书记 主席 总理 省长 市长 县长 区长 领导 同志 首长 报告 讲话 致辞 文件 政策 办法 规划 方案 通知 意见
    """.split()
)


# How a measure moved or what became of it: every measure has such words, so they identify none.
_CHANGE = frozenset(
    """
    增长 上升 提高 增加 上去 涨 上涨 增速 增幅 涨幅 下降 回落 降低 减少 降到
    降至 同比 环比 比去年 比上年 占比 比重 占 完成 实现 达到 目标 规模 总额 多了
    """.split()
)


def is_change(term: Term) -> bool:
    """Whether the term only tells how a measure moved or what became of it."""
    return term.text in _CHANGE


def is_weak(term: Term) -> bool:
    """Whether the term tells little of what is asked: any measure has a 总量, any speech a 书记."""
    return term.text in _WEAK


def part_weight(term: Term) -> float:
    """How much the term tells of what is asked by its part of speech: a name most, grammar least."""
    if is_weak(term):
        return 0.3
    if term.text in _CHANGE:
        return 0.45
    if term.tag.startswith(("n", "eng", "i", "l", "j")):
        return 1.0
    if term.tag.startswith(("t", "m")):
        return 0.7
    return 0.8 if term.tag.startswith(("v", "a", "b", "s", "z")) else 0.5
