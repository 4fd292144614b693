"""Where a form has its rows: which line of the file holds which indicator, and which are free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.importers.goal_block import read_goals
from corpus.importers.grid import Grid
from corpus.importers.indicator_cells import is_blank
from corpus.importers.indicator_columns import Column, is_table_heading, read_columns
from corpus.importers.indicator_table import IndicatorTable, RowReader
from corpus.importers.segment import find_segments


@dataclass(frozen=True)
class Line:
    """A row of the indicator table."""

    row: int
    """0-based row of the grid."""
    level1: str
    level2: str
    first: int
    """Place of its first indicator among the form's indicators."""
    count: int
    """How many indicators it holds; 0 where it is free."""


@dataclass(frozen=True)
class FormPlaces:
    """The indicator table of the only form on a grid."""

    grid: Grid
    columns: Mapping[str, Column]
    """Columns of the annual goal by field."""
    levels: Mapping[int, str]
    """First grid column of every level heading, those of another goal period included → field."""
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        """Return the leftmost level column; what stands further left labels the whole table."""
        return min(self.levels)


class _Walker(RowReader):
    """Reads a table and remembers the rows that hold a total."""

    def __init__(self, grid: Grid, columns: Mapping[str, Column], table: IndicatorTable) -> None:
        super().__init__(grid, columns, table)
        self.totals: set[int] = set()

    def _read_total(self, row: int) -> None:
        self.totals.add(row)
        super()._read_total(row)


def find_places(grid: Grid) -> FormPlaces | None:
    """Return the places of a form, None where the layout is not one that rows can be added to.

    That is one form with one heading, a column for names and one for targets, and levels.
    """
    segments = find_segments(grid)
    if len(segments) != 1:
        return None
    segment = segments[0]
    headings = [r for r in range(segment.table, segment.stop) if is_table_heading(grid, r)]
    if len(headings) != 1:
        return None
    found = read_columns(grid, segment.table)
    columns = found.annual(read_goals(segment).annual_column).columns
    levels = {
        column.start: column.field
        for block in found.blocks
        for column in block.columns.values()
        if column.field in ("level1", "level2")
    }
    if not {"name", "target"} <= columns.keys() or not levels:
        return None
    lines = _lines(grid, columns, found.first_row, segment.stop)
    return FormPlaces(grid, columns, levels, lines) if lines else None


def _lines(grid: Grid, columns: Mapping[str, Column], first: int, stop: int) -> tuple[Line, ...]:
    """Return the rows of a table from its heading to its end."""
    problems = len(grid.problems)
    table = IndicatorTable()
    walker = _Walker(grid, columns, table)
    lines = []
    for row in range(first, stop):
        before = len(table.rows)
        if not walker.read(row):
            break
        count = len(table.rows) - before
        if row in walker.totals or not grid.cells(row):
            continue
        if count or _is_free(grid, columns, row):
            lines.append(Line(row, walker.level1, walker.level2, before, count))
    del grid.problems[problems:]
    return tuple(lines)


def _is_free(grid: Grid, columns: Mapping[str, Column], row: int) -> bool:
    """Tell whether neither name nor target of a row hold more than what the template left."""
    cells = [grid.at(row, columns[name].start) for name in ("name", "target")]
    return all(cell is None or (cell.row == row and is_blank(cell.text)) for cell in cells)
