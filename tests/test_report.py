"""A build's report names every document and every file left out."""

import json

from rag.index import report
from rag.index.report import BuildReport, DocumentReport
from rag.outline.parse import outline
from rag.passages import cut
from rag.reading.document import Document, Reading, Reported

READING = Reading(
    (Document("甲.txt", "a", "gb18030", "关于作风建设的讲话\n同志们：\n要抓落实。\n"),
     Document("乙.jsonl#1", "b", "utf-8", "要学习。", "1")),
    (Reported("丙.pdf", "暂不支持.pdf格式：请另存为.txt。", "c"), Reported("链接", "是链接。")),
)
SPEECHES = [speech for document in READING.documents for speech in outline(document)]
PASSAGES = [passage for document in READING.documents
            for passage in cut(document, [speech for speech in SPEECHES if speech.document == document.path])]


def test_every_document_and_every_file_left_out_is_named() -> None:
    """Indexed documents with their counts, then reported files with reason and hash."""
    first, second, third, fourth = report.of_documents(READING, SPEECHES, PASSAGES)
    assert (first.document, first.state, first.codec, first.characters) == ("甲.txt", "indexed", "gb18030", 21)
    assert second.paragraphs == second.passages == 1
    assert third == DocumentReport("丙.pdf", "reported", "暂不支持.pdf格式：请另存为.txt。", None, 0, 0, 0, 0, "c")
    assert (fourth.document, fourth.sha256) == ("链接", None)


def test_counts_add_up() -> None:
    """Speeches, paragraphs and passages of the documents are those that were given."""
    told = report.of_documents(READING, SPEECHES, PASSAGES)
    assert sum(one.passages for one in told) == len(PASSAGES)
    assert sum(one.paragraphs for one in told) == sum(len(speech.paragraphs) for speech in SPEECHES)
    assert sum(one.speeches for one in told) == sum(speech.kind == "speech" for speech in SPEECHES)


def test_a_report_comes_back_as_it_was() -> None:
    """`load(save(x)) == x`, and the files left out are those of the reading."""
    made = BuildReport("20250102-030405-006", report.of_documents(READING, SPEECHES, PASSAGES), 2, 1, 1, 0.5)
    assert report.load(report.save(made)) == made
    assert made.reported == READING.reported


def test_the_json_has_the_fixed_fields() -> None:
    """Field names and their order are what other programs rely on."""
    made = json.loads(report.save(BuildReport("b", report.of_documents(READING, SPEECHES, PASSAGES), 2, 1, 1, 0.5)))
    assert list(made) == ["build", "documents", "passages", "embedded", "reused", "seconds", "totals"]
    assert list(made["documents"][0]) == [
        "document", "state", "reason", "codec", "characters", "speeches", "paragraphs", "passages", "sha256",
        "left_out"]
