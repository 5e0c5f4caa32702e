"""What a librarian looks at: users' judgements on answers, who did what, and plots of the library and of answer times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.page.catalogue import Catalogue
from rag.page.figures import counted, moment
from rag.page.language import say
from rag.page.ledger import Act, Judgement
from rag.page.markup import Markup, fill, join
from rag.page.tables import cells, table

# Upper ends of the classes of answer times, in milliseconds: a reader feels no wait, a short one, a long one.
CLASSES = (50, 100, 200, 500, 1000, 5000)
_JUDGEMENTS = """<section class="shelf-part"><div class="files-head"><h2>对回答的反馈（{n}）</h2>
<button type="button" class="quiet" data-golden>导出为评测题（.jsonl）</button></div>{rows}</section>"""
_JUDGEMENT = """<article class="card judged"><header class="card-head"><span class="state {kind}">{verdict}</span>
<span class="card-title"><bdi>{question}</bdi></span><span class="card-place">{user} {at}</span></header>
{reason}<p class="judged-answer"><bdi>{answer}</bdi></p></article>"""
_NO_JUDGEMENTS = '<p class="hint">还没有反馈。用户可以在每条回答下面点“有用”或“有误”。</p>'
_PLOT = """<figure class="plot"><figcaption>{title}</figcaption><ul>{bars}</ul></figure>"""
_BAR = """<li><span class="plot-name">{name}</span><span class="plot-bar"><i style="width:{percent}%"></i></span><span
 class="plot-value">{value}</span></li>"""
SHOWN_CHARACTERS = 400
WHAT = {
    "ask": "提问",
    "judge": "反馈",
    "add": "放入文件",
    "move": "改名或移动",
    "delete": "删除文件",
    "rebuild": "重建索引",
    "rollback": "回退版本",
    "watch": "自动重建",
    "export": "导出",
    "check": "核对保存的回答",
}


def judgements(found: Sequence[Judgement]) -> Markup:
    """What users said of answers, the latest first."""
    rows = join(map(_judgement, found)) if found else fill(_NO_JUDGEMENTS)
    return fill(_JUDGEMENTS, n=counted(len(found)), rows=rows)


def _judgement(one: Judgement) -> Markup:
    answer = one.exchange.answer.answer if one.exchange.answer else ""
    reason = fill('<p class="judged-reason">理由：<bdi>{reason}</bdi></p>', reason=one.reason) if one.reason else ""
    return fill(
        _JUDGEMENT,
        kind="good" if one.good else "bad",
        verdict=f"✓ {say('有用')}" if one.good else f"× {say('有误')}",
        at=moment(one.at),
        question=one.exchange.question,
        user=one.user,
        reason=reason,
        answer=answer[:SHOWN_CHARACTERS],
    )


def acts(found: Sequence[Act]) -> Markup:
    """Who did what, the latest first."""
    rows = (
        cells(moment(one.at), one.user or "—", say(WHAT.get(one.what, one.what)), one.detail[:SHOWN_CHARACTERS]) for one in found
    )
    return table(say("操作记录"), tuple(map(say, ("时间", "用户", "操作", "内容"))), rows, len(found))


def plots(book: Catalogue, milliseconds: Sequence[float]) -> Markup:
    """The size of the library by year, and how long answers took."""
    sizes: Counter[str] = Counter()
    for entry in book.entries:
        sizes[entry.years[0] if entry.years else say("未注明")] += len(book.library.text_of(entry.document))
    by_year = [(year, size, say("{n}字", n=counted(size))) for year, size in sorted(sizes.items())]
    drawn = _plot(say("资料字数，按年份"), by_year)
    return fill('<section class="shelf-part plots">{drawn}</section>', drawn=drawn + _plot(say("最近回答用时"), _classes(milliseconds)))


def _classes(milliseconds: Sequence[float]) -> list[tuple[str, int, str]]:
    edges = (0, *CLASSES)
    found = []
    for low, high in zip(edges, (*CLASSES, float("inf")), strict=True):
        n = sum(low <= one < high for one in milliseconds)
        name = say("超过{n}秒", n=low // 1000) if high == float("inf") else say("{n}毫秒内", n=high) if high < 1000 else _seconds(high)
        found.append((name, n, say("{n}次", n=n)))
    return found if milliseconds else []


def _seconds(milliseconds: float) -> str:
    return say("{n}秒内", n=int(milliseconds) // 1000)


def _plot(title: str, values: Sequence[tuple[str, int, str]]) -> Markup:
    most = max((value for _, value, _ in values), default=0) or 1
    bars = (fill(_BAR, name=name, value=words, percent=round(100 * value / most, 1)) for name, value, words in values)
    drawn = join(bars) if values else fill('<li class="hint">还没有回答过问题。</li>')
    return fill(_PLOT, title=title, bars=drawn)
