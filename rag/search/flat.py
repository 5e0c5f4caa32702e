"""Arrays as their bare bytes in a file, mapped when they are read: opening costs nothing, whatever their size.

Not numpy's own format: its header is parsed as Python source, which CPython 3.11 fails at when two threads do it at once.
"""

from __future__ import annotations

import mmap
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]  # [d]
Matrix = NDArray[np.float32]  # [n, d]
Rows = NDArray[np.int64]  # numbers of rows of a matrix
Allowed = NDArray[np.bool_]  # [n], false for the rows that are left out

SUFFIX = ".bin"
PART = 65_536  # rows: of 512 numbers in 32 bits 134 MB


def save(path: Path, array: NDArray[Any]) -> None:
    """Write the numbers of `array`, row by row, lowest byte first; `mapped` is the inverse for who knows kind and width."""
    with path.open("wb") as file:
        file.write(np.ascontiguousarray(array if sys.byteorder == "little" else array.byteswap()).data)


def mapped(path: Path, kind: type[np.generic], width: int | None = None) -> NDArray[Any]:
    """The numbers in `path`, [n], or [n, width]; what is not looked at is not read."""
    shape = (-1,) if width is None else (-1, width)
    little = np.dtype(kind)
    if sys.byteorder != "little":  # not always: numpy adds up at indexes 20 times slower by another object for the same type
        little = little.newbyteorder("<")
    if not path.stat().st_size:  # an empty file can't be mapped
        return np.zeros(0, dtype=little).reshape(0, *shape[1:])
    return np.asarray(np.memmap(path, dtype=little, mode="r")).reshape(shape)


def give_back(array: NDArray[Any]) -> None:
    """Let go of what was looked at of a mapped array: it is no longer memory of this process, but stays in the system's cache."""
    place: Any = array
    while isinstance(place, np.ndarray):
        place = place.base
    if isinstance(place, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # Windows takes back what it needs by itself
        place.madvise(mmap.MADV_DONTNEED)


def parts(matrix: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """The matrix in parts small enough to be held in 32 bits."""
    return (matrix[first : first + PART] for first in range(0, len(matrix), PART))
