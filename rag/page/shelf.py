"""The library as it is kept: what it holds, what could not be read and why, the files to look into and to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.index.library import Library
from rag.index.store import Kept
from rag.keeping.holdings import Holding
from rag.keeping.preview import Preview
from rag.page.catalogue import Catalogue
from rag.page.figures import counted, megabytes, moment
from rag.page.inventory import Row, inventory
from rag.page.language import say
from rag.page.markup import Markup, fill, join
from rag.page.reader import reader
from rag.page.tables import ROWS, cells, heads, more, table

TITLES = 60  # of speeches that are listed beside an empty conversation
NAMES = 5  # of changed files that are named
_CONTENTS = """<div class="sources contents">
<h2 class="group-title"><strong>库里有</strong><span>{speeches}篇讲话，{characters}字</span></h2>
<ul>{rows}</ul>{more}<p class="hint">提问之后，回答的出处会列在这里。</p></div>"""
_SPEECH = """<li><button type="button" class="speech" data-speech="{number}" data-document="{document}">
<span class="speech-title">{title}</span> <span class="fact">{date}</span> <span class="fact">{paragraphs}段</span></button></li>"""
_STATE = '<span class="state {kind}">{words}</span>'
_BACK = '<button type="button" class="quiet" data-rollback="{build}" aria-label="回退到此版本 {build}">回退到此版本</button>'
_FACT = "<div><dt>{name}</dt><dd>{value}</dd></div>"
_FILES = """<section class="shelf-part"><div class="files-head"><h2>资料文件（{n}）</h2><label class="find"><span
 class="unseen">按名称找文件</span>
<input type="search" data-files value="{words}" placeholder="按名称找文件" autocomplete="off"></label></div>{put}{outcome}
<div class="scroll" tabindex="0" role="region"
 aria-label="资料文件"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}</section>"""
_PUT = """<div class="put"><label class="drop wide"><input type="file" data-put multiple class="unseen">
<span><strong>放入文件</strong> 点击选择，或把文件拖到这里。{kinds}</span></label>
<label class="into">放入文件夹 <input type="text" data-into list="folders" placeholder="最上层" autocomplete="off" maxlength="200"></label>
<datalist id="folders">{folders}</datalist><span class="put-state" role="status"></span></div>"""
_REBUILD = """<div class="offer">{state}<button type="button" class="solid" data-rebuild>重建索引</button></div>"""
_WATCH = """<p class="watch"><button type="button" class="quiet" role="switch" aria-checked="{on}" data-watch="{next}">
资料有改动时自动重建索引：{words}</button></p>"""
_OUTCOME = '<p class="notice {kind}" role="status"><bdi>{words}</bdi>{choice}</p>'
_TAKEN = """<span class="choice"><button type="button" class="solid" data-settle="replace" data-path="{upload}"
 data-name="{path}">替换它</button>
<button type="button" class="quiet" data-settle="new" data-path="{upload}" data-name="{free}">另存为{free}</button>
<button type="button" class="quiet" data-settle="none">不放入</button></span>"""
_ACTIONS = """<button type="button" class="quiet" data-preview="{path}" aria-label="预览{path}">预览</button>{change}"""
_CHANGE = """<details class="menu left"><summary aria-label="{path}：更多">⋯</summary><div class="menu-list"><form data-move="{path}">
<label>新的名称或路径<input name="path" value="{path}" maxlength="400" required></label><button type="submit">改名或移动</button></form>
<button type="button" class="danger" data-remove="{path}">删除</button></div></details>"""
_PREVIEW = """<div class="preview">{asks}{body}</div>"""
_ASKS = '<div class="preview-asks"><span class="fact">可以这样问：</span>{buttons}</div>'
_ASK = '<button type="button" class="chip" data-ask="{question}">{question}</button>'
_NO_FILES = '<tr><td colspan="6">{words}</td></tr>'


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the last change of the corpus folder ended; where a name was taken, the upload that waits, and a free name."""

    words: str
    well: bool = True
    upload: str = ""
    path: str = ""
    free: str = ""


def facts(library: Library, behind: Sequence[str] | None, watching: bool | None = None) -> Markup:
    """What the index holds and how it was made; `behind` are the files changed since, None while that is being looked up.

    `watching`: whether it is rebuilt by itself, with the switch for that; None for who may not turn it.
    """
    manifest, counts = library.manifest, library.manifest.counts
    values = (
        (say("讲话"), say("{n} 篇", n=counted(counts.speeches))),
        (say("文件"), say("{n} 份", n=counted(counts.documents))),
        (say("段落"), counted(counts.paragraphs)),
        (say("片段"), counted(counts.passages)),
        (say("字数"), counted(counts.characters)),
        (say("模型"), manifest.model.name),
        (say("构建时间"), moment(manifest.built)),
        (say("版本"), manifest.build),
    )
    pairs = join(fill(_FACT, name=name, value=value) for name, value in values)
    switch = Markup("")
    if watching is not None:
        words = say("已开启") if watching else say("已关闭")
        switch = fill(_WATCH, on="true" if watching else "false", next="off" if watching else "on", words=words)
    return fill('<dl class="facts">{pairs}</dl>{state}{switch}', pairs=pairs, state=state(behind), switch=switch)


def state(behind: Sequence[str] | None) -> Markup:
    """Whether the index is up to date with the corpus folder, in words."""
    if behind is None:
        return fill('<p class="notice">正在核对索引与资料文件夹是否一致…</p>')
    if not behind:
        return fill('<p class="notice good">✓ 索引与资料文件夹一致。</p>')
    more = say("等{n}个文件", n=len(behind)) if len(behind) > NAMES else ""
    words = say("资料文件夹有改动：{files}。按“重建索引”后才会用上。", files="、".join(behind[:NAMES]) + more)
    return fill('<p class="notice warn">{words}</p>', words=words)


def contents(book: Catalogue) -> Markup:
    """The speeches that can be asked about, each to be opened and read."""
    speeches = [speech for speech in book.library.speeches if speech.kind == "speech"]
    drawn = (
        fill(
            _SPEECH,
            number=one.number,
            document=one.document,
            title=one.title,
            paragraphs=counted(len(one.paragraphs)),
            date=book.date(one.document),
        )
        for one in speeches[:TITLES]
    )
    counts = book.library.manifest.counts
    return fill(
        _CONTENTS,
        speeches=counted(counts.speeches),
        characters=counted(counts.characters),
        rows=join(drawn),
        more=more(len(speeches), TITLES),
    )


def files(
    library: Library | None,
    held: Sequence[Holding],
    behind: Sequence[str] | None,
    words: str,
    *,
    changing: bool,
    folders: Sequence[str] = (),
    kinds: str = "",
    outcome: Outcome | None = None,
) -> Markup:
    """The files of the corpus folder: what state each is in, and, where the visitor may change them, how."""
    known = {row.file: row for row in inventory(library)} if library else {}
    reasons = {one.path: one.reason for one in library.reported} if library else {}
    head = tuple(say(head) for head in ("文件", "大小", "讲话", "段落", "状态", "操作"))
    drawn = [_file(one, known.get(one.path), reasons.get(one.path), one.path in (behind or ()), changing) for one in held[:ROWS]]
    offer = fill(_REBUILD, state=state(behind)) if changing and behind else Markup("")
    put = fill(_PUT, kinds=kinds, folders=join(fill('<option value="{name}"></option>', name=one) for one in folders))
    return fill(
        _FILES,
        n=counted(len(held)),
        words=words,
        put=offer + put if changing else "",
        outcome=_outcome(outcome),
        heads=heads(head),
        rows=join(drawn) if drawn else fill(_NO_FILES, words=_none(words, changing=changing)),
        more=more(len(held), ROWS),
    )


def _none(words: str, *, changing: bool) -> str:
    """What to do where no file is listed."""
    return say("还没有文件：把讲话文件拖到上面的框里，或点它选择。") if changing and not words.strip() else say("没有符合的文件。")


def _file(one: Holding, row: Row | None, reason: str | None, changed: bool, changing: bool) -> Markup:
    if one.problem or reason:
        kind, words = "warn", f"! {say('未入库')}：{one.problem or reason}"
    elif row is None:
        kind, words = "warn", f"+ {say('新放入，重建后才能问到')}"
    elif changed:
        kind, words = "warn", f"~ {say('已改动，重建后才会更新')}"
    else:
        kind, words = "good", f"✓ {say('已入库')}"
    lines = fill(' <span class="fact">{n} 条</span>', n=counted(row.lines)) if row and row.lines > 1 else ""
    change = fill(_CHANGE, path=one.path) if changing and not one.problem else ""
    title = fill('<span class="file-title">{title}</span>', title=row.title) if row and row.title and row.title not in one.path else ""
    name = fill('<span class="file-name">{path}</span>{lines}{title}', path=one.path, lines=lines, title=title)
    return cells(
        name,
        megabytes(one.size),
        counted(row.speeches) if row else "—",
        counted(row.paragraphs) if row else "—",
        fill('<span class="state-long {kind}">{words}</span>', kind=kind, words=words),
        fill(_ACTIONS, path=one.path, change=change),
    )


def _outcome(outcome: Outcome | None) -> Markup:
    if outcome is None:
        return Markup("")
    choice = fill(_TAKEN, upload=outcome.upload, path=outcome.path, free=outcome.free) if outcome.upload else ""
    return fill(_OUTCOME, kind="good" if outcome.well else "warn", words=outcome.words, choice=choice)


def preview(found: Preview) -> Markup:
    """A file as the index would hold it: its speeches with their outlines, and questions that it answers."""
    if found.reported is not None:
        return fill(_PREVIEW, asks="", body=trouble(f"{found.path}：{found.reported.reason}"))
    documents = {one.path: one for one in found.documents}
    first = next((one for one in found.speeches if one.kind == "speech"), found.speeches[0] if found.speeches else None)
    if first is None:
        return fill(_PREVIEW, asks="", body=fill('<p class="hint">这份文件里没有可读的文字。</p>'))
    others = sum(one.kind == "speech" for one in found.speeches) - 1
    more = fill('<p class="hint">这份文件里还有另外{n}篇，入库后可在问答页打开。</p>', n=others) if others > 0 else ""
    buttons = [fill(_ASK, question=one) for one in found.questions]
    asks = fill(_ASKS, buttons=join(buttons)) if buttons else Markup("")
    return fill(_PREVIEW, asks=asks + more, body=reader(documents[first.document], first))


def left_out(library: Library) -> Markup:
    """The table of files that could not be read whole, with the reason; nothing where there are none."""
    every = library.reported
    if not every:
        return Markup("")
    words = fill(_STATE, kind="warn", words=f"! {say('未入库')}")
    drawn = (cells(one.path, words, one.reason) for one in every[:ROWS])
    head = (say("文件"), say("状态"), say("原因和办法"))
    return table(say("没有读入的文件（{n}）", n=counted(len(every))), head, drawn, len(every))


def report(library: Library) -> Markup:
    """The last build's report: every file read, what it gave, and how it was decoded."""
    every = inventory(library)
    head = tuple(say(head) for head in ("文件", "讲话", "段落", "片段", "字数", "编码", "未收的内容", "状态"))
    return table(say("已入库的文件（{n}）", n=counted(len(every))), head, map(_document, every[:ROWS]), len(every))


def _document(row: Row) -> Markup:
    file = fill('{file} <span class="fact">{n} 条</span>', file=row.file, n=counted(row.lines)) if row.lines > 1 else row.file
    numbers = map(counted, (row.speeches, row.paragraphs, row.passages, row.characters))
    return cells(file, *numbers, row.codec, row.left_out or "—", fill(_STATE, kind="good", words=f"✓ {say('已入库')}"))


def builds(kept: Sequence[Kept], *, changing: bool = True) -> Markup:
    """The builds kept, newest first, each intact one but the current with a button that goes back to it."""
    head = tuple(say(head) for head in ("版本", "构建时间", "文件", "片段", "大小", "状态", "操作"))
    return table(say("保留的索引版本（{n}）", n=len(kept)), head, (_build(one, changing) for one in kept), len(kept))


def _build(kept: Kept, changing: bool) -> Markup:
    if not kept.intact:
        return cells(kept.build, moment(kept.built), "—", "—", "—", fill(_STATE, kind="bad", words=f"× {say('已损坏')}"), "")
    words = f"✓ {say('正在使用')}" if kept.current else say("完好")
    back = "" if kept.current or not changing else fill(_BACK, build=kept.build)
    return cells(
        kept.build,
        moment(kept.built),
        counted(kept.documents),
        counted(kept.passages),
        megabytes(kept.size),
        fill(_STATE, kind="good" if kept.current else "", words=words),
        back,
    )


def trouble(words: str) -> Markup:
    """In place of a table that could not be made, why."""
    return fill('<p class="notice bad" role="alert">{words}</p>', words=words)
