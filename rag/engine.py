"""Everything together: one engine opens the index, answers from it, and rebuilds it without interrupting answers.

The page, the command line and the evaluation all stand on this room; none of them opens a build by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.answer import synonyms
from rag.answer.answerer import Answerer, check_askable
from rag.answer.finder import Finder
from rag.answer.followup import Turn
from rag.answer.reply import Answer
from rag.answer.scope import chosen
from rag.errors import DamagedFile, DamagedIndex, ModelError, NoIndex, WriterSetting
from rag.events import Event
from rag.index import library as libraries
from rag.index import store
from rag.index.library import Library
from rag.index.report import BuildReport, Progress
from rag.index.store import Kept
from rag.passages import Passage
from rag.reading.document import Source
from rag.search import encoder
from rag.search.hybrid import RowHit, Search
from rag.settings import Settings
from rag.writing.words import words

if TYPE_CHECKING:
    from rag.writer.writer import Writer

__all__ = ["Engine", "Progress", "Turn"]

Tell = Callable[[Progress], None]
QUERIES = 256  # vectors of the latest queries that are kept: one question is searched more than once


class Engine:
    """Answers questions from the current build. Safe to call from several threads.

    A rebuild or a rollback opens the new build beside the old one and then swaps them in one step.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library: Library | None = None
        self._answerer: Answerer | None = None
        self._encoder: encoder.Encoder | None = None
        self._known: tuple[Source, ...] | None = None
        self._doubted: dict[str, DamagedFile] = {}
        self._written_by: Writer | None = None
        self._loading = threading.Lock()
        self._vectors = lru_cache(maxsize=QUERIES)(self._encoded)

    def start(self, progress: Tell | None = None) -> None:
        """Be ready to answer: build where nothing is built or another model is set, open, load the model."""
        try:
            library = libraries.load(self.settings.index)
            if library.manifest.model.fingerprint != encoder.fingerprint(self.settings.model, _bytes(progress)):
                raise NoIndex(str(self.settings.index))
        except NoIndex:
            self.build(progress)
            library = libraries.load(self.settings.index)
        self._load_encoder(progress)
        words("")  # loads the dictionary, for which the first question need not wait
        self._adopt(library)

    def open(self) -> Library:
        """The current build, opened once; asking needs it built. NoIndex, DamagedIndex, ModelError."""
        if self.library is None:
            library = libraries.load(self.settings.index)
            built_with = library.manifest.model
            found = encoder.fingerprint(self.settings.model)
            if built_with.fingerprint != found:
                raise ModelError(
                    f"索引是用模型{built_with.name}（{built_with.fingerprint}）建的，现在设的是{self.settings.model}（{found}）："
                    "请先运行 yanju build，或改回原来的模型。"
                )
            self._adopt(library)
        assert self.library is not None
        return self.library

    def check(self, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Read all of an open build that is too large to be read when it is opened; whether it is damaged.

        Then the newest intact build answers from now on, and its `warning` says so; where there is none, that of the open one.
        """
        library = self.library
        problem = libraries.damaged(self.settings.index, library, stopped) if library is not None else None
        if library is None or problem is None or self.library is not library:
            return False
        self._doubted[library.build] = problem
        try:
            self._adopt(libraries.load(self.settings.index, self._doubted))
        except DamagedIndex as none_left:
            self.library = replace(library, warning=str(none_left))
        return True

    def answer(self, question: str, history: Sequence[Turn] = (), speeches: Sequence[str] = ()) -> Answer:
        """The answer to `question`, gated. `speeches` are titles or paths that the search is kept to."""
        *_, last = self.stream(question, history, speeches)
        return last.answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), speeches: Sequence[str] = (), stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[Event]:
        """The steps to the answer, "done" last, whose answer is the whole one; as of `answer`. No step follows once `stopped()`."""
        answerer = self._ready()
        if not self.settings.writes:
            yield Event("done", answerer.answer(question, history, speeches))
            return
        try:
            writer = self._writer()
        except WriterSetting as problem:
            yield Event("done", _told(answerer.answer(question, history, speeches), str(problem)))
            return
        yield from writer.steps(answerer, question, history, speeches, stopped)

    def search(self, question: str, k: int, speeches: Sequence[str] = ()) -> list[tuple[Passage, RowHit]]:
        """The `k` best passages, best first. EmptyQuestion, LongQuestion, UnknownSpeech."""
        check_askable(question)
        answerer = self._ready()
        return answerer.search(question, k, chosen(speeches, answerer.shelf))

    def build(self, progress: Tell | None = None, cancelled: Callable[[], bool] | None = None, *, allow_empty: bool = False) -> BuildReport:
        """Bring the index up to date with the corpus; what is open stays open. Errors as of `rag.index.build`."""
        from rag.index import build as building  # reading, outlining and cutting are loaded only to build

        chosen_ = self.settings
        return building.build(chosen_.corpus, chosen_.index, chosen_.model, allow_empty=allow_empty, keep=chosen_.keep,
                              keep_bytes=chosen_.keep_bytes, progress=progress, cancelled=cancelled)

    def rebuild(self, progress: Tell | None = None, cancelled: Callable[[], bool] | None = None) -> BuildReport:
        """Bring the index up to date and answer from it; the old build answers until then."""
        report = self.build(progress, cancelled)
        library = libraries.load(self.settings.index)
        self._load_encoder(progress)
        self._adopt(library)
        return report

    def rollback(self, name: str | None = None) -> str:
        """Make an earlier build current and answer from it; returns its name."""
        name = store.rollback(self.settings.index, name)
        self._adopt(libraries.load(self.settings.index))
        return name

    def history(self) -> tuple[Kept, ...]:
        """The builds kept, newest first."""
        return store.history(self.settings.index)

    def behind(self) -> list[str]:
        """The files of the corpus that were added, changed or removed since the build, in order."""
        library = self.open()
        known = self._known if self._known is not None else library.manifest.sources
        from rag.reading.differences import changes

        found = changes(self.settings.corpus, known)
        self._known = found.known
        return sorted({*found.added, *found.changed, *found.removed})

    def examples(self) -> list[str]:
        """Questions that the library can answer, taken from its own outline."""
        from rag.answer.examples import examples

        return examples(self._answerer.shelf) if self._answerer is not None else []

    def _writer(self) -> Writer:
        """The language model that is set, made once; nothing of it is loaded where none is. WriterSetting."""
        from rag.writer import access
        from rag.writer.writer import Writer

        with self._loading:
            if self._written_by is None:
                self._written_by = Writer(access.load())
            return self._written_by

    def _ready(self) -> Answerer:
        self.open()
        assert self._answerer is not None
        return self._answerer

    def _adopt(self, library: Library) -> None:
        self._known = None
        finder = Finder(
            library.documents,
            library.speeches,
            library.passages,
            self._ordered(library),
            self._vectors,
            vocabulary=library.vocabulary,
            synonyms=synonyms.load(self.settings.synonyms),
        )
        self._answerer = Answerer(finder, build=library.build)
        self.library = library

    def _ordered(self, library: Library) -> Search:
        """The search of the build; in the order of the cross-encoder where one is set, which is loaded only then. ModelError."""
        if self.settings.reranker is None:
            return library.hybrid
        from rag.search import rerank

        rows = library.passages
        score = rerank.load(self.settings.reranker)
        return rerank.Reranked(library.hybrid, lambda row: f"{rows[row].context}\n{rows[row].text}", score)

    def _encoded(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._load_encoder(None).queries([question])[0]
        return vector

    def _load_encoder(self, progress: Tell | None) -> encoder.Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = encoder.load(self.settings.model, _bytes(progress))
            return self._encoder


def _told(answer: Answer, words: str) -> Answer:
    """A quoted answer that says why no language model wrote it."""
    told = {"model": "", "first": 0.0, "notices": [words], "draft": "", "sentences": []}
    return replace(answer, explain={**answer.explain, "writer": told})


def _bytes(progress: Tell | None) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(Progress("准备模型", done, total))
