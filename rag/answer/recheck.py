"""Saved answers checked again: each quote against the build that the answer names, or the current one.

An answer outlives rebuilds: its identity is the document's hash and the span. A forged answer over honest quotes
does not hold, since sentences and text are checked against the quotes as at the gate.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rag.answer import gate
from rag.answer.places import Shelf, citation
from rag.answer.reply import Answer, Citation, Sentence
from rag.errors import GateError

State = Literal["holds", "document changed", "document gone", "does not hold"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one saved answer: its id or line number, its state, and what differs."""

    entry: str
    state: State
    detail: str = ""


def recheck(line: str, number: int, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> Finding:
    """The finding on one line of saved answers.

    `shelf_of(build)` gives the shelf to check against, and whether it is the very build named.
    """
    try:
        saved = json.loads(line)
        entry = str(saved["id"]) if saved.get("id") is not None else f"第{number}行"
        if saved.get("error") is not None and "answer" not in saved:
            return Finding(entry, "holds", "没有答案:提问时就出错")
        answer = _answer(saved)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Finding(f"第{number}行", "does not hold", f"不是答案的格式({type(error).__name__}:{error})")
    if not answer.build:
        return Finding(entry, "does not hold", "没有写明索引版本")
    shelf, same_build = shelf_of(answer.build)
    return _checked(entry, answer, shelf, same_build)


def _checked(entry: str, answer: Answer, shelf: Shelf, same_build: bool) -> Finding:
    for saved in (*answer.citations, *answer.nearest):
        document = shelf.documents.get(saved.document)
        if document is None:
            state: State = "does not hold" if same_build else "document gone"
            return Finding(entry, state, f"[{saved.n}] 库中已没有{saved.document}")
        if document.sha256 != saved.sha256:
            state = "does not hold" if same_build else "document changed"
            return Finding(entry, state, f"[{saved.n}] {saved.document}的内容已变,引文无法再核对")
        difference = _difference(saved, shelf)
        if difference:
            return Finding(entry, "does not hold", f"[{saved.n}] {difference}")
    try:
        gate.check(answer, lambda path: shelf.documents[path].text)
    except GateError as error:
        return Finding(entry, "does not hold", str(error))
    return Finding(entry, "holds")


def _difference(saved: Citation, shelf: Shelf) -> str:
    """What differs between a saved citation and the one made anew from its span; empty where nothing does."""
    text = shelf.documents[saved.document].text
    if not 0 <= saved.start < saved.end <= len(text):
        return f"位置{saved.start}—{saved.end}超出原文"
    if text[saved.start : saved.end] != saved.quote:
        return f"引文“{saved.quote}”与原文“{text[saved.start : saved.end]}”不同"
    made = citation(shelf.place(saved.document, saved.start, saved.end), saved.n)
    for field in ("document_id", "speech", "outline", "paragraph", "text", "label"):
        if getattr(made, field) != getattr(saved, field):
            return f"{field}与原文不同:应为“{getattr(made, field)}”,实为“{getattr(saved, field)}”"
    return ""


def _answer(saved: Mapping[str, Any]) -> Answer:
    citations = tuple(_citation(entry) for entry in saved["citations"])
    sentences = tuple(Sentence(str(s["text"]), tuple(s["citations"])) for s in saved["sentences"])
    return Answer(
        question=str(saved["question"]),
        answer=str(saved["answer"]),
        refused=bool(saved["refused"]),
        reason=saved.get("reason"),
        sentences=sentences,
        citations=citations,
        coverage=None,
        nearest=tuple(_citation(entry) for entry in saved.get("nearest", ())),
        build=str(saved.get("build") or ""),
        mode=saved.get("mode", "extractive"),
    )


def _citation(entry: Mapping[str, Any]) -> Citation:
    return Citation(**{**entry, "outline": tuple(entry["outline"])})
