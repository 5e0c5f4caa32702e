"""The cells of a ruled table are what its lines enclose, however the lines are drawn."""

from hypothesis import given
from hypothesis import strategies as st

from rag.reading.grid import Cell, Ruling, cell_at, ruling, tables


def drawn(xs: tuple[int, ...], ys: tuple[int, ...]) -> list[Ruling]:
    """A full grid."""
    return [*(Ruling(True, y, xs[0], xs[-1]) for y in ys), *(Ruling(False, x, min(ys), max(ys)) for x in xs)]


def test_a_full_grid_has_all_its_cells() -> None:
    """Row by row from the top, column by column from the left."""
    (table,) = tables(drawn((0, 50, 100), (90, 60, 0)))
    assert table[:2] == (Cell(0, 50, 60, 90, 0, 0, 1), Cell(50, 100, 60, 90, 0, 1, 1))
    assert table[2:] == (Cell(0, 50, 0, 60, 1, 0, 1), Cell(50, 100, 0, 60, 1, 1, 1))
    assert (cell_at(table, 75, 70), cell_at(table, 75, 30), cell_at(table, 120, 30)) == (1, 3, None)


def test_cells_without_a_line_between_them_are_one() -> None:
    """The line that is not drawn between two rows makes one cell of them."""
    lines = [one for one in drawn((0, 50, 100), (90, 60, 30, 0)) if not (one.level and one.at == 60)]
    (table,) = tables([*lines, Ruling(True, 60, 0, 50)])
    assert [(cell.row, cell.column, cell.rows) for cell in table] == [(0, 0, 1), (0, 1, 2), (1, 0, 1), (2, 0, 1), (2, 1, 1)]


def test_a_border_drawn_cell_by_cell_or_twice_is_one() -> None:
    """Each cell with four sides of its own, a point apart."""
    sides = [side for x in (0, 50) for y in (0, 45) for side in drawn((x, x + 49), (y + 44, y))]
    assert [(cell.row, cell.column) for cell in tables(sides)[0]] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_what_is_no_table_has_no_cells() -> None:
    """A frame, rules that nothing crosses, a cross, cells that are no rectangles, and drawings of very many lines."""
    corner = [*drawn((0, 100), (90, 0)), Ruling(False, 50, 45, 90), Ruling(True, 45, 50, 100)]
    for lines in (drawn((0, 100), (90, 0)), [Ruling(True, y, 0, 100) for y in (0, 50)], drawn((50,), (50,)), [], corner,
                  drawn(tuple(range(0, 40_000, 9)), (90, 60, 0))):
        assert tables(lines) == []


def test_a_thin_stripe_is_a_line() -> None:
    """Borders are often filled stripes; what is thick, or a dot, is none."""
    assert ruling((0, 10), (100, 11)) == Ruling(True, 10.5, 0, 100)
    assert ruling((5, 90), (5, 0)) == Ruling(False, 5, 0, 90)
    assert ruling((0, 0), (50, 50)) is ruling((0, 0), (2, 1)) is None


PLACES = st.integers(0, 30).map(lambda at: at * 7.0)
LINES = st.builds(lambda level, at, ends: Ruling(level, at, min(ends), max(ends)), st.booleans(), PLACES, st.tuples(PLACES, PLACES))


@given(st.lists(LINES, max_size=30))
def test_cells_never_overlap(rulings: list[Ruling]) -> None:
    """Whatever lines there are, each place lies in one cell at most, and cells have an area."""
    for table in tables(rulings):
        taken = [(row, column) for cell in table for row in range(cell.row, cell.row + cell.rows)
                 for column in {other.left for other in table if cell.left <= other.left < cell.right}]
        assert len(taken) == len(set(taken))
        assert all(cell.left < cell.right and cell.bottom < cell.top for cell in table)
