"""Documents, speeches and passages outlive the disk unchanged, whatever their text."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.index import records
from rag.outline.parse import outline
from rag.outline.tree import Node, Paragraph, Speech
from rag.passages import Passage, cut
from rag.reading.document import Document

SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")  # no decoder and no JSON parser yields the two halves apart
NASTY = st.text(st.characters(exclude_categories=())).filter(lambda text: not SURROGATE_PAIR.search(text))
WRITTEN = st.lists(st.sampled_from([
    "一、总体要求\r\n", "（一）稳增长。", "一是抓落实。", "二是促发展；", "同志们：\n", "\u3000\u3000今年增长6.5%，", "1,236.8亿元",
    "𠮷䶮镕喆", "🙂", "\ue000", "\u2028", "\x85", "\r", "\ud800", "臺灣", "GDP", "四种精神：", "\n\n", "# 标题\n", "。", "”", "\\", '"',
])).map("".join)
POSITIONS = st.integers(min_value=0, max_value=10**9)

NODES = st.recursive(
    st.builds(Node, kind=st.sampled_from(["speech", "section", "item", "text"]), start=POSITIONS, end=POSITIONS,
              heading_start=POSITIONS, heading_end=POSITIONS, mark=NASTY, ordinal=st.none() | POSITIONS, stated=st.none() | POSITIONS),
    lambda children: st.builds(Node, kind=st.just("section"), start=POSITIONS, end=POSITIONS, heading_start=POSITIONS,
                               heading_end=POSITIONS, children=st.lists(children, max_size=3).map(tuple)),
    max_leaves=8,
)
PARAGRAPHS = st.builds(Paragraph, POSITIONS, POSITIONS, POSITIONS, st.lists(NASTY, max_size=3).map(tuple))
SPEECHES = st.builds(
    Speech, document=NASTY, number=POSITIONS, kind=st.sampled_from(["speech", "matter"]), title=NASTY, title_start=POSITIONS,
    title_end=POSITIONS, start=POSITIONS, end=POSITIONS, root=NODES,
    paragraphs=st.lists(PARAGRAPHS, max_size=3).map(tuple),
)
DOCUMENTS = st.builds(
    Document, path=NASTY, sha256=NASTY, codec=NASTY, text=NASTY, document_id=st.none() | NASTY, title=st.none() | NASTY,
    metadata=st.dictionaries(NASTY, NASTY, max_size=3),
)
PASSAGES = st.builds(Passage, NASTY, POSITIONS, POSITIONS, POSITIONS, POSITIONS, NASTY, NASTY)


def back(line: Callable[[Any], bytes], rows: Callable[..., Iterable[Any]], given: Iterable[Any]) -> tuple[Any, ...]:
    """What is read from the lines of `given`."""
    data = b"".join(map(line, given))
    return tuple(rows(data, records.ends_of(data)))


@given(st.lists(DOCUMENTS, max_size=3).map(tuple))
@example((Document("a.txt", "0", "utf-8", "\ufeff\r\n\u2028\x00\ud800𠮷"),))
def test_documents_come_back_as_they_were(documents: tuple[Document, ...]) -> None:
    """Documents read from their saved lines equal those that were saved."""
    assert back(records.document_line, records.documents, documents) == documents


@given(st.lists(SPEECHES, max_size=3).map(tuple))
def test_speeches_come_back_as_they_were(speeches: tuple[Speech, ...]) -> None:
    """Outline trees of any shape equal those that were saved."""
    assert back(records.speech_line, records.speeches, speeches) == speeches


@given(st.lists(PASSAGES, max_size=5).map(tuple))
def test_passages_come_back_as_they_were(passages: tuple[Passage, ...]) -> None:
    """Passages read from their saved lines equal those that were saved."""
    assert back(records.passage_line, records.passages, passages) == passages


@given(WRITTEN)
def test_what_the_outline_makes_comes_back_as_it_was(text: str) -> None:
    """The real outline and the real passages of official writing survive the disk."""
    document = Document("讲话.txt", "0" * 64, "utf-8", text)
    speeches = outline(document)
    passages = cut(document, speeches)
    assert back(records.speech_line, records.speeches, speeches) == speeches
    assert back(records.passage_line, records.passages, passages) == passages


def test_saved_text_is_readable_utf_8() -> None:
    """Chinese stands in the file as itself; one object takes one line."""
    line = records.document_line(Document("讲话.txt", "0", "gb18030", "同志们：\r\n大家好。"))
    assert "同志们：\\r\\n大家好。" in line.decode("utf-8")
    assert line.find(b"\n") == len(line) - 1


def test_a_number_that_json_lacks_is_refused() -> None:
    """Not-a-number never gets into a file that other programs should read."""
    with pytest.raises(ValueError, match="Out of range"):
        records.json_bytes(float("nan"))
