"""One answer held against what a golden question expects, and the marks of many questions in one row of scores.

The format and the measures are those of tests/golden/README.md: literals that have to stand in the answer, or must
not, the paragraphs that have to be cited, and whether a refusal is due. Both sides are normalised before they are
compared, so that marks, brackets and white space decide nothing; a number never matches inside a longer one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CITATION_CHARACTERS = 1000  # a citation is one paragraph: what is longer never counts as the right one
PREFIX_CHARACTERS = 25  # a source is named by its first 25 characters; a shorter name is a whole paragraph
_MARKER = re.compile(r"[\[【［]\s*\d{1,2}(?:\s*[,，、-]\s*\d{1,2})*\s*[\]】］]")
_CIRCLED = re.compile(r"[¹²³⁰-⁹₀-₉①-⒛❶-➓]")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_BROKEN = re.compile(r"(?<=\d)\.\s+|(?<=\d)\s+(?=\d)")  # a list number, two numbers side by side
_DROPPED = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\"'`*#“”‘’„‟「」『』〝〞《》〈〉<>()\[\]{}【】〔〕]")
_SEPARATOR = re.compile(r"[,、;:。!?…·•|~—–_]|(?<!\d)\.|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the answer to one golden question has to hold; `sources` are the first characters of paragraphs."""

    type: str
    answerable: bool
    must: tuple[tuple[str, ...], ...] = ()
    ordered: bool = False
    must_not: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    sources_ok: tuple[str, ...] = ()
    max_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """How one answer did: `wrong` says in Chinese why it is not right, and is empty where it is."""

    type: str
    answerable: bool
    refused: bool
    wrong: tuple[str, ...]
    must: float | None
    cited: float | None
    precise: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over `n` questions; None where nothing applies. The names are the columns of the table."""

    n: int
    acc: float | None
    ans_acc: float | None
    must_rec: float | None
    cite_rec: float | None
    cite_any: float | None
    cite_prec: float | None
    refuse_ok: float | None
    false_ref: float | None


def expected(fields: Mapping[str, Any]) -> Expected | None:
    """What a line of a questions file expects; None where it names neither literals nor a refusal."""
    answerable = bool(fields.get("answerable", True))
    if answerable and not fields.get("must"):
        return None
    return Expected(
        type=str(fields.get("type", "")),
        answerable=answerable,
        must=tuple(tuple(group) for group in fields.get("must", ())),
        ordered=bool(fields.get("ordered")),
        must_not=tuple(fields.get("must_not", ())),
        sources=tuple(fields.get("sources", ())),
        sources_ok=tuple(fields.get("sources_ok", ())),
        max_chars=fields.get("max_chars"),
    )


def marks(wanted: Expected, answer: str, refused: bool, cited: Sequence[str]) -> Marks:
    """The marks of an answer's text, whether it refuses, and the paragraphs that it cites."""
    answer = _MARKER.sub("", answer)
    text = normal(answer)
    wrong = [f"不该有：{banned}" for banned in wanted.must_not if find(normal(banned), text) >= 0]
    length = len("".join(answer.split()))
    if wanted.max_chars is not None and length > wanted.max_chars:
        wrong.append(f"过长：{length}字，上限{wanted.max_chars}字")
    if not wanted.answerable:
        due = () if refused else ("应当拒答",)
        return Marks(wanted.type, False, refused, (*wrong, *due), None, None, None)
    held = [any(find(literal, text) >= 0 for literal in group) for group in _literals(wanted)]
    wrong += ["拒答了"] if refused else []
    wrong += [f"缺：{'/'.join(group)}" for group, there in zip(wanted.must, held, strict=True) if not there]
    if wanted.ordered and all(held) and not _in_order(wanted, text):
        wrong.append("顺序不对")
    right = (*wanted.sources, *wanted.sources_ok)
    return Marks(
        wanted.type, True, refused, tuple(wrong),
        must=0.0 if refused else mean(held),
        cited=mean([any(is_paragraph(one, source) for one in cited) for source in wanted.sources]),
        precise=mean([any(is_paragraph(one, source) for source in right) for one in cited]),
    )


def scores(marked: Iterable[Marks]) -> Scores:
    """The marks of several questions in one row."""
    rows = list(marked)
    answerable = [row for row in rows if row.answerable]
    return Scores(
        n=len(rows),
        acc=mean([not row.wrong for row in rows]),
        ans_acc=mean([not row.wrong for row in answerable]),
        must_rec=mean([row.must for row in answerable]),
        cite_rec=mean([row.cited for row in answerable]),
        cite_any=mean([row.cited and row.cited > 0 for row in answerable]),
        cite_prec=mean([row.precise for row in answerable]),
        refuse_ok=mean([row.refused for row in rows if not row.answerable]),
        false_ref=mean([row.refused for row in answerable]),
    )


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is not None; None where nothing is left."""
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def normal(text: str) -> str:
    """`text` in NFKC and lower case, without white space, quotes and brackets, every separator a comma.

    Decimal points stay, thousands separators go, and a list's number does not run into the number after it.
    """
    text = unicodedata.normalize("NFKC", _CIRCLED.sub(";", text)).lower()
    text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), _BROKEN.sub(";", text))
    return re.sub(",+", ",", _SEPARATOR.sub(",", _DROPPED.sub("", text)))


def find(literal: str, text: str, start: int = 0) -> int:
    """Where the first `literal` ends in `text` at or after `start`, both normalised; -1 where there is none.

    A literal that begins or ends with a digit is not found inside a longer number.
    """
    if not literal:
        return -1
    before = r"(?<!\d)(?<!\d\.)" if literal[0].isdigit() else ""
    after = r"(?!\.?\d)" if literal[-1].isdigit() else ""
    found = re.compile(before + re.escape(literal) + after).search(text, start)
    return found.end() if found else -1


def is_paragraph(citation: str, source: str) -> bool:
    """Whether the paragraph `citation` is the one that begins with `source`."""
    paragraph, prefix = normal(citation), normal(source)
    if not prefix or len(paragraph) > CITATION_CHARACTERS:
        return False
    return paragraph.startswith(prefix) if len(source) < PREFIX_CHARACTERS else prefix in paragraph


def _literals(wanted: Expected) -> list[list[str]]:
    return [[normal(literal).strip(",") or normal(literal) for literal in group] for group in wanted.must]


def _in_order(wanted: Expected, text: str) -> bool:
    """Whether the groups stand in `text` one after another, without overlap."""
    at = 0
    for group in _literals(wanted):
        at = min((end for literal in group if (end := find(literal, text, at)) >= 0), default=-1)
        if at < 0:
            return False
    return True

