"""The conversation as HTML: questions, answers with marks that can be clicked, tables, refusals, errors, examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from rag.answer.phrases import PHRASES
from rag.answer.reply import Answer, Citation, Sentence
from rag.page import series
from rag.page.exchange import Exchange, Line, lines
from rag.page.footer import footer
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
_TABLE = """<div class="series"><table><caption class="unseen">对照</caption><thead><tr><th scope="col">对照项</th><th
 scope="col">原话与出处</th></tr></thead>
<tbody>{rows}</tbody></table></div>{rest}{chart}"""
_ROW = '<tr><th scope="row"><bdi>{name}</bdi></th><td>{cells}</td></tr>'
_SILENT = '<span class="fact">没有找到相关原文</span>'
_CHART = """<figure class="chart"><ul>{bars}</ul><figcaption>条形的数字都取自上表引文原字，点条形看出处。</figcaption></figure>"""
_BAR = """<li><span class="chart-name"><bdi>{name}</bdi></span><button type="button" class="chart-bar"
 data-exchange="{exchange}" data-cite="{n}"
 aria-label="{name}：{label}，看出处{n}"><i style="width:{percent}%"></i><span>{label}</span></button></li>"""
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
    words += _written(exchange.answer)
    return words + footer(exchange, exchange.answer, judged, date_of)


def _answer(exchange: Exchange, answer: Answer) -> Markup:
    table = series.rows(answer, exchange.said)
    if table:
        return _table(exchange, answer, table)
    blocks = (_block(exchange.number, items, list(rows)) for items, rows in groupby(lines(answer, exchange.said), _is_item))
    return fill('<div class="lines">{blocks}</div>', blocks=join(blocks))


def _written(answer: Answer) -> Markup:
    """Where a language model was asked: what it is, what the reader has to know, and behind a fold what of its draft is not shown."""
    told = answer.explain.get("writer")
    if not told:
        return Markup("")
    shown = join(fill('<p class="writer-note warn" role="status">{words}</p>', words=words) for words in told["notices"])
    if answer.mode == "llm":
        first = f"{max(told['first'], 0.1):.1f}"
        words = say("由语言模型{model}写成（{first}秒出第一个字），逐句与原文核对过。", model=told["model"], first=first)
        shown = fill('<p class="writer-note">{words}</p>', words=words) + shown
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
