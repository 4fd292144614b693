"""The grid keeps what it has worked out about a row only as long as the row stays the same."""

from __future__ import annotations

from corpus.importers.grid import Cell, Grid


def test_the_cells_of_a_row_follow_every_change() -> None:
    grid = Grid("a.xlsx", "表")
    for column in range(5):
        grid.put(Cell(0, column, f"格{column}"))
    cells = grid.cells(0)
    assert [cell.text for cell in cells] == ["格0", "格1", "格2", "格3", "格4"]
    cells.clear()  # a caller's list is its own
    grid.remove(grid.cells(0)[3])
    grid.replace(grid.cells(0)[0], "首格")
    grid.put(Cell(0, 3, "续格", rows=2))
    assert [cell.text for cell in grid.cells(0)] == ["首格", "格1", "格2", "续格", "格4"]
    assert [cell.text for cell in grid.cells(1)] == ["续格"]
    assert grid.cells(-1) == grid.cells(1)
