"""A speech as one reads it: title, outline at the side, numbered paragraphs, the quote highlighted, ways on from each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.places import Place
from rag.answer.places import citation as cited_at
from rag.answer.reply import Citation
from rag.outline.tree import Node, Paragraph, Speech
from rag.page.alike import Likeness
from rag.page.language import say
from rag.page.markup import QUOTE, Markup, Span, attribute_text, fill, join, painted
from rag.reading.document import Document

_ALSO = '<mark class="also">{}</mark>'
_READER = """<section class="reader" data-opened="{opened}" data-document="{document}" aria-label="原文：{title}" tabindex="-1">
<header class="reader-head"><button type="button" class="quiet" data-close>‹ 返回</button>
<div class="reader-name"><h2 class="reader-title" title="{title}">{title}</h2>
<span class="reader-file">{document}{place}</span></div>{steps}</header>
<div class="reader-tools" role="search">{toggle}<label class="find"><span class="unseen">在本篇中找</span>
<input type="search" data-find placeholder="在本篇中找" autocomplete="off"></label>
<span class="find-count" role="status"></span>
<button type="button" class="quiet" data-find-step="-1" aria-label="上一处">↑</button>
<button type="button" class="quiet" data-find-step="1" aria-label="下一处">↓</button></div>
{notice}<div class="reader-body">{outline}
<article class="reader-text" tabindex="0" aria-label="正文">{paragraphs}</article></div>
<div class="paragraph-menu" role="menu" aria-label="这一段" hidden>
<button type="button" role="menuitem" data-paragraph-copy>复制这一段，附出处</button>
<button type="button" role="menuitem" data-paragraph-ask>就这一段提问</button>
<button type="button" role="menuitem" data-paragraph-alike>看别处的相近提法</button></div></section>"""
_PARAGRAPH = """<div class="paragraph{kind}" data-paragraph="{n}" data-start="{start}" data-label="{label}">
<button type="button" class="number" data-menu aria-haspopup="menu" aria-expanded="false" aria-label="第{n}段，更多"
 title="{page}">{n}</button>
<p class="words">{words}</p></div>"""
_BRANCH = '<li><button type="button" class="goto" data-goto="{at}" title="{heading}"{here}>{heading}</button>{below}</li>'
_OUTLINE = '<nav class="reader-outline" aria-label="目录">{branches}</nav>'
_TOGGLE = '<button type="button" class="quiet" data-outline aria-expanded="true">目录</button>'
_STEPS = """<div class="steps" role="group" aria-label="本条回答的出处"><button type="button" class="quiet"
 data-open="{exchange}" data-cite="{before}"
 aria-label="上一处出处"{first}>‹</button><span class="steps-count" aria-live="polite">出处 {at}/{all}</span>
<button type="button" class="quiet" data-open="{exchange}" data-cite="{after}" aria-label="下一处出处"{last}>›</button></div>"""
_ALIKE = """<section class="reader alike" aria-label="相近提法" tabindex="-1"><header class="reader-head">
<button type="button" class="quiet" data-close>‹ 返回</button><div class="reader-name"><h2 class="reader-title">别处的相近提法</h2>
<span class="reader-file">{label}</span></div></header><div class="alike-body"><blockquote class="card-text">{paragraph}</blockquote>
{found}</div></section>"""
_LEGEND = '<p class="hint">与这一段逐字比较：<del>划去的</del>只在这一段里，<ins>划线的</ins>只在别处。</p>{rows}'
_NONE = '<p class="hint">库里没有找到与这一段相近的提法。</p>'
_LIKENESS = """<article class="card"><header class="card-head"><span class="card-title">{speech}</span>
<span class="card-place">第{n}段 · 相同{percent}%</span></header><p class="card-text">{words}</p>
<footer class="card-foot"><button type="button" class="quiet" data-at="{start}" data-end="{end}"
 data-document="{document}">在原文中看</button>
<span class="card-file" title="{document}">{document}</span></footer></article>"""
_PIECES = {"same": "{words}", "here": "<del>{words}</del>", "there": "<ins>{words}</ins>"}


@dataclass(frozen=True, slots=True)
class Opening:
    """Why and where a speech is opened: at `citation`, one of `others` of exchange `exchange`; `times` tells openings apart."""

    citation: Citation | None = None
    others: Sequence[Citation] = ()
    exchange: int = 0
    times: int = 0


def reader(document: Document, speech: Speech, opening: Opening = Opening(), date: str = "") -> Markup:
    """`speech`, opened at a citation or at its beginning; other quotes of the same answer are highlighted lightly."""
    text, chosen = document.text, opening.citation
    nearby = [one for one in opening.others if one.document == speech.document]
    leads = [Span(node.heading_start, node.heading_end, _lead(node)) for node in _marked(speech.root)]
    layers = ([] if chosen is None else _quotes(chosen, nearby), leads)
    levels = dict(_levels(speech.root))
    places = (Place(document, speech, one, one.start, one.end) for one in speech.paragraphs)
    paragraphs = (_paragraph(place, layers, _kind(speech, place.paragraph, levels)) for place in places)
    branches = _branches(speech.root, text, -1 if chosen is None else chosen.start)
    where = "" if chosen is None else _where(chosen.paragraph, chosen.page)
    return fill(
        _READER,
        opened=opening.times,
        title=speech.title,
        document=speech.document,
        notice="",
        paragraphs=join(paragraphs),
        place=(f" · {date}" if date else "") + where,
        toggle=fill(_TOGGLE) if branches else "",
        steps=_steps(opening),
        outline=fill(_OUTLINE, branches=branches) if branches else "",
    )


def snapshot(citation: Citation, origin: int, opening: Opening = Opening(), kept: str = "") -> Markup:
    """The paragraph as the answer cited it, where the library no longer holds the document in that form.

    `kept` names the build that still holds it, where one does.
    """
    text = painted(citation.text, origin, ([Span(citation.start, citation.end, QUOTE)],))
    words = say("这份文件在现在的索引里已经改动或移走。下面是回答时引用的那一段。")
    words += say("保留的索引版本{build}里还有全文。", build=kept) if kept else ""
    return fill(
        _READER,
        opened=opening.times,
        title=citation.speech,
        document=citation.document,
        place=_where(citation.paragraph, None),
        notice=fill('<p class="notice warn">{words}</p>', words=words),
        toggle="",
        outline="",
        steps=_steps(opening),
        paragraphs=fill(
            _PARAGRAPH, kind=" here", n=citation.paragraph, words=text, start=origin, page="", label=attribute_text(citation.label)
        ),
    )


def likenesses(paragraph: Place, found: Sequence[Likeness]) -> Markup:
    """The paragraph and, below it, where else the library says nearly the same."""
    rows = fill(_LEGEND, rows=join(map(_likeness, found))) if found else fill(_NONE)
    return fill(_ALIKE, label=cited_at(paragraph, 1).label, paragraph=paragraph.text, found=rows)


def _likeness(one: Likeness) -> Markup:
    words = join(fill(_PIECES[kind], words=words) for kind, words in one.pieces)
    place = one.place
    return fill(
        _LIKENESS,
        speech=place.speech.title,
        n=place.paragraph.number,
        percent=int(100 * one.share),
        words=words,
        start=place.start,
        end=place.end,
        document=place.document.path,
    )


def _where(paragraph: int, page: int | None) -> str:
    return say(" · 第{n}段", n=paragraph) + ("" if page is None else say(" · 第{page}页", page=page))


def _steps(opening: Opening) -> Markup:
    """Buttons to the citation before and after the one shown."""
    numbers = [one.n for one in opening.others]
    if opening.citation is None or len(numbers) < 2 or opening.citation.n not in numbers:
        return Markup("")
    at = numbers.index(opening.citation.n)
    return fill(
        _STEPS,
        exchange=opening.exchange,
        before=numbers[max(at - 1, 0)],
        after=numbers[min(at + 1, len(numbers) - 1)],
        at=at + 1,
        all=len(numbers),
        first=Markup(" disabled" if at == 0 else ""),
        last=Markup(" disabled" if at == len(numbers) - 1 else ""),
    )


def _quotes(chosen: Citation, others: Sequence[Citation]) -> list[Span]:
    """The span asked for, whole, and what it leaves of the others."""
    spans = [Span(chosen.start, chosen.end, QUOTE)]
    for one in others:
        if one.n != chosen.n:
            spans += [Span(one.start, min(one.end, chosen.start), _ALSO), Span(max(one.start, chosen.end), one.end, _ALSO)]
    return [span for span in spans if span.start < span.end]


def _marked(root: Node) -> Iterator[Node]:
    return (node for node in root.walk() if node.kind in ("section", "item") and node.heading_start < node.heading_end)


def _lead(node: Node) -> str:
    return f'<span class="lead {node.kind}" data-lead="{node.heading_start}">{{}}</span>'


def _levels(root: Node, depth: int = 1) -> Iterator[tuple[int, int]]:
    """The start of each section's heading, and how deep it lies."""
    for node in root.children:
        if node.kind == "section":
            yield node.heading_start, depth
        yield from _levels(node, depth + 1)


def _kind(speech: Speech, paragraph: Paragraph, levels: dict[int, int]) -> str:
    if speech.title_start < speech.title_end and paragraph.start <= speech.title_start < paragraph.end:
        return " title"
    level = levels.get(paragraph.start)
    return f" heading level-{min(level, 3)}" if level else ""


def _paragraph(place: Place, layers: Sequence[Sequence[Span]], kind: str) -> Markup:
    one = place.paragraph
    here = " here" if any(one.start <= span.start < one.end and span.frame == QUOTE for span in layers[0]) else ""
    near = [[span for span in layer if span.start < one.end and span.end > one.start] for layer in layers]
    page = place.document.page_at(one.start)
    return fill(
        _PARAGRAPH,
        kind=kind + here,
        n=one.number,
        words=painted(place.text, one.start, near),
        start=one.start,
        label=attribute_text(cited_at(place, 1).label),
        page="" if page is None else say("第{page}页", page=page),
    )


def _branches(node: Node, text: str, at: int) -> Markup:
    """A nested list of the headings below `node`; the innermost that holds the position `at` is marked."""
    rows = []
    for child in node.children:
        below = _branches(child, text, at)
        if child.kind in ("section", "item"):
            inner = any(one.kind in ("section", "item") and one.start <= at < one.end for one in child.children)
            here = Markup(' aria-current="location"' if child.start <= at < child.end and not inner else "")
            heading = text[child.heading_start : child.heading_end]
            rows.append(fill(_BRANCH, at=child.heading_start, heading=heading.lstrip("# "), below=below, here=here))
        elif below:
            rows.append(below)
    return fill("<ol>{rows}</ol>", rows=join(rows)) if rows else Markup("")
