"""A `.jsonl` file is read whole or reported whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import UnreadableFile
from rag.reading import flaws, lines
from rag.reading.decode import Decoded
from rag.reading.document import Document

fit_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))).filter(lambda text: flaws.flaw(text) is None)
fit_name = fit_text.filter(lambda text: text.strip() != "" and flaws.written_out(text) == text)


def read(text: str) -> tuple[Document, ...]:
    """The documents of "库.jsonl" with this content."""
    return lines.documents("库.jsonl", "s", Decoded(text, "utf-8"))


def test_a_line_is_a_document() -> None:
    """Path, id, title, text and the other keys, in the order of the lines; blank lines and a last line end are nothing."""
    assert read(
        '{"id": 7, "title": "讲话", "text": "第一行\\r\\n第二行", "年份": 2024, "标签": ["一", "二"], "备注": null}\r\n'
        '\n{"text": "正文", "id": "a#1"}\n'
    ) == (
        Document(
            "库.jsonl#7", "s", "utf-8", "第一行\r\n第二行", "7", "讲话", {"年份": "2024", "标签": '["一", "二"]', "备注": "null"}
        ),
        Document("库.jsonl#a#1", "s", "utf-8", "正文", "a#1", None, {}),
    )


def test_a_number_is_an_id_in_its_own_digits() -> None:
    """1.10 is not 1.1, and no number is too long."""
    found = read('{"id": 1.1, "text": "甲"}\n{"id": 1.10, "text": "乙"}\n{"id": ' + "9" * 5000 + ', "text": "丙"}')
    assert [document.document_id for document in found] == ["1.1", "1.10", "9" * 5000]


@given(st.dictionaries(fit_name, fit_text.filter(lambda text: text.strip() != ""), max_size=5))
def test_what_is_written_is_read(texts: dict[str, str]) -> None:
    """Whatever ids and texts a file holds, U+2028 and all, each comes back under its id."""
    written = "\n".join(json.dumps({"id": identity, "text": text}, ensure_ascii=False) for identity, text in texts.items())
    assert {document.document_id: document.text for document in read(written)} == texts


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ('{"id": 2, "text": "乙"', "第2行不是完整的JSON"),
        ('{"id": 2, "text": "乙"} {}', "第2行不是完整的JSON"),
        ("[2]", "第2行不是一个JSON对象"),
        ("[" * 100_000, "第2行不是完整的JSON"),
        ('{"id": 2, "text": "乙", "分": NaN}', "第2行不是完整的JSON"),
        ('{"id": 2, "text": "乙", "text": "丙"}', "第2行不是完整的JSON"),
        ('{"id": "1", "text": "乙"}', "第2行编号“1”与第1行重复"),
        ('{"text": "乙"}', "第2行缺少编号"),
        ('{"id": " ", "text": "乙"}', "第2行缺少编号"),
        ('{"id": true, "text": "乙"}', "第2行缺少编号"),
        ('{"id": "a\\nb", "text": "乙"}', "第2行编号“a\\nb”里有不可见的控制字符"),
        ('{"id": 2}', "第2行缺少正文"),
        ('{"id": 2, "text": " \\n"}', "第2行缺少正文"),
        ('{"id": 2, "text": 3}', "第2行缺少正文"),
        ('{"id": 2, "text": null}', "第2行缺少正文"),
        ('{"id": 2, "text": "乙", "title": ["甲"]}', "第2行标题"),
        ('{"id": 2, "text": "乙\\ud800"}', "U+D800"),
        ('{"id": 2, "text": "一\\n\\u0000"}', "第2行所含文字的第2行有空字符"),
        ('{"id": 2, "text": "乙", "键\\ud800": 1}', "U+D800"),
    ],
)
def test_one_wrong_line_refuses_the_file(second: str, words: str) -> None:
    """The reason names the line and what is wrong with it."""
    with pytest.raises(UnreadableFile) as caught:
        read('{"id": 1, "text": "甲"}\n' + second)
    assert caught.value.document == "库.jsonl"
    assert words in caught.value.reason
