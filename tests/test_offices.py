"""Every file of an office's folder is read whole or reported by name and reason."""

import hashlib
import time
from collections import Counter

import pytest

from rag.errors import UnreadableFile
from rag.reading import archive, corpus, html
from rag.reading.document import Document, Reading
from tests import offices
from tests.offices import Made

SECONDS = 120  # for the whole folder, old formats by LibreOffice included


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Made], Reading]:
    """The folder, made and read once."""
    place = tmp_path_factory.mktemp("资料")
    made = offices.write(place)
    started = time.monotonic()
    reading = corpus.read(place)
    assert time.monotonic() - started < SECONDS
    return made, reading


def test_every_file_is_read_or_reported(folder: tuple[list[Made], Reading]) -> None:
    """No file of at least sixty is passed over; none is both."""
    made, reading = folder
    names = [document.path.split("#1")[0] if document.document_id else document.path for document in reading.documents]
    assert len(made) >= 60
    assert Counter([*names, *(one.path for one in reading.reported)]) == Counter(one.path for one in made)


def test_what_is_whole_is_read_whole(folder: tuple[list[Made], Reading]) -> None:
    """The sentences that count stand in the text to the letter; what is no text of it does not."""
    made, reading = folder
    texts = {document.path: document.text for document in reading.documents}
    texts |= {document.path.split("#1")[0]: document.text for document in reading.documents if document.document_id}
    wrong = []
    for one in made:
        text = texts.get(one.path)
        if one.reason is None and text is None:
            wrong.append((one.path, [each.reason for each in reading.reported if each.path == one.path]))
        elif text is not None:
            wrong += [(one.path, sentence) for sentence in one.holds if sentence not in text]
            wrong += [(one.path, f"has {sentence}") for sentence in one.lacks if sentence in text]
    assert wrong == []


def test_what_is_not_is_reported_with_its_reason(folder: tuple[list[Made], Reading]) -> None:
    """Each by the reason that is its own, with what to do."""
    made, reading = folder
    reasons = {one.path: one.reason for one in reading.reported}
    expected = [one for one in made if one.reason is not None]
    assert [(one.path, reasons.get(one.path)) for one in expected if str(one.reason) not in reasons.get(one.path, "")] == []
    assert [reason for reason in reasons.values() if "请" not in reason] == []


def test_the_text_is_pure_and_the_hash_the_files(folder: tuple[list[Made], Reading]) -> None:
    """No control characters, pages in order of the text, the hash that of the bytes."""
    made, reading = folder
    data = {one.path: one.data for one in made}
    for document in reading.documents:
        assert document.document_id or document.sha256 == hashlib.sha256(data[document.path]).hexdigest()
        starts = [start for start, _ in document.pages]
        assert starts == sorted(starts) and all(0 <= start < len(document.text) for start in starts)


def document(reading: Reading, path: str) -> Document:
    """One document of the folder."""
    return next(one for one in reading.documents if one.path == path)


def test_pages_are_those_of_the_print(folder: tuple[list[Made], Reading]) -> None:
    """The position of a sentence gives the page on which it stands."""
    gazette = document(folder[1], "公报/公报.pdf")
    assert [page for _, page in gazette.pages] == [1, 2]
    assert gazette.page_at(gazette.text.index("第0段")) == 1
    assert gazette.page_at(gazette.text.index("第17段")) == 2
    table = document(folder[1], "公报/跨页表.pdf")
    assert (table.page_at(table.text.index("做好工作")), table.page_at(table.text.index("值班人员"))) == (1, 2)
    assert document(folder[1], "2024/讲话.docx").page_at(0) is None


def test_what_is_left_out_is_counted(folder: tuple[list[Made], Reading]) -> None:
    """Headers, comments, deleted and hidden text, menus: each by kind, with a sample."""
    kinds = {one.path: {each.kind: each for each in one.left_out} for one in folder[1].documents}
    assert [one.path for one in folder[1].documents if len(kinds[one.path]) < len(one.left_out)] == []
    assert kinds["页眉.docx"]["批注"].sample == "这里要核实"
    assert kinds["页眉.docx"]["页眉页脚"].count == 2
    assert set(kinds["修订.docx"]) == {"修订中删去的文字"}
    assert set(kinds["控件和域.docx"]) == {"隐藏文字", "划去的文字"}
    assert kinds["公报/公报.pdf"]["页眉页脚"].count == 4
    assert (kinds["公报/表单.pdf"]["批注"].sample, kinds["公报/有图形页.pdf"]["只有图形的页"].count) == ("to be checked", 1)
    assert kinds["嵌入表格.docx"]["嵌入的对象"].count == kinds["网页/有框架.mht"]["嵌入的其他网页"].count == 1
    assert [(one.kind, one.count, one.sample) for one in kinds["网页/正文在框架.mht"].values()] == [("嵌入的其他网页", 2, "晴,12度 frame")]
    assert not kinds["网页/只有框架.mht"]
    assert (kinds["公报/划去.pdf"]["划去的文字"].sample, kinds["网页/utf-8.html"]["划去的文字"].count) == ("7.1%", 2)
    assert kinds["网页/utf-8.html"]["导航链接"].sample == "首页 要闻动态 政务公开"


def test_a_page_that_names_no_encoding_there_is_is_refused() -> None:
    """What stands in the place of an encoding's name is not taken for one."""
    for name in ("no-such", "rot13", "a\0b", "unicode_escape"):
        with pytest.raises(UnreadableFile):
            html.read(f"<meta charset={name}><p>".encode() + bytes(range(128, 256)), "a.html")


@pytest.mark.parametrize("charset", ["charset=a\0b", "charset*=a\0b''utf-8"], ids=["plain", "extended"])
def test_a_saved_page_that_names_no_encoding_there_is_is_read_by_its_characters(charset: str) -> None:
    """A zero byte in the name, found by fuzzing, is met by the readers of mail with an error of its own."""
    data = f"MIME-Version: 1.0\r\nContent-Type: text/html; {charset}\r\n\r\n<p>各乡镇要逐条对照检查。</p>".encode()
    assert archive.read(data, "a.mht").text == "各乡镇要逐条对照检查。"
