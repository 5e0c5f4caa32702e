"""Arrays come back from bare bytes as they were, also where threads open many at once."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag.search import flat


@pytest.mark.parametrize("array", [
    np.arange(6, dtype=np.int64), np.array([1.5, -2], dtype=np.float32), np.arange(6, dtype=np.float16).reshape(3, 2),
    np.zeros(0, dtype=np.int32), np.zeros((0, 4), dtype=np.float32), np.arange(6, dtype=np.int32).reshape(2, 3).T,
], ids=["whole", "real", "matrix", "empty", "empty matrix", "transposed"])
def test_an_array_comes_back_as_it_was(array: np.ndarray, tmp_path: Path) -> None:
    """Numbers, kind and shape."""
    flat.save(tmp_path / "数.bin", array)
    opened = flat.mapped(tmp_path / "数.bin", array.dtype.type, array.shape[1] if array.ndim > 1 else None)
    assert (opened.dtype, opened.shape) == (array.dtype, array.shape)
    assert opened.tolist() == array.tolist()


def test_threads_may_open_at_once(tmp_path: Path) -> None:
    """Builds are opened while others are built and read."""
    flat.save(tmp_path / "数.bin", np.arange(1000))
    with ThreadPoolExecutor(8) as threads:
        sums = list(threads.map(lambda _: int(flat.mapped(tmp_path / "数.bin", np.int64).sum()), range(400)))
    assert set(sums) == {499_500}


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what of a file a process holds")
def test_what_is_given_back_is_no_longer_held_and_reads_as_before(tmp_path: Path) -> None:
    """A file of 64 MB that was looked through counts as memory of the process until it is given back."""
    flat.save(tmp_path / "数.bin", np.arange(2**23))
    opened = flat.mapped(tmp_path / "数.bin", np.int64, 512)
    before = held()
    total = int(opened.sum())
    assert held() - before > 32
    flat.give_back(opened)
    assert held() - before < 16
    assert int(opened.sum()) == total == 2**22 * (2**23 - 1)


def held() -> float:
    """MB of mapped files that this process holds."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("RssFile")).split()[1]) / 1024


def test_an_array_in_memory_is_not_given_back() -> None:
    """It has nowhere else to be."""
    array = np.arange(5)
    flat.give_back(array[1:])
    assert array.tolist() == [0, 1, 2, 3, 4]
