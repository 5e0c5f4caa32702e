"""The sheet on which a language model's answer is put together: what holds of its draft, and what stands in for what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from rag.answer import gate
from rag.answer.phrases import phrase
from rag.answer.places import Place, citation
from rag.answer.reply import Answer, Citation, Coverage, Sentence
from rag.events import Event
from rag.writer.carrying import carriers, goes_on, nearest
from rag.writer.splitting import Draft, Splitter

POINTS_ELSEWHERE = "开头指代的上文没有写出"
_UNTAKEN: dict[str, str] = {"replaced": "{}句换成了原文", "dropped": "{}句没有采用"}


@dataclass
class Sheet:
    """What has been written so far: sentences with whether each is a line of its own, and what became of each draft."""

    quoted: Answer  # what would be said without a model
    model: str
    sentences: list[tuple[Sentence, bool]] = field(default_factory=list)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    drafts: list[dict[str, str]] = field(default_factory=list)
    splitter: Splitter = field(default_factory=Splitter)
    last: Place | None = None  # what the last sentence rests on
    verified: int = 0
    named: int = 0  # drafts that named material at all
    first: float = 0.0  # seconds until the model's first word

    def weigh(self, draft: Draft, materials: Sequence[Place]) -> Event:
        """Take one sentence of the draft, or what the material says instead, or neither; the event that tells which."""
        named = [materials[n - 1] for n in draft.numbers if 0 < n <= len(materials)]
        self.named += bool(named)
        places, why = carriers(draft.text, named)
        if places and goes_on(draft.text, places[0], self.last):
            self._add(draft.text, places, draft.item)
            self.verified += 1
            return self._told(draft, "verified", "")
        why = why or POINTS_ELSEWHERE
        instead = nearest(draft.text, named)
        if instead is None or self._says(instead) or not goes_on(instead.text, instead, self.last):
            return self._told(draft, "dropped", why)
        self._add(instead.text, (instead,), draft.item)
        return self._told(draft, "replaced", why)

    def answer(self) -> Answer:
        """The answer as it stands."""
        return replace(
            self.quoted, answer=gate.joined(self.sentences), sentences=tuple(sentence for sentence, _ in self.sentences),
            citations=tuple(self.citations.values()), coverage=None, mode="llm",
            explain={**self.quoted.explain, "writer": self.told(())},
        )

    def whole(self) -> Answer:
        """The answer when the model has said all: what was not taken of it is told, and what is missing of a list."""
        coverage = self._coverage()
        if coverage is not None and coverage.found < coverage.stated:
            self.sentences.append((Sentence(phrase("shortfall", stated=coverage.stated, found=coverage.found)), True))
        return replace(self.answer(), coverage=coverage, explain={**self.quoted.explain, "writer": self.told(self._notices())})

    def told(self, notices: Sequence[str]) -> dict[str, Any]:
        """What an answer keeps of how it was written."""
        heard = self.splitter.heard
        return {"model": self.model, "first": self.first, "notices": list(notices), "draft": heard, "sentences": list(self.drafts)}

    def _add(self, text: str, places: Sequence[Place], line: bool) -> None:
        """One more sentence, carried by `places`."""
        numbers = []
        for place in places:
            key = (place.document.path, place.start, place.end)
            cited = self.citations.setdefault(key, citation(place, len(self.citations) + 1))
            numbers.append(cited.n)
        self.sentences.append((Sentence(text, tuple(numbers)), line))
        self.last = places[-1]

    def _says(self, place: Place) -> bool:
        """Whether something of this place is cited already."""
        return self._cites(place.document.path, place.start, place.end)

    def _cites(self, document: str, start: int, end: int) -> bool:
        return any(path == document and start < its_end and its_start < end for path, its_start, its_end in self.citations)

    def _told(self, draft: Draft, state: Literal["verified", "replaced", "dropped"], why: str) -> Event:
        self.drafts.append({"draft": draft.text, "state": state, "why": why})
        return Event(state, self.answer(), draft=draft.text, words=why)

    def _notices(self) -> list[str]:
        counts = {state: sum(draft["state"] == state for draft in self.drafts) for state in _UNTAKEN}
        parts = [words.format(counts[state]) for state, words in _UNTAKEN.items() if counts[state]]
        return [f"模型写的有{'、'.join(parts)}：没有通过与原文的核对。"] if parts else []

    def _coverage(self) -> Coverage | None:
        """How much of a list whose size is stated the answer names, by the items that the quoted answer cites."""
        stated = self.quoted.coverage
        if stated is None:
            return None
        named = [item for item in self.quoted.citations if self._cites(item.document, item.start, item.end)]
        return Coverage(stated.stated, min(stated.stated, len(named)))
