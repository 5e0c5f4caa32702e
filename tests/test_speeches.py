"""A document is split where one speech ends and the next begins, and what is no speech is set apart."""

import pytest
from hypothesis import given

from rag.outline.parse import outline
from tests.drafts import document, drafts, speeches

BODY = "同志们:\n今天的会议很重要。\n一、认清形势\n形势逼人。\n二、真抓实干\n干字当头。\n"


def parts(text: str) -> list[tuple[str, str]]:
    """The kind and title of each part."""
    return [(part.kind, part.title) for part in speeches(text)]


def test_a_single_speech_has_its_first_line_as_title() -> None:
    """The title is the first line's own text, at its place."""
    text = "在青溪县经济工作会议上的讲话\n" + BODY
    (speech,) = speeches(text)
    assert (speech.kind, speech.number, speech.title) == ("speech", 1, "在青溪县经济工作会议上的讲话")
    assert text[speech.title_start : speech.title_end] == speech.title


@pytest.mark.parametrize("text", [BODY, "会议开始了,请大家坐好。\n一、点名\n", "只有一行字"])
def test_a_speech_without_title_is_named_after_its_file(text: str) -> None:
    """No line of the text is taken for a title that it is not."""
    (speech,) = outline(document(text, "2023/青溪讲话.txt"))
    assert speech.title == "青溪讲话"
    assert speech.title_start == speech.title_end == 0


def test_a_title_known_from_elsewhere_is_kept() -> None:
    """The title of a line of a .jsonl file is that line's, whatever the text begins with."""
    (speech,) = outline(document("青溪要闻\n" + BODY, "库.jsonl#7", title="县长讲话"))
    assert speech.title == "县长讲话"


@pytest.mark.parametrize(("front", "title"), [
    ("在青溪县经济工作会议上的\n讲话\n", "在青溪县经济工作会议上的讲话"),
    ("凝心聚力 真抓实干\n——在青溪县经济工作会议上的讲话\n(2023年3月5日)\n", "凝心聚力 真抓实干——在青溪县经济工作会议上的讲话"),
    ("青溪县人民政府\n关于二〇二三年工作的报告\n", "青溪县人民政府关于二〇二三年工作的报告"),
    ("# 在青溪县经济工作会议上的讲话\n", "在青溪县经济工作会议上的讲话"),
    ("在青溪县经济工作会议上的讲话\n——2023年3月5日于县会议中心\n", "在青溪县经济工作会议上的讲话"),
    ("在青溪县经济工作会议上的讲话\n县长 王大山\n", "在青溪县经济工作会议上的讲话"),
])
def test_a_title_may_stand_on_two_lines(front: str, title: str) -> None:
    """Lines are one title where the last tells its genre; dates and names are none of it."""
    text = front + BODY
    (speech,) = speeches(text)
    assert speech.title == title
    assert text[speech.title_start : speech.title_end].replace("\n", "") == title


@pytest.mark.parametrize("titles", [
    ["青溪县讲话材料篇1", "青溪县讲话材料篇2", "青溪县讲话材料篇3"],
    ["【篇一】动员讲话", "【篇二】推进讲话", "【篇三】总结讲话"],
    ["第一篇 动员讲话", "第二篇 推进讲话", "第三篇 总结讲话"],
    ["青溪县工作会议讲话（一）", "青溪县工作会议讲话（二）", "青溪县工作会议讲话（三）"],
    ["会议讲话范文1", "会议讲话范文2", "会议讲话范文3"],
    ["# 动员讲话", "# 推进讲话", "# 总结讲话"],
    ["在动员会上的讲话", "在推进会上的讲话", "在总结会上的讲话"],
    ["在动员会上的\n讲话", "真抓实干\n——在推进会上的讲话", "在总结会上的讲话"],
])
def test_a_compilation_is_split_at_its_titles(titles: list[str]) -> None:
    """A series of titles, Markdown headings, or titles that a salutation follows each begin a speech."""
    text = "".join(f"{title}\n{BODY}" for title in titles)
    assert parts(text) == [("speech", title.replace("\n", "").removeprefix("# ")) for title in titles]


@pytest.mark.parametrize("titles", [["第一篇 动员讲话", "第二篇 推进讲话"], ["讲话篇1", "讲话篇2"], ["会议讲话（一）", "会议讲话（二）"]])
def test_contents_in_front_are_matter(titles: list[str]) -> None:
    """A table of contents repeats the titles and is none of the speeches."""
    text = "目录\n" + "\n".join(titles) + "\n" + "".join(f"{title}\n{BODY}" for title in titles)
    assert parts(text) == [("matter", "讲话"), *(("speech", title) for title in titles)]


def test_contents_of_titles_without_a_series_are_matter() -> None:
    """Titles in a row, with no salutation of their own, are contents."""
    titles = ["在动员会上的讲话", "在推进会上的讲话"]
    text = "目录\n" + "\n".join(titles) + "\n" + "".join(f"{title}\n{BODY}" for title in titles)
    assert parts(text) == [("matter", "讲话"), *(("speech", title) for title in titles)]


def test_a_blurb_and_a_foot_are_matter() -> None:
    """What a web page puts around speeches is kept in the text, and marked."""
    text = f"下面是小编整理的讲话,欢迎阅读。\n讲话材料篇1\n{BODY}讲话材料篇2\n{BODY}查看全文\nfalse\n"
    assert parts(text) == [("matter", "讲话"), ("speech", "讲话材料篇1"), ("speech", "讲话材料篇2"), ("matter", "讲话")]
    foot = speeches(text)[-1]
    assert text[foot.start : foot.end] == "查看全文\nfalse\n"
    assert [text[one.start : one.end] for one in foot.paragraphs] == ["查看全文", "false"]


def test_a_page_around_a_single_speech_is_matter() -> None:
    """Particulars over a title, a lead before it and links below are no speech."""
    text = (
        f"首页 > 政务公开 > 讲话\n索引号:QX-2023-07\n在青溪县经济工作会议上的讲话\n{BODY}责任编辑:李小河\n【打印】\n上一篇:春耕备耕\n"
        f"下一篇:防汛\n"
    )
    assert parts(text) == [("matter", "讲话"), ("speech", "在青溪县经济工作会议上的讲话"), ("matter", "讲话")]
    assert [len(part.paragraphs) for part in speeches(text)] == [2, 7, 4]


def test_a_news_lead_before_the_one_saluted_title_is_matter() -> None:
    """The speech begins at the title that a salutation follows, not at the news about it."""
    text = f"县长出席经济工作会议\n3月5日,县长出席会议并讲话。全文如下。\n在青溪县经济工作会议上的讲话\n{BODY}"
    assert parts(text) == [("matter", "讲话"), ("speech", "在青溪县经济工作会议上的讲话")]


def test_two_speeches_stand_one_after_the_other() -> None:
    """A second title with its salutation begins a second speech, even where the first has no salutation."""
    text = f"在春耕会上的讲话\n今年春耕要早。\n谢谢大家\n(2023年3月1日)\n在防汛会上的讲话\n(2023年6月1日)\n{BODY}"
    assert parts(text) == [("speech", "在春耕会上的讲话"), ("speech", "在防汛会上的讲话")]


def test_marked_headings_are_no_speeches() -> None:
    """Markdown headings that number the sections of one speech do not split it."""
    text = "# 一、认清形势\n形势逼人。\n# 二、真抓实干\n干字当头。\n"
    assert len(speeches(text)) == 1


def test_an_address_in_the_middle_is_no_title() -> None:
    """各位代表 on a line of its own does not begin a speech."""
    text = f"在青溪县人民代表大会上的报告\n{BODY}各位代表!\n让我们一起努力。\n"
    assert parts(text) == [("speech", "在青溪县人民代表大会上的报告")]


@given(drafts())
def test_parts_cover_the_text_in_order(text: str) -> None:
    """Parts are numbered from 1, follow one another without a gap, and cover the whole text; a blank text has none."""
    found = speeches(text)
    assert (found == ()) == (text.strip() == "")
    if found:
        assert [part.number for part in found] == list(range(1, len(found) + 1))
        assert [part.start for part in found] == [0, *(part.end for part in found[:-1])]
        assert found[-1].end == len(text)


@given(drafts())
def test_a_title_stands_where_it_says(text: str) -> None:
    """A title's place lies in its part and holds the title's own words."""
    for part in speeches(text):
        assert part.start <= part.title_start <= part.title_end <= part.end
        assert part.title == "讲话" or "".join(text[part.title_start : part.title_end].split()) == "".join(part.title.split())
