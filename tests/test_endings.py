"""Lists end where the paragraphs after their last item are no part of it."""

import pytest

from tests.drafts import headings, paths, speeches


def test_paragraphs_after_a_list_belong_to_no_item() -> None:
    """Where no other item has paragraphs of its own, the last has none."""
    text = (
        "一、修路\n——选线要准。\n——征地要快。\n——施工要好。\n一年来,主要做了以下工作。\n（一）通车。车已经通了。\n（二）验收。"
        "都合格了。\n（三）表彰。人人有份。\n还要看到不足。\n二、架桥\n"
    )
    (speech,) = speeches(text)
    paths = {text[one.start : one.end]: one.path for one in speech.paragraphs}
    assert paths["一年来,主要做了以下工作。"] == ("一、修路",)
    assert paths["还要看到不足。"] == ("一、修路",)
    assert paths["（三）表彰。人人有份。"] == ("一、修路",)


def test_the_last_item_keeps_as_many_paragraphs_as_the_others_have() -> None:
    """Where every item has one paragraph below its own, the last has one too."""
    text = "一、修路\n路要宽。\n二、架桥\n桥要牢。\n三、通车\n车要稳。\n以上要求请落实。\n有情况及时报告。\n"
    assert paths(text)[4:] == [(), ("三、通车",), (), ()]


def test_an_item_keeps_its_paragraphs_where_the_others_differ() -> None:
    """Where items have now one, now two paragraphs, the last keeps all of its own."""
    text = "一、修路\n路要宽。\n路要平。\n二、架桥\n桥要牢。\n三、通车\n车要稳。\n车要快。\n车要多。\n"
    assert paths(text)[-3:] == [("三、通车",)] * 3


def test_a_label_alone_speaks_of_the_next_paragraph() -> None:
    """A label with no list below, and no other label beside it, is not the heading of all that follows."""
    text = "一、形势\n会议开得很好,大家都发了言。\n大会的主题是:\n修路架桥,造福桑梓。\n大会开了三天。\n大会今天闭幕。\n二、任务\n"
    assert paths(text)[3:6] == [("一、形势", "大会的主题是"), ("一、形势",), ("一、形势",)]


def test_labels_side_by_side_hold_their_paragraphs() -> None:
    """Two labels are headings, each of all that stands below it."""
    text = "一、安排\n今年的安排分两块,请大家记好。\n工作目标:\n路要宽。\n路要平。\n路要直。\n保障措施:\n钱要足。\n人要齐。\n"
    assert paths(text)[3:] == [("一、安排", "工作目标")] * 3 + [("一、安排",)] + [("一、安排", "保障措施")] * 2


@pytest.mark.parametrize("closing", [
    "同志们,让我们一起努力。", "总之,要实干。", "谢谢大家!", "青溪县人民政府\n2023年3月5日", "2023年3月5日",
    "青溪县人民政府 2023年3月5日", "附件:青溪县项目表", "结束语",
])
def test_what_closes_a_speech_belongs_to_no_section(closing: str) -> None:
    """A closing address, a signature, a date and annexes stand below the speech itself."""
    text = f"一、形势\n形势很好。\n喜人。\n二、任务\n任务很重。\n要抓紧。\n{closing}\n"
    (speech,) = speeches(text)
    assert all(paragraph.path == () for paragraph in speech.paragraphs[6:])
    assert speech.paragraphs[5].path == ("二、任务",)


def test_a_table_of_contents_opens_no_sections() -> None:
    """The headings that 目录 repeats, with their pages, are not the sections; those with a body are."""
    body = "一、形势\n形势很好。\n二、任务\n（一）修路\n路要宽。\n"
    assert headings("目　录\n一、形势……1\n二、任务……12\n（一）修路……13\n" + body) == headings(body)


def test_a_list_of_contents_that_nothing_repeats_is_a_list() -> None:
    """Without the headings below it, what stands under 目录 is the text's own list."""
    assert headings("目录\n一、形势\n二、任务\n会议到此结束。\n") == ["一、形势", "二、任务"]
