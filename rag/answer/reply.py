"""What leaves the answerer: sentences, citations, and the JSON that the contract fixes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote and its place: `text_of(document)[start:end] == quote`; `text` is the whole paragraph.

    `page` is the page on which the quote begins, from 1, for documents that have pages, else None.
    """

    n: int
    document: str
    document_id: str | None
    sha256: str
    speech: str
    outline: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    quote: str
    text: str
    label: str
    page: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's fields; `page` only for a document that has pages."""
        fields = asdict(self)
        return fields if self.page is not None else {name: value for name, value in fields.items() if name != "page"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of the answer and the numbers of the citations that carry it; a fixed phrase has none."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many items the text (or the question) states, and how many were found."""

    stated: int
    found: int


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """Wall time of each step."""

    retrieve: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as `ask --json` prints it. A refused answer cites nothing and names the nearest passages."""

    question: str
    answer: str
    refused: bool
    reason: str | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage | None
    nearest: tuple[Citation, ...]
    build: str
    milliseconds: Milliseconds = Milliseconds()
    mode: Literal["extractive", "llm"] = "extractive"
    explain: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract's fields, in its order, ready for `json.dumps`."""
        fields = asdict(self) | {name: tuple(one.as_json() for one in getattr(self, name)) for name in ("citations", "nearest")}
        order = (
            "question",
            "answer",
            "refused",
            "reason",
            "mode",
            "sentences",
            "citations",
            "coverage",
            "nearest",
            "build",
            "milliseconds",
            "explain",
        )
        return {name: fields[name] for name in order}
