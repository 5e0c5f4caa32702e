"""What a build took in and what it left out, file by file: printed by `build --json`, kept with the build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rag.index.records import json_bytes
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Reading, Reported

NAME = "report.json"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document as indexed, or one file as reported; `speeches` leaves out matter around speeches.

    `reason` says why a file was left out and what to do; `codec` is None and all counts are 0 for it.
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

    def as_json(self) -> dict[str, Any]:
        """The contract's fields, in its order, ready for `json.dumps`."""
        return asdict(self)


def of_documents(reading: Reading, speeches: Sequence[Speech], passages: Sequence[Passage]) -> tuple[DocumentReport, ...]:
    """One entry for each document, then one for each file left out, in the order of the reading."""
    speech_counts = Counter(speech.document for speech in speeches if speech.kind == "speech")
    paragraph_counts: Counter[str] = Counter()
    for speech in speeches:
        paragraph_counts[speech.document] += len(speech.paragraphs)
    passage_counts = Counter(passage.document for passage in passages)
    indexed = [
        DocumentReport(one.path, "indexed", None, one.codec, len(one.text), speech_counts[one.path], paragraph_counts[one.path],
                       passage_counts[one.path], one.sha256)
        for one in reading.documents
    ]
    reported = [DocumentReport(one.path, "reported", one.reason, None, 0, 0, 0, 0, one.sha256) for one in reading.reported]
    return (*indexed, *reported)


def save(report: BuildReport) -> bytes:
    """The bytes of report.json."""
    return json_bytes(report.as_json(), indent=1)


def load(data: bytes) -> BuildReport:
    """The report that `save` wrote."""
    fields = json.loads(data)
    return BuildReport(**fields | {"documents": tuple(DocumentReport(**one) for one in fields["documents"])})
