"""An opened build is whole, checked, and lives on whatever happens to the index."""

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag import settings
from rag.engine import Engine
from rag.errors import DamagedIndex, NoIndex, UnknownBuild, UnknownDocument
from rag.index import builds, pointer, store
from rag.index import library as opening
from rag.index.build import build
from rag.index.library import Library
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL
from tests.conftest import Publish

PROJECT = Path(__file__).resolve().parent.parent
READ_ONLY = """
import sys
from pathlib import Path
from rag.index import library, store
from rag.index.verify import verify
index = Path(sys.argv[1])

def watch(event, arguments):
    writes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.utime", "os.chmod", "os.link", "os.symlink")
    if event == "open":
        path, mode, flags = arguments
        writes = any(letter in (mode or "") for letter in "wax+") or flags & 0b11
    if writes and str(arguments[0]).startswith(str(index)):
        raise PermissionError(f"{event} {arguments}")

sys.addaudithook(watch)
assert library.load(index).passages and store.history(index) and verify(index) == ()
"""


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path) -> Path:
    """An index of two builds, the second with one more document."""
    folder = tmp_path_factory.mktemp("two")
    corpus = Path(shutil.copytree(corpus_dir, folder / "corpus"))
    build(corpus, folder / "index", DEFAULT_MODEL)
    (corpus / "新.txt").write_text("关于安全生产的讲话\n要严查隐患。\n", encoding="utf-8")
    build(corpus, folder / "index", DEFAULT_MODEL)
    return folder / "index"


@pytest.fixture
def index(two_builds: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(two_builds, tmp_path / "index"))


def test_passages_are_spans_of_their_documents(library: Library) -> None:
    """`text_of(document)[start:end] == text`, for every passage opened."""
    assert library.passages
    for passage in library.passages:
        assert library.text_of(passage.document)[passage.start:passage.end] == passage.text


def test_speeches_are_spans_of_their_documents(library: Library) -> None:
    """Every title that stands in the text is found where the outline says."""
    assert sum(speech.kind == "speech" for speech in library.speeches) == library.manifest.counts.speeches == 3
    for speech in library.speeches:
        if speech.title_start < speech.title_end:
            assert library.text_of(speech.document)[speech.title_start:speech.title_end] == speech.title


def test_rows_are_passages(library: Library, model: Encoder) -> None:
    """Searching for a passage's own words finds its row first."""
    for row in (0, len(library.passages) // 2, len(library.passages) - 1):
        text = library.passages[row].text
        best = library.hybrid.search(model.queries([text])[0], text, 1)[0]
        assert library.passages[best.row].text == text


def test_an_unknown_document_names_the_nearest(library: Library) -> None:
    """A path with a slip of the pen is answered with the right one."""
    path = library.documents[0].path
    with pytest.raises(UnknownDocument) as caught:
        library.text_of(path.replace(".txt", ".text"))
    assert caught.value.nearest == (path,)
    assert library.document(path) == library.documents[0]


def test_an_intact_index_gives_no_warning(index: Path) -> None:
    """The current build is opened, and nothing is said."""
    opened = opening.load(index)
    assert (opened.build, opened.warning) == (builds.names(index)[0], None)


FILES = ("documents.jsonl", "speeches.jsonl", "passages.jsonl", "vectors.bin", "words/tokens.txt", "words/counts.bin",
         "report.json", "manifest.json")


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_never_answered_from_in_silence(index: Path, name: str) -> None:
    """Whichever file of the current build is damaged, the build before serves, and the warning names the file."""
    newest, before = builds.names(index)
    path = builds.folder_of(index, newest) / name
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 4
    path.write_bytes(whole)
    opened = opening.load(index)
    assert opened.build == before
    assert opened.warning is not None
    assert f"builds/{newest}/{name}" in opened.warning
    assert before in opened.warning


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_cut_file_is_never_answered_from_in_silence(index: Path, name: str) -> None:
    """A file cut to half or gone is damage like any other; with no intact build left there is no answer."""
    newest, before = builds.names(index)
    path = builds.folder_of(index, newest) / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert opening.load(index).build == before
    (builds.folder_of(index, before) / name).unlink()
    with pytest.raises(DamagedIndex) as caught:
        opening.load(index)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("content", [None, b"", b"null", b"\xff\x00", b'{"build": "20990101-000000-000", "manifest": "x"}\n'],
                         ids=["missing", "empty", "null", "binary", "made-up"])
def test_a_damaged_pointer_is_told(index: Path, content: bytes | None) -> None:
    """Without a readable pointer the newest intact build serves, with a warning that names the pointer."""
    (index / pointer.NAME).unlink()
    if content is not None:
        (index / pointer.NAME).write_bytes(content)
    opened = opening.load(index)
    assert opened.build == builds.names(index)[0]
    assert opened.warning is not None
    assert pointer.NAME in opened.warning


def test_a_lost_build_folder_is_told(index: Path) -> None:
    """The pointer's build gone, the one before serves; all gone, the index is damaged, not new."""
    newest, before = builds.names(index)
    shutil.rmtree(builds.folder_of(index, newest))
    opened = opening.load(index)
    assert opened.build == before
    assert opened.warning
    shutil.rmtree(index / "builds")
    with pytest.raises(DamagedIndex):
        opening.load(index)


def test_an_index_never_built_is_told_apart(tmp_path: Path) -> None:
    """An empty or missing folder asks for the first build."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoIndex):
            opening.load(folder)


def test_any_kept_build_can_be_opened(index: Path) -> None:
    """By name the build before is opened as it was, without its successor's document."""
    newest, before = builds.names(index)
    assert "新.txt" in opening.load_build(index, newest).by_path
    assert "新.txt" not in opening.load_build(index, before).by_path
    with pytest.raises(UnknownBuild):
        opening.load_build(index, "..")
    (builds.folder_of(index, before) / "vectors.bin").write_bytes(b"")
    with pytest.raises(DamagedIndex):
        opening.load_build(index, before)


def test_what_was_opened_outlives_the_index(index: Path, model: Encoder) -> None:
    """A reader keeps what it opened, were the whole folder deleted under it."""
    opened = opening.load(index)
    shutil.rmtree(index)
    best = opened.hybrid.search(model.queries(["安全生产"])[0], "安全生产", 1)[0]
    assert opened.passages[best.row].document == "新.txt"


def test_readers_are_undisturbed_by_builders(index: Path, publish: Publish) -> None:
    """While builds replace each other and none but the newest is kept, whoever opens the index gets one, whole, unwarned."""
    newest = builds.folder_of(index, builds.names(index)[0])
    contents = {record.name: builds.read_file(newest, record) for record in builds.read_manifest(newest).files}
    done = threading.Event()

    def ask() -> set[str | None]:
        warnings = set()
        while not done.is_set():
            warnings.add(opening.load(index).warning)
        return warnings

    with ThreadPoolExecutor(2) as readers:
        asked = [readers.submit(ask) for _ in range(2)]
        for _ in range(25):
            publish(index, contents)
            store.retire(index, keep=1)
        done.set()
    assert [one.result() for one in asked] == [{None}, {None}]


def test_asking_writes_nothing(index: Path) -> None:
    """Opening, listing and verifying never open a file of the index for writing, nor make, rename or remove one."""
    done = subprocess.run([sys.executable, "-c", READ_ONLY, str(index)], cwd=PROJECT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def flip(index: Path, build: str, name: str = "words/counts.bin") -> None:
    """Damage one file of a build, its size unchanged."""
    path = builds.folder_of(index, build) / name
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 4
    path.write_bytes(whole)


def test_a_large_build_is_read_after_it_was_opened(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening looks at sizes alone; `damaged` finds the file, if it is not stopped, and the builder has not retired the build."""
    monkeypatch.setattr(opening, "CHECKED_UP_TO", 0)
    newest, _ = builds.names(index)
    assert opening.damaged(index, opening.load(index)) is None
    flip(index, newest)
    opened = opening.load(index)
    assert (opened.build, opened.warning) == (newest, None)
    problem = opening.damaged(index, opened)
    assert problem is not None and problem.file == f"builds/{newest}/words/counts.bin"
    assert opening.damaged(index, opened, lambda: True) is None
    shutil.rmtree(builds.folder_of(index, newest))
    assert opening.damaged(index, opened) is None


def test_an_engine_leaves_a_large_build_found_damaged(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest intact build answers from then on, and says so; where none is left, the open one says what is wrong."""
    monkeypatch.setattr(opening, "CHECKED_UP_TO", 0)
    newest, before = builds.names(index)
    engine = Engine(settings.load(index=index))
    engine.open()
    assert engine.check() is False
    flip(index, newest)
    assert engine.check() is True
    assert engine.open().build == engine.answer("要严查什么?").build == before
    assert newest in (engine.open().warning or "")
    flip(index, before)
    assert engine.check() is True
    assert before in (engine.open().warning or "")
