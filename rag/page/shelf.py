"""The library as tables: what it holds, what could not be read and why, which builds are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.index.library import Library
from rag.index.store import Kept
from rag.page.figures import counted, megabytes, moment
from rag.page.markup import Markup, fill, join

ROWS = 500  # of a table; a browser draws more too slowly to be read anyway
TITLES = 60  # of speeches that are listed beside an empty conversation
NAMES = 5  # of changed files that are named
_TABLE = """<section class="shelf-part"><h2>{title}</h2><div class="scroll" tabindex="0" role="region" aria-label="{title}">
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}</section>"""
_CONTENTS = """<div class="sources contents">
<h2 class="group-title"><strong>库里有</strong><span>{speeches}篇讲话,{characters}字</span></h2>
<ul>{rows}</ul>{more}<p class="hint">提问之后,回答的出处会列在这里。</p></div>"""
_SPEECH = """<li><button type="button" class="speech" data-speech="{number}" data-document="{document}">
<span class="speech-title">{title}</span> <span class="fact">{paragraphs}段</span></button></li>"""
_STATE = '<span class="state {kind}">{words}</span>'
_LINES = '{file} <span class="fact">{n} 条</span>'
_MORE = '<p class="hint">只列出前{rows}个,其余{rest}个没有列出。</p>'
_BACK = '<button type="button" class="quiet" data-rollback="{build}" aria-label="回退到{build}">回退到此版本</button>'
_FACT = "<div><dt>{name}</dt><dd>{value}</dd></div>"


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the library; `lines` counts its documents (a `.jsonl` file holds many, others one)."""

    file: str
    lines: int
    speeches: int
    paragraphs: int
    passages: int
    characters: int
    codec: str


def rows(library: Library) -> tuple[Row, ...]:
    """The library's files in the order of their paths."""
    file_of = {one.path: one.path.removesuffix(f"#{one.document_id}") if one.document_id is not None else one.path
               for one in library.documents}
    codecs = {file_of[one.path]: one.codec for one in library.documents}
    lines = Counter(file_of.values())
    characters: Counter[str] = Counter()
    for document in library.documents:
        characters[file_of[document.path]] += len(document.text)
    speeches = Counter(file_of[one.document] for one in library.speeches if one.kind == "speech")
    paragraphs: Counter[str] = Counter()
    for speech in library.speeches:
        paragraphs[file_of[speech.document]] += len(speech.paragraphs)
    passages = Counter(file_of[one.document] for one in library.passages)
    return tuple(Row(file, lines[file], speeches[file], paragraphs[file], passages[file], characters[file], codecs[file])
                 for file in sorted(codecs))


def facts(library: Library, behind: Sequence[str] | None) -> Markup:
    """What the index holds and how it was made; `behind` are the files changed since, None while that is being looked up."""
    manifest, counts = library.manifest, library.manifest.counts
    values = (
        ("讲话", f"{counted(counts.speeches)} 篇"), ("文件", f"{counted(counts.documents)} 份"), ("段落", counted(counts.paragraphs)),
        ("片段", counted(counts.passages)), ("字数", counted(counts.characters)), ("模型", manifest.model.name),
        ("构建时间", moment(manifest.built)), ("版本", manifest.build),
    )
    pairs = join(fill(_FACT, name=name, value=value) for name, value in values)
    return fill('<dl class="facts">{pairs}</dl>{state}', pairs=pairs, state=_state(behind))


def _state(behind: Sequence[str] | None) -> Markup:
    if behind is None:
        return fill('<p class="notice">{words}</p>', words="正在核对索引与资料文件夹是否一致…")
    if not behind:
        return fill('<p class="notice good">{words}</p>', words="✓ 索引与资料文件夹一致。")
    more = f"等{len(behind)}个文件" if len(behind) > NAMES else ""
    words = f"资料文件夹有改动:{'、'.join(behind[:NAMES])}{more}。按“重建索引”后才会用上。"
    return fill('<p class="notice warn">{words}</p>', words=words)


def contents(library: Library) -> Markup:
    """The speeches that can be asked about, each to be opened and read."""
    speeches = [speech for speech in library.speeches if speech.kind == "speech"]
    drawn = (fill(_SPEECH, number=one.number, document=one.document, title=one.title, paragraphs=counted(len(one.paragraphs)))
             for one in speeches[:TITLES])
    counts = library.manifest.counts
    return fill(_CONTENTS, speeches=counted(counts.speeches), characters=counted(counts.characters), rows=join(drawn),
                more=_more(len(speeches), TITLES))


def documents(library: Library) -> Markup:
    """The table of files that are indexed."""
    every = rows(library)
    heads = ("文件", "讲话", "段落", "片段", "字数", "编码", "状态")
    return _table(f"已入库的文件({counted(len(every))})", heads, map(_document, every[:ROWS]), len(every))


def _document(row: Row) -> Markup:
    file = fill(_LINES, file=row.file, n=counted(row.lines)) if row.lines > 1 else row.file
    numbers = map(counted, (row.speeches, row.paragraphs, row.passages, row.characters))
    return _cells(file, *numbers, row.codec, fill(_STATE, kind="good", words="✓ 已入库"))


def left_out(library: Library) -> Markup:
    """The table of files that could not be read whole, with the reason; nothing where there are none."""
    every = library.reported
    if not every:
        return Markup("")
    state = fill(_STATE, kind="warn", words="! 未入库")
    drawn = (_cells(one.path, state, one.reason) for one in every[:ROWS])
    return _table(f"没有读入的文件({counted(len(every))})", ("文件", "状态", "原因和办法"), drawn, len(every))


def builds(kept: Sequence[Kept]) -> Markup:
    """The builds kept, newest first, each intact one but the current with a button that goes back to it."""
    heads = ("版本", "构建时间", "文件", "片段", "大小", "状态", "操作")
    return _table(f"保留的索引版本({len(kept)})", heads, map(_build, kept), len(kept))


def _build(kept: Kept) -> Markup:
    if not kept.intact:
        return _cells(kept.build, moment(kept.built), "—", "—", "—", fill(_STATE, kind="bad", words="× 已损坏"), "")
    state = fill(_STATE, kind="good" if kept.current else "", words="✓ 正在使用" if kept.current else "完好")
    back = "" if kept.current else fill(_BACK, build=kept.build)
    return _cells(kept.build, moment(kept.built), counted(kept.documents), counted(kept.passages), megabytes(kept.size), state, back)


def _table(title: str, heads: Sequence[str], drawn: Iterable[Markup], total: int) -> Markup:
    columns = join(fill('<th scope="col">{head}</th>', head=head) for head in heads)
    return fill(_TABLE, title=title, heads=columns, rows=join(drawn), more=_more(total, ROWS))


def _more(total: int, drawn: int) -> Markup:
    return fill(_MORE, rows=counted(drawn), rest=counted(total - drawn)) if total > drawn else Markup("")


def _cells(*values: object) -> Markup:
    return fill("<tr>{cells}</tr>", cells=join(fill("<td>{value}</td>", value=value) for value in values))


def trouble(words: str) -> Markup:
    """In place of a table that could not be made, why."""
    return fill('<p class="notice bad" role="alert">{words}</p>', words=words)
