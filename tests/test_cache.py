"""A folder of a model appears whole or not at all, whatever stops the process that makes it, and one process makes it."""

import threading
from pathlib import Path

import pytest

from rag.errors import BuildCancelled, ModelError
from rag.search import cache


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a folder is to appear; its parent is there."""
    (tmp_path / "缓存").mkdir()
    return tmp_path / "缓存" / "模型"


def beside(target: Path) -> list[str]:
    """What lies in the cache, the locks aside."""
    return sorted(path.name for path in target.parent.iterdir() if path.suffix != ".lock")


def test_a_folder_takes_its_place_when_all_is_made(target: Path) -> None:
    """Until then nothing of the name is there; what was needed meanwhile is gone."""
    with cache.appearing(target) as (made, scratch):
        (made / "网络").write_bytes(b"1")
        (scratch / "轮子").write_bytes(b"2")
        assert not target.exists()
    assert (target / "网络").read_bytes() == b"1" and beside(target) == ["模型"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, BuildCancelled, OSError])
def test_what_fails_leaves_what_was_there(target: Path, error: type[BaseException]) -> None:
    """An earlier folder stays as it was, and nothing lies beside it."""
    target.mkdir()
    (target / "旧").write_bytes(b"1")
    with pytest.raises(error), cache.appearing(target) as (made, _):
        (made / "新").write_bytes(b"2")
        raise error
    assert [path.name for path in target.iterdir()] == ["旧"] and beside(target) == ["模型"]


def test_an_earlier_folder_gives_way_and_what_was_left_is_swept(target: Path) -> None:
    """A damaged folder, and the half-made one of a process that was killed; another model's is not touched."""
    for name in ("模型", ".模型-abc", ".别的-abc"):
        (target.parent / name).mkdir()
        (target.parent / name / "半").write_bytes(b"1")
    with cache.appearing(target) as (made, _):
        (made / "整").write_bytes(b"2")
    assert [path.name for path in target.iterdir()] == ["整"] and beside(target) == [".别的-abc", "模型"]


def test_one_makes_it_and_the_other_waits(target: Path) -> None:
    """The second enters when the first has left; while it waits it is asked whether to go on."""
    told: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with cache.alone(target, lambda done, total: waiting.set()):
            told.append("后")

    with cache.alone(target, None):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(60)
        told.append("先")
    thread.join()
    assert told == ["先", "后"]


def test_a_wait_can_be_called_off(target: Path) -> None:
    """What progress raises ends the wait."""
    def stop(done: int, total: int) -> None:
        raise BuildCancelled

    caught: list[BaseException] = []

    def second() -> None:
        with pytest.raises(BuildCancelled) as stopped, cache.alone(target, stop):
            pass
        caught.append(stopped.value)

    with cache.alone(target, None):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_a_system_that_lets_nothing_be_written_is_named(tmp_path: Path) -> None:
    """The folder, what the system says, and the setting that moves it."""
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ModelError, match=r"无法写入模型文件夹.*文件.*YANJU_CACHE"), cache.alone(tmp_path / "文件" / "模型", None):
        pass
    assert cache.reason(OSError(28, "No space left on device")) == "磁盘已满"
    assert cache.reason(OSError(27, "File too large")) == "File too large"
