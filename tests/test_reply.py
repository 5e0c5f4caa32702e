"""What leaves the answerer, as the contract writes it."""

import json

from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence

CITED = Citation(1, "2024/讲话.txt", None, "0" * 64, "讲话", ("一、作风",), 3, 5, 7, "求实", "要求实。", "《讲话》第一部分,第3段")
ANSWER = Answer(
    "什么作风?", "求实[1]", False, None, (Sentence("求实", (1,)),), (CITED,), Coverage(4, 1), (), "小库", Milliseconds(1.0, 2.0, 3.0)
)


def test_an_answer_is_written_in_the_contracts_order() -> None:
    """Every field that the contract names, as JSON can write it."""
    written = json.loads(json.dumps(ANSWER.as_json(), ensure_ascii=False))
    assert list(written)[:11] == [
        "question", "answer", "refused", "reason", "mode", "sentences", "citations", "coverage", "nearest", "build", "milliseconds",
    ]
    assert written["mode"] == "extractive" and written["reason"] is None and written["nearest"] == []
    assert written["sentences"] == [{"text": "求实", "citations": [1]}]
    assert written["coverage"] == {"stated": 4, "found": 1}
    assert written["milliseconds"] == {"retrieve": 1.0, "answer": 2.0, "total": 3.0}


def test_a_citation_is_written_with_all_that_it_says() -> None:
    """Number, document, place, quote, paragraph and label."""
    (written,) = ANSWER.as_json()["citations"]
    assert list(written) == [
        "n", "document", "document_id", "sha256", "speech", "outline", "paragraph", "start", "end", "quote", "text", "label",
    ]
    assert (written["n"], written["outline"], written["quote"]) == (1, ("一、作风",), "求实")
