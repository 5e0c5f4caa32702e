"""The outline lists near what was found."""

from rag.answer.candidates import Candidates
from tests.small import LIBRARY, asked, evidence_of, ranked

EVIDENCE = evidence_of(LIBRARY)


def test_lists_are_found_from_their_lead_their_items_and_their_heading() -> None:
    """Wherever a statement stands in or before a list, the list is near."""
    candidates = Candidates(EVIDENCE)
    for opening in ("一、四种作风", "做好工作,要养成", "材料要反复核对"):
        statement = next(one.statement for one in ranked(EVIDENCE, asked("作风")) if one.statement.place.text.startswith(opening))
        assert any(len(found.items) == 4 for found in candidates.near([statement]))
