"""One question on the page and how far its answer has got; what other rooms of the page draw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence
from rag.page.catalogue import EVERYTHING, Choice, choice_of

Phase = Literal["waiting", "speaking", "done", "stopped", "failed"]
_MARK = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and, once there is one, its answer.

    `note` says what is being waited for, or what went wrong. `said` counts the sentences shown so far.
    `origins` maps each citation's number to the start of its paragraph in the document. `choice` is what the question
    was kept to; `about` the paragraph that it was asked of, as (document, start), and `about_words` its label.
    """

    number: int
    question: str
    phase: Phase = "waiting"
    note: str = ""
    answer: Answer | None = field(default=None, hash=False)
    said: int = 0
    origins: Mapping[int, int] = field(default_factory=dict, hash=False)
    choice: Choice = EVERYTHING
    about: tuple[str, int] | None = None
    about_words: str = ""

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


def replaced(exchanges: Sequence[Exchange], latest: Exchange) -> tuple[Exchange, ...]:
    """The conversation with `latest` in the place of its last exchange."""
    return (*exchanges[:-1], latest)


def as_json(exchange: Exchange) -> str:
    """The exchange as one line of JSON; `from_json` gives it back."""
    answer = exchange.answer.as_json() if exchange.answer else None
    return json.dumps({**asdict(replace(exchange, answer=None)), "answer": answer}, ensure_ascii=False)


def from_json(line: str) -> Exchange:
    """The exchange of a line that `as_json` made; fields that it lacks have their defaults, others are left out."""
    kept = json.loads(line)
    about = kept.get("about")
    return Exchange(
        **_known(Exchange, kept)
        | {
            "answer": _answer(kept["answer"]) if kept.get("answer") else None,
            "origins": {int(n): start for n, start in (kept.get("origins") or {}).items()},
            "choice": choice_of(kept.get("choice") or {}),
            "about": (about[0], about[1]) if about else None,
        }
    )


def _answer(kept: Mapping[str, Any]) -> Answer:
    citations, nearest = (tuple(_citation(one) for one in kept[name]) for name in ("citations", "nearest"))
    sentences = tuple(Sentence(**_known(Sentence, one) | {"citations": tuple(one["citations"])}) for one in kept["sentences"])
    return Answer(
        **_known(Answer, kept)
        | {
            "sentences": sentences,
            "citations": citations,
            "nearest": nearest,
            "coverage": Coverage(**kept["coverage"]) if kept["coverage"] else None,
            "milliseconds": Milliseconds(**_known(Milliseconds, kept["milliseconds"])),
        }
    )


def _citation(kept: Mapping[str, Any]) -> Citation:
    return Citation(**_known(Citation, kept) | {"outline": tuple(kept["outline"])})


def _known(kind: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: kept[one.name] for one in fields(kind) if one.name in kept}
