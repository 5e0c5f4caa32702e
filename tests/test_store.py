"""Builds are published whole, gone back to, and retired; no accident on the way loses one."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import BuildRunning, DamagedIndex, NoEarlierBuild, NoIndex, NotWritten, UnknownBuild
from rag.index import builds, pointer, store
from rag.index.lock import only_builder
from rag.index.verify import verify
from tests.conftest import Publish

PUBLISH_FOREVER = """
import sys
from pathlib import Path
from rag.index import store
from rag.index.lock import only_builder
from tests.conftest import publish_files
index, turn = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    turn += 1
    with only_builder(index):
        store.sweep(index)
        publish_files(index, {f"{name}.bin": bytes([turn % 256]) * 200_000 for name in "abcd"})
        store.retire(index, keep=3)
"""
PUBLISH_OVER_LIMIT = """
import resource, signal, sys
from pathlib import Path
from rag.errors import NotWritten
from tests.conftest import publish_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    publish_files(Path(sys.argv[1]), {"small": b"1", "large": bytes(200_000)})
except NotWritten as error:
    sys.exit(3 if error.folder == sys.argv[1] else 4)
"""
REFUSE_EACH_IN_TURN = """
import errno, os, sys
from pathlib import Path
from rag.errors import NotWritten
from rag.index import builds, store
from rag.index.verify import verify
from tests.conftest import publish_files
index, countdown, refused = Path(sys.argv[1]), [-1], set()

def watch(event, arguments):
    if event == "open" and not ((arguments[2] & 0b11) or any(letter in (arguments[1] or "") for letter in "wax+")):
        return
    if event in ("open", "os.mkdir", "os.rename", "os.remove") and str(arguments[0]).startswith(str(index)):
        countdown[0] -= 1
        if countdown[0] == 0:
            refused.add(event)
            raise OSError(errno.ENOSPC, "disk full")

sys.addaudithook(watch)
before, turn, written = publish_files(index, {"a": b"1", "words/b": b"2"}), 0, False
while not written:
    turn += 1
    countdown[0] = turn
    try:
        before = publish_files(index, {"a": b"1", "words/b": b"2"})
        written = countdown[0] > 0
    except NotWritten:
        pass
    countdown[0] = -1
    assert verify(index) == (), (turn, verify(index))
    assert store.current(index) == before, turn
    store.sweep(index)
    assert all(not entry.name.startswith(".") for entry in index.iterdir()), turn
assert turn > 5 and refused >= {"open", "os.mkdir", "os.rename"}, (turn, refused)
"""
PROJECT = Path(__file__).resolve().parent.parent


def run(code: str, index: Path) -> "subprocess.Popen[bytes]":
    """Start another Python on `code`, with `index` as its argument."""
    return subprocess.Popen([sys.executable, "-c", code, str(index)], cwd=PROJECT, stdout=subprocess.PIPE)


def test_a_published_build_is_current(tmp_path: Path, publish: Publish) -> None:
    """The pointer names the build last published, and nothing but builds and pointer is left."""
    publish(tmp_path, {"a": b"1"})
    name = publish(tmp_path, {"a": b"2"})
    assert store.current(tmp_path) == pointer.load(tmp_path).build == name
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["builds", "current.json"]


def test_history_is_newest_first(tmp_path: Path, publish: Publish) -> None:
    """Each build kept is listed with its size; the current one is marked, a damaged one told."""
    first, second, third = (publish(tmp_path, {"a": b"x" * size}) for size in (1, 2, 3))
    (builds.folder_of(tmp_path, first) / "manifest.json").write_bytes(b"{}")
    (builds.folder_of(tmp_path, second) / "a").unlink()
    told = [(kept.build, kept.current, kept.intact, kept.size) for kept in store.history(tmp_path)]
    assert told == [(third, True, True, 3), (second, False, False, 2), (first, False, False, 0)]


def test_no_builds_no_history(tmp_path: Path) -> None:
    """An index that was never built says so, whatever is asked of it."""
    for ask in (store.history, store.current, store.rollback):
        with pytest.raises(NoIndex):
            ask(tmp_path)


def test_rollback_goes_back_one_build_at_a_time(tmp_path: Path, publish: Publish) -> None:
    """Without a name the one before becomes current, until there is none; no build is removed."""
    first, second, third = (publish(tmp_path, {"a": b"1"}) for _ in range(3))
    assert [store.rollback(tmp_path), store.rollback(tmp_path)] == [second, first]
    with pytest.raises(NoEarlierBuild) as caught:
        store.rollback(tmp_path)
    assert caught.value.current == store.current(tmp_path) == first
    assert builds.names(tmp_path) == (third, second, first)
    assert verify(tmp_path) == ()


def test_rollback_to_a_name(tmp_path: Path, publish: Publish) -> None:
    """Any build kept can be made current by name, a later one too; an unknown name lists those known."""
    first, second = (publish(tmp_path, {"a": b"1"}) for _ in range(2))
    store.rollback(tmp_path, first)
    assert store.rollback(tmp_path, second) == store.current(tmp_path) == second
    with pytest.raises(UnknownBuild) as caught:
        store.rollback(tmp_path, "../builds")
    assert caught.value.known == (second, first)


def test_rollback_passes_over_damaged_builds(tmp_path: Path, publish: Publish) -> None:
    """A damaged build never becomes current: passed over without a name, refused by name."""
    first, second, _ = (publish(tmp_path, {"a": b"1"}) for _ in range(3))
    (builds.folder_of(tmp_path, second) / "a").write_bytes(b"2")
    with pytest.raises(DamagedIndex):
        store.rollback(tmp_path, second)
    assert store.rollback(tmp_path) == first


def test_rollback_waits_for_no_builder(tmp_path: Path, publish: Publish) -> None:
    """While a build runs, going back is refused with a clear error."""
    publish(tmp_path, {"a": b"1"})
    publish(tmp_path, {"a": b"1"})
    with only_builder(tmp_path), pytest.raises(BuildRunning):
        store.rollback(tmp_path)


def test_a_lost_pointer_leaves_the_newest_whole_build_current(tmp_path: Path, publish: Publish) -> None:
    """Without a pointer the newest build whose files have their sizes answers."""
    first, second = (publish(tmp_path, {"a": b"1"}) for _ in range(2))
    (tmp_path / pointer.NAME).unlink()
    assert store.current(tmp_path) == second
    (builds.folder_of(tmp_path, second) / "a").unlink()
    assert store.current(tmp_path) == first


def test_the_newest_are_kept(tmp_path: Path, publish: Publish) -> None:
    """Retiring keeps so many intact builds, the current among them; damaged ones go, and don't count."""
    names = [publish(tmp_path, {"a": b"1"}) for _ in range(6)]
    (builds.folder_of(tmp_path, names[4]) / "a").write_bytes(b"2")
    store.retire(tmp_path, keep=3)
    assert builds.names(tmp_path) == (names[5], names[3], names[2])
    store.retire(tmp_path, keep=1)
    assert builds.names(tmp_path) == (names[5],)


def test_a_build_in_use_does_not_stop_retiring(tmp_path: Path, publish: Publish) -> None:
    """A reader with an open file keeps what it opened, and retiring goes on: where the system forbids, later."""
    first = publish(tmp_path, {"a": b"1"})
    publish(tmp_path, {"a": b"2"})
    with (builds.folder_of(tmp_path, first) / "a").open("rb") as reader:
        store.retire(tmp_path, keep=1)
        assert reader.read() == b"1"
    store.retire(tmp_path, keep=1)
    assert len(builds.names(tmp_path)) == 1


def test_leftovers_are_swept(tmp_path: Path, publish: Publish) -> None:
    """What killed builders leave is removed; what a user put there is not."""
    publish(tmp_path, {"a": b"1"})
    (tmp_path / ".building-20250101-000000-000").mkdir()
    (tmp_path / ".building-20250101-000000-000" / "a").write_bytes(b"half")
    (tmp_path / ".writing-1").write_bytes(b"half")
    (tmp_path / "builds" / ".removing-2").mkdir()
    (tmp_path / "README.md").write_bytes(b"mine")
    store.sweep(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["README.md", "builds", "current.json"]
    assert len(list((tmp_path / "builds").iterdir())) == 1


def test_kills_lose_nothing(tmp_path: Path, publish: Publish) -> None:
    """A builder killed at twelve random moments always leaves a current build that holds, and the next one tidies up."""
    publish(tmp_path, {"a": b"1"})
    moments = random.Random(5)
    for _ in range(12):
        with run(PUBLISH_FOREVER, tmp_path) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(moments.random() * 0.25)
            child.kill()
        assert verify(tmp_path) == ()
    with only_builder(tmp_path):
        store.sweep(tmp_path)
        publish(tmp_path, {"a": b"1"})
        store.retire(tmp_path, keep=1)
    assert verify(tmp_path) == ()
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.name != ".lock") == ["builds", "current.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file sizes to fill the disk with")
def test_a_full_disk_loses_nothing(tmp_path: Path, publish: Publish) -> None:
    """A build that the system refuses to write raises NotWritten; the old one is current and no draft stays."""
    name = publish(tmp_path, {"a": b"1"})
    with run(PUBLISH_OVER_LIMIT, tmp_path) as child:
        assert child.wait() == 3
    assert store.current(tmp_path) == name
    assert verify(tmp_path) == ()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["builds", "current.json"]


def test_every_refusal_in_turn_loses_nothing(tmp_path: Path) -> None:
    """Each opening, making and renaming of a publication refused once: NotWritten, all holds, and no draft stays."""
    with run(REFUSE_EACH_IN_TURN, tmp_path) as child:
        assert child.wait() == 0


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path, publish: Publish) -> None:
    """A file where the index folder should be: NotWritten with the folder's name."""
    (tmp_path / "index").write_bytes(b"")
    with pytest.raises(NotWritten) as caught:
        publish(tmp_path / "index", {"a": b"1"})
    assert caught.value.folder == str(tmp_path / "index")


def test_builds_are_kept_by_size_too(tmp_path: Path, publish: Publish) -> None:
    """The newest builds stay whose bytes together fit; the current one stays whatever its size."""
    names = [publish(tmp_path, {"a.bin": bytes(1000)}) for _ in range(4)]
    size = sum(file.stat().st_size for file in builds.folder_of(tmp_path, names[0]).iterdir())
    store.retire(tmp_path, keep=4, keep_bytes=2 * size + size // 2)
    assert builds.names(tmp_path) == (names[3], names[2])
    store.retire(tmp_path, keep=4, keep_bytes=1)
    assert builds.names(tmp_path) == (names[3],)
