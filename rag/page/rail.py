"""The side of the chat: earlier conversations to go back to, and what the next question is kept to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from rag.page.catalogue import Catalogue, Choice
from rag.page.language import say
from rag.page.ledger import Kept
from rag.page.markup import Markup, fill, join

_UNTITLED: Mapping[str, str] = {}
RECENT = 50  # conversations that are listed, a kilobyte each, in every open page; earlier ones are found by their words
LISTED = 400  # documents to choose from; more are found by their folder or year
_RAIL = """<aside class="rail" aria-label="历史对话" data-asof="{asof}"><div class="rail-head">
<button type="button" class="solid" data-new>新对话</button>
<button type="button" class="quiet" data-rail aria-label="收起历史对话">收起</button></div>
<label class="find"><span class="unseen">搜索历史对话</span><input type="search" data-history value="{words}"
 placeholder="搜索历史对话" autocomplete="off"></label>
<div class="rail-list">{rows}</div>
<label class="drop"><input type="file" data-saved accept=".docx,.md,.json,.jsonl"
 class="unseen"><span>核对保存的回答：选择或拖入 .docx、.md、.jsonl</span></label></aside>"""
_DAY = '<section><h3 class="rail-day">{day}</h3><ul>{rows}</ul></section>'
_KEPT = """<li class="kept"{current}><button type="button" class="kept-title" data-conversation="{id}"
 title="{title}"><bdi>{title}</bdi></button>
<details class="menu"><summary aria-label="{title}：更多">⋯</summary><div class="menu-list">
<form data-rename="{id}"><label class="unseen" for="rename-{id}">新名称</label><input id="rename-{id}" name="title"
 value="{title}" maxlength="60">
<button type="submit">改名</button></form><button type="button" data-take-all="docx" data-of="{id}">下载 Word</button>
<button type="button" data-take-all="md" data-of="{id}">下载 Markdown</button>
<button type="button" class="danger" data-forget="{id}">删除</button></div></details></li>"""
_NO_HISTORY = '<p class="hint">还没有历史对话。提问之后会自动保存在这里。</p>'
_EARLIER = '<p class="hint">这里只列最近{n}个对话；更早的，用上面的搜索找。</p>'
_NOT_FOUND = '<p class="hint">没有含这些字的对话。换几个字再找。</p>'
_BAR = """<div class="scope"><details class="menu scope-menu"><summary
 title="选择提问的范围">范围：<bdi>{words}</bdi> <span aria-hidden="true">▾</span></summary>
<form class="menu-list scope-list" data-choose><label class="find"><span class="unseen">按名称找文件</span>
<input type="search" data-scope-find placeholder="按名称找文件或文件夹" autocomplete="off"></label>
{years}{folders}{documents}<div class="scope-foot"><button type="submit" class="solid">确定</button>
<button type="button" class="quiet" data-unchoose>不限范围</button></div></form></details>{chips}{about}
<button type="button" class="quiet new" data-new>新对话</button></div>"""
_FIELD = '<fieldset><legend>{legend}</legend><div class="boxes {kind}">{boxes}</div>{more}</fieldset>'
_BOX = """<label class="box"><input type="checkbox" name="{kind}" value="{value}"{checked}><span class="box-words"
 title="{value}">{words} <span class="fact">{file}</span></span></label>"""
_CHIP = """<button type="button" class="chip" data-drop="{kind}" data-value="{value}"
 aria-label="从范围中去掉{words}"><bdi>{words}</bdi> ×</button>"""
_ABOUT = """<button type="button" class="chip about" data-about-off aria-label="不再只问这一段"><bdi>只问这一段：{words}</bdi> ×</button>"""


def rail(kept: Sequence[Kept], current: str, words: str, today: date, asof: int = 0) -> Markup:
    """The latest of the earlier conversations, by day, the open one marked; `words` are what was searched for.

    `asof` (microseconds) tells the page's script which of two lists is the older, whichever arrives first.
    """
    if not kept:
        return fill(_RAIL, words=words, asof=asof, rows=fill(_NOT_FOUND if words.strip() else _NO_HISTORY))
    days = groupby(kept[:RECENT], lambda one: _day(one.changed, today))
    listed = join(fill(_DAY, day=day, rows=join(_kept(one, current) for one in group)) for day, group in days)
    return fill(_RAIL, words=words, asof=asof, rows=listed + (fill(_EARLIER, n=RECENT) if len(kept) > RECENT else Markup("")))


def first(kept: Sequence[Kept], today: date) -> str:
    """The conversation that stands first under today; "" where none does."""
    return kept[0].id if kept and _day(kept[0].changed, today) == say("今天") else ""


def _kept(one: Kept, current: str) -> Markup:
    return fill(_KEPT, id=one.id, title=one.title, current=Markup(' aria-current="true"' if one.id == current else ""))


def _day(changed: str, today: date) -> str:
    day = datetime.fromisoformat(changed).astimezone().date()
    apart = (today - day).days
    return say("今天") if apart <= 0 else say("昨天") if apart == 1 else day.isoformat()


def scope(book: Catalogue | None, choice: Choice, about: str = "") -> Markup:
    """What the next question is kept to, with the means to choose otherwise."""
    if book is None:
        return Markup("")
    everything = say("全库{n}份文件", n=len(book.entries))
    words = say("{n}份文件", n=len(book.matching(choice))) if choice else everything
    chips = [
        *(_chip("folders", one, f"{one}/") for one in choice.folders),
        *(_chip("documents", one, one.rsplit("/", 1)[-1]) for one in choice.documents),
        *(_chip("years", one, say("{year}年", year=one)) for one in choice.years),
    ]
    documents = [one.document for one in book.entries]
    titles = {one.document: one.titles[0] for one in book.entries if len(one.titles) == 1 and one.titles[0] not in one.document}
    return fill(
        _BAR,
        words=words,
        chips=join(chips),
        about=fill(_ABOUT, words=about) if about else "",
        years=_field(say("年份"), "years", book.years(), choice.years),
        folders=_field(say("文件夹"), "folders", book.folders(), choice.folders),
        documents=_field(say("文件"), "documents", documents[:LISTED], choice.documents, len(documents), titles),
    )


def _chip(kind: str, value: str, words: str) -> Markup:
    return fill(_CHIP, kind=kind, value=value, words=words)


def _field(
    legend: str, kind: str, values: Sequence[str], chosen: Sequence[str], total: int = 0, titles: Mapping[str, str] = _UNTITLED
) -> Markup:
    """Boxes to be ticked; what has a title is known by it, its file stands after it."""
    if not values:
        return Markup("")
    boxes = (
        fill(
            _BOX,
            kind=kind,
            value=value,
            words=say("{year}年", year=value) if kind == "years" else titles.get(value, value),
            file=value if value in titles else "",
            checked=Markup(" checked" if value in chosen else ""),
        )
        for value in values
    )
    more = fill('<p class="hint">另有{n}份没有列出，可按文件夹或年份选。</p>', n=total - len(values)) if total > len(values) else ""
    return fill(_FIELD, legend=legend, kind=kind, boxes=join(boxes), more=more)
