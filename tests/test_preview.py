"""A file is looked into as the index would hold it, before any build."""

from pathlib import Path

import pytest

from rag.errors import NoSuchFile
from rag.keeping.preview import preview
from tests.small import WORK


def test_a_file_shows_its_speeches_and_its_questions(tmp_path: Path) -> None:
    """Outline, paragraphs and questions come from the file itself."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "政务.txt").write_text(WORK, encoding="utf-8")
    found = preview(tmp_path, "2024/政务.txt")
    (speech,) = found.speeches
    assert speech.title == "在青溪县政务工作会议上的讲话"
    assert [node.mark for node in speech.root.children if node.kind == "section"] == ["一、", "二、", "三、"]
    assert "“四种作风”分别是什么？" in found.questions
    assert found.reported is None


def test_a_file_that_can_not_be_read_says_why(tmp_path: Path) -> None:
    """The same reason as a build gives; a file that is not there is no file."""
    (tmp_path / "空.txt").write_bytes(b"")
    found = preview(tmp_path, "空.txt")
    assert found.reported is not None and "空的" in found.reported.reason
    assert found.documents == ()
    with pytest.raises(NoSuchFile):
        preview(tmp_path, "无.txt")
