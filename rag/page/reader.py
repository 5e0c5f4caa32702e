"""A whole speech to read: its outline at the side, its paragraphs numbered, the quote highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer.reply import Citation
from rag.outline.tree import Node, Paragraph, Speech
from rag.page.markup import QUOTE, Markup, Span, fill, join, painted

_ALSO = '<mark class="also">{}</mark>'
_READER = """<section class="reader" data-opened="{opened}" aria-label="原文:{title}" tabindex="-1">
<header class="reader-head"><button type="button" class="quiet" data-close>‹ 返回</button>
<div class="reader-name"><h2 class="reader-title">{title}</h2>
<span class="reader-file">{document}{place}</span></div>{toggle}</header>
{notice}<div class="reader-body">{outline}
<article class="reader-text" tabindex="0" aria-label="正文">{paragraphs}</article></div></section>"""
_PARAGRAPH = """<p class="paragraph{kind}" data-paragraph="{n}"><span class="number">{n}</span><span class="words">{words}</span></p>"""
_BRANCH = '<li><button type="button" class="goto" data-goto="{at}" title="{heading}"{here}>{heading}</button>{below}</li>'
_OUTLINE = '<nav class="reader-outline" aria-label="目录">{branches}</nav>'
_PLACE = " · 第{}段"
_TOGGLE = '<button type="button" class="quiet" data-outline aria-expanded="true">目录</button>'
_CHANGED = "这份文件在现在的索引里已经改动或移走。下面是回答时引用的那一段。"


def reader(speech: Speech, text: str, citation: Citation | None = None, others: Sequence[Citation] = (), opened: int = 0) -> Markup:
    """`speech` of the document `text`, opened at `citation`; `others` of the same answer are highlighted lightly.

    `opened` only tells one opening from the next, so that the page scrolls each time.
    """
    quotes = [] if citation is None else _quotes(citation, others)
    layers = (quotes, [Span(node.heading_start, node.heading_end, _lead(node)) for node in _marked(speech.root)])
    levels = dict(_levels(speech.root))
    paragraphs = (_paragraph(one, text, layers, _kind(speech, one, levels)) for one in speech.paragraphs)
    branches = _branches(speech.root, text, -1 if citation is None else citation.start)
    return fill(_READER, opened=opened, title=speech.title, document=speech.document, notice="", paragraphs=join(paragraphs),
                place="" if citation is None else _PLACE.format(citation.paragraph), toggle=Markup(_TOGGLE if branches else ""),
                outline=fill(_OUTLINE, branches=branches) if branches else "")


def snapshot(citation: Citation, origin: int, opened: int = 0) -> Markup:
    """The paragraph as the answer cited it, where the library no longer holds the document in that form."""
    text = painted(citation.text, origin, ([Span(citation.start, citation.end, QUOTE)],))
    return fill(_READER, opened=opened, title=citation.speech, document=citation.document, place=_PLACE.format(citation.paragraph),
                notice=fill('<p class="notice warn">{words}</p>', words=_CHANGED), toggle="", outline="",
                paragraphs=fill(_PARAGRAPH, kind=" here", n=citation.paragraph, words=text))


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
    return f'<span class="lead {node.kind}" data-at="{node.heading_start}">{{}}</span>'


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


def _paragraph(paragraph: Paragraph, text: str, layers: Sequence[Sequence[Span]], kind: str) -> Markup:
    here = " here" if any(paragraph.start <= span.start < paragraph.end and span.frame == QUOTE for span in layers[0]) else ""
    near = [[span for span in layer if span.start < paragraph.end and span.end > paragraph.start] for layer in layers]
    words = painted(text[paragraph.start : paragraph.end], paragraph.start, near)
    return fill(_PARAGRAPH, kind=kind + here, n=paragraph.number, words=words)


def _branches(node: Node, text: str, at: int) -> Markup:
    """A nested list of the headings below `node`; the innermost that holds the position `at` is marked."""
    rows = []
    for child in node.children:
        below = _branches(child, text, at)
        if child.kind in ("section", "item"):
            inner = any(one.kind in ("section", "item") and one.start <= at < one.end for one in child.children)
            here = Markup(' aria-current="location"' if child.start <= at < child.end and not inner else "")
            heading = text[child.heading_start : child.heading_end]
            rows.append(fill(_BRANCH, at=child.heading_start, heading=heading, below=below, here=here))
        elif below:
            rows.append(below)
    return fill("<ol>{rows}</ol>", rows=join(rows)) if rows else Markup("")
