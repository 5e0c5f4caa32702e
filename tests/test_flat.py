"""Arrays come back from bare bytes as they were, also where threads open many at once."""

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
