"""How near a converted model comes to the right one, by its vectors."""

import numpy as np
import pytest

from rag.search import trial


def test_the_comparison_finds_what_was_moved() -> None:
    """Nothing moved: all of it is the same. Two vectors exchanged: neighbours, scores and cosines say so."""
    vectors = np.eye(20, dtype=np.float32)
    same = trial.compare((vectors, vectors), (vectors, vectors))
    assert same == {"overlap": 1.0, "off": 0.0, "cosine": 1.0} and trial.holds(same)
    moved = vectors[[19, *range(1, 19), 0]]
    found = trial.compare((vectors, vectors), (vectors, moved))
    assert found["off"] == 1.0
    assert found["cosine"] == 0.0
    assert found["overlap"] < 1.0
    assert not trial.holds(found)


@pytest.mark.parametrize("broken", [0, 1], ids=["a query", "a passage"])
def test_a_number_that_is_none_is_no_success(broken: int) -> None:
    """Whichever side it stands on, the difference is not small, and the comparison does not hold."""
    right = np.eye(20, dtype=np.float32), np.eye(20, dtype=np.float32)
    other = right[0].copy(), right[1].copy()
    other[broken][3, 3] = np.nan
    assert not trial.largest_difference(right, other) <= trial.SAME
    assert not trial.holds(trial.compare(right, other))


def test_what_trips_a_tracer_is_among_the_texts_that_torch_reads_too() -> None:
    """A single mark, no text and endless text come first."""
    queries, passages = trial.texts()
    longest = max(map(len, passages))
    assert len(queries) > trial.SAMPLE and passages[1:3] == ["。", ""] and len(passages[0]) == longest > 512
