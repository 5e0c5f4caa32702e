"""What stands in a ruled table's cells is read cell by cell, and what the cell's width cut apart is one again."""

from rag.reading.cells import without_tables
from rag.reading.glyphs import Glyph, Page
from rag.reading.grid import Ruling

GRID = (*(Ruling(True, y, 0, 100) for y in (100, 50, 0)), *(Ruling(False, x, 0, 100) for x in (0, 60, 100)))


def glyphs(text: str, left: float, base: float) -> list[Glyph]:
    """A line of characters of 10 points."""
    return [Glyph(character, left + 10 * at, left + 10 * at + 10, base, 10) for at, character in enumerate(text)]


def rows(*lines: list[Glyph]) -> tuple[list[str], str]:
    """The rows of a page with the grid, and the characters that stand beside it."""
    rest, found = without_tables(Page(1, 100, 200, tuple(glyph for line in lines for glyph in line), rulings=GRID))
    return [line.text for line in found], "".join(glyph.character for glyph in rest.glyphs)


def test_each_cell_is_read_by_itself() -> None:
    """The lines of cells side by side do not mingle; text beside the table stays on the page."""
    assert rows(glyphs("修建农村", 5, 80), glyphs("交通", 70, 80), glyphs("公路", 5, 65), glyphs("局", 70, 65), glyphs("一", 5, 20),
                glyphs("二", 70, 20), glyphs("表下", 0, -30)) == (["修建农村公路\t交通局", "一\t二"], "表下")


def test_a_cell_of_several_paragraphs_gives_lines_of_its_own() -> None:
    """A line that leaves room ends its paragraph."""
    assert rows(glyphs("甲", 5, 80), glyphs("乙", 5, 65), glyphs("丙", 70, 80)) == (["甲", "乙", "丙"], "")


def test_a_line_that_is_set_in_begins_a_paragraph() -> None:
    """Were the line before it full, if that ends its sentence."""
    assert rows(glyphs("甲甲甲甲。", 5, 80), glyphs("乙乙", 25, 65), glyphs("丙", 70, 80)) == (["甲甲甲甲。", "乙乙", "丙"], "")
    assert rows(glyphs("甲甲甲甲甲", 5, 80), glyphs("乙乙", 25, 65), glyphs("丙", 70, 80)) == (["甲甲甲甲甲乙乙\t丙"], "")


def test_a_frame_with_text_in_one_cell_is_no_table() -> None:
    """What has a grid and text in one cell of it only is read as a page."""
    assert rows(glyphs("图例", 5, 80)) == ([], "图例")
