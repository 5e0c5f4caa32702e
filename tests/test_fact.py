"""A figure in its clause, with its subject."""

from hypothesis import given

from rag.answer.fact import facts_of
from rag.writing.fold import fold
from tests.drafts import drafts
from tests.small import evidence_of, statements_of


@given(drafts(20).filter(lambda text: text.strip()))
def test_a_fact_lies_in_its_clause_its_segment_and_its_statement(text: str) -> None:
    """Clause and subject lie in the segment, the segment in the statement, and the folded clause holds the figure."""
    for statement in statements_of(evidence_of({"讲话.txt": text})):
        for fact in facts_of(statement):
            place = statement.place
            assert place.start <= fact.subject[0] <= fact.clause[0] < fact.clause[1] <= fact.segment[1] <= place.end
            assert place.start <= fact.segment[0] <= fact.clause[0]
            assert fold(text[slice(*fact.clause)]).startswith(fact.texts[0])
            assert fold(text[slice(*fact.clause)])[fact.figure.start : fact.figure.end] in fact.texts[0]
