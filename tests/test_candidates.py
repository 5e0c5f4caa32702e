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


DUTIES = (
    "在青溪县办公室会议上的讲话\n(2023年3月5日)\n同志们:\n一、要发挥好办公室的作用\n办公室要强化职能,提高水平。\n"
    "第一,要发挥好参谋助手的职能。文稿要精。\n第二,要发挥好综合协调的职能。办事要快。\n"
    "第三,要发挥好后勤保障的职能。保障是办公室的基本职能,要发挥办公室的职能。一是积极主动。二是周到细致。三是加强管理。\n谢谢大家!\n"
)


def test_the_list_whose_every_item_is_called_what_is_asked_for_fits_best() -> None:
    """哪几项职能 asks for 参谋助手的职能, 综合协调的职能, …, not for what stands under one of them."""
    evidence = evidence_of({"办公室.txt": DUTIES})
    candidates, question = Candidates(evidence), asked("办公室有哪几项职能")
    found = candidates.near([one.statement for one in ranked(evidence, question)])
    scores = {evidence.shelf.documents[one.document].text[one.items[0].start :][:2]: candidates.score(question, one) for one in found}
    assert scores["第一"] > scores["一是"] + 0.05
