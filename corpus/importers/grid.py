"""A sheet, or the tables and paragraphs of a document, as one grid of cells.

Every kind of file is read into a grid, and every layout is recognised on grids, so a form is
understood the same way in Excel, Word and PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.errors import Location, UnsafeFileError
from corpus.importers.result import ImportProblem
from corpus.importers.safety import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A cell with content; a merged cell is one object that covers all its positions."""

    row: int
    """0-based row of its top left position in the grid."""
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    sheet: str | None = None
    """Sheet of a workbook, or 表1, 第2页 … of a document."""
    line: int = 0
    """1-based row within that sheet or table."""

    @property
    def address(self) -> str:
        """Return the address within its sheet or table, for example D12."""
        return f"{column_letters(self.column)}{self.line}"

    @property
    def place(self) -> str:
        """Return sheet and address as `Indicator.location` states them, for example 申报表!D12."""
        return f"{self.sheet}!{self.address}" if self.sheet else self.address

    @property
    def end(self) -> int:
        """Return the column after its last one."""
        return self.column + self.columns

    def location(self, file: str | None) -> Location:
        """Return where the cell is, for a problem."""
        return Location(file=file, sheet=self.sheet, row=self.line, cell=self.address)


class Grid:
    """Cells by row and column; blank positions hold nothing."""

    def __init__(self, file: str, sheet: str | None = None) -> None:
        self.file = file
        self.sheet = sheet
        self.problems: list[ImportProblem] = []
        self.prose: dict[int, int] = {}
        """Rows that are paragraphs of running text, with their heading level (0 for none)."""
        self.source_text: str | None = None
        """The text itself, where the file is nothing but text."""
        self._rows: list[dict[int, Cell]] = []
        self._distinct: dict[int, list[Cell]] = {}
        """Rows whose distinct cells are known: readers ask for them once per label."""

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a position, None for a blank."""
        return self._rows[row].get(column) if 0 <= row < len(self._rows) else None

    def cells(self, row: int) -> list[Cell]:
        """Return the distinct cells of a row from left to right, also those that reach into it."""
        row = range(len(self._rows))[row]
        known = self._distinct.get(row)
        if known is None:
            found: dict[int, Cell] = {}
            for column in sorted(self._rows[row]):
                cell = self._rows[row][column]
                found.setdefault(id(cell), cell)
            known = self._distinct[row] = list(found.values())
        return list(known)

    def starting(self, row: int) -> list[Cell]:
        """Return the distinct cells whose top is in this row."""
        return [cell for cell in self.cells(row) if cell.row == row]

    def all_cells(self) -> Iterator[Cell]:
        """Yield every cell once, row by row."""
        for row in range(self.height):
            yield from self.starting(row)

    def put(self, cell: Cell) -> None:
        """Place a cell over all the positions that it covers."""
        while len(self._rows) < cell.row + cell.rows:
            self._rows.append({})
        for row in range(cell.row, cell.row + cell.rows):
            self._distinct.pop(row, None)
            for column in range(cell.column, cell.end):
                self._rows[row].setdefault(column, cell)

    def replace(self, cell: Cell, text: str) -> None:
        """Put a cell with another text in a cell's place."""
        changed = replace(cell, text=text)
        self._overwrite(cell, changed)

    def remove(self, cell: Cell) -> None:
        """Make a cell's positions blank."""
        self._overwrite(cell, None)

    def _overwrite(self, cell: Cell, other: Cell | None) -> None:
        for row in range(cell.row, cell.row + cell.rows):
            self._distinct.pop(row, None)
            for column in range(cell.column, cell.end):
                if self._rows[row].get(column) is not cell:
                    continue
                if other is None:
                    del self._rows[row][column]
                else:
                    self._rows[row][column] = other

    def add_rows(self, count: int) -> None:
        """Append blank rows."""
        self._rows.extend({} for _ in range(count))

    def report(self, cell: Cell, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a cell."""
        self.problems.append(ImportProblem(cell.location(self.file), code, message, hint))


class CellBudget:
    """Counts the cells of one file and refuses the file when there are too many."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._left = limits.max_cells

    def take(self, count: int = 1) -> None:
        """Count cells; raises `UnsafeFileError` when the file holds more than allowed."""
        self._left -= count
        if self._left < 0:
            raise UnsafeFileError(
                f"文件中的单元格超过 {self.limits.max_cells} 个，拒绝读取",
                hint="请只保留申报表所在的工作表，或拆分后分批导入",
            )


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column (0 → A, 27 → AB)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
