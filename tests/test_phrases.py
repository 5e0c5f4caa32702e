"""The fixed phrases: each is listed, recognised with any slots, and nothing else is."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer.phrases import PHRASES, is_phrase, phrase, readings

SLOTS = re.compile(r"\{(\w+)\}")
WORDS = st.text(min_size=1, max_size=250).filter(lambda value: value.strip())


def filled(name: str, words: str, number: int) -> str:
    """The phrase `name` with its slots filled, whichever it has."""
    values: dict[str, object] = {"words": words, "title": words, "stated": number, "found": number}
    return phrase(name, **{slot: values[slot] for slot in SLOTS.findall(PHRASES[name])})


@pytest.mark.parametrize("name", PHRASES)
@given(words=WORDS, number=st.integers(0, 9999))
@example(words="“作风”、\n第二行", number=0)
@example(words="{words}", number=1)
@example(words="长" * 2000, number=12)
def test_every_phrase_is_recognised_whatever_its_slots_hold(name: str, words: str, number: int) -> None:
    """What `phrase` makes, `is_phrase` knows, line ends, quotation marks and overlong words included."""
    assert is_phrase(filled(name, words, number))
    assert "\n" not in filled(name, words, number)


@pytest.mark.parametrize("name", PHRASES)
def test_what_the_slots_hold_can_be_read_back(name: str) -> None:
    """Reading a phrase gives its slots as they were filled."""
    values = {"words": "粮食产量", "title": "在青溪县工作会议上的讲话", "stated": "5", "found": "4"}
    wanted = {slot: values[slot] for slot in SLOTS.findall(PHRASES[name])}
    assert wanted in list(readings(phrase(name, **wanted)))


def test_words_in_quotation_marks_keep_both() -> None:
    """Within marks of ours they are single ones."""
    assert phrase("missing", words="“作风”") == "库中没有找到能回答这个问题、又说到“‘作风’”的原文。"


@pytest.mark.parametrize("text", [
    "原文称5项,找到3项。", "这段原文不一定正好回答所问,请核对。", "《题目》:",
    "《题目》:没有找到相关原文。", "青溪:", "青溪:没有找到相关原文。",
])
def test_a_phrase_of_answers_saved_before_is_still_one(text: str) -> None:
    """Phrases had half-width marks once."""
    assert is_phrase(text)


@pytest.mark.parametrize("text", [
    "", "库中没有找到能回答这个问题的原文", "库中没有找到能回答这个问题的原文。好", "今年投资103亿元。", "原文称很多项，找到3项。",
    "原文称5项，找到3项。\n此外拨款九亿元。", "库中没有找到关于“投资”的原文。拨款九亿元。", "《题目》：拨款九亿元。", "……",
    "库中没有找到关于“甲”的原文，但拨款“乙”的原文。",
])
def test_nothing_else_is_a_phrase(text: str) -> None:
    """A phrase with anything before, after or between is none."""
    assert not is_phrase(text)


def test_a_phrase_needs_all_its_slots() -> None:
    """A template without its words is a mistake of the program, not an answer."""
    with pytest.raises(KeyError):
        phrase("missing")
    with pytest.raises(KeyError):
        phrase("unheard of")


def test_phrases_speak_chinese_and_hold_only_known_slots() -> None:
    """Slots are counts, titles, or words of the question; nothing else can be filled in."""
    assert {slot for template in PHRASES.values() for slot in SLOTS.findall(template)} == {"words", "title", "stated", "found"}
    assert all(re.search("[\u4e00-\u9fff…]|^《", template) or set(SLOTS.findall(template)) for template in PHRASES.values())
