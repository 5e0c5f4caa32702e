"""What the library has to say to a wording: the passages found, their statements, and the speeches that it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.answer import scope, topics
from rag.answer.evidence import Evidence, Scored
from rag.answer.mentions import OFTEN
from rag.answer.places import Shelf
from rag.answer.question import Question
from rag.answer.statements import Hit
from rag.answer.synonyms import Synonyms
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading.document import Document
from rag.search.hybrid import RowHit, Search
from rag.search.vocabulary import Vocabulary
from rag.writing.fold import fold

HITS = 24
VECTORS = 64  # of wordings kept: one question is searched for several times, in all speeches and in some
PASSAGES = 1024  # read from the build and kept, a few megabytes: one question finds the same ones several times
TOPIC_LEAD = 1.2  # of the speech that a topic means, over the next: by the scores of what is found for the topic

Vectorise = Callable[[str], NDArray[np.float32]]


class Finder:
    """Finds in one build. `vectorise` turns a query into its vector [d]."""

    def __init__(
        self,
        documents: Sequence[Document],
        speeches: Sequence[Speech],
        passages: Sequence[Passage],
        hybrid: Search,
        vectorise: Vectorise,
        *,
        vocabulary: Vocabulary,
        synonyms: Synonyms,
    ) -> None:
        self._documents = documents
        self._speeches = speeches
        self._passages = passages
        self._hybrid = hybrid
        self._vectorise = lru_cache(maxsize=VECTORS)(vectorise)
        self.background = lru_cache(maxsize=VECTORS)(lambda wording: hybrid.background(self._vectorise(wording)))
        self._passage = lru_cache(maxsize=PASSAGES)(passages.__getitem__)
        self.synonyms = synonyms
        self.vocabulary = vocabulary

    @property
    def size(self) -> int:
        """How many passages the library has."""
        return len(self._passages)

    @cached_property
    def shelf(self) -> Shelf:
        """The library's places; like all that grows with the library, made when it is first needed."""
        return Shelf(self._documents, self._speeches)

    @cached_property
    def evidence(self) -> Evidence:
        """The statements of the library."""
        return Evidence(self.shelf, self.vocabulary)

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        """A number for the speech of each passage."""
        return np.array([hash((passage.document, passage.speech)) for passage in self._passages], dtype=np.int64)

    def search(self, question: str, k: int, speeches: Sequence[Speech] = ()) -> list[tuple[Passage, RowHit]]:
        """The `k` best passages for `question`, best first, within `speeches` where there are any.

        Ranked by its own words: what means the same counts only for words that the library lacks.
        """
        return self._found(question, self._meant(question, lambda word: not self.vocabulary.knows(word)), k, speeches)

    def hits(self, wording: str, speeches: Sequence[Speech]) -> tuple[Hit, ...]:
        """The passages in which an answer to `wording` may stand, within `speeches` where there are any.

        What means the same as any of its words counts as well: it costs the first place here and there, but more of the right ones
        are among them, and their sentences are weighed anew.
        """
        found = self._found(wording, self._meant(wording, lambda _: True), HITS, speeches)
        return tuple(Hit(passage.document, passage.start, passage.end, hit.score, hit.words, hit.dense) for passage, hit in found)

    def _found(self, wording: str, text: str, k: int, speeches: Sequence[Speech]) -> list[tuple[Passage, RowHit]]:
        """The `k` best passages for the meaning of `wording` and the words of `text`."""
        found = self._hybrid.search(self._vectorise(wording), text, k, self._allowed(speeches))
        return [(self._passage(hit.row), hit) for hit in found]

    def _meant(self, wording: str, counts: Callable[[str], bool]) -> str:
        """`wording` and, for those of its words in the synonym table that count, what means the same and stands in the library."""
        folded = "".join(wording.lower().split())
        found = filter(counts, (folded[start:end] for start, end in self.synonyms.find(folded)))
        more = [other for word in found for other in self.synonyms.of(word) if self.vocabulary.knows(other)]
        return " ".join((wording, *dict.fromkeys(more[:6])))

    def _allowed(self, speeches: Sequence[Speech]) -> NDArray[np.bool_] | None:
        if not speeches:
            return None
        return np.isin(self._owners, [hash((speech.document, speech.number)) for speech in speeches])

    def ranked(self, question: Question, hits: Sequence[Hit]) -> tuple[Scored, ...]:
        """Every statement of the paragraphs that `hits` stand in, best first."""
        return tuple(self.evidence.ranked(question, self.evidence.statements(hits)))

    def named(self, wording: str, *, topical: bool = True) -> scope.Scope:
        """The speeches that `wording` names outright, by a year or place, or, where `topical`, by what they are about."""
        named = scope.named(wording, self.shelf)
        told = topics.references(wording) if topical and not named.explicit and len(named.speeches) != 1 else []
        meant = self.about([told[0].topic], named.speeches)[0] if len(told) == 1 else None
        if meant is None:
            return named
        return scope.Scope((meant,), named.wording if told[0].titled else topics.without(wording, told), explicit=True, topical=True)

    def about(self, named: Sequence[str], speeches: Sequence[Speech] = ()) -> list[Speech | None]:
        """For each topic the speech of `speeches`, else of all, that is about it more than any other is; each speech once."""
        found = [self._bearing_on(topic, speeches) for topic in named]
        meant: list[Speech | None] = [None] * len(named)
        for number in sorted(range(len(named)), key=lambda n: -max(found[n].values(), default=0.0)):
            free = {speech: score for speech, score in found[number].items() if speech not in meant}
            best = sorted(free.values(), reverse=True)
            if best and (len(best) == 1 or best[0] >= TOPIC_LEAD * best[1]):
                meant[number] = max(free, key=lambda speech: free[speech])
        return meant

    def _bearing_on(self, topic: str, speeches: Sequence[Speech]) -> dict[Speech, float]:
        """How much each speech is about `topic`: by what is found of it, and by how often it has the very word."""
        outright = scope.named(topic, self.shelf).speeches
        if len(outright) == 1:
            return {outright[0]: float(HITS)}
        found: dict[Speech, float] = {}
        for hit in self.hits(topic, speeches):
            speech = self.shelf.place(hit.document, hit.start, hit.end).speech
            found[speech] = found.get(speech, 0.0) + hit.score
        word = fold(topic)
        often = {speech: min(OFTEN, self.shelf.folded(speech.document, speech.start, speech.end).count(word)) for speech in found}
        return {speech: score * (1 + often[speech]) for speech, score in found.items()}
