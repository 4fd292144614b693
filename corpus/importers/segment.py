"""One form within a grid: a sheet or document may hold several, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.importers.grid import Cell, Grid
from corpus.importers.indicator_columns import is_table_heading
from corpus.importers.vocabulary import header_field, is_footer, is_label, is_total

_TITLE_ROWS = 8
_TITLE_CELLS = 3


@dataclass(frozen=True)
class Segment:
    """The rows of one form: header block up to `table`, indicator table from there on."""

    grid: Grid
    start: int
    table: int
    """Row of the first heading of the indicator table; `stop` where there is none."""
    stop: int

    def header_cells(self) -> Iterator[Cell]:
        """Yield the cells above the indicator table, row by row."""
        for row in range(self.start, self.table):
            yield from self.grid.starting(row)

    def right_of(self, cell: Cell, row: int | None = None) -> list[Cell]:
        """Return the cells to the right of a cell, in one of its rows."""
        place = cell.row if row is None else row
        return [other for other in self.grid.cells(place) if other.column >= cell.end]

    def value_of(self, label: Cell) -> Cell | None:
        """Return the cell that holds a label's value, None where it is blank."""
        cells = self.grid.cells(label.row)
        right = next((other for other in cells if other.column >= label.end), None)
        return None if right is None or is_label(right.text) else right


def find_segments(grid: Grid) -> list[Segment]:
    """Return the forms of a grid, from top to bottom."""
    tables = [row for row in range(grid.height) if is_table_heading(grid, row)]
    names = [row for row in range(grid.height) if _names_a_project(grid, row)]
    if not names:
        return [Segment(grid, 0, tables[0], grid.height)] if tables else []
    starts = [_title_start(grid, row, names[i - 1] if i else -1) for i, row in enumerate(names)]
    starts[0] = 0
    stops = [*starts[1:], grid.height]
    return [
        Segment(grid, start, next((t for t in tables if start <= t < stop), stop), stop)
        for start, stop in zip(starts, stops, strict=True)
    ]


def split_label(text: str) -> tuple[str, str]:
    """Split “项目名称：某项目” into label and value; the value is empty for other texts."""
    for colon in ("：", ":"):
        label, found, value = text.partition(colon)
        if found and header_field(label):
            return label, value.strip()
    return text, ""


def _names_a_project(grid: Grid, row: int) -> bool:
    return any(
        header_field(split_label(cell.text)[0]) == "project_name" for cell in grid.starting(row)
    )


def _title_start(grid: Grid, row: int, previous: int) -> int:
    """Return the row where the title above a form's first label begins."""
    start = row
    for above in range(row - 1, max(previous, row - 1 - _TITLE_ROWS), -1):
        cells = grid.cells(above)
        if len(cells) > _TITLE_CELLS or any(is_label(cell.text) for cell in cells):
            break
        # A total or a note closes the form above.
        if any(is_total(cell.text) or is_footer(cell.text) for cell in cells):
            break
        if any(cell.row < above for cell in cells):  # reaches down from the table above
            break
        start = above
    return start
