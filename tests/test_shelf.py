"""The library as it is kept: every state says what it is, every file left out why."""

from dataclasses import replace

from rag.index.library import Library
from rag.index.store import Kept
from rag.page import shelf
from rag.page.markup import sendable
from rag.page.tables import ROWS
from rag.reading.document import Reported
from tests.drawn import Seen


def test_what_was_left_out_stands_with_its_reason(library: Library) -> None:
    """Nothing left out: no table."""
    assert shelf.left_out(library) == ""
    seen = Seen(sendable(shelf.left_out(replace(library, reported=(Reported("旧稿.pdf", "是扫描图片。"),)))))
    assert "旧稿.pdf" in seen.text() and "是扫描图片。" in seen.text() and "未入库" in seen.text("state")


def test_the_state_of_the_index_is_told_in_words(library: Library) -> None:
    """Up to date, behind with the files named, or not known yet."""
    assert "一致" in Seen(sendable(shelf.facts(library, ()))).text("good")
    assert "有改动：甲.txt" in Seen(sendable(shelf.facts(library, ("甲.txt",)))).text("warn")
    assert "等7个文件" in Seen(sendable(shelf.facts(library, tuple("甲乙丙丁戊己庚")))).text("warn")
    assert "正在核对" in Seen(sendable(shelf.facts(library, None))).text("notice")


def test_who_may_turn_it_sees_the_switch(library: Library) -> None:
    """Whether the index is rebuilt by itself, and a button for the other; readers see neither."""
    assert "data-watch" not in shelf.facts(library, ())
    assert 'aria-checked="false" data-watch="on"' in shelf.facts(library, (), watching=False)
    assert 'aria-checked="true" data-watch="off"' in shelf.facts(library, (), watching=True)


def test_builds_can_be_gone_back_to_unless_current_or_damaged() -> None:
    """One button for each other intact build."""
    kept = [Kept(name, "2025-01-03T00:00:00+00:00", name == "3", name != "1", 1, 9, 2_000_000) for name in "321"]
    seen = Seen(sendable(shelf.builds(kept)))
    assert [attributes["data-rollback"] for _, attributes in seen.tags if "data-rollback" in attributes] == ["2"]
    assert seen.text("state") == "✓ 正在使用完好× 已损坏"


def test_long_tables_say_what_they_leave_out(library: Library) -> None:
    """The number of rows not drawn is named."""
    many = replace(library, reported=tuple(Reported(f"{n}.pdf", "坏") for n in range(ROWS + 7)))
    assert "其余7个" in Seen(sendable(shelf.left_out(many))).text("hint")
