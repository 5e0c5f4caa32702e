"""What an evaluation found, file by file, and how it reads: as Markdown for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.scoring import Scores

_HEAD = ("type", *Scores.__annotations__)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How often a right document is the first hit, or among five, and the mean of 1/rank over ten hits."""

    n: int
    hit_1: float | None
    hit_5: float | None
    mrr_10: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A question, by id or line number, that got no answer or not the right one, and why."""

    id: Any
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One file of questions. `verified` is the share of the answers' own characters that stand in their quotes.

    `golden` has one row a type and then "all"; `rouge_l` is a mean in which a refusal counts as 0; both are empty
    or None, like `retrieval`, where the file holds nothing of the kind.
    """

    file: str
    questions: int
    errors: tuple[Failure, ...]
    golden: dict[str, Scores]
    wrong: tuple[Failure, ...]
    retrieval: Retrieval | None
    rouge_l: float | None
    characters: int
    verified: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All files of a folder, in name order."""

    library: str
    model: str
    reports: tuple[Report, ...]

    @property
    def holds(self) -> bool:
        """Whether every character of every answer stood in its quotes."""
        return all(report.verified in (None, 1.0) for report in self.reports)

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return asdict(self)

    def table(self) -> str:
        """The figures for a reader, as Markdown."""
        return "\n\n".join([f"资料：{self.library}，模型：{self.model}", *map(_shown, self.reports)])


def _shown(report: Report) -> str:
    parts = [f"## {report.file}：{report.questions}题"]
    if report.golden:
        parts.append(_markdown([_HEAD, *((name, *_cells(row)) for name, row in report.golden.items())]))
    if report.retrieval is not None:
        parts.append(_markdown([("检索", *Retrieval.__annotations__), ("yanju search", *_cells(report.retrieval))]))
    lines = []
    if report.rouge_l is not None:
        lines.append(f"ROUGE-L（按字）：{report.rouge_l:.3f}")
    if report.verified is not None:
        lines.append(f"引文核对：{report.characters}字中{report.verified:.1%}逐字在原文中")
    lines += [f"没能作答：{one.id}：{'；'.join(one.why)}" for one in report.errors]
    return "\n\n".join([*parts, "\n".join(lines)]).strip()


def _cells(row: Scores | Retrieval) -> list[str]:
    return ["-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}" for value in asdict(row).values()]


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its first row the head; numbers to the right."""
    width = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    head, *body = ["| " + " | ".join([row[0].ljust(width[0]), *map(str.rjust, row[1:], width[1:])]) + " |" for row in rows]
    rule = "| " + " | ".join(["-" * width[0], *("-" * (one - 1) + ":" for one in width[1:])]) + " |"
    return "\n".join([head, rule, *body])
