"""Passages are exact spans of one paragraph, cover every character once, and never cut a number."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.passages import CONTEXT_CHARACTERS, PASSAGE_CHARACTERS, Passage, context_of, cut
from tests.drafts import document, drafts, speeches

NUMBERS = [
    "1,236.8亿元", "6.5%", "12,345,678元", "３，２１０．５万吨", "0.03‰", "2024年", "一千二百三十六亿元", "12:30", "5G", "GDP", "37.3度",
]
# What may not be parted: digits with their points, thousands commas and units; Chinese numerals with 元; Latin words.
WHOLE = re.compile(
    r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?[%％‰万亿元]*|\d+(?:[.．:]\d+)?[%％‰年万亿元度]*|"
    r"[一二三四五六七八九十百千万亿]{2,}元?|[A-Za-z]+"
)


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a document of this text."""
    return cut(document(text), speeches(text))


def long_texts() -> st.SearchStrategy[str]:
    """Paragraphs long enough to be cut, full of numbers, with few stops or none."""
    words = st.sampled_from([*NUMBERS, "增长", "全县上下齐心协力", "好" * 100, "的" * 7])
    stops = st.sampled_from(["", "", "", "。", "；", ",", "，", "、", " ", "：", "……", "。”"])
    return st.lists(st.tuples(words, stops), min_size=30, max_size=150).map(lambda pairs: "".join(word + stop for word, stop in pairs))


@given(st.one_of(drafts(), long_texts()))
@example("")
@example("　\n")
@example("好" * 5000)
@example("12345" * 1000)
@example("1,2,3,4,5," * 300)
@example("好 " * 1000)
@example("。" * 1000)
@example("\ud800" * 700)
def test_passages_hold_every_character_of_a_paragraph_once(text: str) -> None:
    """In order, within one paragraph each, exact, not blank, of bounded length; only white space is left out."""
    parts = speeches(text)
    spans = {(part.number, one.number): (one.start, one.end) for part in parts for one in part.paragraphs}
    position = 0
    for passage in cut(document(text), parts):
        left, right = spans[passage.speech, passage.paragraph]
        assert left <= passage.start < passage.end <= right
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert len(passage.text) <= PASSAGE_CHARACTERS
        assert text[position : passage.start].strip() == ""
        position = passage.end
    assert text[position:].strip() == ""


@given(long_texts())
def test_a_number_is_never_cut(text: str) -> None:
    """No border falls inside a number, between a number and its unit, or inside a Latin word."""
    borders = {passage.start for passage in passages(text)}
    inner = [(match.group(), set(range(match.start() + 1, match.end()))) for match in WHOLE.finditer(text)]
    cut_through = [number for number, positions in inner if len(number) <= PASSAGE_CHARACTERS and borders & positions]
    assert cut_through == []


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("before", range(300, 325, 3))
def test_a_number_at_the_length_limit_stays_whole(number: str, before: int) -> None:
    """Wherever the limit falls, and with no stop in sight, a number goes to one side of it."""
    text = "好" * before + number + "的" * 400
    assert sum(number in passage.text for passage in passages(text)) == 1


@given(drafts())
def test_a_long_text_is_never_cut_across_sections(text: str) -> None:
    """A passage that holds more than one item lies in one paragraph, and a section's heading begins its passage."""
    parts = speeches(text)
    starts = {passage.start for passage in cut(document(text), parts)}
    sections = {node.start for part in parts for node in part.root.walk() if node.kind == "section"}
    assert sections <= starts


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    """Sentences stay whole as long as they fit, with the quotation mark that closes them."""
    sentence = "县长说:“" + "修路" * 60 + "。”"
    assert [passage.text for passage in passages(sentence * 5)] == [sentence * 2, sentence * 2, sentence]


def test_a_long_sentence_is_cut_at_semicolons_before_commas() -> None:
    """The stronger stop is the better border."""
    clause = "修路" * 40 + ",架桥" * 20 + "；"
    assert [passage.text for passage in passages(clause * 3)] == [clause * 2, clause]


def test_small_items_of_one_paragraph_share_a_passage() -> None:
    """Items that run on inside a paragraph are not torn apart while they fit together."""
    text = "要求:一是快。二是准。三是稳。"
    assert [passage.text for passage in passages(text)] == [text]


def test_long_items_of_one_paragraph_are_passages_of_their_own() -> None:
    """The border between two items is the first choice."""
    items = [f"{mark}是{'修路' * 100}。" for mark in "一二三"]
    assert [passage.text for passage in passages("".join(items))] == items


def test_the_context_names_the_speech_and_the_path() -> None:
    """What is embedded with a passage is its speech's title and the headings above it, cut to length."""
    text = "在青溪县工作会议上的讲话\n同志们:\n会议开始。\n一、形势\n(一)成绩\n路修好了。\n"
    (speech,) = speeches(text)
    found = cut(document(text), (speech,))
    assert found[-1].context == "在青溪县工作会议上的讲话 一、形势 (一)成绩"
    assert found[-1].text == "路修好了。"
    assert context_of(speech, speech.paragraphs[-1]) == found[-1].context


@given(drafts())
def test_the_context_is_short_and_stands_on_one_line(text: str) -> None:
    """No title and no path makes a context longer than its limit, or brings a line end into it."""
    for passage in passages(text):
        assert len(passage.context) <= CONTEXT_CHARACTERS
        assert len(passage.context.splitlines()) <= 1
