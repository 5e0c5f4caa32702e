"""What several tests share: the shipped corpus, one index built from it with the real model, small builds of raw bytes."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from rag.index import builds, manifest, store
from rag.index import library as opening
from rag.index.build import build
from rag.index.library import Library
from rag.index.manifest import Counts, Manifest, ModelRecord, record_of
from rag.reading.document import Source
from rag.search import encoder
from rag.search.encoder import Encoder
from rag.search.vectors import Plan
from rag.settings import DEFAULT_MODEL

Publish = Callable[[Path, Mapping[str, bytes]], str]

settings.register_profile("yanju", deadline=None)
settings.load_profile("yanju")


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The corpus that ships with the product."""
    return Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path) -> Path:
    """An index of the shipped corpus, one build by the default model. Shared: copy it before changing it."""
    index = tmp_path_factory.mktemp("索引")
    build(corpus_dir, index, DEFAULT_MODEL)
    return index


@pytest.fixture(scope="session")
def library(index_dir: Path) -> Library:
    """The shipped corpus, opened."""
    return opening.load(index_dir)


@pytest.fixture(scope="session")
def model() -> Encoder:
    """The default model, loaded."""
    return encoder.load()


@pytest.fixture(scope="session")
def publish() -> Publish:
    """Publish a build that holds these files, and return its name: the store asks nothing of what they mean."""
    return publish_files


def publish_files(index: Path, contents: Mapping[str, bytes]) -> str:
    """Publish a build that holds `contents` and make it current; its name."""
    name = builds.new_name(index, datetime.now(UTC))
    store.publish(index, Manifest(
        format=manifest.FORMAT, product="0", build=name, built=datetime.now(UTC).isoformat(), content="c",
        model=ModelRecord("模型", "f", 2), settings={}, search=Plan("exact", 2, 32), counts=Counts(1, 0, 1, 1, 1, 1),
        sources=(Source("讲话.txt", "s", 1, 1),),
        files=tuple(record_of(file, data) for file, data in contents.items()),
    ), contents)
    return name
