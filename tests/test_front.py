"""Who gave a speech and when, read off its front."""

import pytest
from hypothesis import given

from rag.answer import front
from rag.outline.tree import Speech
from tests.drafts import drafts
from tests.small import LIBRARY, asked, evidence_of

EVIDENCE = evidence_of(LIBRARY)
WORK, FARM = EVIDENCE.shelf.every_speech()
TOLD = (
    "工作报告\n各位代表:\n2024年1月15日,在云岭市第五届人民代表大会上,代市长罗青代表市政府报告工作。\n投资增长。\n"
)


def lines(wording: str, speech: Speech) -> list[str] | None:
    """What the front tells; None where it is not asked."""
    draft = front.draft(asked(wording), speech, EVIDENCE)
    return None if draft is None else [piece.text for piece in draft.pieces]


@pytest.mark.parametrize(("wording", "told"), [
    ("谁在政务工作会议上讲话?", ["青溪县县长　林知远"]),
    ("政务工作会议的讲话是什么时候发表的?", ["(2023年3月5日)"]),
    ("政务工作会议的讲话是谁在哪一天作的?", ["青溪县县长　林知远", "(2023年3月5日)"]),
])
def test_the_front_tells_who_and_when(wording: str, told: list[str]) -> None:
    """The line that names the speaker, the line with the date, or both, as they stand and in their order."""
    assert lines(wording, WORK) == told


@pytest.mark.parametrize("wording", ["值班制度是什么", "什么时候抽查汛期值班", "谁负责反复核对材料", "政务工作会议讲话讲了什么",
                                     "青溪县县长林知远是哪一年出生的"])
def test_another_question_is_not_answered_from_the_front(wording: str) -> None:
    """Who and when of something else, or anything else of the speech."""
    assert lines(wording, WORK) is None


def test_the_front_of_another_speech_tells_nothing() -> None:
    """The question's words must stand on the front that answers."""
    assert lines("谁在政务工作会议上讲话?", FARM) is None


def test_an_opening_sentence_may_tell_as_well() -> None:
    """Where no line names the speaker, the sentence that tells who reported on which day does."""
    evidence = evidence_of({"报告.txt": TOLD})
    draft = front.draft(asked("云岭市的工作报告是谁作的?"), next(evidence.shelf.every_speech()), evidence)
    assert draft is None or draft.pieces[0].text.startswith("2024年1月15日")


@given(drafts().filter(lambda text: text.strip()))
def test_what_the_front_tells_is_quoted_whole(text: str) -> None:
    """Whatever the text, each piece is the place that it quotes."""
    evidence = evidence_of({"讲话.txt": text})
    for speech in evidence.shelf.every_speech():
        draft = front.draft(asked("讲话是谁什么时候作的"), speech, evidence)
        assert all(piece.text == piece.quotes[0].text for piece in draft.pieces) if draft else True
