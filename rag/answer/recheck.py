"""Saved answers checked again: each quote against the build that the answer names, or the current one.

An answer outlives rebuilds: its identity is the document's hash and the span. A forged answer over honest quotes
does not hold, since sentences, text and fixed phrases are checked as well; what was asked can't be checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from rag.answer import gate
from rag.answer.phrases import INNER, readings
from rag.answer.places import Shelf, citation
from rag.answer.reply import Answer, Citation, Coverage, Sentence
from rag.errors import GateError, UnknownBuild
from rag.writing.fold import fold

State = Literal["holds", "document changed", "document gone", "does not hold"]
_WORST_FIRST: tuple[State, ...] = ("does not hold", "document gone", "document changed")
_MODES = ("extractive", "llm")
DETAIL_CHARACTERS = 300
_NUMBERS = ("n", "paragraph", "start", "end")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one saved answer: its id or line number, its state, and what differs."""

    entry: str
    state: State
    detail: str = ""


Problem = tuple[State, str]


def recheck(line: str, number: int, shelf_of: Callable[[str], tuple[Shelf, bool]], judged: gate.Judge | None = None) -> Finding:
    """The finding on one line of saved answers; `judged` is who judges what a language model wrote.

    `shelf_of(build)` gives the shelf to check against, and whether it is the very build named; UnknownBuild where
    there never was such a build.
    """
    entry = f"第{number}行"
    try:
        saved = json.loads(line)
        entry = " ".join(str(saved["id"]).split()) if saved.get("id") is not None else entry
        if saved.get("error") is not None and "answer" not in saved:
            return Finding(entry, "holds", "没有答案：提问时就出错")
        answer = _answer(saved)
        asked = f"{answer.question}\n{saved.get('explain', {}).get('understood', '')}"
        shelf, same_build = shelf_of(answer.build)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Finding(entry, "does not hold", _line(f"不是答案的格式（{type(error).__name__}：{error}）"))
    except UnknownBuild as error:
        return Finding(entry, "does not hold", str(error))
    problems = sorted(_problems(answer, asked, shelf, same_build, judged), key=lambda problem: _WORST_FIRST.index(problem[0]))
    return Finding(entry, problems[0][0], _line(problems[0][1])) if problems else Finding(entry, "holds")


def _line(detail: str) -> str:
    """`detail` on one line, and no longer than one reads."""
    line = " ".join(detail.split())
    return line if len(line) <= DETAIL_CHARACTERS else f"{line[:DETAIL_CHARACTERS]}…"


def _problems(answer: Answer, asked: str, shelf: Shelf, same_build: bool, judged: gate.Judge | None) -> Iterator[Problem]:
    """All that is wrong with an answer; of quotes that can't be checked any more, only that."""
    quotes = (*answer.citations, *answer.nearest)
    found = [problem for saved in quotes for problem in _of_citation(saved, shelf, same_build)]
    yield from found
    if len({saved.n for saved in answer.citations}) < len(answer.citations):
        yield "does not hold", "引文编号重复"
    for sentence in answer.sentences:
        if not sentence.citations and not _is_own(sentence.text, asked, answer, shelf, same_build):
            yield "does not hold", f"“{sentence.text}”没有引文"
    try:
        if found:
            gate.check_sentences(answer, judged)
        else:
            gate.check(answer, lambda path: shelf.documents[path].text, judged)
    except GateError as error:
        yield "does not hold", str(error)


def _of_citation(saved: Citation, shelf: Shelf, same_build: bool) -> Iterator[Problem]:
    document = shelf.documents.get(saved.document)
    if document is None:
        yield "does not hold" if same_build else "document gone", f"[{saved.n}] 库中没有{saved.document}"
    elif document.sha256 != saved.sha256:
        state: State = "does not hold" if same_build else "document changed"
        yield state, f"[{saved.n}] {saved.document}的内容与作答时不同，引文无法核对"
    else:
        difference = _difference(saved, shelf)
        if difference:
            yield "does not hold", f"[{saved.n}] {difference}"


def _difference(saved: Citation, shelf: Shelf) -> str:
    """What differs between a saved citation and the one made anew from its span; empty where nothing does."""
    text = shelf.documents[saved.document].text
    if not 0 <= saved.start < saved.end <= len(text):
        return f"位置{saved.start}—{saved.end}超出原文"
    if text[saved.start : saved.end] != saved.quote:
        return f"引文“{saved.quote}”与原文“{text[saved.start : saved.end]}”不同"
    made = citation(shelf.place(saved.document, saved.start, saved.end), saved.n)
    for field in fields(Citation):
        if getattr(made, field.name) != getattr(saved, field.name):
            return f"{field.name}与原文不同：应为“{getattr(made, field.name)}”，实为“{getattr(saved, field.name)}”"
    return ""


def _is_own(text: str, asked: str, answer: Answer, shelf: Shelf, same_build: bool) -> bool:
    """Whether `text` is a fixed phrase whose slots hold titles of the library, words asked, and counts stated."""
    titles = {speech.title for speech in shelf.every_speech()}
    asked = _words(asked)
    return any(
        all(
            value in titles or not same_build
            if slot == "title"
            else all(_words(word) in asked for word in value.split("、"))
            if slot == "words"
            else answer.coverage is not None and value == str(getattr(answer.coverage, slot))
            for slot, value in slots.items()
        )
        for slots in readings(text)
    )


def _words(text: str) -> str:
    """`text` as phrases have words: on one line, quotation marks as within others."""
    return " ".join(fold(text.translate(INNER)).split())


def _answer(saved: Mapping[str, Any]) -> Answer:
    """The answer that was saved; ValueError, KeyError or TypeError where it has another form than the contract's."""
    answer = Answer(
        question=_of(str, saved["question"]),
        answer=_of(str, saved["answer"]),
        refused=_of(bool, saved["refused"]),
        reason=None if saved["reason"] is None else _of(str, saved["reason"]),
        sentences=tuple(_sentence(entry) for entry in _of(list, saved["sentences"])),
        citations=tuple(_citation(entry) for entry in _of(list, saved["citations"])),
        coverage=None if saved["coverage"] is None else Coverage(*(_of(int, saved["coverage"][name]) for name in ("stated", "found"))),
        nearest=tuple(_citation(entry) for entry in _of(list, saved["nearest"])),
        build=_of(str, saved["build"]),
        mode=saved["mode"],
    )
    if answer.mode not in _MODES:
        raise ValueError(f"mode为{answer.mode}")
    if answer.reason != (answer.answer if answer.refused else None):
        raise ValueError("reason与答案不符")
    return answer


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    return Sentence(_of(str, entry["text"]), tuple(_of(int, number) for number in _of(list, entry["citations"])))


def _citation(entry: Mapping[str, Any]) -> Citation:
    numbers = {name: _of(int, entry[name]) for name in _NUMBERS}
    outline = tuple(_of(str, heading) for heading in _of(list, entry["outline"]))
    identity = None if entry["document_id"] is None else _of(str, entry["document_id"])
    words = {name: _of(str, entry[name]) for name in ("document", "sha256", "speech", "quote", "text", "label")}
    page = None if entry.get("page") is None else _of(int, entry["page"])
    return Citation(**numbers, **words, outline=outline, document_id=identity, page=page)


def _of(kind: type, value: Any) -> Any:
    """`value`, if its type is exactly `kind`: True is no number here."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.60}不是{kind.__name__}")
    return value
