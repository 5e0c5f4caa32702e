"""`verify` finds every change to any file of the index."""

import random
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import DamagedFile, NoIndex
from rag.index import builds, pointer, store
from rag.index.verify import verify
from tests.conftest import Publish

FILES = {"documents.jsonl": "同志们。".encode() * 20, "vectors.faiss": bytes(range(256)), "empty": b""}


@pytest.fixture
def index(tmp_path: Path, publish: Publish) -> Path:
    """An index of two builds."""
    publish(tmp_path, FILES)
    publish(tmp_path, FILES)
    return tmp_path


def index_files(index: Path) -> list[Path]:
    """Every file that is part of the index."""
    return sorted(path for path in index.rglob("*") if path.is_file() and path.name != ".lock")


def test_an_intact_index_has_no_problems(index: Path) -> None:
    """Nothing is told where nothing is wrong."""
    assert verify(index) == ()


def test_every_flipped_bit_is_found(index: Path) -> None:
    """One bit changed anywhere, in data, manifest or pointer, is found and its file named; mended, all holds again."""
    choose = random.Random(0)
    for path in (one for one in index_files(index) for _ in range(25) if one.stat().st_size):
        whole = path.read_bytes()
        bit = choose.randrange(len(whole) * 8)
        path.write_bytes(bytes(byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(whole)))
        assert any(problem.file.endswith(path.name) or path.name == pointer.NAME for problem in verify(index)), (path, bit)
        path.write_bytes(whole)
    assert verify(index) == ()


def test_every_truncation_and_loss_is_found(index: Path) -> None:
    """A file cut short by a byte, or to nothing, or gone, is found."""
    for path in index_files(index):
        whole = path.read_bytes()
        if whole:
            for length in (len(whole) - 1, 0):
                path.write_bytes(whole[:length])
                assert verify(index), path
        path.unlink()
        assert verify(index), path
        path.write_bytes(whole)
    assert verify(index) == ()


def test_an_extra_file_is_found(index: Path) -> None:
    """A file that no build wrote is named."""
    extra = builds.folder_of(index, builds.names(index)[1]) / "vectors.faiss.bak"
    extra.write_bytes(b"")
    assert [problem.file for problem in verify(index)] == [f"builds/{extra.parent.name}/{extra.name}"]


def test_a_pointer_to_a_lost_build_is_found(index: Path) -> None:
    """A current build whose folder is gone is a problem of the pointer."""
    shutil.rmtree(builds.folder_of(index, builds.names(index)[0]))
    assert [problem.file for problem in verify(index)] == [pointer.NAME]


def test_the_expected_and_the_found_are_told(index: Path) -> None:
    """A problem carries the recorded and the present state, and says them in one line."""
    path = builds.folder_of(index, builds.names(index)[0]) / "empty"
    path.write_bytes(b"x")
    problem, = verify(index)
    assert (problem.expected, problem.found) == ("0字节", "1字节")
    assert str(problem) == f"builds/{path.parent.name}/empty：应为0字节，实为1字节"


def test_an_index_never_built_is_told_apart(tmp_path: Path) -> None:
    """An empty or missing folder is no damage: nothing was built yet."""
    with pytest.raises(NoIndex):
        verify(tmp_path)
    with pytest.raises(NoIndex):
        verify(tmp_path / "nowhere")


def test_a_builder_at_work_is_no_damage(index: Path, publish: Publish) -> None:
    """Builds published and retired while the check runs raise no alarm."""
    done = threading.Event()

    def check() -> list[DamagedFile]:
        found: list[DamagedFile] = []
        while not done.is_set():
            found.extend(verify(index))
        return found

    with ThreadPoolExecutor(2) as checkers:
        checked = [checkers.submit(check) for _ in range(2)]
        for _ in range(30):
            publish(index, FILES)
            store.retire(index, keep=1)
        done.set()
    assert [one.result() for one in checked] == [[], []]
