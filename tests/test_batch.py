"""Many questions from a file: one line of output each, in order, and the output whole or not at all."""

import json
from pathlib import Path

import pytest

from rag.index.library import Library
from tests.terminal import QUESTION, Yanju, read_lines, write_lines


def test_bad_lines_become_errors_in_their_place(yanju: Yanju, tmp_path: Path) -> None:
    """The others are answered, the exit status is 1, and the output has one line for each line asked."""
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "236亿元"}]
    rows = [{"id": 1, "question": QUESTION}, "{坏", {"id": 3}, "", {"id": 4, "question": "?"}, ["不是对象"],
            {"id": 6, "question": "x", "history": "y"}, "[" * 100_000, {"question": "那增长多少?", "history": history},
            {"id": "半", "question": "\ud800" + QUESTION}]
    questions = tmp_path / "问.jsonl"
    questions.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\r\n" for r in rows), encoding="utf-8-sig")
    done = yanju("answer", questions, "--out", tmp_path / "答.jsonl")
    out = read_lines(tmp_path / "答.jsonl")
    assert done.status == 1 and "6个没能回答" in done.err
    assert [(row["line"], row["id"]) for row in out if "error" in row] == [(2, None), (3, 3), (5, 4), (6, None), (7, 6), (8, None)]
    assert all(list(row) == ["line", "id", "error"] for row in out if "error" in row)
    assert [row.get("id") for row in out] == [1, None, 3, 4, None, 6, None, None, "半"]
    assert list(out[0])[:2] == ["id", "question"] and "id" not in out[7]


def test_hits_have_the_contracts_fields_best_first(yanju: Yanju, tmp_path: Path, library: Library) -> None:
    """At most k, each text the document's own from start to end; an empty question is an error entry."""
    questions = write_lines(tmp_path / "问.jsonl", [{"id": "甲", "question": QUESTION}, {"id": "空", "question": "……"}])
    done = yanju("search", questions, "--out", tmp_path / "果.jsonl", "-k", "3")
    found, empty = read_lines(tmp_path / "果.jsonl")
    assert done.status == 1 and list(empty) == ["line", "id", "error"]
    assert list(found) == ["id", "hits"] and len(found["hits"]) == 3
    for hit in found["hits"]:
        assert list(hit) == ["document", "document_id", "paragraph", "start", "end", "text", "score"]
        assert hit["text"] == library.text_of(hit["document"])[hit["start"] : hit["end"]]
    assert [hit["score"] for hit in found["hits"]] == sorted((hit["score"] for hit in found["hits"]), reverse=True)


@pytest.mark.parametrize("command", ["answer", "search"])
def test_the_output_appears_whole_or_not_at_all(yanju: Yanju, tmp_path: Path, command: str) -> None:
    """Wrong usage leaves an earlier output as it was, and no draft beside it."""
    kept = tmp_path / "答.jsonl"
    kept.write_text("从前的\n", encoding="utf-8")
    (tmp_path / "乱码.jsonl").write_bytes("问题".encode("gb18030"))
    for questions in ("没有.jsonl", "乱码.jsonl"):
        assert yanju(command, tmp_path / questions, "--out", kept).status == 2
    questions = write_lines(tmp_path / "问.jsonl", [{"question": QUESTION}])
    assert yanju(command, questions, "--out", questions).status == 2
    assert yanju(command, questions, "--out", tmp_path / "没有" / "答.jsonl").status == 2
    assert yanju(command, questions, "--out", tmp_path).status == 2
    assert kept.read_text(encoding="utf-8") == "从前的\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["乱码.jsonl", "答.jsonl", "问.jsonl"])
