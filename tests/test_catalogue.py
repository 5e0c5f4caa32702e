"""Choosing what to ask: folders, files and years; near wordings found with what differs."""

from pathlib import Path

import pytest

from rag.answer.places import Shelf
from rag.outline.parse import outline
from rag.page.alike import alike
from rag.page.catalogue import Catalogue, Choice, Entry, _entry, choice_of
from rag.passages import cut
from rag.reading.document import Document


def entry(path: str, text: str = "") -> Entry:
    """The entry of a document."""
    document = Document(path, "0", "utf-8", text or "在会上的讲话\n同志们:\n今天开会。")
    return _entry(path, [one for one in outline(document) if one.kind == "speech"], document.text)


@pytest.mark.parametrize(("path", "text", "years", "date"), [
    ("报告2023.txt", "", ("2023",), "2023年"),
    ("讲话.txt", "在会上的讲话\n(2024年1月12日)\n同志们:\n今天开会。", ("2024",), "2024年1月12日"),
    ("讲话.txt", "二〇二三年政府工作报告\n各位代表:\n现在报告工作。", ("2023",), "2023年"),
    ("电话20231234号.txt", "", (), ""),
    ("面向2095年的规划2021.txt", "", ("2021",), "2021年"),
])
def test_a_document_is_dated_by_its_front(path: str, text: str, years: tuple[str, ...], date: str) -> None:
    """By its path, its title or its opening lines; a longer number is no year, nor is one that lies ahead."""
    found = entry(path, text)
    assert (found.years, found.date) == (years, date)


ENTRIES = (Entry("甲.txt", "", (), (), ""), Entry("市/报告2023.txt", "市", (), ("2023",), ""),
           Entry("市/县/报告2024.txt", "市/县", (), ("2024",), ""), Entry("市县/丙.txt", "市县", (), ("2024",), ""))
BOOK = Catalogue(None, Shelf((), ()), ENTRIES, {})  # type: ignore[arg-type]  # of the library nothing is asked here


@pytest.mark.parametrize(("choice", "documents"), [
    (Choice(), ["甲.txt", "市/报告2023.txt", "市/县/报告2024.txt", "市县/丙.txt"]),
    (Choice(folders=("市",)), ["市/报告2023.txt", "市/县/报告2024.txt"]),
    (Choice(folders=("市/县",), documents=("甲.txt",)), ["甲.txt", "市/县/报告2024.txt"]),
    (Choice(years=("2024",)), ["市/县/报告2024.txt", "市县/丙.txt"]),
    (Choice(folders=("市",), years=("2024",)), ["市/县/报告2024.txt"]),
    (Choice(folders=("没有",)), []),
])
def test_a_choice_names_its_documents(choice: Choice, documents: list[str]) -> None:
    """Folders and files together, of these the chosen years."""
    assert list(BOOK.matching(choice)) == documents


def test_folders_and_years_to_choose_from() -> None:
    """Every folder on the way, every year once, the newest first."""
    assert (BOOK.folders(), BOOK.years()) == (["市", "市/县", "市县"], ["2024", "2023"])


def test_what_a_browser_sends_is_taken_with_care() -> None:
    """Only lists of text; anything else is nothing chosen."""
    assert choice_of({"folders": ["市", 3, None], "documents": "甲", "years": ["2024"]}) == Choice(("市",), (), ("2024",))
    assert choice_of({}) == Choice()


def test_near_wordings_are_found_with_what_differs(tmp_path: Path) -> None:
    """Both wordings can be read off the pieces; the paragraph itself is not among them."""
    texts = {"甲.txt": "在会上的讲话\n同志们:\n要坚持以人民为中心的发展思想,扎实推进共同富裕。", "乙.txt": "在另一会上的讲话\n同志们:\n"
             "要坚持以人民为中心的发展理念,扎实推动共同富裕。天气很好,大家注意休息。"}
    documents = [Document(path, "0", "utf-8", text) for path, text in texts.items()]
    speeches = [speech for one in documents for speech in outline(one)]
    passages = [passage for one in documents for passage in cut(one, [speech for speech in speeches if speech.document == one.path])]
    shelf = Shelf(documents, speeches)
    start = texts["甲.txt"].index("要坚持")
    place = shelf.place("甲.txt", start, len(texts["甲.txt"]))
    found = alike(shelf, lambda words, k: passages, place)
    assert [one.place.document.path for one in found] == ["乙.txt"]
    here = "".join(words for kind, words in found[0].pieces if kind != "there")
    there = "".join(words for kind, words in found[0].pieces if kind != "here")
    assert (here, there) == (place.text, "要坚持以人民为中心的发展理念,扎实推动共同富裕。")
    assert ("here", "思想") in found[0].pieces and ("there", "理念") in found[0].pieces


def test_half_a_number_is_no_difference(tmp_path: Path) -> None:
    """A figure that differs is told whole, not by its digits."""
    text = "在会上的讲话\n同志们:\n固定资产投资增长7.1%,其中工业投资增长16.2%。\n固定资产投资增长9.4%,其中工业投资增长13.5%。"
    document = Document("甲.txt", "0", "utf-8", text)
    speeches = outline(document)
    shelf = Shelf([document], speeches)
    place = shelf.place("甲.txt", text.index("固定"), text.index("16.2"))
    found = alike(shelf, lambda words, k: cut(document, speeches), place.at(place.paragraph.start, place.paragraph.end))
    differing = [piece for piece in found[0].pieces if piece[0] != "same"]
    assert differing == [("here", "7.1"), ("there", "9.4"), ("here", "16.2"), ("there", "13.5")]
