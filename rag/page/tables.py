"""Tables of the page: what is too long to be drawn is cut, and the table says how much of it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.page.figures import counted
from rag.page.markup import Markup, fill, join

ROWS = 500  # of a table; a browser draws more too slowly to be read anyway
_TABLE = """<section class="shelf-part"><h2>{title}</h2><div class="scroll" tabindex="0" role="region" aria-label="{title}">
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}</section>"""
_MORE = '<p class="hint">只列出前{rows}个，其余{rest}个没有列出。</p>'


def table(title: str, head: Sequence[str], rows: Iterable[Markup], total: int) -> Markup:
    """A part of the page under its `title`; of `total` rows the caller gives at most `ROWS`."""
    return fill(_TABLE, title=title, heads=heads(head), rows=join(rows), more=more(total, ROWS))


def heads(head: Sequence[str]) -> Markup:
    """The cells of the first row."""
    return join(fill('<th scope="col">{head}</th>', head=one) for one in head)


def cells(*values: object) -> Markup:
    """One row."""
    return fill("<tr>{cells}</tr>", cells=join(fill("<td>{value}</td>", value=value) for value in values))


def more(total: int, drawn: int) -> Markup:
    """How many of `total` are not listed where only `drawn` are; nothing where all are."""
    return fill(_MORE, rows=counted(drawn), rest=counted(total - drawn)) if total > drawn else Markup("")
