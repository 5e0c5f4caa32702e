"""How far an answer is trusted: more for what carries more of the question, whatever the library's size."""

from dataclasses import replace

import pytest

from rag.answer.interrogatives import Kind
from rag.answer.trust import LEAST, NEARLY, Signs, believed, scaled, trust

STRONG = Signs(carried=1.0, wording=0.8, words=3.0, meaning=1.0, bearing=0.3, terms=4)
WEAK = Signs(carried=0.2, wording=0.0, words=1.0, meaning=0.4, bearing=0.0, terms=4)


@pytest.mark.parametrize("kind", ["figure", "list", "how", "why", "who", "when", "where", "yes_no", "compare", "summary", "other"])
def test_evidence_that_carries_the_question_is_trusted_and_little_is_not(kind: Kind) -> None:
    """Each kind of question stands on the right side of the threshold at both ends."""
    assert trust(kind, WEAK) < LEAST < trust(kind, STRONG)


@pytest.mark.parametrize("sign", ["carried", "wording", "words", "meaning", "bearing"])
def test_every_sign_speaks_for_the_answer(sign: str) -> None:
    """More of any of them is never trusted less."""
    assert trust("how", replace(STRONG, **{sign: 0.0})) < trust("how", STRONG)


def test_what_is_missing_speaks_against_the_answer_and_leaves_it_comparable() -> None:
    """An answer that lacks what is asked is trusted less, and still more than one that carries little besides."""
    lacking = trust("how", replace(STRONG, missing=1))
    assert trust("how", replace(WEAK, missing=1)) < lacking < trust("how", STRONG)


def test_what_is_nearly_trusted_is_believed_where_it_has_the_questions_own_words() -> None:
    """Between the two thresholds the question's words or its wording must stand in the evidence; below both nothing helps."""
    between = (LEAST + NEARLY) / 2
    assert believed(LEAST, WEAK) and not believed(between, WEAK)
    assert believed(between, replace(WEAK, carried=0.6)) and believed(between, replace(WEAK, wording=0.3))
    assert not believed(NEARLY - 0.01, STRONG) and not believed(between, replace(STRONG, terms=0))


def test_the_same_standing_weighs_the_same_in_small_libraries_and_large() -> None:
    """The best BM25 score and the largest deviation grow with the library; against it they stay."""
    small, large = scaled(4.0, 2.0, 50), scaled(8.0, 2.8, 2500)
    assert small[0] == pytest.approx(large[0], rel=0.05)
    assert small[1] == pytest.approx(large[1], rel=0.05)
    assert scaled(0.0, 0.0, 0) == (0.0, 0.0)
