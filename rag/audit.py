"""A saved answer checked anew, and, where its source has changed or gone since, what a kept build still holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.recheck import Finding, recheck
from rag.answer.reply import Citation
from rag.shelves import ShelfOf, Snapshot, SnapshotsOf


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of one saved answer, and those of its quotes that only an earlier build still has."""

    finding: Finding
    held: tuple[Snapshot, ...] = ()


def audited(line: str, number: int, shelf_of: ShelfOf, snapshots_of: SnapshotsOf) -> Audit:
    """The audit of line `number` of saved answers; what is no answer does not hold."""
    finding = recheck(line, number, shelf_of, _judged)
    return Audit(finding, snapshots_of(line) if finding.state in ("document changed", "document gone") else ())


def _judged(sentence: str, citations: Sequence[Citation]) -> bool:
    """Whether the quotes carry what a language model wrote; the judge is loaded for such answers only."""
    from rag.writer.carrying import holds

    return holds(sentence, citations)
