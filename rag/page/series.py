"""A comparison as a table and a chart: each row one year, place or speech, each figure the quote's own characters.

A chart is drawn only where every row that was answered has exactly one figure of the one unit that all have in common,
and none speaks of a fall: a bar whose length could mislead is not drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.phrases import readings
from rag.answer.reply import Answer, Sentence
from rag.writing.figures import figures
from rag.writing.fold import fold_with_map

LEAST_ROWS = 2
_FALL = re.compile("下降|减少|回落|降低|负增长|亏损|收窄|缩减|-")


@dataclass(frozen=True, slots=True)
class Row:
    """One side of a comparison: its name, and the sentences that answer for it; none where the library is silent."""

    name: str
    said: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure in a chart: `label` is cut from the quote as it stands, `value` only sets the length of the bar."""

    name: str
    label: str
    value: float
    cited: tuple[int, ...]


def rows(answer: Answer, said: int) -> tuple[Row, ...]:
    """The rows of a comparison, as far as it has been said; none where the answer compares nothing."""
    found: list[Row] = []
    for sentence in answer.sentences[:said]:
        name = _name(sentence)
        if name is not None:
            found.append(Row(name, ()))
        elif sentence.citations and found:
            found[-1] = Row(found[-1].name, (*found[-1].said, sentence))
        elif sentence.citations:
            return ()
    return tuple(found) if len([name for one in answer.sentences if (name := _name(one))]) >= LEAST_ROWS else ()


def rest(answer: Answer, said: int) -> tuple[Sentence, ...]:
    """The sentences of a comparison that stand in no row: a shortfall that is told."""
    return tuple(one for one in answer.sentences[:said] if not one.citations and _name(one) is None)


def _name(sentence: Sentence) -> str | None:
    """What a fixed phrase names as one side of a comparison; None for any other sentence."""
    if sentence.citations or not sentence.text.endswith(("：", ":", "没有找到相关原文。")):
        return None
    slots = next(readings(sentence.text), {})
    return slots.get("title") or slots.get("words")


def bars(table: Sequence[Row]) -> tuple[Bar, ...]:
    """The bars of a chart, one for each answered row; none where the rows do not bear one out."""
    answered = [row for row in table if row.said]
    if len(answered) < LEAST_ROWS or any(_FALL.search(one.text) for row in answered for one in row.said):
        return ()
    measured = [_figures(row) for row in answered]
    common = set.intersection(*({unit for unit, _ in found} for found in measured))
    single = [unit for unit in common if all(Counter(one for one, _ in found)[unit] == 1 for found in measured)]
    if len(single) != 1:
        return ()
    return tuple(next(bar for unit, bar in found if unit == single[0]) for found in measured)


def _figures(row: Row) -> list[tuple[tuple[str, str], Bar]]:
    """Every figure of a row that has a unit, with kind and unit."""
    found: list[tuple[tuple[str, str], Bar]] = []
    for sentence in row.said:
        folded = fold_with_map(sentence.text)
        for figure in figures(folded.text):
            start, end = folded.span(figure.start, figure.end)
            if figure.kind != "bare":
                found.append(((figure.kind, figure.unit), Bar(row.name, sentence.text[start:end], figure.value, sentence.citations)))
    return found
