"""A speech's lists and headings become a tree, each item where it belongs."""

import pytest
from hypothesis import given

from rag.outline.branches import DEEPEST
from rag.outline.tree import Node
from tests.drafts import drafts, headings, speeches


def test_the_styles_nest_as_official_writing_has_them() -> None:
    """一、 holds （一）, which holds 1., which holds (1)."""
    text = "一、总体要求\n（一）指导思想\n1.修路\n(1)选线\n(2)征地\n2.架桥\n（二）基本原则\n二、保障措施\n"
    assert headings(text) == [
        "一、总体要求", "  （一）指导思想", "    1.修路", "      (1)选线", "      (2)征地", "    2.架桥", "  （二）基本原则",
        "二、保障措施",
    ]


def test_half_and_full_width_marks_are_one_list() -> None:
    """(一) and （二）, 1. and ２． go on from each other."""
    assert headings("(一)修路\n1.选线\n２．征地\n（二）架桥\n") == ["(一)修路", "  1.选线", "  ２．征地", "（二）架桥"]


def test_chapters_sections_and_articles() -> None:
    """第X章 holds 第X节, which holds 第X条, which holds （一）."""
    text = (
        "第一章 总则\n第一节 目的\n第一条 为规范管理,制定本办法。\n第二条 下列事项适用本办法:\n（一）修路;\n（二）架桥。\n"
        "第二节 原则\n第二章 附则\n第三条 本办法即日施行。\n"
    )
    assert headings(text) == [
        "第一章 总则", "  第一节 目的", "    第一条 为规范管理,制定本办法", "    第二条 下列事项适用本办法", "      （一）修路",
        "      （二）架桥", "  第二节 原则",
        "第二章 附则", "  第三条 本办法即日施行",
    ]


def test_markdown_headings_nest_by_level() -> None:
    """## lies below #, and ### below ##."""
    text = "# 讲话\n## 形势\n### 成绩\n好。\n### 不足\n少。\n## 任务\n多。\n"
    assert headings(text) == ["## 形势", "  ### 成绩", "  ### 不足", "## 任务"]


def test_labels_hold_the_lists_below_them() -> None:
    """A label line is a section over the list that follows, beside the other labels."""
    text = "三、转变作风\n四种作风:\n一是求实。\n二是创新。\n两种能力:\n一是调研。\n二是写作。\n四、结束\n"
    assert headings(text) == [
        "三、转变作风", "  四种作风", "    一是求实", "    二是创新", "  两种能力", "    一是调研", "    二是写作", "四、结束",
    ]


def test_a_label_between_two_items_lies_in_the_first() -> None:
    """What stands between 第一 and 第二 is part of 第一, a label too."""
    text = "第一、关于修路\n今年修路任务很重。\n各乡镇情况如下:\n青溪镇最快。\n第二、关于架桥\n桥要架好。\n"
    assert headings(text) == ["第一、关于修路", "  各乡镇情况如下", "第二、关于架桥"]


def test_words_that_introduce_a_quotation_are_no_label() -> None:
    """县长指出: on a line of its own opens nothing."""
    assert headings("一、形势\n会议室里,县长指出:\n他强调:\n要快。\n二、任务\n") == ["一、形势", "二、任务"]


def test_items_run_on_inside_a_paragraph() -> None:
    """一是…二是… and 首先…其次…最后 are items, each with its first sentence for a heading."""
    text = "会议要求:一是修路。路要宽。二是架桥;三是通车。\n首先,要早。其次,要快。最后,要稳。\n"
    assert headings(text) == ["一是修路", "二是架桥", "三是通车", "首先,要早", "其次,要快", "最后,要稳"]


def test_a_heading_ends_where_the_next_item_begins() -> None:
    """Items that only commas part keep their own words."""
    assert headings("问题有两个:一是路窄,二是桥旧。\n") == ["一是路窄", "二是桥旧"]


def test_lists_nest_inside_one_paragraph() -> None:
    """1. after 一是 is its list; 二是 goes on outside."""
    text = "要求:一是修路,包括:(1)选线;(2)征地。二是架桥。三是通车。\n"
    assert headings(text) == ["一是修路,包括", "  (1)选线", "  (2)征地", "二是架桥", "三是通车"]


def test_an_item_may_hold_a_list_of_the_same_form() -> None:
    """第一,…一是…二是… : the second 第一 list starts again inside 三、."""
    text = "一、修路\n第一,选线。要做到:一是快。二是准。\n第二,征地。要做到:一是公。二是平。\n二、架桥\n第一,设计。\n第二,施工。\n"
    assert headings(text) == [
        "一、修路", "  第一,选线", "    一是快", "    二是准", "  第二,征地", "    一是公", "    二是平", "二、架桥", "  第一,设计",
        "  第二,施工",
    ]


def test_numbering_that_starts_again_inside_an_item_lies_in_it() -> None:
    """一、 to 三、 between 二、 and 三、 belong to 二、; so does a restart that a colon announces."""
    outer = "一、形势\n好。\n二、任务\n今年,要抓好下列工作:\n一、修路。\n二、架桥。\n三、通车。\n"
    inner = ["  一、修路", "  二、架桥", "  三、通车"]
    assert headings(outer + "三、要求\n严。\n") == ["一、形势", "二、任务", *inner, "三、要求"]
    assert headings(outer) == ["一、形势", "二、任务", *inner]


def test_numbering_that_starts_again_after_a_list_is_its_neighbour() -> None:
    """A second 一是 list in a later paragraph is no part of the first list's last item."""
    text = "一、修路\n成绩有:\n一是快。\n二是准。\n问题有三个:一是窄。二是旧。三是远。\n"
    assert headings(text) == ["一、修路", "  成绩有", "    一是快", "    二是准", "  一是窄", "  二是旧", "  三是远"]


def test_numbering_across_sections_goes_on() -> None:
    """1. to 4. counted through two sections stay in their sections."""
    text = "一、修路\n1.选线\n2.征地\n二、架桥\n3.设计\n4.施工\n"
    assert headings(text) == ["一、修路", "  1.选线", "  2.征地", "二、架桥", "  3.设计", "  4.施工"]


@pytest.mark.parametrize("words", [
    "一季度,一、二、三月物价指数分别为1.001、1.003。", "第一季度增长6.5%,第二季度增长7%。", "第一产业稳,第三产业快。",
    "“十一五”期间和“十二五”期间都好。",
    "他说:“一是要快,要准。”", "一要素,二要素。", "首先祝贺大家。", "农业和二、三产业都要发展。",
])
def test_labels_in_running_text_open_nothing(words: str) -> None:
    """An item's label also stands in sentences: there it is no item."""
    assert headings(f"一、经济\n{words}\n二、社会\n{words}\n") == ["一、经济", "二、社会"]


def test_a_label_in_a_quotation_does_not_go_on_with_the_list() -> None:
    """二是 inside quotation marks is not the second item."""
    assert headings("要求:一是快。老话说“二是准”是次要的。二是稳。\n") == ["一是快", "二是稳"]


def test_words_about_all_items_belong_to_none() -> None:
    """这些… after the last item of a paragraph is about the list."""
    text = "困难有:一是路窄。二是桥旧。三是车少。这些困难,要一个一个解决。\n"
    (speech,) = speeches(text)
    leaves = [text[leaf.start : leaf.end] for leaf in speech.root.leaves()]
    assert leaves == ["困难有:", "一是路窄。", "二是桥旧。", "三是车少。", "这些困难,要一个一个解决。\n"]


def test_front_lines_are_no_items() -> None:
    """A subtitle's dash, a date and the salutation stand before the tree."""
    text = "真抓实干\n——在青溪县工作会议上的发言摘登\n(2023年3月5日)\n县长 王大山\n同志们:\n开会了。\n一、形势\n好。\n"
    assert headings(text) == ["一、形势"]


def test_a_tree_is_never_deeper_than_the_limit() -> None:
    """Each announced list lies in the one before, but recursion over the tree stays shallow."""
    text = "".join(f"（{n}）好:\n{n}、好:\n" for n in "一" * 2000)
    assert _depth(speeches(text)[0].root) <= DEEPEST + 1


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


@given(drafts())
def test_nodes_are_nested_and_in_order(text: str) -> None:
    """Children partition their parent; headings lie inside their node; a text leaf has no mark."""
    for part in speeches(text):
        for node in part.root.walk():
            assert node.start <= node.heading_start <= node.heading_end <= node.end
            assert text[node.heading_start : node.heading_end].startswith(node.mark)
            if node.kind in ("section", "item"):
                assert node.heading_start == node.start < node.heading_end
            if node.children:
                assert [child.start for child in node.children] == [node.start, *(child.end for child in node.children[:-1])]
                assert node.children[-1].end == node.end
                assert all(child.start < child.end for child in node.children)


def test_an_item_that_begins_with_a_figure_is_one() -> None:
    """“3.300个村” after items 1 and 2 is the third; a decimal with its measure, or by itself, is none."""
    assert headings("1.新建学校。\n2.改造道路。\n3.300个村通水。\n4.5个乡通路。\n5.完成验收。\n") == [
        "1.新建学校", "2.改造道路", "3.300个村通水", "4.5个乡通路", "5.完成验收"]
    assert headings("1.新建学校。\n2.改造道路。\n3.5亿元投资到位。\n3.5个百分点的增长。\n") == ["1.新建学校", "2.改造道路"]
    assert headings("数据是\n1.5个村\n2.3个村\n3.1个村\n") == []
    assert headings("1.2024年建学校。\n2.2025年修道路。\n") == ["1.2024年建学校", "2.2025年修道路"]
