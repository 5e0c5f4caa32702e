"""The conversation as HTML: questions, answers with marks that can be clicked, tables, refusals, errors, examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from rag.answer.phrases import PHRASES
from rag.answer.reply import Answer, Citation, Coverage, Sentence
from rag.page import quoting, series
from rag.page.exchange import Exchange, Line, lines
from rag.page.language import Language, say, spoken
from rag.page.markup import Markup, attribute_text, fill, join
from rag.page.quoting import DateOf

ITEM = "- "  # what stands before each item of a list in `answer.answer`
_WELCOME = """<div class="welcome"><p class="welcome-title">问讲话里的事</p>
<p class="welcome-words">回答只用库里讲话的原话，每一句后面的编号都能点开出处；库里没有的，直接告诉您没有。</p>{examples}</div>"""
_MARK = """<button type="button" class="mark" data-exchange="{exchange}" data-cite="{n}"
 title="{tip}" aria-label="出处{n}：{label}">[{n}]</button>"""
_EXCHANGE = """<section class="exchange {phase}" data-exchange="{number}" aria-label="第{number}问">
<h2 class="question"><span class="words">{question}</span></h2>{scope}<div class="answer">{answer}</div></section>"""
_SCOPE = '<p class="asked-of"><span class="tag">范围</span> <bdi>{words}</bdi></p>'
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
_TABLE = """<div class="series"><table><caption class="unseen">对照</caption><thead><tr><th scope="col">对照项</th><th
 scope="col">原话与出处</th></tr></thead>
<tbody>{rows}</tbody></table></div>{rest}{chart}"""
_ROW = '<tr><th scope="row"><bdi>{name}</bdi></th><td>{cells}</td></tr>'
_SILENT = '<span class="fact">没有找到相关原文</span>'
_CHART = """<figure class="chart"><ul>{bars}</ul><figcaption>条形的数字都取自上表引文原字，点条形看出处。</figcaption></figure>"""
_BAR = """<li><span class="chart-name"><bdi>{name}</bdi></span><button type="button" class="chart-bar"
 data-exchange="{exchange}" data-cite="{n}"
 aria-label="{name}：{label}，看出处{n}"><i style="width:{percent}%"></i><span>{label}</span></button></li>"""
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
DRAWN = 500  # exchanges kept as drawn, 15 KB each: a conversation is drawn as often as it is asked in

Judged = Mapping[int, tuple[bool, str]]


def talk(exchanges: Sequence[Exchange], judged: Judged | None = None, date_of: DateOf = lambda _: "") -> Markup:
    """The exchanges, oldest first; nothing where there are none."""
    if not exchanges:
        return Markup("")
    drawn = (_exchange(one, (judged or {}).get(one.number), date_of, spoken()) for one in exchanges)
    return fill('<div class="talk">{all}</div>', all=join(drawn))


def welcome(examples: Sequence[str]) -> Markup:
    """The greeting that stands until the first question, with example questions."""
    buttons = [fill('<button type="button" class="example" data-ask="{question}">{question}</button>', question=one) for one in examples]
    shown = fill('<div class="examples" role="group" aria-label="例如">{buttons}</div>', buttons=join(buttons)) if buttons else Markup("")
    return fill(_WELCOME, examples=shown)


@lru_cache(maxsize=DRAWN)
def _exchange(exchange: Exchange, judged: tuple[bool, str] | None, date_of: DateOf, language: Language) -> Markup:
    words = " · ".join(part for part in (exchange.about_words, exchange.choice.words()) if part)
    scope = fill(_SCOPE, words=words) if words else Markup("")
    return fill(
        _EXCHANGE,
        phase=exchange.phase,
        number=exchange.number,
        question=exchange.question,
        scope=scope,
        answer=_body(exchange, judged, date_of),
    )


def _body(exchange: Exchange, judged: tuple[bool, str] | None, date_of: DateOf) -> Markup:
    if exchange.phase == "failed":
        return fill('<p class="failed-words" role="alert">{note}</p>', note=exchange.note)
    if exchange.answer is None:
        stopped = exchange.phase == "stopped"
        return fill('<p class="{kind}">{note}</p>', kind="stopped-words" if stopped else "waiting-words", note=exchange.note)
    words = _refusal(exchange, exchange.answer) if exchange.answer.refused else _answer(exchange, exchange.answer)
    words += _written(exchange.answer) + _from(exchange, exchange.answer)
    return words + _after(exchange, exchange.answer, judged, date_of)


def _answer(exchange: Exchange, answer: Answer) -> Markup:
    table = series.rows(answer, exchange.said)
    if table:
        return _table(exchange, answer, table)
    blocks = (_block(exchange.number, items, list(rows)) for items, rows in groupby(lines(answer, exchange.said), _is_item))
    return fill('<div class="lines">{blocks}</div>', blocks=join(blocks))


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


def _written(answer: Answer) -> Markup:
    """Where a language model was asked: what it is, what the reader has to know, and behind a fold what of its draft is not shown."""
    told = answer.explain.get("writer")
    if not told:
        return Markup("")
    notes = list(told["notices"])
    if answer.mode == "llm":
        first = f"{told['first']:.1f}"
        notes.insert(0, say("由语言模型{model}写成（{first}秒出第一个字），逐句与原文核对过。", model=told["model"], first=first))
    shown = join(fill('<p class="writer-note" role="status">{words}</p>', words=words) for words in notes)
    left = [(one["draft"], one["why"]) for one in told["sentences"] if one["state"] != "verified"]
    left = left or [(line, "") for line in told["draft"].split("\n") if line.strip() and answer.mode != "llm"]
    return shown + _fold(left) if left else shown


def _fold(left: Sequence[tuple[str, str]]) -> Markup:
    rows = join(fill('<p class="line"><bdi>{draft}</bdi>{why}</p>', draft=draft, why=f"（{why}）" if why else "") for draft, why in left)
    return fill('<details class="writer-draft"><summary>看模型写的、没有采用的话（不是答案）</summary>{rows}</details>', rows=rows)


def _table(exchange: Exchange, answer: Answer, table: Sequence[series.Row]) -> Markup:
    cited = {one.n: one for one in answer.citations}

    def cell(sentence: Sentence) -> Markup:
        marks = join(_mark(exchange.number, cited[n]) for n in sentence.citations if n in cited)
        return fill('<p class="line"><bdi>{words}</bdi>{marks}</p>', words=sentence.text, marks=marks)

    rows = (fill(_ROW, name=row.name, cells=join(map(cell, row.said)) if row.said else fill(_SILENT)) for row in table)
    told = join(fill('<p class="line"><bdi>{words}</bdi></p>', words=one.text) for one in series.rest(answer, exchange.said))
    return fill(_TABLE, rows=join(rows), rest=told, chart=_chart(exchange, table) if exchange.phase == "done" else "")


def _chart(exchange: Exchange, table: Sequence[series.Row]) -> Markup:
    found = series.bars(table)
    longest = max((one.value for one in found), default=0)
    if longest <= 0:
        return Markup("")
    drawn = (
        fill(_BAR, name=one.name, label=one.label, exchange=exchange.number, n=one.cited[0], percent=round(100 * one.value / longest, 1))
        for one in found
    )
    return fill(_CHART, bars=join(drawn))


def _is_item(line: Line) -> bool:
    return line[0] == ITEM


def _block(number: int, items: bool, rows: Sequence[Line]) -> Markup:
    """Lines one below the other; the items of a list as a list."""
    if not items:
        return join(fill('<p class="line{kind}">{pieces}</p>', pieces=_pieces(number, row), kind=_kind(row)) for row in rows)
    drawn = join(fill('<li class="line">{pieces}</li>', pieces=_pieces(number, row[1:])) for row in rows)
    return fill('<ul class="items">{drawn}</ul>', drawn=drawn)


def _kind(line: Line) -> str:
    """` doubtful` for the line that asks the reader to check the answer."""
    return " doubtful" if line == (PHRASES["doubtful"],) else ""


def _pieces(number: int, line: Line) -> Markup:
    return join(_mark(number, piece) if isinstance(piece, Citation) else fill("<bdi>{words}</bdi>", words=piece) for piece in line)


def _mark(number: int, citation: Citation) -> Markup:
    return fill(_MARK, exchange=number, n=citation.n, label=citation.label, tip=attribute_text(f"{citation.label}\n“{citation.quote}”"))


def _refusal(exchange: Exchange, answer: Answer) -> Markup:
    words = fill('<p class="refusal-words">{words}</p>', words=answer.answer)
    if not answer.nearest:
        return fill('<div class="refusal">{words}</div>', words=words)
    link = fill(
        '<button type="button" class="quiet" data-show="{number}">看{count}段相近的原文（不是答案）</button>',
        number=exchange.number,
        count=len(answer.nearest),
    )
    return fill('<div class="refusal">{words}{link}</div>', words=words, link=link)


def _after(exchange: Exchange, answer: Answer, judged: tuple[bool, str] | None, date_of: DateOf) -> Markup:
    """What stands below a finished answer: copy, take away, judge, how many sources, how it came about."""
    if exchange.phase == "speaking":
        return Markup("")
    markdown = quoting.markdown(quoting.sheet(exchange.question, [exchange], date_of)).split(quoting.OPENING)[0].rstrip()
    copy = fill(
        _COPY,
        plain=attribute_text(quoting.plain(answer)),
        markdown=attribute_text(markdown),
        official=attribute_text(quoting.official(answer, date_of)),
    )
    return fill(
        _AFTER,
        copy=copy,
        take=fill(_TAKE, number=exchange.number),
        judge=_judge(exchange, judged),
        facts=join(_facts(exchange, answer)),
        explain=_explain(answer.explain),
    )


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
