"""A build brings the index up to date, whatever the corpus holds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import CorpusError, NothingReadable
from rag.index import builds, library, store
from rag.index.build import Progress, build
from rag.index.verify import verify
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL, PROJECT
from tests.building import STYLE, left

WITHOUT_TORCH = """
import sys
from pathlib import Path
from rag.index.build import build
from rag.settings import DEFAULT_MODEL
made = build(Path(sys.argv[1]), Path(sys.argv[2]), DEFAULT_MODEL)
sys.exit(made.embedded != 0 or "torch" in sys.modules)
"""


def test_a_build_is_published_and_told(corpus: Path, index: Path) -> None:
    """The report names each file with its state; the library holds the documents; every file is as recorded."""
    made = build(corpus, index, DEFAULT_MODEL)
    assert [(one.document, one.state, one.codec) for one in made.documents] == [
        ("2024/作风.txt", "indexed", "gb18030"), ("安全.md", "indexed", "utf-8"), ("旧.doc", "reported", None)]
    assert made.embedded == made.passages > 0
    opened = library.load(index)
    assert (opened.build, opened.reported) == (made.build, made.reported)
    assert opened.text_of("2024/作风.txt") == STYLE
    assert [source.path for source in opened.manifest.sources] == ["2024/作风.txt", "安全.md", "旧.doc"]
    assert verify(index) == ()
    assert left(index) == ["builds", "current.json"]


def test_an_unchanged_corpus_makes_no_new_build(corpus: Path, index: Path) -> None:
    """The same build stays current, nothing is embedded, the files left out are named again."""
    first = build(corpus, index, DEFAULT_MODEL)
    second = build(corpus, index, DEFAULT_MODEL)
    assert (second.build, second.documents) == (first.build, first.documents)
    assert (second.embedded, second.reused) == (0, first.passages)
    assert builds.names(index) == (first.build,)


def test_an_unchanged_corpus_needs_no_model(corpus_dir: Path, index_dir: Path) -> None:
    """Whether anything is new is known without loading a model."""
    assert subprocess.run([sys.executable, "-c", WITHOUT_TORCH, str(corpus_dir), str(index_dir)], cwd=PROJECT, check=False).returncode == 0


def test_the_same_corpus_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    """A copy of the corpus elsewhere, with other times, built anew: equal content hash, equal texts, vectors and words."""
    copy = Path(shutil.copytree(corpus, tmp_path / "elsewhere", copy_function=shutil.copyfile))
    for folder, name in ((corpus, "one"), (copy, "two")):
        build(folder, tmp_path / name, DEFAULT_MODEL)
    first, second = (library.load(tmp_path / name).manifest for name in ("one", "two"))
    assert first.content == second.content
    assert [file for file in first.files if file.name != "report.json"] == [file for file in second.files if file.name != "report.json"]


def test_only_what_is_new_is_embedded(corpus: Path, index: Path) -> None:
    """One more sentence: one passage embedded, the others' vectors taken over unchanged."""
    first = build(corpus, index, DEFAULT_MODEL)
    before = library.load(index)
    (corpus / "安全.md").write_text("# 关于安全生产的讲话\n\n要严查隐患，今年事故下降6.5%。\n\n要落实责任。\n", encoding="utf-8")
    second = build(corpus, index, DEFAULT_MODEL)
    after = library.load(index)
    assert (second.embedded, second.reused) == (1, first.passages)
    vectors = dict(zip(after.passages, after.hybrid.vectors.matrix(), strict=True))
    unchanged = [row for row, passage in enumerate(before.passages) if passage in vectors]
    assert len(unchanged) == len(before.passages)
    assert all((vectors[before.passages[row]] == before.hybrid.vectors.matrix()[row]).all() for row in unchanged)


def test_what_comes_back_is_not_embedded_again(corpus: Path, index: Path) -> None:
    """A file taken out and put back costs nothing: an older build has its vectors."""
    build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").rename(corpus.parent / "安全.md")
    without = build(corpus, index, DEFAULT_MODEL)
    (corpus.parent / "安全.md").rename(corpus / "安全.md")
    again = build(corpus, index, DEFAULT_MODEL)
    assert without.embedded == again.embedded == 0
    assert again.passages > without.passages
    assert len(builds.names(index)) == 3


def test_a_build_after_a_rollback_is_up_to_date(corpus: Path, index: Path) -> None:
    """Gone back to the first build, the next build makes the newest current again, for it is what the corpus holds."""
    first = build(corpus, index, DEFAULT_MODEL)
    (corpus / "安全.md").unlink()
    second = build(corpus, index, DEFAULT_MODEL)
    assert store.rollback(index) == library.load(index).build == first.build
    assert build(corpus, index, DEFAULT_MODEL).build == library.load(index).build == second.build


def test_builds_are_kept_by_number(corpus: Path, index: Path) -> None:
    """Four are kept unless set otherwise, the current one among them."""
    made = []
    for turn in range(6):
        (corpus / "安全.md").write_text(f"# 讲话\n\n第{turn}次修改。\n", encoding="utf-8")
        made.append(build(corpus, index, DEFAULT_MODEL).build)
    assert builds.names(index) == tuple(made[:1:-1])
    build(corpus, index, DEFAULT_MODEL, keep=2)
    assert builds.names(index) == (made[5], made[4])


@pytest.mark.parametrize("name", ["documents.jsonl", "vectors.bin", "words/counts.bin", "manifest.json", "../../current.json"])
def test_a_build_mends_a_damaged_index(corpus: Path, index: Path, name: str) -> None:
    """With any file of the only build damaged, the next build leaves an index in which all holds."""
    made = build(corpus, index, DEFAULT_MODEL)
    path = builds.folder_of(index, made.build) / name
    path.write_bytes(path.read_bytes()[:-2])
    assert verify(index)
    build(corpus, index, DEFAULT_MODEL)
    assert verify(index) == ()
    assert library.load(index).warning is None
    assert len(builds.names(index)) == 1


def test_an_emptied_corpus_is_refused(corpus: Path, index: Path) -> None:
    """No files: the index stays, unless an empty build is asked for; that one opens, and finds nothing."""
    first = build(corpus, index, DEFAULT_MODEL)
    shutil.rmtree(corpus)
    corpus.mkdir()
    with pytest.raises(NothingReadable) as caught:
        build(corpus, index, DEFAULT_MODEL)
    assert caught.value.reported == ()
    assert library.load(index).build == first.build
    empty = build(corpus, index, DEFAULT_MODEL, allow_empty=True)
    opened = library.load(index)
    assert (opened.build, opened.documents, opened.passages, empty.passages) == (empty.build, (), (), 0)
    assert verify(index) == ()


def test_an_empty_build_answers_with_no_hits(tmp_path: Path, index: Path, model: Encoder) -> None:
    """Searching an empty build is no error."""
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty", index, DEFAULT_MODEL, allow_empty=True)
    assert library.load(index).hybrid.search(model.queries(["作风"])[0], "作风", 5) == []


def test_nothing_readable_names_every_file(corpus: Path, index: Path) -> None:
    """A corpus of unreadable files alone makes no build; the error carries each with its reason."""
    (corpus / "安全.md").write_bytes(b"")
    (corpus / "2024" / "作风.txt").unlink()
    with pytest.raises(NothingReadable) as caught:
        build(corpus, index, DEFAULT_MODEL)
    assert [path for path, _ in caught.value.reported] == ["安全.md", "旧.doc"]
    assert builds.names(index) == ()


def test_a_missing_corpus_leaves_the_index(corpus: Path, index: Path) -> None:
    """A corpus folder that is gone (a drive not connected) never empties the index."""
    made = build(corpus, index, DEFAULT_MODEL)
    corpus.rename(corpus.with_name("away"))
    with pytest.raises(CorpusError):
        build(corpus, index, DEFAULT_MODEL)
    assert library.load(index).build == made.build


def test_an_index_inside_the_corpus_is_refused(corpus: Path) -> None:
    """The index's own files must not become speeches."""
    for inside in (corpus, corpus / "index"):
        with pytest.raises(CorpusError):
            build(corpus, inside, DEFAULT_MODEL)
    assert not (corpus / "index").exists()


def test_progress_goes_through_the_stages(corpus: Path, index: Path) -> None:
    """Each stage is told in its turn, counts upwards and reaches its total."""
    told: list[Progress] = []
    build(corpus, index, DEFAULT_MODEL, progress=told.append)
    assert list(dict.fromkeys(step.stage for step in told)) == ["读取文件", "准备模型", "计算向量", "写入索引"]
    for stage in ("读取文件", "计算向量", "写入索引"):
        done = [step.done for step in told if step.stage == stage]
        assert done == sorted(done)
        assert done[-1] == [step.total for step in told if step.stage == stage][-1]
