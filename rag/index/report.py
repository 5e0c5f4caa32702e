"""What a build tells: how far it is, and at last what it took in and left out, file by file; kept with the build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rag.index.records import json_bytes
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Document, LeftOut, Reported, Source

NAME = "report.json"
EMBEDDING = "计算向量"  # the stage that takes the time; its units are passages


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `stage` in Chinese, `done` of `total` units of that stage (files, bytes, passages)."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document as indexed, or one file as reported; `speeches` leaves out matter around speeches.

    `reason` says why a file was left out and what to do; `codec` is None and all counts are 0 for it. `left_out` names
    what of an indexed file is no part of its text (页眉页脚, 图片, 批注, …), each with its count and a sample.
    """

    document: str
    state: Literal["indexed", "reported"]
    reason: str | None
    codec: str | None
    characters: int
    speeches: int
    paragraphs: int
    passages: int
    sha256: str | None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a build took in; `left_out` counts what of the indexed files is no part of their text, by kind."""

    indexed: int
    reported: int
    characters: int
    speeches: int
    paragraphs: int
    passages: int
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The build that is current now; `embedded` passages were computed for it, `reused` ones taken from builds kept.

    Where nothing had changed, `build` is one made earlier, and nothing was embedded.
    """

    build: str
    documents: tuple[DocumentReport, ...]
    passages: int
    embedded: int
    reused: int
    seconds: float

    @property
    def reported(self) -> tuple[Reported, ...]:
        """The files left out."""
        return tuple(Reported(one.document, one.reason or "", one.sha256) for one in self.documents if one.state == "reported")

    @property
    def totals(self) -> Totals:
        """The sums over all files."""
        indexed = [one for one in self.documents if one.state == "indexed"]
        left_out: Counter[str] = Counter()
        for document in indexed:
            for kind in document.left_out:
                left_out[kind.kind] += kind.count
        return Totals(
            len(indexed), len(self.documents) - len(indexed), sum(one.characters for one in indexed), sum(one.speeches for one in indexed),
            sum(one.paragraphs for one in indexed), sum(one.passages for one in indexed), dict(sorted(left_out.items())),
        )

    def as_json(self) -> dict[str, Any]:
        """The contract's fields, in its order, then the totals, ready for `json.dumps`."""
        documents = [_plain(one) | {"left_out": [asdict(kind) for kind in one.left_out]} for one in self.documents]
        return _plain(self) | {"documents": documents, "totals": asdict(self.totals)}


def _plain(record: Any) -> dict[str, Any]:
    """The fields of a record in their order, none of them copied, as `asdict` would: there may be many thousands."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def of_document(document: Document, speeches: Sequence[Speech], passages: Sequence[Passage]) -> DocumentReport:
    """The entry of a document that was indexed."""
    return DocumentReport(
        document.path, "indexed", None, document.codec, len(document.text), sum(speech.kind == "speech" for speech in speeches),
        sum(len(speech.paragraphs) for speech in speeches), len(passages), document.sha256, document.left_out,
    )


def of_reported(source: Source, reason: str) -> DocumentReport:
    """The entry of a file that was left out."""
    return DocumentReport(source.path, "reported", reason, None, 0, 0, 0, 0, source.sha256)


def save(report: BuildReport) -> bytes:
    """The bytes of report.json."""
    return json_bytes(report.as_json())


def load(data: bytes) -> BuildReport:
    """The report that `save` wrote."""
    fields = json.loads(data)
    del fields["totals"]
    return BuildReport(**fields | {"documents": tuple(_document(one) for one in fields["documents"])})


def _document(fields: dict[str, Any]) -> DocumentReport:
    return DocumentReport(**fields | {"left_out": tuple(LeftOut(**one) for one in fields["left_out"])})
