"""Comparison: one row a value or source, each with its own quote; one that has nothing is named as silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.draft import Draft, Piece
from rag.answer.phrases import phrase
from rag.answer.reply import Coverage


@dataclass(frozen=True, slots=True)
class Row:
    """One side of a comparison: its name in the question, or the title of its speech, and what was found for it."""

    name: str
    title: str | None
    found: Draft | None


def draft(rows: Sequence[Row]) -> Draft | None:
    """All rows in order; None where none has anything.

    Lists of a stated size count together; a row's own shortfall is said in it where it is the only such list.
    """
    pieces: list[Piece] = []
    counts = [row.found.coverage for row in rows if row.found is not None and row.found.coverage is not None]
    total = Coverage(sum(count.stated for count in counts), sum(count.found for count in counts)) if counts else None
    for row in rows:
        pieces.append(Piece(_heading(row), line=True))
        if row.found is not None:
            lines = [piece for piece in row.found.pieces if piece.quotes or len(counts) < 2]
            pieces.extend(replace(piece, line=piece.line and len(lines) > 1) for piece in lines)
    if len(counts) > 1 and total is not None and total.found < total.stated:
        pieces.append(Piece(phrase("shortfall", stated=total.stated, found=total.found), line=True))
    heard = [row.found.confidence for row in rows if row.found is not None]
    return Draft(tuple(pieces), max(heard), total, how="compare") if heard else None


def _heading(row: Row) -> str:
    silent = "" if row.found is not None else "_silent"
    if row.title is not None:
        return phrase(f"source{silent}", title=row.title)
    return phrase(f"slot{silent}", words=row.name)
