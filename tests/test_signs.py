"""What a line shows by itself."""

import pytest

from rag.outline.signs import is_contents, is_date, is_genre_title, is_particular, is_residue, is_salutation, is_signature, is_title_like


@pytest.mark.parametrize("line", [
    "同志们:", "各位代表！", "尊敬的各位来宾,女士们、先生们:", "各乡镇人民政府,县政府各部门:", "广大市民朋友:", "各位领导、同志们：",
])
def test_salutations_address_someone(line: str) -> None:
    """Speeches and notices address people and offices."""
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["工作目标:", "责任单位:", "同志们要努力。", "四种作风:"])
def test_labels_are_no_salutations(line: str) -> None:
    """A label names what follows."""
    assert not is_salutation(line)


def test_dates_and_signatures_are_known() -> None:
    """A date stands alone or in brackets; a signature may name an office before it."""
    assert is_date("(2023年3月5日)")
    assert is_date("二〇二三年三月五日")
    assert is_date("20xx年3月")
    assert not is_date("2023年3月5日召开会议")
    assert is_signature("青溪县人民政府 2023年3月5日")
    assert not is_signature("会议于2023年3月5日")


@pytest.mark.parametrize(
    "line", ["查看全文", "false", "责任编辑:李小河", "【打印】", "上一篇:春耕备耕", "首页 > 政务公开 > 讲话", "字体:大 中 小"]
)
def test_what_a_page_leaves_around_a_text_is_residue(line: str) -> None:
    """Buttons, links, credits and what a script printed of itself."""
    assert is_residue(line) and not is_particular(line)


@pytest.mark.parametrize("line", ["会议由县长主持。", "编辑部的故事", "全文如下。"])
def test_a_sentence_is_no_residue(line: str) -> None:
    """Though it may hold the same words."""
    assert not is_residue(line)


def test_a_title_has_no_mark_at_its_end_and_no_number_before_it() -> None:
    """Nor is it the head of a table of contents, nor longer than a title is; a genre tells it for sure."""
    assert is_title_like("在青溪县经济工作会议上的讲话") and is_genre_title("在青溪县经济工作会议上的讲话")
    assert is_title_like("青溪要闻") and not is_genre_title("青溪要闻")
    assert not any(map(is_title_like, ["会议开得好。", "一、认清形势", "(二)真抓实干", "目 录", "讲" * 81]))
    assert is_contents("目 录:") and not is_contents("目录学")


def test_particulars_stand_over_a_document() -> None:
    """The number, the office and the dates that a government's page gives."""
    assert is_particular("索引号:QX-2023-07") and is_particular("发布日期:2023-03-05") and not is_particular("主题鲜明")
