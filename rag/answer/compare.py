"""Comparison: one row a value or source, each with its own quote; one that has nothing is named as silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.draft import Draft, Piece
from rag.answer.phrases import phrase


@dataclass(frozen=True, slots=True)
class Row:
    """One side of a comparison: its name in the question, or the title of its speech, and what was found for it."""

    name: str
    title: str | None
    found: Draft | None


def draft(rows: Sequence[Row]) -> Draft | None:
    """All rows in order; None where none has anything."""
    pieces: list[Piece] = []
    for row in rows:
        pieces.append(Piece(_heading(row), line=True))
        if row.found is not None:
            lines = row.found.pieces
            pieces.extend(replace(piece, line=piece.line and len(lines) > 1) for piece in lines)
    heard = [row.found.confidence for row in rows if row.found is not None]
    return Draft(tuple(pieces), max(heard), how="compare") if heard else None


def _heading(row: Row) -> str:
    silent = "" if row.found is not None else "_silent"
    if row.title is not None:
        return phrase(f"source{silent}", title=row.title)
    return phrase(f"slot{silent}", words=row.name)
