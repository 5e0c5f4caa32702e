"""One figure with what it belongs to: its clause, its subject's clause, and the segment (between ；) around them.

A sentence of a report holds many figures; each belongs to the nearest subject before it (规模工业…总产值480.5
亿元,增长9.2%,增加值121亿元,增长8%).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from rag.answer.naming import naming
from rag.answer.statements import Statement
from rag.writing.figures import Figure, figures
from rag.writing.fold import fold, fold_with_map
from rag.writing.patterns import regex
from rag.writing.sentences import Span, clauses, segments
from rag.writing.words import words

_NOUN_BESIDE = regex("[\\u4e00-\\u9fff]{2}")
_RELATION = regex(
    r"^(?:其中|共计|合计|总计|同比|环比|比|较|与|增长|下降|提高|回落|上升|降低|减少|增加(?!值)|达到|达|约|占(?!地)|为|完成|实现|增速|增幅|超过|突破|高于|低于|且|并|预计|累计|分别|年均|名义|扣除|按)"
)

_SIDE_BY_SIDE = regex("^[^,，]{0,4}[和与及、]$")
BOTH_SIDES = " 城市 城镇 农村"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the source spans of its clause, its subject's clause and its segment."""

    statement: Statement
    figure: Figure
    clause: Span
    subject: Span
    segment: Span
    texts: tuple[str, str, str, str, str]  # folded: clause up to the figure and what it counts, subject, segment before, lead, after


def facts_of(statement: Statement) -> list[Fact]:
    """Every figure of a statement with what it belongs to."""
    text = statement.place.document.text
    found: list[Fact] = []
    lead = ""
    first: Span | None = None
    names = naming(text, (statement.place.start, statement.place.end))
    for segment in segments(text, statement.place.start, statement.place.end):
        found.extend(fact for fact in _of_segment(statement, segment, lead, first) if not _names(fact, names))
        first = first or clauses(text, *segment)[0]
        lead = lead or fold(text[slice(*first)])
    return found


def _names(fact: Fact, names: list[Span]) -> bool:
    """Whether the fact's figure stands where numbers only name."""
    text = fact.statement.place.document.text
    at = fact.clause[0] + fold_with_map(text[slice(*fact.clause)]).span(fact.figure.start, fact.figure.end)[0]
    return any(start <= at < end and (fact.figure.kind == "bare" or not text[start].isdigit()) for start, end in names)


def _of_segment(statement: Statement, segment: Span, lead: str, subject: Span | None) -> Iterable[Fact]:
    """The figures of one segment; `subject` is the first clause of the sentence, which a segment without its own goes on about."""
    text = statement.place.document.text
    for clause in (part for whole in clauses(text, *segment) for part in _parts(text, whole)):
        mapped = fold_with_map(text[clause[0] : clause[1]])
        found = figures(mapped.text)
        own_subject = _has_subject(mapped.text)
        governing = clause if own_subject or subject is None else subject
        both = BOTH_SIDES if tells_both(mapped.text) else ""
        for figure, following in zip_longest(found, found[1:]):
            end = clause[0] + mapped.span(figure.start, figure.end)[1]
            told = _counted(mapped.text, figure, following)
            counted = told if figure.kind in ("count", "bare", "percent", "money") else ""
            yield Fact(
                statement,
                figure,
                clause,
                governing,
                segment,
                (
                    mapped.text[: figure.end] + counted,
                    fold(text[governing[0] : min(governing[1], end)]) + (counted if governing == clause else "") + both,
                    fold(text[segment[0] : clause[0]]),
                    lead,
                    mapped.text[figure.end :] + fold(text[clause[1] : segment[1]]),
                ),
            )
        if own_subject:
            subject = clause


def moved_end(fact: Fact) -> int:
    """Where the clauses end that follow the fact's in its segment and only say how its measure moved (…52亿元,增长6%)."""
    text, end = fact.statement.place.document.text, fact.clause[1]
    for clause in clauses(text, end, fact.segment[1]):
        folded = fold(text[slice(*clause)])
        if not figures(folded) or _has_subject(folded):
            break
        end = clause[1]
    return end


def tells_both(folded: str) -> bool:
    """Whether a clause on 城乡 tells two figures side by side, the town's and the country's (城乡低保提高到740元和485元)."""
    if "城乡" not in folded:
        return False
    between = [folded[a.end : b.start] for a, b in pairwise(figures(folded)) if a.kind == b.kind]
    return any(_SIDE_BY_SIDE.search(one) for one in between)


def _parts(text: str, clause: Span) -> list[Span]:
    """The parts of a clause between 、, where each has a figure and a subject of its own (300个工厂、5万个基站)."""
    cuts = [clause[0], *(at + 1 for at in range(*clause) if text[at] == "、"), clause[1]]
    parts = list(pairwise(cuts))
    if len(parts) < 2:
        return [clause]
    folded = [fold(text[start:end]) for start, end in parts]
    measured = all(figures(part) and _has_subject(part) and _NOUN_BESIDE.search(_without_figures(part)) for part in folded)
    return parts if measured else [clause]


def _counted(folded: str, figure: Figure, following: Figure | None) -> str:
    """What a figure counts, up to the next one; where it tells how much something has (全长90公里的三条公路), all of that.

    What has a count of something before 的 (二十九个省的人口) is not what is counted.
    """
    after = folded[figure.end :]
    if after.startswith("的"):
        return after
    told = folded[figure.end : following.start if following else None]
    return told.partition("的")[0] if figure.kind == "count" else told


def _without_figures(folded: str) -> str:
    for figure in reversed(figures(folded)):
        folded = folded[: figure.start] + folded[figure.end :]
    return folded


def _has_subject(folded: str) -> bool:
    """Whether a clause names what it measures, rather than only how it moved."""
    bare = folded.strip(" ,;。")
    relation = _RELATION.match(bare)
    if relation is None:
        return any(word.tag.startswith(("n", "v", "j", "l", "i", "eng")) for word in words(bare))
    return False
