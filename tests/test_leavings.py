"""What is left out of a file is counted by kind, and a table's row is a line where it can be."""

import pytest

from rag.reading.document import LeftOut
from rag.reading.extracted import row_lines
from rag.reading.leavings import Leavings


def test_kinds_are_counted_in_the_order_in_which_they_are_met() -> None:
    """How many, how much text, and how the first that has any begins, on one line and cut."""
    leavings = Leavings()
    for kind, text in (("图片", ""), ("批注", ""), ("图片", ""), ("批注", "改为\n  三月"), ("批注", "很" * 100)):
        leavings.add(kind, text)
    assert leavings.found() == (LeftOut("图片", 2), LeftOut("批注", 3, 107, "改为 三月"))


def test_a_sample_is_no_longer_than_one_reads() -> None:
    """The count is of the whole text."""
    leavings = Leavings()
    leavings.add("页眉页脚", "很" * 100)
    assert leavings.found() == (LeftOut("页眉页脚", 1, 100, "很" * 60),)


@pytest.mark.parametrize(
    ("cells", "lines"),
    [([["指标"], ["2023年"]], ["指标\t2023年"]), ([["指标"], []], ["指标"]), ([[], ["2023年"]], ["\t2023年"]),
     ([["一是抓", "二是落"], ["县办"]], ["一是抓", "二是落", "县办"]), ([["一是抓\n二是落"], ["县办"]], ["一是抓\n二是落", "县办"])],
)  # fmt: skip
def test_a_row_is_one_line_where_no_cell_has_several(cells: list[list[str]], lines: list[str]) -> None:
    """Tabs between the cells, none at the end; else the lines of the cells, one after the other."""
    assert row_lines(cells) == lines
