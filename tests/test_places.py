"""Places: spans inside one paragraph, with the citation that an office would write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.places import Shelf, bearing_of, citation, front_of, label, outline_of
from rag.outline.parse import outline
from rag.reading.document import Document
from tests.drafts import drafts
from tests.small import FARM, LIBRARY, WORK, place_of, shelf_of

TITLE = "《在青溪县政务工作会议上的讲话》"
RULES = "第一章 总则\n第一条 会议要少。\n第二章 会风\n第二条 会议要短。\n(一)不念稿。\n(二)不拖堂。\n"


@given(drafts().filter(lambda text: text.strip()), st.data())
def test_a_place_lies_inside_one_paragraph(text: str, data: st.DataObject) -> None:
    """Wherever a paragraph is entered, the place stays in it and its text is the document's own."""
    shelf = shelf_of({"讲话.txt": text})
    paragraphs = [paragraph for speech in shelf.speeches["讲话.txt"] for paragraph in speech.paragraphs]
    paragraph = data.draw(st.sampled_from(paragraphs))
    start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = shelf.place("讲话.txt", start, end)
    assert (place.start, place.end) == (start, min(end, paragraph.end))
    assert place.text == text[place.start : place.end] and place.text in place.paragraph_text
    assert place.paragraph == paragraph and place.speech.start <= start < place.speech.end


@given(drafts().filter(lambda text: text.strip()), st.data())
def test_a_citation_says_what_stands_there(text: str, data: st.DataObject) -> None:
    """The quote is the text of the span, the paragraph holds it, and the label names the paragraph's number."""
    shelf = shelf_of({"讲话.txt": text})
    speech = data.draw(st.sampled_from([speech for speech in shelf.speeches["讲话.txt"] if speech.paragraphs]))
    paragraph = data.draw(st.sampled_from(speech.paragraphs))
    cited = citation(shelf.place("讲话.txt", paragraph.start, paragraph.end), 3)
    assert text[cited.start : cited.end] == cited.quote == cited.text
    assert (cited.n, cited.document, cited.speech, cited.paragraph) == (3, "讲话.txt", speech.title, paragraph.number)
    assert cited.label.startswith("《") and cited.label.endswith(f"第{paragraph.number}段")


@pytest.mark.parametrize(("quote", "wanted"), [
    ("全县生产总值", f"{TITLE}第5段"),
    ("二是细致的作风", f"{TITLE}第一部分第2项,第9段"),
    ("值班人员必须", f"{TITLE}第二部分,第13段"),
    ("二要提高单产", "《在白桦市农业工作会议上的讲话》“下面讲三点意见”第2项,第7段"),
])
def test_a_label_reads_as_an_office_cites(quote: str, wanted: str) -> None:
    """Parts, items and headings are named from the outside in, the paragraph last."""
    assert label(place_of(shelf_of(LIBRARY), quote)) == wanted


def test_articles_and_bracketed_items_are_called_by_their_own_mark() -> None:
    """第X章 and 第X条 stay as they are, (二) is an article too."""
    shelf = shelf_of({"办法.txt": f"青溪县会议管理办法\n{RULES}"})
    assert label(place_of(shelf, "不拖堂")).startswith("《青溪县会议管理办法》第二章第二条第(二)条,第")


def test_a_title_in_book_marks_is_not_marked_twice() -> None:
    """《题目》 in the source is 《题目》 in the label."""
    assert label(place_of(shelf_of({"办法.txt": "《青溪县会议管理办法》\n会议要少开。\n"}), "会议要少开")).count("《") == 1


def test_the_outline_names_the_item_that_runs_on_inside_a_paragraph() -> None:
    """What follows an item's heading lies under it; the heading itself does not."""
    shelf = shelf_of(LIBRARY)
    assert outline_of(place_of(shelf, "会议从不迟到")) == ("一、四种作风", "三是守时的作风")
    assert outline_of(place_of(shelf, "三是守时的作风")) == ("一、四种作风",)


def test_the_front_is_the_short_lines_before_the_speech_begins() -> None:
    """Title, speaker, date and address stand on the front; the first paragraph does not."""
    speech = shelf_of({"政务.txt": WORK}).speech("政务.txt", 1)
    front = front_of(speech, WORK)
    assert front == ["在青溪县政务工作会议上的讲话", "青溪县县长　林知远", "(2023年3月5日)", "同志们:"]
    assert bearing_of(speech, WORK).startswith("在青溪县政务工作会议上的讲话 政务.txt ")


def test_a_congress_is_borne_in_short_too() -> None:
    """第二十次全国代表大会 also answers to 二十大."""
    text = "在第二十次全国代表大会上的报告\n同志们:\n现在作报告。\n"
    assert "二十大" in bearing_of(shelf_of({"报告.txt": text}).speech("报告.txt", 1), text).split()


def test_every_speech_leaves_out_the_matter_around_speeches() -> None:
    """A web page's foot is a part of its document, but no speech."""
    shelf = shelf_of({"网页.txt": f"{FARM}查看全文\nfalse\n", "政务.txt": WORK})
    assert [speech.title for speech in shelf.every_speech()] == ["在白桦市农业工作会议上的讲话", "在青溪县政务工作会议上的讲话"]
    assert len(shelf.speeches["网页.txt"]) == 2


def test_a_document_with_pages_is_cited_by_its_page() -> None:
    """The page stands in the label and in a field of its own; a document without pages has neither."""
    made = Document("讲话.pdf", "0" * 64, "pdf", FARM, pages=((0, 1), (FARM.index("下面讲"), 2)))
    shelf = Shelf([made], outline(made))
    first, second = (citation(place_of(shelf, quote), 1) for quote in ("粮食总产量", "守住耕地红线"))
    assert (first.page, second.page) == (1, 2)
    assert second.label.endswith("段,第2页")
    assert second.as_json()["page"] == 2
    assert "page" not in citation(place_of(shelf_of(LIBRARY), "粮食总产量"), 1).as_json()


def test_what_opens_a_speech_without_a_title_tells_what_it_is() -> None:
    """The first paragraph of a text that has only its file's name; of one with a title its dateline alone."""
    opening = (
        "为进一步规范全市粮食仓储管理工作,保障储备粮质量安全和出入库秩序,根据国家和省里的有关规定,结合本市实际情况,"
        "制定以下办法,请各有关单位认真遵照执行。"
    )
    untitled = shelf_of({"a1.txt": f"{opening}\n一、总则\n仓库要干燥。\n"})
    assert "粮食仓储" in untitled.bearing(next(iter(untitled.every_speech())))


def test_a_text_bears_who_signed_it() -> None:
    """The office and the date under a notice tell of what place it is, as a title would."""
    text = "关于恢复交通秩序的通告\n各单位:\n撤销全部卡口。\n白桦市交通运输局             2030年2月22日\n"
    [speech] = outline(Document("通告.txt", "0" * 64, "utf-8", text))
    assert "白桦市交通运输局" in bearing_of(speech, text)
