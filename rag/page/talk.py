"""The conversation as HTML: questions, answers with marks that can be clicked, refusals, errors, examples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rag.answer.reply import Answer, Citation, Coverage
from rag.page.exchange import Exchange, Line, copied, lines
from rag.page.markup import Markup, attribute_text, fill, join

ITEM = "- "  # what stands before each item of a list in `answer.answer`
_WELCOME = """<div class="welcome"><p class="welcome-title">问讲话里的事</p>
<p class="welcome-words">回答只用库里讲话的原话,每一句后面的编号都能点开出处;库里没有的,直接告诉您没有。</p>{examples}</div>"""
_MARK = """<button type="button" class="mark" data-exchange="{exchange}" data-cite="{n}"
 title="{label}" aria-label="出处{n}:{label}">[{n}]</button>"""
_EXCHANGE = """<section class="exchange {phase}" data-exchange="{number}" aria-label="第{number}问">
<h2 class="question"><span class="words">{question}</span></h2><div class="answer">{answer}</div></section>"""
_AFTER = """<footer class="after"><button type="button" class="quiet" data-copy="{text}">复制</button>{facts}</footer>"""


def talk(exchanges: Sequence[Exchange], examples: Sequence[str]) -> Markup:
    """The whole conversation, oldest first; before the first question a greeting with example questions."""
    if not exchanges:
        return fill('<div class="talk">{welcome}</div>', welcome=_welcome(examples))
    return fill('<div class="talk" role="log" aria-live="polite" aria-label="对话">{all}</div>', all=join(map(_exchange, exchanges)))


def _welcome(examples: Sequence[str]) -> Markup:
    buttons = [fill('<button type="button" class="example" data-ask="{question}">{question}</button>', question=one) for one in examples]
    shown = fill('<div class="examples" aria-label="例如">{buttons}</div>', buttons=join(buttons)) if buttons else Markup("")
    return fill(_WELCOME, examples=shown)


def _exchange(exchange: Exchange) -> Markup:
    return fill(_EXCHANGE, phase=exchange.phase, number=exchange.number, question=exchange.question, answer=_body(exchange))


def _body(exchange: Exchange) -> Markup:
    if exchange.phase == "failed":
        return fill('<p class="failed-words" role="alert">{note}</p>', note=exchange.note)
    if exchange.answer is None:
        stopped = exchange.phase == "stopped"
        return fill('<p class="{kind}">{note}</p>', kind="stopped-words" if stopped else "waiting-words", note=exchange.note)
    words = _refusal(exchange, exchange.answer) if exchange.answer.refused else _answer(exchange, exchange.answer)
    words += _written(exchange.answer)
    return words + _after(exchange, exchange.answer)


def _answer(exchange: Exchange, answer: Answer) -> Markup:
    blocks = (_block(exchange.number, items, list(rows)) for items, rows in groupby(lines(answer, exchange.said), _is_item))
    return fill('<div class="lines">{blocks}</div>', blocks=join(blocks))


def _written(answer: Answer) -> Markup:
    """Where a language model was asked: what it is, what the reader has to know, and behind a fold what of its draft is not shown."""
    told = answer.explain.get("writer")
    if not told:
        return Markup("")
    notes = list(told["notices"])
    if answer.mode == "llm":
        notes.insert(0, f"由语言模型{told['model']}写成({told['first']:.1f}秒出第一个字),逐句与原文核对过。")
    shown = join(fill('<p class="writer-note" role="status">{words}</p>', words=words) for words in notes)
    left = [(one["draft"], one["why"]) for one in told["sentences"] if one["state"] != "verified"]
    left = left or [(line, "") for line in told["draft"].split("\n") if line.strip() and answer.mode != "llm"]
    return shown + _fold(left) if left else shown


def _fold(left: Sequence[tuple[str, str]]) -> Markup:
    rows = join(fill('<p class="line"><bdi>{draft}</bdi>{why}</p>', draft=draft, why=f"({why})" if why else "") for draft, why in left)
    return fill('<details class="writer-draft"><summary>看模型写的、没有采用的话(不是答案)</summary>{rows}</details>', rows=rows)


def _is_item(line: Line) -> bool:
    return line[0] == ITEM


def _block(number: int, items: bool, rows: Sequence[Line]) -> Markup:
    """Lines one below the other; the items of a list as a list."""
    if not items:
        return join(fill('<p class="line">{pieces}</p>', pieces=_pieces(number, row)) for row in rows)
    drawn = join(fill('<li class="line">{pieces}</li>', pieces=_pieces(number, row[1:])) for row in rows)
    return fill('<ul class="items">{drawn}</ul>', drawn=drawn)


def _pieces(number: int, line: Line) -> Markup:
    return join(_mark(number, piece) if isinstance(piece, Citation) else fill("<bdi>{words}</bdi>", words=piece) for piece in line)


def _mark(number: int, citation: Citation) -> Markup:
    return fill(_MARK, exchange=number, n=citation.n, label=citation.label)


def _refusal(exchange: Exchange, answer: Answer) -> Markup:
    words = fill('<p class="refusal-words">{words}</p>', words=answer.answer)
    if not answer.nearest:
        return fill('<div class="refusal">{words}</div>', words=words)
    link = fill('<button type="button" class="quiet" data-show="{number}">看{count}段相近的原文(不是答案)</button>',
                number=exchange.number, count=len(answer.nearest))
    return fill('<div class="refusal">{words}{link}</div>', words=words, link=link)


def _after(exchange: Exchange, answer: Answer) -> Markup:
    """What stands below a finished answer: copy, how many sources, whether a list is whole, how long it took."""
    if exchange.phase == "speaking":
        return Markup("")
    facts = []
    if answer.citations:
        facts.append(fill('<button type="button" class="quiet" data-show="{number}">出处{count}处</button>',
                          number=exchange.number, count=len(exchange.citations())))
    if answer.coverage is not None:
        facts.append(_coverage(answer.coverage))
    if answer.explain.get("follow_up"):
        facts.append(fill('<span class="fact">结合上文理解为:{words}</span>', words=answer.explain["understood"]))
    if exchange.phase == "stopped":
        facts.append(fill('<span class="fact warn">{words}</span>', words="已停止,回答不全"))
    seconds = f"{answer.milliseconds.total / 1000:.2f}"
    facts.append(fill('<span class="fact" title="索引版本 {build}">{seconds} 秒</span>', seconds=seconds, build=answer.build))
    return fill(_AFTER, text=attribute_text(copied(answer)), facts=join(facts))


def _coverage(coverage: Coverage) -> Markup:
    if coverage.found >= coverage.stated:
        return fill('<span class="fact">原文共{stated}项,已列全</span>', stated=coverage.stated)
    return fill('<span class="fact warn">原文共{stated}项,只找到{found}项</span>', stated=coverage.stated, found=coverage.found)
