"""A build's report names every document and every file left out."""

import json

from rag.index import report
from rag.index.report import BuildReport, DocumentReport
from rag.outline.parse import outline
from rag.passages import cut
from rag.reading.document import Document, Reported, Source

DOCUMENTS = (
    Document("甲.txt", "a", "gb18030", "关于作风建设的讲话\n同志们：\n要抓落实。\n"), Document("乙.jsonl#1", "b", "utf-8", "要学习。", "1"),
)
REPORTED = (Reported("丙.pdf", "暂不支持.pdf格式：请另存为.txt。", "c"), Reported("链接", "是链接。"))
SPEECHES = [outline(document) for document in DOCUMENTS]
PASSAGES = [cut(document, own) for document, own in zip(DOCUMENTS, SPEECHES, strict=True)]
TOLD = (
    *(report.of_document(*one) for one in zip(DOCUMENTS, SPEECHES, PASSAGES, strict=True)),
    *(report.of_reported(Source(one.path, one.sha256, 1, 1), one.reason) for one in REPORTED),
)


def test_every_document_and_every_file_left_out_is_named() -> None:
    """Indexed documents with their counts, then reported files with reason and hash."""
    first, second, third, fourth = TOLD
    assert (first.document, first.state, first.codec, first.characters) == ("甲.txt", "indexed", "gb18030", 21)
    assert second.paragraphs == second.passages == 1
    assert third == DocumentReport("丙.pdf", "reported", "暂不支持.pdf格式：请另存为.txt。", None, 0, 0, 0, 0, "c")
    assert (fourth.document, fourth.sha256) == ("链接", None)


def test_counts_add_up() -> None:
    """Speeches, paragraphs and passages of the documents are those that were given."""
    speeches = [speech for own in SPEECHES for speech in own]
    assert sum(one.passages for one in TOLD) == sum(map(len, PASSAGES))
    assert sum(one.paragraphs for one in TOLD) == sum(len(speech.paragraphs) for speech in speeches)
    assert sum(one.speeches for one in TOLD) == sum(speech.kind == "speech" for speech in speeches)


def test_a_report_comes_back_as_it_was() -> None:
    """`load(save(x)) == x`, and so do the files left out."""
    made = BuildReport("20250102-030405-006", TOLD, 2, 1, 1, 0.5)
    assert report.load(report.save(made)) == made
    assert made.reported == REPORTED


def test_the_json_has_the_fixed_fields() -> None:
    """Field names and their order are what other programs rely on."""
    made = json.loads(report.save(BuildReport("b", TOLD, 2, 1, 1, 0.5)))
    assert list(made) == ["build", "documents", "passages", "embedded", "reused", "seconds", "totals"]
    assert list(made["documents"][0]) == [
        "document", "state", "reason", "codec", "characters", "speeches", "paragraphs", "passages", "sha256",
        "left_out"]
