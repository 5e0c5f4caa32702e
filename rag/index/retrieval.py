"""What a build is searched by: vectors for meaning, a word index and a vocabulary for wording.

Words are counted anew, or taken over from the build before with the difference put in; the files are the same, to the byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.index import library
from rag.index.kept import Kept
from rag.index.texts import Texts
from rag.search.amended import amended
from rag.search.flat import Rows
from rag.search.vectors import Plan, Vectors
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words

AMENDED_UP_TO = 0.25  # of the passages that are new: beyond, counting all words anew is as fast


def save_words(texts: Texts, earlier: Kept, folder: Path, scratch: Path) -> None:
    """Make in `folder` what is searched for wording; in `scratch` lies what would not fit into memory."""
    words, vocabulary = _amended(texts, earlier, scratch) or _counted(texts, scratch)
    for name, part in ((library.WORDS, words), (library.VOCABULARY, vocabulary)):
        (folder / name).mkdir()
        part.save(folder / name)


def save_vectors(vectors: NDArray[Any], folder: Path, scratch: Path) -> Plan:
    """Make in `folder` what is searched for meaning, of the vectors [n, d], a row a passage; how they are searched."""
    found = Vectors.build(vectors, scratch=scratch)
    found.save(folder)
    return found.plan


def _counted(texts: Texts, scratch: Path) -> tuple[Words, Vocabulary]:
    """Word index and vocabulary of all passages."""
    words = Words.build((one.text for one in texts.each_passage()), (one.context for one in texts.each_passage()), scratch)
    return words, Vocabulary.build(one.text for one in texts.each_passage())


def _amended(texts: Texts, earlier: Kept, scratch: Path) -> tuple[Words, Vocabulary] | None:
    """Those of the earlier build with the difference put in; None where there is none, or where too much is new."""
    fresh = [span for span in texts.rows if span.earlier is None]
    if earlier.manifest is None or sum(span.last - span.first for span in fresh) > AMENDED_UP_TO * texts.passages:
        return None
    known = earlier.words()
    if known is None:
        return None
    moved = _moved(texts, earlier.manifest.counts.passages)
    numbered = zip((row for span in fresh for row in range(span.first, span.last)), texts.each_passage(fresh), strict=True)
    words = amended(known[0], moved, texts.passages, ((row, f"{one.context}\n{one.text}") for row, one in numbered), scratch)
    if words is None:
        return None
    gone = (one.text for row in np.flatnonzero(moved < 0).tolist() for one in earlier.passages(row, row + 1))
    return words, known[1].amended(gone, (one.text for one in texts.each_passage(fresh)))


def _moved(texts: Texts, passages: int) -> Rows:
    """For each of the earlier build's `passages` its row now; -1 where it is gone."""
    moved = np.full(passages, -1, dtype=np.int64)
    for span in texts.rows:
        if span.earlier is not None:
            moved[span.earlier : span.earlier + span.last - span.first] = np.arange(span.first, span.last)
    return moved
