"""Reranking: the best of a search in the order of a cross-encoder, the rest as found."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from rag.errors import ModelError
from rag.search.flat import Allowed, Vector
from rag.search.hybrid import RowHit
from rag.search.rerank import POOL, Reranked, load


class Found:
    """A search that finds rows in their order."""

    def search(self, vector: Vector, text: str, k: int, allowed: Allowed | None = None) -> list[RowHit]:
        """The first `k` of fifty rows."""
        return [RowHit(row, 1 - row / 50, 0.0, 0.0) for row in range(min(k, 50))]


def latest_first(text: str, passages: Sequence[str]) -> list[float]:
    """The number that a passage is scores it."""
    return [float(passage) for passage in passages]


def rows(k: int) -> list[int]:
    """The rows of a reranked search."""
    return [hit.row for hit in Reranked(Found(), str, latest_first).search(np.zeros(2, dtype=np.float32), "问", k)]


def test_only_the_best_of_a_search_change_places() -> None:
    """However few are wanted; and scores still fall from first to last."""
    assert rows(3) == [POOL - 1, POOL - 2, POOL - 3]
    assert rows(40) == [*reversed(range(POOL)), *range(POOL, 40)]
    hits = Reranked(Found(), str, latest_first).search(np.zeros(2, dtype=np.float32), "问", 40)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_cross_encoder_scores_pairs(tmp_path: Path) -> None:
    """A real one of sentence-transformers, tiny and untrained: a finite number for each pair, the same each time."""
    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"粮食产量多少工业"]), encoding="utf-8")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    size = BertConfig(
        vocab_size=13, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=1,
        max_position_embeddings=512,
    )
    BertForSequenceClassification(size).save_pretrained(tmp_path)
    score = load(str(tmp_path))
    found = score("粮食产量多少", ["粮食产量", "工业", "粮食" * 600])
    assert len(found) == 3 and np.isfinite(found).all() and list(score("粮食产量多少", ["粮食产量"])) == pytest.approx(found[:1], abs=1e-5)
    assert score("问", []) == []


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the setting to change."""
    with pytest.raises(ModelError, match="YANJU_RERANKER"):
        load(str(tmp_path / "没有"))
