"""Whatever stops a build, or runs beside it: the build before it is current and whole, and no junk is left."""

import random
import threading
from pathlib import Path

import pytest

from rag.errors import BuildCancelled, BuildRunning, ModelError
from rag.index import builds, library
from rag.index.build import Progress, build
from rag.index.verify import verify
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL
from tests import kills
from tests.building import left


@pytest.mark.parametrize("moment", range(7))
def test_a_cancelled_build_leaves_the_index(corpus: Path, index: Path, moment: int) -> None:
    """Called off at any step, nothing of the build is left and the old one is current."""
    first = build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").write_text("# 讲话\n\n改过了。\n", encoding="utf-8")
    questions = iter(range(100))
    with pytest.raises(BuildCancelled):
        build(corpus, index, DEFAULT_MODEL, cancelled=lambda: next(questions) == moment)
    assert library.load(index).build == first.build
    assert left(index) == ["builds", "current.json"]
    assert builds.names(index) == (first.build,)


def test_a_published_build_is_not_called_off(corpus: Path, index: Path) -> None:
    """Asked to stop once the build is current, it ends well: the report never says otherwise than the index."""
    stages: list[str] = []
    made = build(corpus, index, DEFAULT_MODEL, progress=lambda step: stages.append(f"{step.stage} {step.done}"),
                 cancelled=lambda: stages[-1:] == ["写入索引 1"])
    assert library.load(index).build == made.build


def test_an_interrupted_build_leaves_the_index(corpus: Path, index: Path) -> None:
    """Ctrl-C while files are written: the draft is gone, the lock is free, the old build is current."""
    first = build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").write_text("# 讲话\n\n改过了。\n", encoding="utf-8")

    def interrupt(step: Progress) -> None:
        if step.stage == "写入索引":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, index, DEFAULT_MODEL, progress=interrupt)
    assert left(index) == ["builds", "current.json"]
    assert library.load(index).build == first.build
    assert build(corpus, index, DEFAULT_MODEL).build != first.build


def test_a_second_builder_is_refused(corpus: Path, index: Path) -> None:
    """While one builds, another is told so at once, and the first is not disturbed."""
    entered, leave = threading.Event(), threading.Event()

    def hold(step: Progress) -> None:
        entered.set()
        leave.wait()

    first = threading.Thread(target=build, args=(corpus, index, DEFAULT_MODEL), kwargs={"progress": hold})
    first.start()
    entered.wait()
    with pytest.raises(BuildRunning):
        build(corpus, index, DEFAULT_MODEL)
    leave.set()
    first.join()
    assert verify(index) == ()


def test_questions_are_answered_while_a_build_runs(corpus: Path, index: Path, model: Encoder) -> None:
    """At every step of a build the build before it opens and finds."""
    first = build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").write_text("# 讲话\n\n改过了。\n", encoding="utf-8")
    vector = model.queries(["作风"])[0]
    served: list[str] = []

    def ask(step: Progress) -> None:
        opened = library.load(index)
        assert opened.hybrid.search(vector, "作风", 1)
        served.append(opened.build)

    second = build(corpus, index, DEFAULT_MODEL, progress=ask)
    assert set(served) == {first.build, second.build}
    assert served == sorted(served)


def test_kills_lose_nothing(corpus: Path, index: Path, model: Encoder) -> None:
    """Real builds killed at four random moments, by three signals: the index answers, holds, and the next build leaves no junk."""
    build(corpus, index, DEFAULT_MODEL)
    moments = random.Random(7)
    for number in range(4):
        kills.run(corpus, index, moments, kills.SIGNALS[number % 3], after=moments.randrange(14))
        kills.check(corpus, index, model)


def test_a_model_that_fails_ends_the_build(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the thread that embeds is the build's own, and nothing is left."""
    def fail(*_: object) -> None:
        raise ModelError("模型坏了：请重新下载。")

    monkeypatch.setattr("rag.search.encoder.load", fail)
    with pytest.raises(ModelError):
        build(corpus, index, DEFAULT_MODEL)
    assert left(index) == []
