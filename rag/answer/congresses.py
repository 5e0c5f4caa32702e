"""Party congresses in short: 二十大, 12大."""

from __future__ import annotations

from rag.writing.patterns import regex

# What stands behind a congress and no count: what a congress has or does, without the longer words that begin alike (会上, 会议室).
_OF_CONGRESS = (
    "的|(?:政治)?报告|作报告|召开|会(?:上|议(?![室系厅]))|以[来后前]|之[前后]|时(?![代间节空尚段刻])|期间|上(?![市级层下升])|里(?!程)"
    "|[讲说](?![法明话])|对(?![策象外口接标比])|要(?![求点素务闻害道件塞员])|中(?![心国央小部原学医等型])|提(?![升案高质速纲供前炼振])"
    "|关于|是(?!非)|什么|何|哪|啥|怎|咋|谁|为[什啥何]|开(?:$|[的了幕过得会在])|在(?![建线职校编岗国])|把|前(?![沿提景列端往途瞻])"
    "|后(?![备勤台续方果劲])|那(?:会|时|个时|次|年|阵)|当[时年]|原话|通过|选[举出]|[闭开]幕|党章|决议|代表(?![性作队])|确定|强调|指出|认为|究竟"
    "|修改|首次|[、,]|$"
)
_NUMBER = "(?:二十|十[一二三四五六七八九]?|[一二三四五六七八九])"
_COUNTED = "[工任举行产重战体系支优类]|项目|平台|领域|品牌|板块|亮点|难[点题]|攻坚|提升|专项|中心|集群|场景|园区"
# A party congress in short (二十大); what follows tells it from a count (五大工程), or another congress beside it.
CONGRESS = regex(
    f"(?<![第十\\d])(?P<n>(?:十[一二三四五六七八九]|二十)大(?!{_COUNTED})"
    f"|[一二三四五六七八九十]{{1,3}}大(?={_OF_CONGRESS}|[和与跟到至](?:党的)?(?:{_NUMBER}大|现在|今|底))"
    "|(?<=[(])[一二三四五六七八九十]大(?=[^()]{0,10}(?:报告|讲话|文件)[)]))"
)
# A congress whose report speaks (九大报告里讲…), which tells of other places; not one that only lies before (二十大以来).
SPEAKING = regex(f"(?:{CONGRESS.pattern})的?(?:政治)?(?:报告|上?[讲说提]|上|作报告|原话|指出|强调|认为)")
# When the congresses of the party were held: a report to one that bears no date of its own is of that year.
_YEARS = dict(
    zip(
        ("", *"一二三四五六七八九", *(f"十{one}" for one in ("", *"一二三四五六七八九")), "二十"),
        (0, 1921, 1922, 1923, 1925, 1927, 1928, 1945, 1956, 1969, 1973, 1977, 1982, 1987, 1992, 1997, 2002, 2007, 2012, 2017, 2022),
        strict=True,
    )
)
_HELD = regex(f"(?:中国共产党|中共|党的)第(?P<n>{_NUMBER})次全国代表大会|[(](?:中共|党的)?(?P<short>{_NUMBER})大[)]")
_CONGRESS_IN_DIGITS = regex("(?<![\\d.第])(1\\d|20)大(?![\u4e00-\u9fff]{0,2}(?:工程|任务|举措|行动|产业|重点|战略|体系|类|项))")
_ORDINAL = "第一二三四五六七八九十"  # before a congress: of another, or no congress
_TENS, _ONES = ("", "十", "二十"), ("", *"一二三四五六七八九")


def holds(text: str, name: str) -> bool:
    """Whether the folded `text` names `name`; a congress (三大) not as the end of another (十三大)."""
    if not CONGRESS.fullmatch(name):
        return name in text
    before = text.split(name)[:-1]
    return any(not part or not (part[-1].isdecimal() or part[-1] in _ORDINAL) for part in before)


def congress_of(title: str) -> str:
    """The number (十二) of the party congress that a folded title names; "" where it names none."""
    held = _HELD.search(title)
    return held["n"] or held["short"] if held is not None else ""


def year_held(title: str) -> int | None:
    """The year of the party congress that a folded title names; None where it names none."""
    number = congress_of(title)
    return _YEARS[number] if number else None


def in_characters(folded: str) -> str:
    """`folded` with every congress that is written in digits (12大) in characters."""
    return _CONGRESS_IN_DIGITS.sub(lambda match: f"{_TENS[int(match[1]) // 10]}{_ONES[int(match[1]) % 10]}大", folded)
