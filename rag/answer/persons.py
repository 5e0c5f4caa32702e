"""Whether a text names a person: by surname and given name, or beside a title.

The dictionary takes many a word for a name (高水平, 祝贺, 安全感), and cuts real names apart; so a name counts only where no
other words explain its characters, or where it stands beside a title.
"""

from __future__ import annotations

from rag.writing.patterns import regex
from rag.writing.words import known_word, words

# The commonest surnames, without those that in official texts mostly are other words (和, 于, 全, 常, 向, 成, 时, 都, 普, 连, 路).
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石"
    "戴贾韦夏邱侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤温康施文牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂苗谷盛曲翁冉骆蓝游靳柴蒙鲍华喻祁房屈饶牟艾尤穆卓吉缪简麦褚娄窦岑景宫费卜席卫柏宗瞿桂"
    "习佟臧闵邬卞姬栾隋刁巩佘苑迟匡鞠荆郁胥栗燕鄢谌粟冼蔺闻郜阚屠晁芮浦扈邰怀"
)
_TITLE = (
    "(?:书记|主席|总理|总统|首相|国王|元首|大臣|主任|秘书长|部长|司令员?|政委|委员长|会长|校长|教授|同志|先生|女士|夫人|博士|院士|董事长|经理|大使|专员|委员|代表|记者"
    "|[省市县区州乡镇厅局处科司署行院团队组所]长(?![期远效久江]))"
)
_BESIDE = regex(f"{_TITLE}[:：、\\s]*(?P<a>[{_SURNAMES}][一-鿿]{{1,2}})|(?P<b>[{_SURNAMES}][一-鿿]{{1,2}})副?{_TITLE}")
_LISTED = regex(f"(?:^|[有是为::、,(])(?P<a>[{_SURNAMES}][一-鿿]{{1,2}})、(?P<b>[{_SURNAMES}][一-鿿]{{1,2}})(?=[、,;。等和及]|$)")
_BEFORE, _BEHIND = regex(f"{_TITLE}[:：\\s]*$"), regex(f"副?{_TITLE}")


def names_a_person(folded: str) -> bool:
    """Whether a folded text names a person with more than a surname."""
    for word in words(folded):
        if word.tag.startswith("nr") and len(word.text) > 1 and not word.text.endswith("长"):
            if "·" in folded[word.end : word.end + 1] or _is_sure(word.text):
                return True
            if _BEFORE.search(folded, 0, word.start) or (known_word(word.text) and _BEHIND.match(folded, word.end)):
                return True
    beside = any(not known_word((match["a"] or match["b"])[:2]) for match in _BESIDE.finditer(folded))
    return beside or any(not known_word(match["a"]) and not known_word(match["b"]) for match in _LISTED.finditer(folded))


def _is_sure(name: str) -> bool:
    """Whether it is a surname and two characters that no word explains."""
    return len(name) == 3 and name[0] in _SURNAMES and _is_free(name)


def _is_free(name: str) -> bool:
    """Whether neither the first two characters nor what follows the surname is a word of the dictionary."""
    return not known_word(name[:2]) and not (len(name) > 2 and known_word(name[1:]))
