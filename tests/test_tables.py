"""A table shows what it is given, and says how much of it is not there."""

from rag.page.markup import sendable
from rag.page.tables import ROWS, cells, table
from tests.drawn import Seen


def test_a_table_has_its_title_its_head_and_its_rows() -> None:
    """A screen reader is told the title too; what is put into a cell can't act."""
    seen = Seen(sendable(table("文件", ("名称", "大小"), [cells("<i>甲", 3)], 1)))
    assert [tag for tag, _ in seen.tags if tag in ("th", "td", "i")] == ["th", "th", "td", "td"]
    assert seen.text() == "文件\n名称大小<i>甲3"
    assert "文件" in [attributes.get("aria-label") for _, attributes in seen.tags]


def test_rows_that_are_not_drawn_are_counted() -> None:
    """Up to the limit nothing is said."""
    assert table("文件", (), [], ROWS).count("hint") == 0
    assert f"只列出前{ROWS}个，其余1,234个没有列出。" in table("文件", (), [], ROWS + 1234)
