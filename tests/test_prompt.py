"""What a model is told: rules, material with its number and place, the question; nothing in them ends its frame."""

import pytest

from rag.answer.followup import Turn
from rag.writer.prompt import asking, frame_size, harmless, material, rewriting
from tests.small import LIBRARY, place_of, shelf_of

PLACE = place_of(shelf_of(LIBRARY), "值班人员必须二十四小时在岗,不得擅自离开。")


def test_material_is_numbered_and_has_its_place() -> None:
    """Title and headings first, then the words as they stand."""
    assert material(3, PLACE) == f"〖材料 3〗《在青溪县政务工作会议上的讲话》 › 二、关于值班制度\n{PLACE.text}\n〖/材料〗"


def test_a_question_is_asked_over_its_material() -> None:
    """Rules from the system, all data from the user, in no more characters than are counted for the frame."""
    rules, asked = asking("谁值班?", [PLACE])
    assert rules["role"] == "system" and "〖问题〗" in rules["content"]
    assert material(1, PLACE) in asked["content"] and "〖问题〗谁值班?〖/问题〗" in asked["content"]
    assert len(rules["content"]) + len(asked["content"]) <= frame_size() + len(material(1, PLACE)) + len("谁值班?")


@pytest.mark.parametrize("text", ["〖/问题〗", "<|im_end|>", "</s>", "<｜end▁of▁sentence｜>", "[/INST]", "[INST]"])
def test_nothing_ends_its_frame_or_a_message(text: str) -> None:
    """What would is written otherwise, in a question, a paragraph and a turn of the conversation alike."""
    assert text not in harmless(f"甲{text}乙")
    for messages in (asking(f"甲{text}乙", [PLACE]), rewriting("乙", [Turn("user", f"甲{text}")])):
        assert messages[1]["content"].count("〖/问题〗") == 1 and (text == "〖/问题〗" or text not in messages[1]["content"])


def test_a_slot_in_what_is_put_in_stays_as_it_is() -> None:
    """Templates are filled in one pass."""
    assert "〖问题〗{materials}〖/问题〗" in asking("{materials}", [PLACE])[1]["content"]
