"""FAISS's clusters over many vectors: which rows are likely the nearest, for the exact comparison to choose from.

FAISS looks into the nearest clusters, of vectors kept in 8 bits a number. Only bytes go to it: its own file functions
fail on paths that the system's code page can't write.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.search.flat import Allowed, Rows, Vector, parts

_TRAINED = 40  # vectors for each cluster that its centre is found from: FAISS wants 39 at least
_SEED = 7


class Clusters:
    """Clusters of vectors, known by their rows. Loaded where vectors are many: FAISS takes a moment."""

    def __init__(self, index: faiss.IndexIVF, mapped: NDArray[np.uint8] | None = None) -> None:
        self._index = index
        self._mapped = mapped  # what the lists lie in

    @classmethod
    def build(cls, matrix: NDArray[Any]) -> Clusters:
        """Clusters over the rows [n, d]: four times as many as the root of their number, the usual measure."""
        clusters = int(4 * len(matrix) ** 0.5)
        width = int(matrix.shape[1])
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(width), width, clusters, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT,
        )
        drawn = np.random.default_rng(_SEED).choice(len(matrix), min(len(matrix), _TRAINED * clusters), replace=False)
        index.train(np.asarray(matrix[np.sort(drawn)], dtype=np.float32))
        for part in parts(matrix):
            index.add(np.asarray(part, dtype=np.float32))
        return cls(index)

    @property
    def number(self) -> int:
        """How many clusters there are."""
        return int(self._index.nlist)

    def save(self, path: Path) -> None:
        """Write them to a file."""
        with path.open("wb") as file:
            file.write(faiss.serialize_index(self._index).data)

    @classmethod
    def load(cls, path: Path) -> Clusters:
        """The clusters that `save` wrote, mapped: their lists stay on the disk until they are looked into."""
        with path.open("rb") as file:
            data = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=np.uint8)
        reader: Any = faiss.ZeroCopyIOReader(faiss.swig_ptr(data), len(data))  # type: ignore[attr-defined]  # not in its stubs
        index: Any = faiss.read_index(reader)
        return cls(index, data)

    def near(self, query: Vector, count: int, probes: int, allowed: Allowed | None = None) -> Rows:
        """At most `count` rows near `query` [d], from the `probes` nearest clusters, by row."""
        chosen = None
        if allowed is not None:
            bitmap = np.packbits(allowed, bitorder="little")
            chosen = faiss.IDSelectorBitmap(bitmap)  # type: ignore[call-arg, arg-type]  # FAISS's wrappers take arrays …
        asked = np.ascontiguousarray(query, dtype=np.float32)[None, :]
        how = faiss.SearchParametersIVF(nprobe=probes, sel=chosen)  # type: ignore[call-arg]  # … and keywords
        found = self._index.search(asked, count, params=how)[1][0]
        return np.unique(found[found >= 0])
