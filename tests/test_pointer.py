"""The pointer says which build answers, or says that it can't."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import DamagedFile
from rag.index import pointer
from rag.index.pointer import Pointer

SAMPLE = Pointer("20250102-030405-006", "a" * 64)


def test_a_pointer_comes_back_as_it_was(tmp_path: Path) -> None:
    """`load(save(x)) == x`."""
    pointer.save(tmp_path, SAMPLE)
    assert pointer.load(tmp_path) == SAMPLE


def test_a_missing_pointer_is_named(tmp_path: Path) -> None:
    """Without current.json the error names the file."""
    with pytest.raises(DamagedFile) as caught:
        pointer.load(tmp_path)
    assert (caught.value.file, caught.value.found) == ("current.json", "文件缺失")


@given(st.binary() | st.sampled_from([b"null", b"{}", b'{"build": "x", "manifest": "y"}', b'{"build": 1, "manifest": 2}\n', b"\xff"]))
def test_garbage_is_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Bytes that the program did not write raise DamagedFile and nothing else."""
    folder = tmp_path_factory.mktemp("index")
    (folder / pointer.NAME).write_bytes(data)
    with pytest.raises(DamagedFile):
        pointer.load(folder)
