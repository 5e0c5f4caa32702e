"""Paragraphs are found where line ends were lost or added, and only there."""

import pytest
from hypothesis import given

from rag.outline.paragraphs import lines_of
from tests.drafts import drafts

PROSE = "全县上下要把思想和行动统一到县委的决策部署上来,把各项任务抓紧抓实抓出成效"


def lines(text: str) -> list[str]:
    """The lines of `text` as they were meant."""
    return [text[line.start : line.end] for line in lines_of(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\n \u3000\t\n"])
def test_any_line_end_ends_a_paragraph(end: str) -> None:
    """Every line end that Unicode knows parts two paragraphs, and blank lines are none."""
    assert lines(f"{end}　　同志们:{end}会议开始。{end}") == ["同志们:", "会议开始。"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　\r\n\t"])
def test_a_blank_text_has_no_lines(text: str) -> None:
    """White space alone is no paragraph."""
    assert lines(text) == []


def test_what_takes_no_room_is_white_space() -> None:
    """A text put behind another keeps its byte order mark, which is no part of the heading that it stands before."""
    assert lines("\ufeff讲话\n内容。\n\ufeff二、落实\u200b\n\u200b\n内容。") == ["讲话", "内容。", "二、落实", "内容。"]


def test_a_sentence_that_a_link_broke_is_one_paragraph() -> None:
    """A line that ends with an opening bracket, or begins with a stop, goes on."""
    assert lines("会议通过了《\n青溪县志\n》,并交付印发\n。\n散会。") == ["会议通过了《\n青溪县志\n》,并交付印发\n。", "散会。"]


def test_a_mark_on_a_line_of_its_own_belongs_to_the_next() -> None:
    """A bare 一是 is no paragraph; before another mark it stays alone."""
    assert lines("一是\n修路。\n（二）\n架桥。") == ["一是\n修路。", "（二）\n架桥。"]
    assert lines("一、\n（一）修路。") == ["一、", "（一）修路。"]


def test_blank_lines_keep_pieces_apart() -> None:
    """Only adjoining lines are joined."""
    assert lines("会议通过了《\n\n青溪县志") == ["会议通过了《", "青溪县志"]


def wrapped(text: str, width: int) -> str:
    """`text` cut into lines of `width` characters."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_lines_cut_at_one_width_are_joined() -> None:
    """A page of lines of one width that stop in mid-sentence is read as its paragraphs."""
    paragraphs = ["　　" + PROSE * 3 + f"第{n}项。" for n in "甲乙丙丁"]
    assert lines("\n".join(wrapped(one, 28) for one in paragraphs)) == [wrapped(one, 28).strip() for one in paragraphs]


def test_a_heading_in_a_wrapped_page_stays_a_line() -> None:
    """A mark opens a paragraph even after a full line."""
    page = wrapped("　　" + PROSE * 5 + "。", 30) + "\n二、" + PROSE[:28] + "\n" + wrapped("　　" + PROSE * 5 + "。", 30)
    assert len(lines(page)) == 3


def test_lines_of_a_table_are_kept() -> None:
    """Rows of one width that never end a sentence are no wrapped prose."""
    rows = [f"青溪县第{n}中学　　在校学生一千二百人　　教师九十六人　　建成年份" for n in "一二三四五六七八九十"]
    assert lines("\n".join([*rows, "合计"])) == [*rows, "合计"]


def test_plain_paragraphs_are_kept() -> None:
    """Long lines of a text with its line ends are never joined, whether a stop ends them or not."""
    text = "\n".join([PROSE * 2, PROSE, PROSE * 4 + "。", "小结"] * 5)
    assert lines(text) == text.split("\n")


def test_one_line_is_parted_where_spaces_stand_for_line_ends() -> None:
    """A web page that lost its line ends has a title, a salutation, headings and paragraphs again."""
    text = (
        "青溪县人民政府关于做好防汛工作的通知 各乡镇人民政府: 入汛以来雨水偏多,形势严峻。"
        "现将有关事项通知如下: 一、压实防汛责任 各乡镇要落实责任制,"
        "主要负责同志要靠前指挥。 （一）加强值守。落实24小时值班制度, 做到有事报事。 （二）加强巡查。对1,236.8公里堤防逐段排查。"
        " 二、备足物资 "
        "要储备编织袋、块石等物资,确保随时调得出、用得上。"
        " 青溪县人民政府 2023年6月5日 以上要求请认真贯彻执行,确保全县人民生命财产安全。各乡镇落实情况于六月底前报县防汛办。"
    )
    assert lines(text) == [
        "青溪县人民政府关于做好防汛工作的通知", "各乡镇人民政府:", "入汛以来雨水偏多,形势严峻。现将有关事项通知如下:", "一、压实防汛责任",
        "各乡镇要落实责任制,主要负责同志要靠前指挥。", "（一）加强值守。落实24小时值班制度, 做到有事报事。",
        "（二）加强巡查。对1,236.8公里堤防逐段排查。",
        "二、备足物资", "要储备编织袋、块石等物资,确保随时调得出、用得上。",
        "青溪县人民政府 2023年6月5日 以上要求请认真贯彻执行,确保全县人民生命财产安全。各乡镇落实情况于六月底前报县防汛办。",
    ]


def test_an_indent_inside_a_long_line_begins_a_paragraph() -> None:
    """Two full-width spaces are the indent of a paragraph."""
    text = PROSE * 3 + "　　" + PROSE * 3
    assert lines(text) == [PROSE * 3, PROSE * 3]


def test_a_space_within_brackets_or_a_short_line_is_the_writers() -> None:
    """Titles with a space, names and short lines stay whole."""
    inner = PROSE * 4 + "《关于修路。 一、架桥的通知》" + PROSE
    assert lines(inner) == [inner]
    assert lines("凝心聚力。 一、真抓实干") == ["凝心聚力。 一、真抓实干"]


@given(drafts())
def test_lines_are_in_order_apart_and_hold_all_but_white_space(text: str) -> None:
    """Lines never overlap, none has white space around it, and only white space stands outside them."""
    found = lines_of(text)
    position = 0
    for line in found:
        assert text[position : line.start].strip() == ""
        assert text[line.start : line.end] == text[line.start : line.end].strip() != ""
        position = line.end
    assert text[position:].strip() == ""
