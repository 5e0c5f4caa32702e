"""An answer in the forms in which one takes it away: plain text, Markdown, an official quotation, and what a file holds.

A `Sheet` is the answer laid out for a file: the same words whatever the format, so that a file brought back can be
compared with what was saved. Leaves out how a Word file is written (`footnotes`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.reply import Answer, Citation
from rag.page.exchange import Exchange, Line, lines

DateOf = Callable[[Citation], str]  # when a source is from, and its page, as far as that is known
REFUSAL = "库中没有回答；以下相近原文不是答案。"
NAME_CHARACTERS = 40
OPENING, CLOSING = "<!-- yanju:answers", "-->"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$-])")


@dataclass(frozen=True, slots=True)
class Part:
    """One answer in a file: its question, its lines of words and notes, and the notes' texts by number."""

    question: str
    lines: tuple[Line, ...]
    notes: dict[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: the answers in order, and each as `ask --json` prints it, to be verified again."""

    title: str
    parts: tuple[Part, ...]
    saved: tuple[str, ...]


def sheet(title: str, exchanges: Sequence[Exchange], date_of: DateOf) -> Sheet:
    """The answered exchanges, laid out for a file."""
    answered = [(one, one.answer) for one in exchanges if one.answer is not None]
    parts = tuple(_part(answer, one.said, date_of) for one, answer in answered)
    return Sheet(title, parts, tuple(json.dumps(answer.as_json(), ensure_ascii=False) for _, answer in answered))


def _part(answer: Answer, said: int, date_of: DateOf) -> Part:
    cited = answer.nearest if answer.refused else answer.citations
    notes = {one.n: note(one, answer.build, date_of(one)) for one in cited}
    rows = list(lines(answer, said or len(answer.sentences)))
    if answer.refused and cited:
        rows += [(REFUSAL,), *((f"“{one.quote}”", one) for one in cited)]
    return Part(answer.question, tuple(rows), notes)


def note(citation: Citation, build: str, date: str) -> str:
    """A footnote: section and paragraph, date and page, file and build."""
    return "，".join(part for part in (citation.label, date, citation.document, f"索引版本{build}") if part) + "。"


def plain(answer: Answer) -> str:
    """The answer as plain text, a list of its sources below."""
    labels = [f"[{citation.n}] {citation.label}" for citation in answer.citations]
    return "\n".join([answer.answer, "", "出处：", *labels]) if labels else answer.answer


def official(answer: Answer, date_of: DateOf) -> str:
    """Each quote in quotation marks with its source, as an office document quotes: “……”（《…》第三部分，2023年1月）。"""
    if not answer.citations:
        return answer.answer
    return "\n".join(f"“{inner_marks(one.quote)}”（{'，'.join(filter(None, (one.label, date_of(one))))}）。" for one in answer.citations)


def inner_marks(quote: str) -> str:
    """A quote to stand within quotation marks: its own become single ones, as GB/T 15834 has it."""
    return quote.translate(str.maketrans("“”", "‘’"))


def markdown(page: Sheet) -> str:
    """The sheet as Markdown with footnotes; at its end, in a comment, what `saved` holds."""
    pieces = [f"# {escaped(page.title)}", ""]
    for index, part in enumerate(page.parts, 1):
        pieces += [f"## {escaped(part.question)}", ""]
        for row in part.lines:
            words = "".join(f"[^{index}-{piece.n}]" if isinstance(piece, Citation) else escaped(piece) for piece in row)
            pieces += [f"- {words[3:]}" if words.startswith("\\- ") else words, ""]
        pieces += [f"[^{index}-{n}]: {escaped(text)}" for n, text in part.notes.items()] + [""]
    # Two hyphens would end the comment.
    kept = "\n".join(line.replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e") for line in page.saved)
    return "\n".join([*pieces, f"{OPENING}\n{kept}\n{CLOSING}", ""])


def escaped(text: str) -> str:
    """`text` for Markdown: nothing of it is read as formatting, a link or HTML; on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split("\n")))


def file_name(title: str, form: str) -> str:
    """A name for a download: the title's beginning without what some system forbids in names."""
    kept = re.sub(r"[^\w\u4e00-\u9fff]+", "", title)[:NAME_CHARACTERS]
    return f"{kept or '言据'}.{form}"


def bare(line: str) -> str:
    """A line of our Markdown as a reader sees it: without marks of headings, items and notes, escapes undone."""
    words = re.sub(r"^(?:#+ |- |\[\^[\d-]+\]: )", "", line)
    return re.sub(r"\\([\\`*_{}\[\]<>()#+!|~$-])", r"\1", re.sub(r"(?<!\\)\[\^[\d-]+\]", "", words))
