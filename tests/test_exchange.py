"""An exchange lays out what its answer says, with the marks where they stand."""

from rag.answer.reply import Sentence
from rag.page.exchange import lines
from tests.drawn import answer, citation


def test_a_bracketed_number_inside_a_quote_is_not_a_mark() -> None:
    """`[1]` that the source itself holds stays words."""
    quote = "见附件[1]和[2]"
    reply = answer(f"{quote}[1]", [Sentence(quote, (1,))], [citation(1, quote, quote, 0)])
    assert lines(reply, 1) == [(quote, reply.citations[0])]


def test_an_answer_laid_out_otherwise_still_shows_its_sentences() -> None:
    """Where a sentence does not stand in the answer's text it is shown with its own marks."""
    reply = answer("别的", [Sentence("原话", (1,))], [citation(1, "原话", "原话", 0)])
    assert lines(reply, 1) == [("原话", reply.citations[0])]
