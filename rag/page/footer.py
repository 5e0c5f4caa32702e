"""What stands below an answer: the speeches that it is from, what can be done with it, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.answer.reply import Answer, Coverage
from rag.page import quoting
from rag.page.exchange import Exchange
from rag.page.language import say
from rag.page.markup import Markup, attribute_text, fill, join
from rag.page.quoting import DateOf

_FROM = '<p class="from">出自{names}</p>'
_NAMED = '<button type="button" class="quiet" data-open="{exchange}" data-cite="{n}" title="{label}"><bdi>{title}</bdi></button>'
_OTHERS = '<button type="button" class="quiet" data-show="{exchange}">等{n}篇</button>'
_AFTER = """<footer class="after">{copy}{take}{judge}{facts}</footer>{explain}"""
_COPY = """<details class="menu"><summary>复制</summary><div class="menu-list">
<button type="button" data-copy="{plain}">纯文本</button><button type="button" data-copy="{markdown}">Markdown</button>
<button type="button" data-copy="{official}">公文引用格式</button></div></details>"""
_TAKE = """<details class="menu"><summary>下载</summary><div class="menu-list">
<button type="button" data-take="docx" data-exchange="{number}">Word（脚注）</button>
<button type="button" data-take="md" data-exchange="{number}">Markdown</button></div></details>"""
_JUDGE = """<span class="judge" role="group" aria-label="这条回答"><button type="button" class="quiet" data-judge="good"
 data-exchange="{number}"
 aria-pressed="{good}">有用</button><details class="menu"><summary class="{wrong}">{bad}</summary><form class="menu-list reason"
 data-reason="{number}">
<label>错在哪里<textarea name="reason" rows="3" maxlength="500" required>{reason}</textarea></label>
<button type="submit" class="solid">提交</button></form></details></span>"""
_LEANS = """<span class="fact">结合上文理解为：{words}</span>
<button type="button" class="quiet" data-alone="{question}">不接上文，单独问</button>"""
_EXPLAIN = """<details class="explain"><summary>怎么得出的</summary><dl>{rows}</dl>{evidence}</details>"""
_EXPLAINED = "<div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>"
_EVIDENCE = '<p class="explain-head">比较过的原文（分数越高越接近）</p><ol class="evidence">{rows}</ol>'
_WEIGHED = '<li><span class="score">{score}</span><bdi>{text}</bdi></li>'
KINDS = {
    "figure": "问数字",
    "list": "问列举",
    "definition": "问含义",
    "how": "问做法",
    "why": "问原因",
    "who": "问人或单位",
    "when": "问时间",
    "where": "问地点",
    "yes_no": "问是否",
    "compare": "问比较",
    "summary": "问概要",
    "other": "一般提问",
}
EXPLAINED_CHARACTERS = 300
NAMED = 3  # speeches that are named below an answer; more are counted


def footer(exchange: Exchange, answer: Answer, judged: tuple[bool, str] | None, date_of: DateOf) -> Markup:
    """The speeches that an answer is from; once it is finished, the means to copy it, take it away and judge it, and how it came about."""
    named = _from(exchange, answer)
    if exchange.phase == "speaking":
        return named
    markdown = quoting.markdown(quoting.sheet(exchange.question, [exchange], date_of)).split(quoting.OPENING)[0].rstrip()
    copy = fill(
        _COPY,
        plain=attribute_text(quoting.plain(answer)),
        markdown=attribute_text(markdown),
        official=attribute_text(quoting.official(answer, date_of)),
    )
    return named + fill(
        _AFTER,
        copy=copy,
        take=fill(_TAKE, number=exchange.number),
        judge=_judge(exchange, judged),
        facts=join(_facts(exchange, answer)),
        explain=_explain(answer.explain),
    )


def _from(exchange: Exchange, answer: Answer) -> Markup:
    """The speeches that an answer is taken from, each leading to its first quote: `今年` and `全市` alone tell no reader whose."""
    if answer.refused:
        return Markup("")
    first = {one.speech: one for one in reversed(exchange.citations())}
    named = [first[title] for title in dict.fromkeys(one.speech for one in exchange.citations())]
    names = [
        fill(_NAMED, exchange=exchange.number, n=one.n, label=one.label, title=f"《{one.speech.strip('《》')}》") for one in named[:NAMED]
    ]
    if len(named) > NAMED:
        names.append(fill(_OTHERS, exchange=exchange.number, n=len(named)))
    return fill(_FROM, names=join(names)) if names else Markup("")


def _judge(exchange: Exchange, judged: tuple[bool, str] | None) -> Markup:
    good, bad = judged is not None and judged[0], judged is not None and not judged[0]
    return fill(
        _JUDGE,
        number=exchange.number,
        good="true" if good else "false",
        wrong="said" if bad else "",
        bad=say("已报有误") if bad else say("有误"),
        reason=judged[1] if judged and bad else "",
    )


def _facts(exchange: Exchange, answer: Answer) -> list[Markup]:
    facts = []
    if answer.citations:
        facts.append(
            fill(
                '<button type="button" class="quiet" data-show="{number}">出处{count}处</button>',
                number=exchange.number,
                count=len(exchange.citations()),
            )
        )
    if answer.coverage is not None:
        facts.append(_coverage(answer.coverage))
    if answer.explain.get("follow_up"):
        facts.append(fill(_LEANS, words=answer.explain["understood"], question=exchange.question))
    if exchange.phase == "stopped":
        facts.append(fill('<span class="fact warn">{words}</span>', words=say("已停止，回答不全")))
    seconds = f"{answer.milliseconds.total / 1000:.2f}"
    facts.append(fill('<span class="fact" title="索引版本 {build}">{seconds} 秒</span>', seconds=seconds, build=answer.build))
    return facts


def _coverage(coverage: Coverage) -> Markup:
    if coverage.found >= coverage.stated:
        return fill('<span class="fact">原文共{stated}项，已列全</span>', stated=coverage.stated)
    return fill('<span class="fact warn">原文共{stated}项，只找到{found}项</span>', stated=coverage.stated, found=coverage.found)


def _explain(told: Mapping[str, Any]) -> Markup:
    """How the answer came about, folded away."""
    if not told:
        return Markup("")
    pairs = (
        (say("问题类型"), say(KINDS.get(str(told.get("kind", "")), "一般提问"))),
        (say("理解为"), told.get("understood")),
        (say("检索用词"), "、".join(map(str, told.get("terms") or ()))),
        (say("限定的讲话"), "、".join(map(str, told.get("speeches") or ()))),
        (say("把握"), told.get("confidence")),
        (say("没有找到的词"), "、".join(map(str, told.get("refused_because") or ()))),
    )
    rows = (fill(_EXPLAINED, name=name, value=_cut(str(value))) for name, value in pairs if value not in (None, ""))
    weighed = [
        fill(_WEIGHED, score=f"{one.get('score', 0):.2f}", text=_cut(str(one.get("text", "")))) for one in told.get("evidence") or ()
    ]
    return fill(_EXPLAIN, rows=join(rows), evidence=fill(_EVIDENCE, rows=join(weighed)) if weighed else "")


def _cut(text: str) -> str:
    return text if len(text) <= EXPLAINED_CHARACTERS else text[:EXPLAINED_CHARACTERS] + "…"
