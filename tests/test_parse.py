"""A document's speeches, trees and paragraphs hold its whole text, each part in its place."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given

from rag.outline.headings import HEADING_CHARACTERS, heading_text, nodes_at, path_at
from rag.outline.parse import outline
from rag.reading.decode import decode
from tests.drafts import document, drafts, paths, speeches

LINE_ENDS = ("\n", "\r\n", "\r")
SPEECH = (
    "在青溪县工作会议上的讲话\n同志们:\n开会了。\n一、形势\n形势很好,有两点:\n(一)路宽了。\n(二)桥新了。\n二、任务\n要求:一是快。"
    "二是准。\n谢谢大家!\n"
)


@given(drafts())
@example("")
@example("　")
@example("。")
@example("好" * 5000)
@example("一、" * 500)
@example("\ud800一是\udc00")
def test_the_leaves_of_the_trees_partition_the_text(text: str) -> None:
    """Put together, the leaves of all trees are the text, whatever the text."""
    leaves = [leaf for part in speeches(text) for leaf in part.root.leaves()]
    assert "".join(text[leaf.start : leaf.end] for leaf in leaves) == (text if text.strip() else "")
    assert all(left.end == right.start for left, right in pairwise(leaves))


@given(drafts())
def test_paragraphs_are_numbered_in_order_and_hold_every_character(text: str) -> None:
    """Paragraphs count from 1 in each part, have no white space around them, and only white space stands outside."""
    position = 0
    for part in speeches(text):
        assert [one.number for one in part.paragraphs] == list(range(1, len(part.paragraphs) + 1))
        for one in part.paragraphs:
            assert part.start <= one.start < one.end <= part.end
            assert text[position : one.start].strip() == ""
            assert text[one.start : one.end] == text[one.start : one.end].strip()
            position = one.end
    assert text[position:].strip() == ""


@given(drafts())
def test_a_paragraphs_path_names_the_headings_above_it(text: str) -> None:
    """A path holds the headings of the nodes around a paragraph, outermost first, none that the paragraph opens."""
    for part in speeches(text):
        for one in part.paragraphs:
            above = [node for node in nodes_at(part.root, one.start, one.start) if node.kind in ("section", "item")]
            assert one.path == tuple(heading_text(text, node) for node in above if node.start < one.start)
            assert all(len(heading) <= HEADING_CHARACTERS and "\n" not in heading for heading in one.path)


@given(drafts())
def test_the_same_text_reads_the_same_twice(text: str) -> None:
    """Reading depends on the text alone."""
    assert speeches(text) == speeches(text)


@pytest.mark.parametrize("end", LINE_ENDS)
def test_the_kind_of_line_end_changes_nothing(end: str) -> None:
    """A file from Windows has the same paragraphs and paths as one from Linux."""
    assert paths(SPEECH.replace("\n", end)) == paths(SPEECH)


def test_paths_and_numbers_of_a_whole_speech() -> None:
    """The title is the first paragraph; a paragraph that opens an item lies in what is above the item."""
    assert paths(SPEECH) == [
        (), (), (), (), ("一、形势",), ("一、形势",), ("一、形势",), (), ("二、任务",), (),
    ]
    assert [one.number for one in speeches(SPEECH)[0].paragraphs] == list(range(1, 11))


def test_a_span_inside_a_paragraph_has_the_path_of_its_item() -> None:
    """An item that runs on inside a paragraph is on the path of the words it holds."""
    (speech,) = speeches(SPEECH)
    at = SPEECH.index("准")
    assert path_at(speech.root, SPEECH, at, at + 1) == ("二、任务", "二是准")


def test_a_heading_is_cut_and_freed_of_its_stop() -> None:
    """A heading of any length is at most sixty characters, on one line, without the mark that ends it."""
    text = "一、" + "修路" * 50 + "。\n架桥。\n"
    node = speeches(text)[0].root.children[0]
    assert heading_text(text, node) == ("一、" + "修路" * 50)[:60]
    text = "会议开始。\n二、关于《\n青溪县志\n》的说明:\n请审议。\n"
    node = speeches(text)[0].root.children[1]
    assert heading_text(text, node) == "二、关于《青溪县志》的说明"


@pytest.mark.parametrize("text", ["", "\n", "\r\n　\t\n"])
def test_a_blank_document_has_no_speech(text: str) -> None:
    """There is nothing to read in white space."""
    assert speeches(text) == ()


def test_one_character_is_a_speech() -> None:
    """The shortest document is one paragraph of one speech."""
    (speech,) = speeches("好")
    assert (speech.kind, speech.start, speech.end, len(speech.paragraphs), speech.root.children) == ("speech", 0, 1, 1, ())


def test_a_notice_that_lost_its_line_ends_has_its_sections() -> None:
    """A page in one line is read as the page it was."""
    text = (
        "青溪县防汛办关于加强值守的通告 广大市民朋友: 近期雨水偏多,江河水位上涨较快,为保障人民群众生命财产安全,"
        "现将有关事项通告如下: 一、实行昼夜值守 值守时间为每日零时至二十四时,"
        "中间不得空岗。 二、畅通报送渠道 发现险情请拨打热线,或者到乡镇政府报告。"
        " 三、做好个人防护 不要到河边游泳、钓鱼,不要冒险涉水,要看管好老人和孩子,雷雨天气尽量减少外出。"
        " 值守恢复正常的时间另行通知。 感谢您的理解和支持! 青溪县防汛办 2023年6月5日"
    )
    (speech,) = speeches(text)
    assert speech.title == "青溪县防汛办关于加强值守的通告"
    sections = [heading_text(text, node) for node in speech.root.children if node.kind == "section"]
    assert sections == ["一、实行昼夜值守", "二、畅通报送渠道", "三、做好个人防护"]
    assert [text[one.start : one.end] for one in speech.paragraphs if one.path == ()][-3:] == [
        "值守恢复正常的时间另行通知。", "感谢您的理解和支持!", "青溪县防汛办 2023年6月5日",
    ]


def test_headings_without_spaces_are_found_in_one_line() -> None:
    """一、 and 二、 after a sentence's end are items of a text in one line."""
    text = "现将有关事项通知如下:一、压实责任。要靠前指挥。二、备足物资。要随时调用。三、加强值守。要昼夜在岗。"
    (speech,) = speeches(text)
    assert [heading_text(text, node) for node in speech.root.children] == ["", "一、压实责任", "二、备足物资", "三、加强值守"]


def test_the_shipped_corpus_is_three_speeches_and_what_is_around_them(corpus_dir: Path) -> None:
    """The compilation in the corpus is split by its structure, its blurb and its foot are matter."""
    (path,) = corpus_dir.glob("*.txt")
    text = decode(path.read_bytes()).text
    found = outline(document(text, path.name))
    assert [part.kind for part in found] == ["matter", "speech", "speech", "speech", "matter"]
    assert [len(part.paragraphs) for part in found] == [1, 26, 19, 23, 2]
    assert [sum(node.kind == "section" for node in part.root.walk()) for part in found] == [0, 6, 3, 0, 0]
    labels = [node for part in found for node in part.root.walk() if node.stated == 4]
    assert [sum(child.kind == "item" for child in node.children) for node in labels] == [4] * len(labels)
