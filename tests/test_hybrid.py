"""Meaning and words in one order: mixed as the formula says, the same every time, within what is allowed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.search import hybrid
from rag.search.encoder import Encoder
from rag.search.hybrid import DENSE_SHARE, Hybrid
from rag.search.vectors import Vectors
from rag.search.words import Words

WORDS = ("作风", "粮食", "就业", "教育", "作风建设", "粮食产量", "")


def built(texts: list[str], width: int = 8, seed: int = 0) -> Hybrid:
    """A search over texts whose vectors are drawn, one for each different text."""
    generator = np.random.default_rng(seed)
    drawn = {text: generator.standard_normal(width).astype(np.float32) for text in sorted(set(texts))}
    matrix = np.array([drawn[text] / np.linalg.norm(drawn[text]) for text in texts], dtype=np.float32).reshape(len(texts), width)
    return Hybrid(Vectors.build(matrix), Words.build(texts, [""] * len(texts)))


def query(seed: int, width: int = 8) -> np.ndarray:
    """A query's vector."""
    drawn = np.random.default_rng(seed).standard_normal(width).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.sampled_from(WORDS), st.integers(0, 9), st.data())
def test_the_mix_is_what_the_formula_says(texts: list[str], text: str, seed: int, data: st.DataObject) -> None:
    """Each score scaled to 0…1 over the rows allowed, mixed in fixed shares, best first, ties by row."""
    search = built(texts)
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    k = data.draw(st.integers(1, len(texts)))
    rows = np.flatnonzero(allowed)
    dense, words = search.vectors.scores(query(seed), rows), search.words.scores(text)[rows]
    scaled = [(one - one.min()) / (np.ptp(one) or 1) if len(rows) else one for one in (dense, words)]
    mixed = DENSE_SHARE * scaled[0] + (1 - DENSE_SHARE) * scaled[1]
    hits = search.search(query(seed), text, k, allowed)
    assert [hit.row for hit in hits] == rows[np.lexsort((rows, -mixed))][:k].tolist()
    np.testing.assert_allclose([hit.score for hit in hits], np.sort(mixed)[::-1][:k], rtol=1e-5, atol=1e-6)
    assert all(0 <= hit.score <= 1.000001 for hit in hits)


def test_a_hit_carries_its_own_scores() -> None:
    """Cosine and BM25 of a hit are those that each search gives."""
    search = built(["作风", "粮食", "就业"])
    for hit in search.search(query(1), "粮食", 3):
        assert hit.dense == search.vectors.scores(query(1), np.array([hit.row]))[0]
        assert hit.words == search.words.scores("粮食")[hit.row]


def test_a_large_library_gives_the_same_hits_every_time() -> None:
    """Thousands of passages, most of them equal: asked again, or built again, the order is the same, k or more."""
    texts = [WORDS[number % 5] for number in range(3000)]
    first = built(texts).search(query(2), "粮食产量", 300)
    assert first == built(texts).search(query(2), "粮食产量", 300)
    assert len(first) == 300
    assert len({hit.row for hit in first}) == 300
    assert built(texts).search(query(2), "粮食产量", 10) == [
        hit for hit in built(texts).search(query(2), "粮食产量", hybrid.CANDIDATES) if hit in first
    ][:10]


def test_what_either_search_finds_is_a_candidate() -> None:
    """Among thousands, the one passage that shares the words and the one that is nearest both come up."""
    texts = ["无关"] * 2000 + ["作风建设"] + ["无关"] * 2000
    matrix = np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (4001, 1))
    matrix[123] = [1, 0]
    matrix[2000] = [0, 1]
    search = Hybrid(Vectors.build(matrix), Words.build(texts, [""] * len(texts)))
    assert [hit.row for hit in search.search(np.array([1, 0], dtype=np.float32), "作风", 2)] == [2000, 123]


def test_rows_that_are_not_allowed_do_not_change_the_others() -> None:
    """A search kept to one speech is the search over that speech alone: its scores are scaled among its own."""
    texts = ["作风", "粮食", "就业", "教育"] * 100
    allowed = np.arange(400) >= 300
    best = built(texts).search(query(3), "粮食", 5, allowed)
    assert all(hit.row >= 300 for hit in best)
    assert max(hit.score for hit in best) <= 1
    assert built(texts).search(query(3), "粮食", 5, np.zeros(400, dtype=np.bool_)) == []


def test_an_empty_library_has_no_hits() -> None:
    """Nothing to search is no error."""
    assert built([]).search(query(4), "作风", 5) == []


def test_a_question_without_words_is_answered_by_meaning(model: Encoder) -> None:
    """Where not one token is shared, the nearest vectors decide."""
    texts = ["要切实改进工作作风。", "今年粮食总产量创历史新高。", "扩大就业。"]
    search = Hybrid(Vectors.build(model.passages(texts)), Words.build(texts, [""] * len(texts)))
    hits = search.search(model.queries(["农民收获水稻小麦"])[0], "收成咋样", 3)
    assert [hit.words for hit in hits] == [0, 0, 0]
    assert (hits[0].row, hits[0].score) == (1, DENSE_SHARE)


def test_a_traditional_question_finds_simplified_text(model: Encoder) -> None:
    """The words are the same once folded, whatever the model makes of the characters."""
    texts = ["要切实改进工作作风,密切联系群众。", "今年粮食总产量创历史新高。", "扩大就业。"]
    search = Hybrid(Vectors.build(model.passages(texts)), Words.build(texts, [""] * len(texts)))
    assert search.search(model.queries(["糧食總產量"])[0], "糧食總產量", 1)[0].row == 1
