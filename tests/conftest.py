"""What several tests share: the shipped corpus, one index built from it with the real model, small builds of raw bytes."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from tests.building import write_corpus
from tests.terminal import Done, Yanju

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from rag.page.desk import Desk

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
def golden_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the golden questions' own corpus, one build by the default model. Shared: copy it before changing it."""
    index = tmp_path_factory.mktemp("城市索引")
    build(Path(__file__).resolve().parent / "golden" / "corpus", index, DEFAULT_MODEL)
    return index


@pytest.fixture(scope="session")
def library(index_dir: Path) -> Library:
    """The shipped corpus, opened."""
    return opening.load(index_dir)


@pytest.fixture(scope="session")
def model() -> Encoder:
    """The default model, loaded."""
    return encoder.load()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that pip looks for wheels in, and in nothing else; the cache lies beside it."""
    folder = tmp_path / "轮子"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("YANJU_CACHE", str(tmp_path / "缓 存"))
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small corpus: two speeches and a file that can't be read."""
    return write_corpus(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where an index is to be made: a folder that is not there yet."""
    return tmp_path / "索引" / "index"


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


@pytest.fixture
def yanju(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], corpus_dir: Path, index_dir: Path) -> Yanju:
    """Runs the command line in this process, over the shipped corpus and its index; a traceback fails the test."""

    from rag.commands import main  # click and what it stands on, for those tests only

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["yanju", *map(str, arguments)])
        status: Any = 0
        try:
            main()
        except SystemExit as stopped:
            status = stopped.code or 0
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Done(status, out, err)

    monkeypatch.setenv("YANJU_CORPUS", str(corpus_dir))
    monkeypatch.setenv("YANJU_INDEX", str(index_dir))
    return run


# Models of another make than the default: what they are made with takes seconds to load.

@pytest.fixture(scope="session")
def own_models(model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for models that tests make, in which the default is ready. Used by `own_cache`."""
    from tests import models

    return models.copied_cache(tmp_path_factory.mktemp("缓存"))


@pytest.fixture
def own_cache(own_models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tests' own cache of models, in use."""
    monkeypatch.setenv("YANJU_CACHE", str(own_models))
    return own_models


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small model of one layer. Shared: copy it before changing it."""
    from tests import models

    return models.write_tiny(tmp_path_factory.mktemp("模型") / "别的模型")


@pytest.fixture(scope="session")
def prompted(tiny: Path) -> Path:
    """The same with prompts of its own. Shared: copy it before changing it."""
    from tests import models

    return models.write_prompted(tiny)


# The page in a browser: one site for all tests; what takes seconds to load is loaded by those that use it.

@pytest.fixture(scope="module")  # not longer: while it runs, this thread can run no other event loop
def browser() -> Iterator["Browser"]:
    """A real browser."""
    from tests import browsing

    yield from browsing.launched()


@pytest.fixture(scope="session")
def shipped(index_dir: Path, corpus_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> "Desk":
    """A desk over a copy of the shipped corpus and its index, ready to answer."""
    from tests import browsing

    return browsing.shipped(index_dir, corpus_dir, tmp_path_factory.mktemp("资料"))


@pytest.fixture(scope="session")
def site(shipped: "Desk") -> Iterator[str]:
    """Where the page of `shipped` is."""
    from tests import browsing

    with browsing.served(shipped) as url:
        yield url


@pytest.fixture
def page(browser: "Browser", site: str) -> Iterator["Page"]:
    """A visitor's page."""
    from tests import browsing

    with browsing.visitor(browser, site) as opened:
        yield opened
