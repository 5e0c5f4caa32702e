"""Measures: which kinds of figure a question may mean."""

from __future__ import annotations

import re

from rag.writing.figures import PEOPLE, FigureKind
from rag.writing.patterns import regex

# The first pattern that is found tells.
_MEASURES: tuple[tuple[re.Pattern[str], tuple[FigureKind, ...]], ...] = (
    (regex(r"(?:多少|几)个?(?:百|千|万)?亿(?:元|块|钱)?(?![\u4e00-\u9fff]{1,2}?[吨斤亩人户])(?=[?？。,，了钱来]|$)"), ("money",)),
    (
        regex(r"(?:多少|几)(?:万|亿)?(?:[起家户人名条座亩次所套件处台辆场斤张例笔床头间栋册吨箱桶袋班趟口眼节]|公顷|平方|立方|公里|千瓦)"),
        ("count",),
    ),
    (regex(r"多[长远宽深](?!时间|的)"), ("count",)),
    (regex(r"几(?:个)?(?:百分)?点|多少(?:个)?(?:百分)?点"), ("points", "percent", "bare")),
    (regex(r"百分之(?:多少|几)"), ("percent",)),
    (regex(r"几番|(?:几|多少)倍"), ("multiple",)),
    (regex(r"指数(?![^,，]{0,6}[增涨升降跌高低])[^,，]{0,6}(?:多少|几|$)"), ("bare",)),
    (regex(r"回落|提高了?多少|降低了?多少|收窄"), ("points", "percent", "bare")),
    (regex(r"占.{0,14}(?:多少|比重|比例)|占比|比重|比例|百分之几|几成"), ("percent",)),
    (
        regex(
            r"增速|增长(?:了)?多少|增幅|涨幅|降幅|增长率|涨了?多少|同比|环比|(?:增长|上升|下降|减少|增加|(?<!新)增(?=了|多少)|多|少|高|涨|跌|降)了?(?:多少|百分之几)"
        ),
        ("percent", "points", "multiple"),
    ),
    (regex(r"(?<!效)率[^,，]{0,6}(?:多少|有多)"), ("percent", "points")),
    (regex(r"几年|多久|多长时间|几个月|几个?工作日|几天|多少(?:年|个月|天)"), ("duration",)),
    (regex(r"多少(?:亿|万|千|百)?(?:元|钱|块)|几块|多少亿|金额|总额|多少资金|多少经费"), ("money",)),
    (
        regex(r"(?:出资|集资|筹资|注资|募资|融资|捐资|耗资|斥资|拨款|捐款|花费|花销|资助|捐助)了?(?:多少|几何)(?![个家户人名条项])"),
        ("money",),
    ),
    (regex(r"多少(?:[\u4e00-\u9fff]{0,4})(?:投资|资金|经费|补贴|贷款|产值|收入|支出|国债|赤字)(?:$|[?？。，,])"), ("money",)),
    (regex(r"(?:多少|几)(?:万|亿)?(?:个|项|家|户|人|名|条|座|公里|亩|吨|次|所|套|件|处|台|辆|场)"), ("count",)),
    (regex(r"(?:多少|几)(?:万|亿)?(?:份|篇|种|类|位|批|艘|架|列|宗|只|株)"), ("count",)),
    (
        regex(
            r"(?:补贴|补助|奖励|资金|经费|投资|投入|收入|支出|产值|生产总值|gdp|总额|销售额|成交额|余额|增加值)[^率增占比强目预]{0,5}多少(?!个?百分点|[个家户人名条座项])"
        ),
        ("money",),
    ),
    (regex(r"多少点"), ("bare",)),
    (regex(f"(?:{PEOPLE})(?:一共|总共|共)?有?(?:多少|几)个?[了呢]?(?:[,，?？。]|$)"), ("count",)),
    (regex("(?:人|户|家|企业|单位|机构|国家|[省市县区乡镇村])数(?:量|目)?(?:[是有为达各,，?？。]|$)"), ("count",)),
)


def measures_of(folded: str) -> frozenset[FigureKind]:
    """The kinds of figure that a folded question may mean; empty where it does not tell."""
    return frozenset(next((kinds for pattern, kinds in _MEASURES if pattern.search(folded)), ()))
