"""Source cards: for each mark of an answer its speech, its place and its paragraph with the quote highlighted."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.reply import Citation
from rag.page.exchange import Exchange
from rag.page.language import say
from rag.page.markup import QUOTE, Markup, Span, fill, join, painted

HEADING_CHARACTERS = 30  # of each heading in a card's path; the whole heading stands in its tooltip
NEAR_CHARACTERS = 60  # of a paragraph on each side of the quote that a folded card shows

_NEAREST = '<strong class="not">不是答案</strong><span>库里与这一问最相近的原文：{question}</span>'
_CITED = "<strong>出处</strong><span>{question}</span>"
_EMPTY = """<div class="sources"><p class="hint">回答的出处会列在这里。点回答里的编号，就能看到它引的是哪一段。</p></div>"""
_GROUP = """<section class="group{kind}" data-exchange="{number}" aria-label="{name}">
<h2 class="group-title">{title}</h2>{cards}</section>"""
_CARD = """<article class="card" tabindex="-1" data-exchange="{exchange}" data-cite="{n}" aria-label="{name}{n}">
<header class="card-head"><span class="card-number">{n}</span><span class="card-title">{speech}</span>
<span class="card-place">第{paragraph}段</span></header>{path}<blockquote class="card-text{folded}">{text}</blockquote>
<footer class="card-foot">{unfold}<button type="button" class="quiet" data-open="{exchange}" data-cite="{n}">在原文中看</button>
<span class="card-file" title="{document}">{document}</span></footer></article>"""
_UNFOLD = '<button type="button" class="quiet" data-unfold aria-expanded="false">展开全段</button>'
_FAR = '<span class="far"><span>{}</span></span>'


def sources(exchange: Exchange | None) -> Markup:
    """The cards of one exchange; a word where there are none."""
    if exchange is None or not exchange.citations():
        return fill(_EMPTY)
    return fill('<div class="sources">{group}</div>', group=_group(exchange))


def _group(exchange: Exchange) -> Markup:
    refused = exchange.answer is not None and exchange.answer.refused
    title = fill(_NEAREST if refused else _CITED, question=exchange.question)
    cards = join(_card(exchange, citation, nearest=refused) for citation in exchange.citations())
    return fill(
        _GROUP,
        kind=" nearest" if refused else "",
        number=exchange.number,
        name=say("相近的原文，不是答案") if refused else say("出处"),
        title=title,
        cards=cards,
    )


def _card(exchange: Exchange, citation: Citation, *, nearest: bool) -> Markup:
    folded, text = _paragraph(citation, exchange.origin(citation), nearest=nearest)
    return fill(
        _CARD,
        exchange=exchange.number,
        n=citation.n,
        name=say("相近原文") if nearest else say("出处"),
        speech=citation.speech,
        paragraph=citation.paragraph,
        path=_path(citation.outline),
        text=text,
        folded=" folded" if folded else "",
        unfold=fill(_UNFOLD) if folded else "",
        document=citation.document,
    )


def _path(outline: Sequence[str]) -> Markup:
    """`三、… › 四种精神 › 二是…`, each heading cut, whole in its tooltip."""
    if not outline:
        return Markup("")
    steps = [fill('<span title="{whole}">{cut}</span>', whole=heading, cut=_cut(heading)) for heading in outline]
    return fill('<p class="card-path">{steps}</p>', steps=join(steps, ' <span class="step" aria-hidden="true">›</span> '))


def _cut(heading: str) -> str:
    heading = heading.lstrip("# ")  # Markdown's own marks tell a reader nothing
    return heading if len(heading) <= HEADING_CHARACTERS else heading[:HEADING_CHARACTERS] + "…"


def _paragraph(citation: Citation, origin: int, *, nearest: bool) -> tuple[bool, Markup]:
    """Whether the card folds, and its paragraph, the quote highlighted; what folds away is framed, never cut.

    The nearest passage of a refusal is no quote: nothing of it is highlighted, and only its beginning stays unfolded.
    """
    last = min(citation.end, citation.start + NEAR_CHARACTERS) if nearest else citation.end
    sides = (Span(origin, citation.start - NEAR_CHARACTERS, _FAR), Span(last + NEAR_CHARACTERS, origin + len(citation.text), _FAR))
    far = [side for side in sides if side.end - side.start > NEAR_CHARACTERS]
    quote = [] if nearest else [Span(citation.start, citation.end, QUOTE)]
    return bool(far), painted(citation.text, origin, (far, quote))
