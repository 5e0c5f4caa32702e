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
from rag.index import builds, files, kept, manifest, report, store
from rag.index.embedding import Embedding
from rag.index.lending import Lenders
from rag.index.lock import only_builder
from rag.index.manifest import Contents, Manifest, ModelRecord, record_of
from rag.index.report import BuildReport, Progress
from rag.index.retrieval import save_vectors, save_words
from rag.index.texts import Texts, matrix
from rag.reading import corpus as reading
from rag.search import encoder
from rag.search.vectors import Plan
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
            self.check()
            self.tell(Progress(stage, done, total))
        return tell

    def check(self) -> None:
        """Raise BuildCancelled once the build is called off."""
        if self.cancelled is not None and self.cancelled():
            raise BuildCancelled

    def tell(self, progress: Progress) -> None:
        """Report how far the build is, when it is too late to call it off."""
        if self.progress is not None:
            self.progress(progress)


@dataclass(frozen=True, slots=True)
class _Model:
    """The embedding model, and what identifies its vectors."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the files of the build are made, and where what they are made of lies."""

    made: Path
    work: Path


@dataclass(frozen=True, slots=True)
class _Identity:
    """What a build's manifest says of it beside its texts."""

    content: str
    model: ModelRecord
    search: Plan


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
        with _scratch(index) as places:
            made = _built(corpus, index, _Model(model, fingerprint), places, watch, allow_empty=allow_empty, started=started)
        store.retire(index, keep, keep_bytes)
    return replace(made, seconds=round(time.monotonic() - started, 3))


def _built(corpus: Path, index: Path, model: _Model, places: _Places, watch: _Watch, *, allow_empty: bool, started: float) -> BuildReport:
    """Read, embed meanwhile, and publish what is new; else make current what is there."""
    earlier = kept.load(index)
    lent = earlier.vectors(model.fingerprint) if earlier.manifest else None
    with Embedding(model.name, Lenders(index, model.fingerprint), places.work / "new", watch.check) as embedding:
        if lent is None:
            embedding.begin()
        with files.writing(index):
            texts = Texts(places.made, earlier, embedding.add, lent=lent is not None)
        for file in reading.files(corpus, earlier.files, progress=watch.step("读取文件")):
            with files.writing(index):
                texts.add(file)
        with files.writing(index):
            hashes = texts.close()
        content = manifest.content_of(rag.__version__, model.fingerprint, SETTINGS, tuple(texts.sources), hashes)
        if not texts.counts.documents and not allow_empty:
            raise NothingReadable(str(corpus), tuple((one.document, one.reason or "") for one in texts.told if one.state == "reported"))
        name = _equal_build(index, content)
        if name:
            store.make_current(index, name)
            return BuildReport(name, texts.told, texts.passages, 0, texts.passages, 0.0)
        with files.writing(index):
            save_words(texts, earlier, places.made, places.work)  # while the model is at work
            embedding.finish(watch.step("准备模型"), watch.step(report.EMBEDDING), width=0 if lent is None else lent.shape[1])
            watch.step(_WRITING)(0, 1)
            vectors = matrix(texts, embedding.vectors(), lent, places.work / "matrix", width=embedding.width)
        told = BuildReport(builds.new_name(index, datetime.now(UTC)), texts.told, texts.passages, embedding.computed,
                           texts.passages - embedding.computed, round(time.monotonic() - started, 3))
    with files.writing(index):
        plan = save_vectors(vectors, places.made, places.work)
    identity = _Identity(content, ModelRecord(model.name, model.fingerprint, vectors.shape[1]), plan)
    _publish(index, told, texts, identity, made=places.made, watch=watch)
    return told


def _check_apart(corpus: Path, index: Path) -> None:
    """Refuse an index inside the corpus, whose own files would be read as speeches."""
    if index.resolve().is_relative_to(corpus.resolve()):
        raise CorpusError(f"索引文件夹{index}在语料文件夹{corpus}里面：请用 --index 把索引放到语料文件夹之外。")


def _equal_build(index: Path, content: str) -> str | None:
    """The newest intact build, if its content is this; a later one that is damaged does not count."""
    for name in builds.names(index):
        folder = builds.folder_of(index, name)
        if not any(builds.damage(folder)):
            return name if builds.read_manifest(folder).content == content else None
    return None


def _publish(index: Path, told: BuildReport, texts: Texts, identity: _Identity, *, made: Path, watch: _Watch) -> None:
    """Publish what lies in `made` with its report."""
    found = {path.relative_to(made).as_posix(): path for path in sorted(made.rglob("*")) if path.is_file()}
    contents: dict[str, Contents] = {**found, report.NAME: report.save(told)}
    record = Manifest(
        format=manifest.FORMAT, product=rag.__version__, build=told.build, built=datetime.now(UTC).isoformat(timespec="milliseconds"),
        content=identity.content, model=identity.model, settings=SETTINGS, search=identity.search, counts=texts.counts,
        sources=tuple(texts.sources), files=tuple(record_of(name, data) for name, data in contents.items()), readers=kept.readers(),
    )
    watch.step(_WRITING)(0, 1)
    store.publish(index, record, contents)
    watch.tell(Progress(_WRITING, 1, 1))


@contextmanager
def _scratch(index: Path) -> Iterator[_Places]:
    """Two folders on the index's disk that go: what is to be published, and what is needed meanwhile."""
    with files.writing(index):
        folder = tempfile.TemporaryDirectory(dir=index, prefix=store.BUILDING, ignore_cleanup_errors=True)
    with folder as scratch:
        places = _Places(Path(scratch) / "made", Path(scratch) / "work")
        with files.writing(index):
            places.made.mkdir()
            places.work.mkdir()
        yield places
