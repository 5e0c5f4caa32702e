"""A saved answer brought back: what the file holds is verified again, and what a reader of it sees is compared with that.

Takes the Word and Markdown files that the page itself makes, and lines of `yanju ask --json` or `yanju answer`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.recheck import Finding
from rag.answer.reply import Citation
from rag.audit import audited
from rag.errors import YanjuError
from rag.page import footnotes, quoting
from rag.page.exchange import Exchange, from_json
from rag.page.footnotes import Brought
from rag.page.language import say
from rag.page.markup import Markup, fill, join
from rag.page.quoting import sheet
from rag.shelves import ShelfOf, Snapshot, SnapshotsOf

MOST_BYTES = 5_000_000
MOST_LINES = 500
_NARROW = str.maketrans("，：；（）", ",:;()")  # files that were taken away before had some of their marks so
STATES = {"holds": "仍然成立", "document changed": "文件已改动", "document gone": "文件已移走", "does not hold": "不成立"}
_KINDS = {"holds": "good", "document changed": "warn", "document gone": "warn", "does not hold": "bad"}
_CHECKED = """<section class="reader alike" aria-label="核对结果" tabindex="-1"><header class="reader-head">
<button type="button" class="quiet" data-close>‹ 返回</button><div class="reader-name"><h2 class="reader-title">核对结果</h2>
<span class="reader-file">{name}</span></div></header><div class="alike-body">{told}{rows}</div></section>"""
_ROW = """<article class="card"><header class="card-head"><span class="card-title">{question}</span><span
 class="state {kind}">{state}</span></header>
{detail}{quotes}</article>"""
_HELD = """<p class="hint">[{n}] 保存的版本 {build} 里仍有这段原文：</p>
<blockquote class="card-text">{before}<mark>{quote}</mark>{after}</blockquote><p class="card-path">{label}</p>"""


class NotSaved(YanjuError):
    """A file that holds no saved answer."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name}里没有可核对的回答：请选用言据下载的 .docx、.md，或 yanju 写出的 .jsonl。")


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a file: a finding and, where it can be read, the exchange of each answer; lines that were changed.

    `held` has, for each answer, the quotes that only an earlier build still holds.
    """

    name: str
    findings: tuple[tuple[Finding, Exchange | None], ...]
    changed: tuple[str, ...]
    held: tuple[tuple[Snapshot, ...], ...]


def check(name: str, data: bytes, shelf_of: ShelfOf, snapshots_of: SnapshotsOf = lambda _: ()) -> Check:
    """Verify every answer of the file anew. NotSaved where it holds none."""
    held = _brought(name, data)
    if not held.saved or len(held.saved) > MOST_LINES:
        raise NotSaved(name)
    audits = [audited(line, number, shelf_of, snapshots_of) for number, line in enumerate(held.saved, 1)]
    exchanges = [_exchange(line, number) for number, line in enumerate(held.saved, 1)]
    changed = _changed(held, [one for one in exchanges if one is not None])
    findings = tuple((audit.finding, exchange) for audit, exchange in zip(audits, exchanges, strict=True))
    return Check(name, findings, changed, tuple(audit.held for audit in audits))


def _brought(name: str, data: bytes) -> Brought:
    kind = name.lower().rpartition(".")[2]
    try:
        if kind == "docx":
            return footnotes.brought(data)
        text = data.decode("utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise NotSaved(name) from error
    if kind != "md":
        return Brought(tuple(line for line in text.split("\n") if line.strip()), ())
    seen, opening, kept = text.replace("\r\n", "\n").rpartition(quoting.OPENING)
    if not opening:
        raise NotSaved(name)
    lines = kept.partition(quoting.CLOSING)[0].strip().split("\n")
    return Brought(tuple(lines), tuple(line.strip() for line in seen.split("\n") if line.strip()))


def _exchange(line: str, number: int) -> Exchange | None:
    """The exchange of a saved line; None where it is not one."""
    try:
        made = from_json(f'{{"number": {number}, "question": "", "answer": {line}}}')
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    answer = made.answer
    return None if answer is None else Exchange(number, answer.question, "done", answer=answer, said=len(answer.sentences))


def _changed(held: Brought, exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """The lines that a reader sees in the file and that its saved answers do not say; the title on top is free."""
    said = {_squeezed(line) for one in exchanges for line in _lines(one)}
    notes = [
        _note_of(citation, one.answer.build)
        for one in exchanges
        if one.answer is not None
        for citation in (*one.answer.citations, *one.answer.nearest)
    ]
    rest = (quoting.bare(line) for line in held.seen[1:])
    return tuple(line for line in rest if _squeezed(line) not in said and not any(note.fullmatch(line.strip()) for note in notes))


def _lines(exchange: Exchange) -> list[str]:
    """What a file says of an exchange, its footnotes left out."""
    parts = sheet("", [exchange], lambda _: "").parts
    rows = ["".join(piece if isinstance(piece, str) else "" for piece in row) for part in parts for row in part.lines]
    return [exchange.question, *rows, *(row.removeprefix("- ") for row in rows)]


def _note_of(citation: Citation, build: str) -> re.Pattern[str]:
    """What the footnote of a citation looks like; its date and page are not in the citation."""
    label, document = (re.escape(" ".join(part.split("\n"))) for part in (citation.label, citation.document))
    return re.compile(f"{label}(?:[，,][^，,]{{1,20}}){{0,2}}[，,]{document}[，,]索引版本{re.escape(build)}。")


def _squeezed(text: str) -> str:
    return "".join(text.split()).translate(_NARROW)


def shown(found: Check) -> Markup:
    """What became of each answer of the file, its quotes still readable."""
    holding = sum(finding.state == "holds" for finding, _ in found.findings)
    words = say("{n}条回答，{m}条逐字核对后仍然成立。", n=len(found.findings), m=holding)
    told = [
        fill('<p class="notice {kind}" role="status">{words}</p>', kind="good" if holding == len(found.findings) else "warn", words=words)
    ]
    if found.changed:
        told.append(
            fill(
                '<p class="notice bad" role="alert">文件里有{n}行与保存的回答不同，例如：<bdi>{line}</bdi></p>',
                n=len(found.changed),
                line=found.changed[0][:120],
            )
        )
    rows = join(_row(*one, held) for one, held in zip(found.findings, found.held, strict=True))
    return fill(_CHECKED, name=found.name, told=join(told), rows=rows)


def _row(finding: Finding, exchange: Exchange | None, held: Sequence[Snapshot]) -> Markup:
    detail = fill('<p class="hint"><bdi>{words}</bdi></p>', words=finding.detail) if finding.detail else Markup("")
    answer = exchange.answer if exchange else None
    quotes = [
        fill('<blockquote class="card-text">{quote}</blockquote><p class="card-path">{label}</p>', quote=one.quote, label=one.label)
        for one in (answer.citations if answer else ())
    ]
    return fill(
        _ROW,
        question=exchange.question if exchange else finding.entry,
        kind=_KINDS[finding.state],
        state=say(STATES[finding.state]),
        detail=detail,
        quotes=join((*quotes, *map(_snapshot, held))),
    )


def _snapshot(held: Snapshot) -> Markup:
    """The paragraph as an earlier build has it, the quote marked."""
    before, quote, after = held.paragraph[: held.start], held.paragraph[held.start : held.end], held.paragraph[held.end :]
    return fill(_HELD, n=held.n, build=held.build, label=held.label, before=before, quote=quote, after=after)
