"""The word search is BM25 over characters, their pairs, Latin words and numbers, the same to the last digit as the formula."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rag.search.bm25 import K1, B, tokens
from rag.search.words import Words

TEXTS = ("要切实改进工作作风,密切联系群众。", "粮食总产量1,236.8亿元,增长6.5%。", "粮食", "", "。。。", "GDP增长6.5%,粮食粮食粮食")
CHINESE = st.text(st.sampled_from("粮食产量增长作风群众。,的 6.5aG臺"), max_size=12)


def reference(texts: Sequence[str], query: str) -> list[float]:
    """BM25 as Lucene has it, straight from the formula."""
    cut = [Counter(tokens(text) or [""]) for text in texts]
    lengths = [sum(counts.values()) for counts in cut]
    mean = sum(lengths) / len(texts)
    scores = [0.0] * len(texts)
    for token in set(tokens(query)):
        holding = sum(token in counts for counts in cut)
        rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        for row, counts in enumerate(cut):
            scores[row] += rarity * counts[token] / (counts[token] + K1 * (1 - B + B * lengths[row] / mean))
    return scores


def build(texts: Sequence[str]) -> Words:
    """An index over passages without context."""
    return Words.build(texts, [""] * len(texts))


@pytest.mark.parametrize(("text", "expected"), [
    ("作风", ["作", "风", "作 风"]),
    ("作、风", ["作", "风", "作 风"]),
    ("臺灣", ["台", "湾", "台 湾"]),
    ("ＧＤＰ增6．5％", ["gdp", "增", "6.5", "gdp 增", "增 6.5"]),
    ("1,236.8亿", ["1236.8", "亿", "1236.8 亿"]),
    ("5,6月", ["5", "6", "月", "5 6", "6 月"]),
    ("𠮷", ["𠮷"]),
    ("", []),
    ("。 　!\n", []),
])
def test_tokens_are_units_and_pairs_of_neighbours(text: str, expected: list[str]) -> None:
    """Characters one by one, Latin words and numbers whole, all folded; marks and spaces are none and part none."""
    assert tokens(text) == expected


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_has_tokens_without_marks(text: str) -> None:
    """No text fails, and n units give n - 1 pairs."""
    found = tokens(text)
    units = [token for token in found if " " not in token]
    assert len(found) == max(0, 2 * len(units) - 1)


@given(st.lists(CHINESE, min_size=1, max_size=8), CHINESE)
def test_scores_are_those_of_the_formula(texts: list[str], query: str) -> None:
    """Every passage, empty ones included, scores what BM25 says."""
    assert_allclose(build(texts).scores(query), reference(texts, query), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("query", ["粮食产量", "作风", "6.5%", "gdp", "没有的字词", "", "。", "\ud800"])
def test_known_texts_score_as_the_formula_says(query: str) -> None:
    """Also where nothing is shared, and nothing is asked."""
    assert_allclose(build(TEXTS).scores(query), reference(TEXTS, query), rtol=1e-5)


def test_traditional_and_simplified_find_each_other() -> None:
    """Either script finds the other's passage, with the same score as its own."""
    words = build(["臺灣農業發展", "台湾农业发展", "作风建设"])
    scores = words.scores("臺灣農業").tolist()
    assert scores[0] == scores[1] > scores[2] == 0
    assert scores == words.scores("台湾农业").tolist()


def test_a_passage_is_found_by_its_context() -> None:
    """Title and headings are searched with the passage below them."""
    words = Words.build(["要抓紧抓实。", "要抓紧抓实。"], ["作风建设", "粮食生产"])
    scores = words.scores("粮食").tolist()
    assert scores[1] > scores[0] == 0


@pytest.mark.parametrize("texts", [[], [""], ["", "。"], list(TEXTS)], ids=["none", "empty", "no words", "many"])
def test_an_index_that_was_saved_scores_as_before(texts: list[str], tmp_path: Path) -> None:
    """Through files and back no score changes; the same passages give the same bytes."""
    words = build(texts)
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        build(texts).save(tmp_path / folder)
    opened = Words.load(tmp_path / "甲", len(texts))
    assert opened.size == len(texts)
    assert opened.scores("粮食产量").tolist() == words.scores("粮食产量").tolist()
    assert [path.read_bytes() for path in sorted((tmp_path / "甲").iterdir())] == [
        path.read_bytes() for path in sorted((tmp_path / "乙").iterdir())
    ]


def invented(number: int) -> list[str]:
    """Texts of characters as frequent as in real ones: a few very, most rarely."""
    generator = np.random.default_rng(number)
    characters = [chr(0x4E00 + 7 * rank) for rank in range(3000)]
    return ["".join(characters[min(rank, 2999)] for rank in generator.zipf(1.3, 60) - 1) for _ in range(number)]


@pytest.mark.parametrize("allowed", [False, True], ids=["all", "some allowed"])
@pytest.mark.parametrize("completed", [4000, 0], ids=["few looked up", "all scored"])
def test_in_a_large_library_the_best_are_those_of_the_formula(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, completed: int, allowed: bool,
) -> None:
    """Leaving out what can't change who is best changes neither who is best nor any score."""
    texts = invented(4000)
    plain = build(texts)
    monkeypatch.setattr("rag.search.words.PLAIN", 10)
    monkeypatch.setattr("rag.search.words.CANDIDATES", completed)
    monkeypatch.setattr("rag.search.words.GIVEN_BACK", 3)
    plain.save(tmp_path)
    large = Words.load(tmp_path, 4000)
    kept = np.arange(4000) % 3 > 0 if allowed else None
    open_to = np.arange(4000) if kept is None else np.flatnonzero(kept)
    rows = np.arange(0, 4000, 7)
    for query in [*(text[:12] for text in texts[:40]), texts[0][:3] * 2, "没有", ""]:
        scores = large.ask(query).everything()
        assert_allclose(scores, plain.scores(query), rtol=1e-5, atol=1e-5)
        right = open_to[np.lexsort((open_to, -scores[open_to]))][:20]
        assert np.sort(large.ask(query).best(20, kept)).tolist() == np.sort(right).tolist()
        assert large.ask(query).at(rows).tolist() == scores[rows].tolist()


def test_chunks_are_counted_as_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Counted in parts that lie on the disk, an index is the same to the byte."""
    texts = invented(50)
    folders = [tmp_path / name for name in ("整", "分", "计")]
    for folder in folders:
        folder.mkdir()
    build(texts).save(folders[0])
    monkeypatch.setattr("rag.search.inverted.CHUNK", 7)
    monkeypatch.setattr("rag.search.inverted.STRETCH", 50)
    Words.build(texts, [""] * 50, folders[2]).save(folders[1])
    assert [path.read_bytes() for path in sorted(folders[0].iterdir())] == [path.read_bytes() for path in sorted(folders[1].iterdir())]
