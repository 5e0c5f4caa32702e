"""How honest the judge is: of false sentences made from a library how many it lets through, of true ones how many it keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.outline.parse import outline
from rag.reading import corpus
from rag.writer.cases import Case, cases
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source
from rag.writer.paraphrases import TRUE


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of one kind: how many, and how many the judge let through."""

    kind: str
    true: bool
    n: int
    passed: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """The table, and the cases that the judge got wrong."""

    rows: tuple[Row, ...]
    wrong: tuple[Case, ...]

    def share(self, true: bool) -> float | None:
        """The share of all true, or all false, sentences that passes."""
        rows = [row for row in self.rows if row.true == true]
        total = sum(row.n for row in rows)
        return sum(row.passed for row in rows) / total if total else None

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        wrong = [{"kind": case.kind, "sentence": case.sentence} for case in self.wrong]
        rows = [asdict(row) for row in self.rows]
        return {"rows": rows, "false_passed": self.share(False), "true_kept": self.share(True), "wrong": wrong}

    def words(self) -> str:
        """The table as Markdown."""
        lines = ["| 句子 | 种类 | 句数 | 通过 | 通过率 |", "| --- | --- | --: | --: | --: |"]
        lines += [_line(row.true, _names()[row.kind], row.n, row.passed) for row in self.rows]
        for true in (False, True):
            rows = [row for row in self.rows if row.true == true]
            lines.append(_line(true, "合计", sum(row.n for row in rows), sum(row.passed for row in rows)))
        return "\n".join(lines)


def _line(true: bool, kind: str, n: int, passed: int) -> str:
    return f"| {'真' if true else '假'} | {kind} | {n} | {passed} | {f'{passed / n:.4f}' if n else '-'} |"


def _names() -> dict[str, str]:
    return {
        "figure": "数字改一位", "neighbour": "换成邻近的数字", "unit": "换单位", "year": "换时间",
        "subject": "换对象", "direction": "方向相反", "denied": "加“不”“未”", "affirmed": "去“不”“未”",
        "limit": "改限定词", "merged": "两篇拼成一句", "item": "列举里多一项", "quoted": "换引语",
        "numeral": "错数字用汉字写", "span": "数字改成区间", "sign": "加符号、暗符", "swapped": "两个数字对调",
        "compared": "比较双方对调", "retimed": "换成邻近的时间", "named": "换人名、地名", "widened": "漏限定的词",
        "unlisted": "漏合计里的一项", "part": "加“其中”", "cause": "加“因此”", "miscited": "编号指错",
        "verbatim": "原句", "numerals": "数字换写法", "framed": "加“材料指出”", "plainer": "去程度副词",
        "reworded": "换同义词", "shortened": "只取分句", "inherited": "主语接后句", "turned": "分句换序",
        "reverbed": "换“完成”“达到”",
    }  # fmt: skip


def paragraphs(folder: Path) -> list[Source]:
    """Every paragraph of the corpus `folder`, with the title of its speech."""
    return [
        Source(document.text[paragraph.start : paragraph.end], speech.title)
        for document in corpus.read(folder).documents for speech in outline(document) for paragraph in speech.paragraphs
    ]


def confusion(sources: Sequence[Source], each: int, seed: int = 0) -> Confusion:
    """The table over up to `each` sentences of every kind."""
    return counted(cases(sources, each, seed))


def counted(found: Iterable[Case]) -> Confusion:
    """The table of these cases."""
    n: Counter[tuple[bool, str]] = Counter()
    passed: Counter[tuple[bool, str]] = Counter()
    wrong = []
    for case in found:
        key = (case.true, case.kind)
        passes = case.passes
        n[key] += 1
        passed[key] += passes
        if passes != case.true:
            wrong.append(case)
    kinds = [(False, kind) for kind in FALSE] + [(True, kind) for kind in TRUE]
    return Confusion(tuple(Row(kind, true, n[true, kind], passed[true, kind]) for true, kind in kinds), tuple(wrong))
