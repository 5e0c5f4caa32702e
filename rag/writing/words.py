"""Words of a Chinese text with their part of speech, by the jieba dictionary (rjieba)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

# Cities of China, prefectures and above, which the dictionary takes for persons, verbs or adverbs; without those that are
# words of their own in a speech (日照, 来宾, 长治, 安康, 白银, 文山).
_CITIES = frozenset("""
    石家庄 唐山 秦皇岛 保定 张家口 承德 大同 阳泉 运城 吕梁 包头 通辽 呼伦贝尔 大连 本溪 营口 盘锦 铁岭 通化 齐齐哈尔 伊春 南通 连云港
    宿迁 嘉兴 金华 合肥 三明 龙岩 宁德 景德镇 新余 烟台 开封 焦作 许昌 商丘 信阳 周口 黄石 孝感 恩施 邵阳 岳阳 常德 张家界 怀化 娄底 茂名
    河源 清远 桂林 玉林 百色 崇左 海口 自贡 攀枝花 广元 资阳 遵义 安顺 毕节 铜仁 曲靖 玉溪 昭通 楚雄 大理 德宏 拉萨 林芝 那曲 宝鸡 商洛
    金昌 天水 武威 酒泉 银川 吴忠 克拉玛依 哈密
    """.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start` of the text; `tag` is jieba's (n noun, v verb, ns place, nr person, t time, m number…)."""

    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.text)


@lru_cache(maxsize=512)  # one question cuts some dozen texts, some of them several times
def words(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order; together they are the text."""
    import rjieba  # its dictionary takes a tenth of a second, in which the page can be served already

    found = []
    position = 0
    for word, tag in rjieba.tag(_whole(text)):
        found.append(Word(text[position : position + len(word)], "ns" if word in _CITIES else tag, position))
        position += len(word)
    return tuple(found)


@lru_cache(maxsize=2048)  # one question asks for a few hundred
def known_word(text: str) -> bool:
    """Whether the dictionary has `text` as a word."""
    import rjieba

    return bool(rjieba.has_word(_whole(text)))


def _whole(text: str) -> str:
    """`text` with a question mark for each half of a surrogate pair, which no dictionary takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
