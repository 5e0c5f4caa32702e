"""How honest the judge is: false sentences made from a library, true ones made by rule and written by hand."""

from pathlib import Path

import pytest

from rag.writer.confusion import Confusion, confusion, paragraphs
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source, judge
from rag.writer.paraphrases import TRUE

GOLDEN = Path(__file__).resolve().parent / "golden"
EACH = 12


@pytest.fixture(scope="module")
def sources(corpus_dir: Path) -> list[Source]:
    """Every paragraph of the invented cities and of the shipped speeches."""
    return paragraphs(GOLDEN / "corpus") + paragraphs(corpus_dir)


@pytest.fixture(scope="module")
def table(sources: list[Source]) -> Confusion:
    """A few sentences of every kind."""
    return confusion(sources, EACH)


def test_hardly_a_false_sentence_passes(table: Confusion) -> None:
    """At most one in a hundred, of every kind that there is."""
    false = [row for row in table.rows if not row.true]
    assert {row.kind for row in false if row.n >= EACH // 2} >= FALSE.keys() - {"quoted"}
    share = table.share(true=False)
    assert share is not None and share <= 0.01, [case for case in table.wrong if not case.true]


def test_most_true_sentences_are_kept(table: Confusion) -> None:
    """Nine in ten."""
    assert {row.kind for row in table.rows if row.true} == TRUE.keys()
    share = table.share(true=True)
    assert share is not None and share >= 0.9, [case for case in table.wrong if case.true]


def test_most_of_what_was_written_by_hand_is_kept(sources: list[Source]) -> None:
    """89 of 101; what is thrown out turns round, draws together or adds more than the judge can follow."""
    lines = [line.split("\t") for line in (GOLDEN / "paraphrases.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    kept = [any(judge(said, [source]).holds for source in sources if words in source.text) for words, said in lines]
    assert len(kept) > 100 and sum(kept) >= 0.88 * len(kept)


def test_a_table_is_the_same_for_the_same_seed(sources: list[Source], table: Confusion) -> None:
    """And shows every kind and both sums."""
    again = confusion(sources, EACH)
    assert again.rows == table.rows
    assert len(table.words().splitlines()) == 2 + len(FALSE) + len(TRUE) + 2
