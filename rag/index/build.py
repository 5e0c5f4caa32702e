"""Bring an index up to date with its corpus: read, outline, cut, embed what is new, publish.

Whatever stops it, a kill or a full disk included, the build that was current stays current and whole.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import rag
from rag import passages as cutting
from rag.errors import BuildCancelled, CorpusError, NothingReadable
from rag.index import builds, files, kept, library, manifest, records, report, store
from rag.index.embedding import Embedded, embed
from rag.index.kept import Kept
from rag.index.lock import only_builder
from rag.index.manifest import Contents, Counts, Manifest, ModelRecord, record_of
from rag.index.report import BuildReport, Progress
from rag.outline.parse import outline
from rag.outline.tree import Speech
from rag.passages import Passage
from rag.reading import corpus as reading_corpus
from rag.reading.document import Reading
from rag.search import encoder
from rag.search.vectors import Plan, Vectors
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words
from rag.settings import KEEP

SETTINGS = {"passage_characters": cutting.PASSAGE_CHARACTERS, "context_characters": cutting.CONTEXT_CHARACTERS}
_WRITING = "写入索引"


@dataclass(frozen=True, slots=True)
class _Watch:
    """Who is told of progress, and who may call the build off."""

    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None

    def step(self, stage: str) -> Callable[[int, int], None]:
        """What to call with `done` and `total` during `stage`; raises BuildCancelled once the build is called off."""
        def tell(done: int, total: int) -> None:
            if self.cancelled is not None and self.cancelled():
                raise BuildCancelled
            self.tell(Progress(stage, done, total))
        return tell

    def tell(self, progress: Progress) -> None:
        """Report how far the build is, when it is too late to call it off."""
        if self.progress is not None:
            self.progress(progress)


@dataclass(frozen=True, slots=True)
class _Texts:
    """All of a build but its vectors and words; the same for the same corpus on every machine."""

    reading: Reading
    speeches: tuple[Speech, ...]
    passages: tuple[Passage, ...]
    saved: dict[str, bytes]
    content: str

    @property
    def counts(self) -> Counts:
        """How much there is."""
        return Counts(
            documents=len(self.reading.documents), reported=len(self.reading.reported),
            speeches=sum(speech.kind == "speech" for speech in self.speeches),
            paragraphs=sum(len(speech.paragraphs) for speech in self.speeches),
            passages=len(self.passages), characters=sum(len(document.text) for document in self.reading.documents),
        )


def build(corpus: Path, index: Path, model: str, *, allow_empty: bool = False, keep: int = KEEP,
          keep_bytes: int | None = None, progress: Callable[[Progress], None] | None = None,
          cancelled: Callable[[], bool] | None = None) -> BuildReport:
    """Bring `index` up to date with `corpus`; the report of the build that is current afterwards.

    Where the newest intact build has the same content, it is made current and no new one is made. `cancelled` is
    asked between batches. `keep` intact builds stay in all, of no more than `keep_bytes` together. CorpusError,
    NothingReadable (unless `allow_empty`), ModelError, BuildRunning, BuildCancelled, NotWritten: the index is as it was.
    """
    started = time.monotonic()
    watch = _Watch(progress, cancelled)
    _check_apart(corpus, index)
    with only_builder(index):
        store.sweep(index)
        fingerprint = encoder.fingerprint(model, watch.step("准备模型"))
        earlier = kept.load(index)
        reading = reading_corpus.read(corpus, earlier.reading, progress=watch.step("读取文件"))
        texts = _texts(reading, earlier, fingerprint, watch)
        if not texts.reading.documents and not allow_empty:
            raise NothingReadable(str(corpus), tuple((one.path, one.reason) for one in texts.reading.reported))
        name = _equal_build(index, texts.content)
        made = _unchanged(index, name, texts) if name else _made(index, model, texts, watch, started)
        store.retire(index, keep, keep_bytes)
    return replace(made, seconds=round(time.monotonic() - started, 3))


def _check_apart(corpus: Path, index: Path) -> None:
    """Refuse an index inside the corpus, whose own files would be read as speeches."""
    if index.resolve().is_relative_to(corpus.resolve()):
        raise CorpusError(f"索引文件夹{index}在语料文件夹{corpus}里面:请用 --index 把索引放到语料文件夹之外。")


def _texts(reading: Reading, earlier: Kept, fingerprint: str, watch: _Watch) -> _Texts:
    """The outlines and passages of all documents; those of documents taken from an earlier build are taken as well."""
    taken = {id(document) for document in earlier.reading.documents}
    tell = watch.step("分析结构")
    speeches: list[Speech] = []
    passages: list[Passage] = []
    for done, document in enumerate(reading.documents, 1):
        tell(done, len(reading.documents))
        if id(document) in taken:
            speeches.extend(earlier.speeches.get(document.path, ()))
            passages.extend(earlier.passages.get(document.path, ()))
        else:
            own = outline(document)
            speeches.extend(own)
            passages.extend(cutting.cut(document, own))
    saved = {
        library.DOCUMENTS: records.save_documents(reading.documents),
        library.SPEECHES: records.save_speeches(speeches),
        library.PASSAGES: records.save_passages(passages),
    }
    content = manifest.content_of(rag.__version__, fingerprint, SETTINGS, reading.sources, saved)
    saved |= {f"{name}{library.ENDS}": records.ends_of(data).astype("<i8").tobytes() for name, data in saved.items()}
    return _Texts(reading, tuple(speeches), tuple(passages), saved, content)


def _equal_build(index: Path, content: str) -> str | None:
    """The newest intact build, if its content is this; a later one that is damaged does not count."""
    for name in builds.names(index):
        folder = builds.folder_of(index, name)
        if not any(builds.damage(folder)):
            return name if builds.read_manifest(folder).content == content else None
    return None


def _unchanged(index: Path, name: str, texts: _Texts) -> BuildReport:
    """Make the build that holds these texts current, if it is not."""
    store.make_current(index, name)
    return BuildReport(name, report.of_documents(texts.reading, texts.speeches, texts.passages),
                       len(texts.passages), 0, len(texts.passages), 0.0)


def _made(index: Path, model: str, texts: _Texts, watch: _Watch, started: float) -> BuildReport:
    """Publish a new build of these texts."""
    embedded = embed(texts.passages, model, index, fetching=watch.step("准备模型"), embedding=watch.step("计算向量"))
    writing = watch.step(_WRITING)
    writing(0, 1)
    now = datetime.now(UTC)
    made = BuildReport(
        builds.new_name(index, now), report.of_documents(texts.reading, texts.speeches, texts.passages), len(texts.passages),
        embedded.computed, len(texts.passages) - embedded.computed, round(time.monotonic() - started, 3),
    )
    with _search_files(index, texts.passages, embedded) as (search_files, plan):
        contents: dict[str, Contents] = {**texts.saved, **search_files, report.NAME: report.save(made)}
        record = Manifest(
            format=manifest.FORMAT, product=rag.__version__, build=made.build, built=now.isoformat(timespec="milliseconds"),
            content=texts.content, model=ModelRecord(model, encoder.fingerprint(model), embedded.matrix.shape[1]), settings=SETTINGS,
            search=plan, counts=texts.counts, sources=texts.reading.sources,
            files=tuple(record_of(name, data) for name, data in contents.items()), readers=kept.readers(),
        )
        writing(0, 1)
        store.publish(index, record, contents)
    watch.tell(Progress(_WRITING, 1, 1))
    return made


@contextmanager
def _search_files(index: Path, passages: tuple[Passage, ...], embedded: Embedded) -> Iterator[tuple[dict[str, Contents], Plan]]:
    """The files that are searched, for meaning and for words, made in a folder that goes; and how the vectors are searched."""
    with files.writing(index), tempfile.TemporaryDirectory(dir=index, prefix=store.BUILDING, ignore_cleanup_errors=True) as scratch:
        counting, made = Path(scratch) / "counting", Path(scratch) / "made"
        for folder in (counting, made / library.WORDS, made / library.VOCABULARY):
            folder.mkdir(parents=True)
        words = Words.build((passage.text for passage in passages), (passage.context for passage in passages), counting)
        words.save(made / library.WORDS)
        Vocabulary.build(passage.text for passage in passages).save(made / library.VOCABULARY)
        vectors = Vectors.build(embedded.matrix)
        vectors.save(made)
        found = {path.relative_to(made).as_posix(): path for path in sorted(made.rglob("*")) if path.is_file()}
        yield dict(found), vectors.plan
