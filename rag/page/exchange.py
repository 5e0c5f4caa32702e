"""One question on the page and how far its answer has got; what other rooms of the page draw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rag.answer.reply import Answer, Citation

Phase = Literal["waiting", "speaking", "done", "stopped", "failed"]
_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and, once there is one, its answer.

    `note` says what is being waited for, or what went wrong. `said` counts the sentences shown so far.
    `origins` maps each citation's number to the start of its paragraph in the document.
    """

    number: int
    question: str
    phase: Phase = "waiting"
    note: str = ""
    answer: Answer | None = None
    said: int = 0
    origins: Mapping[int, int] = field(default_factory=dict)

    def citations(self) -> tuple[Citation, ...]:
        """What the sentences shown so far cite, by number; for a refusal, the nearest passages."""
        if self.answer is None:
            return ()
        if self.answer.refused:
            return self.answer.nearest
        said = {n for sentence in self.answer.sentences[: self.said] for n in sentence.citations}
        return tuple(citation for citation in self.answer.citations if citation.n in said)

    def find(self, n: int) -> Citation | None:
        """The citation, or nearest passage, numbered `n`."""
        return next((citation for citation in self.citations() if citation.n == n), None)

    def origin(self, citation: Citation) -> int:
        """Where the paragraph of `citation` starts in its document."""
        known = self.origins.get(citation.n)
        return citation.start - max(citation.text.find(citation.quote), 0) if known is None else known


Line = tuple[str | Citation, ...]


def lines(answer: Answer, said: int) -> list[Line]:
    """The first `said` sentences as lines of words and marks, laid out as in `answer.answer`.

    Only what stands between the sentences is read as a mark: "[1]" inside a quote stays words.
    """
    rows: list[list[str | Citation]] = [[]]
    for piece in _pieces(answer, said):
        if isinstance(piece, Citation):
            rows[-1].append(piece)
            continue
        first, *more = piece.split("\n")
        rows[-1].append(first)
        rows.extend([row] for row in more)
    return [tuple(piece for piece in row if piece != "") for row in rows if any(piece != "" for piece in row)]


def _pieces(answer: Answer, said: int) -> Iterator[str | Citation]:
    """The sentences, and what `answer.answer` puts between them; where the two disagree, the sentence's own marks."""
    cited = {citation.n: citation for citation in answer.citations}
    position = 0
    for index, sentence in enumerate(answer.sentences[:said]):
        found = answer.answer.find(sentence.text, position)
        if found < 0:
            yield sentence.text
            yield from (cited[n] for n in sentence.citations if n in cited)
            continue
        if index == 0:
            yield from _between(answer.answer[:found], cited)
        yield sentence.text
        position = found + len(sentence.text)
        yield from _between(answer.answer[position : _next_start(answer, index + 1, position)], cited)


def _next_start(answer: Answer, index: int, position: int) -> int:
    if index >= len(answer.sentences):
        return len(answer.answer)
    found = answer.answer.find(answer.sentences[index].text, position)
    return position if found < 0 else found


def _between(gap: str, cited: Mapping[int, Citation]) -> Iterator[str | Citation]:
    """Words and marks of a gap between two sentences."""
    position = 0
    for match in _MARK.finditer(gap):
        citation = cited.get(int(match[1]))
        if citation is None:
            continue
        yield gap[position : match.start()]
        yield citation
        position = match.end()
    yield gap[position:]


def copied(answer: Answer) -> str:
    """The answer as plain text with a list of its sources, as the copy button gives it."""
    labels = [f"[{citation.n}] {citation.label}" for citation in answer.citations]
    return "\n".join([answer.answer, "", "出处:", *labels]) if labels else answer.answer


def replaced(exchanges: Sequence[Exchange], latest: Exchange) -> tuple[Exchange, ...]:
    """The conversation with `latest` in the place of its last exchange."""
    return (*exchanges[:-1], latest)
