"""The rows of an indicator table: levels carried down, template rows dropped, faults reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.importers.amounts import plain_number
from corpus.importers.grid import Cell, Grid
from corpus.importers.indicator_cells import (
    clean_level,
    is_blank,
    split_lines,
    split_name,
    split_numbered,
    split_pairs,
    without_note_mark,
)
from corpus.importers.indicator_columns import Column, is_table_heading, read_columns
from corpus.importers.platform_records import target_text
from corpus.importers.segment import Segment
from corpus.importers.vocabulary import is_footer, is_total


@dataclass
class IndicatorTable:
    """Rows under the field names of `Indicator`, and what the table says beside them."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    blanks: list[dict[str, Any]] = field(default_factory=list)
    """Rows without a name under the field names of `Indicator`."""
    total_score: float | None = None
    has_actuals: bool = False
    """Whether the table has a column for results."""


def read_table(segment: Segment, annual_column: int | None = None) -> IndicatorTable:
    """Read the indicator table of a form; a heading repeated on a later page is read again."""
    table = IndicatorTable()
    row = segment.table
    reader: RowReader | None = None
    while row < segment.stop:
        if is_table_heading(segment.grid, row):
            columns = read_columns(segment.grid, row)
            block = columns.annual(annual_column)
            table.has_actuals |= "actual" in block.columns
            levels = (reader.level1, reader.level2) if reader else ("", "")
            reader = RowReader(segment.grid, block.columns, table, levels)
            row = columns.first_row
            continue
        if reader is not None and not reader.read(row):
            row = _continued(segment, row, reader.columns)
            continue
        row += 1
    return table


def _continued(segment: Segment, row: int, columns: Mapping[str, Column]) -> int:
    """Return where the same heading comes again below a row, else where the form ends.

    Notes at the foot of a page do not end a table that goes on overleaf.
    """
    places = {name: column.start for name, column in columns.items()}
    for below in range(row + 1, segment.stop):
        if is_table_heading(segment.grid, below):
            found = read_columns(segment.grid, below).annual().columns
            if {name: column.start for name, column in found.items()} == places:
                return below
    return segment.stop


class RowReader:
    """Reads rows under one heading into a table; a blank level continues the row above."""

    def __init__(
        self,
        grid: Grid,
        columns: Mapping[str, Column],
        table: IndicatorTable,
        levels: tuple[str, str] = ("", ""),
    ) -> None:
        self.grid = grid
        self.columns = columns
        self.table = table
        self.level1, self.level2 = levels
        self.left = min((column.start for column in columns.values()), default=0)

    def read(self, row: int) -> bool:
        """Read one row; returns False where the table ends."""
        cells = self.grid.cells(row)
        first = next((cell for cell in cells if cell.row == row), None)
        if first is None:
            return True
        if any(is_total(c.text) for c in cells if c.row == row and self._is_left(c)):
            self._read_total(row)
            return True
        if first.column <= self.left and is_footer(first.text):
            return False
        self._carry_levels(row)
        self._read_indicator(row)
        return True

    def _is_left(self, cell: Cell) -> bool:
        """Return whether a cell begins left of the values, where 总分 and 合计 stand."""
        values = [c.start for n, c in self.columns.items() if n not in ("level1", "level2")]
        name = self.columns.get("name")
        return cell.column < min(values, default=cell.end) or (
            name is not None and cell.column == name.start
        )

    def _cells(self, row: int, name: str) -> list[Cell]:
        column = self.columns.get(name)
        if column is None:
            return []
        found = (self.grid.at(row, place) for place in range(column.start, column.end))
        return list(dict.fromkeys(c for c in found if c is not None and c.column >= column.start))

    def _text(self, row: int, name: str) -> str:
        separator = "" if name in ("target", "actual") else "\n"
        return separator.join(cell.text.strip() for cell in self._cells(row, name)).strip()

    def _carry_levels(self, row: int) -> None:
        level1 = clean_level(self._text(row, "level1"))
        if not is_blank(level1):
            if level1 != self.level1:
                self.level2 = ""
            self.level1 = level1
        level2 = clean_level(self._text(row, "level2"))
        if not is_blank(level2):
            self.level2 = level2

    def _read_total(self, row: int) -> None:
        number = self._number(row, "score", spanning=True)
        if number is not None:
            self.table.total_score = number

    def _read_indicator(self, row: int) -> None:
        target = self._target(row)
        names = [part for part in split_numbered(self._text(row, "name")) if not is_blank(part)]
        if len(names) == 1:
            names = split_pairs(names[0], target)
        names = [without_note_mark(name) for name in names]
        if not names:
            if not is_blank(target):
                self._report_nameless(row)
            else:
                self._note_blank(row)
            return
        values = {
            "target": "" if is_blank(target) else target,
            "actual": self._text(row, "actual"),
        }
        if len(names) == 1:
            self._add(row, names[0], {k: _unnumbered(v) for k, v in values.items()}, whole=True)
            return
        split = {key: split_lines(text, len(names)) if text else [""] * len(names)
                 for key, text in values.items()}  # fmt: skip
        if any(parts is None for parts in split.values()):
            cell = self._cells(row, "name")[0]
            self.grid.report(
                cell,
                "unmatched_lines",
                f"一个单元格写了{len(names)}个三级指标，与指标值对不上，按一行导入",
                "请每行只填一个三级指标和一个指标值",
            )
            self._add(row, "；".join(names), values, whole=True)
            return
        for index, name in enumerate(names):
            part = {key: parts[index] for key, parts in split.items() if parts is not None}
            self._add(row, name, part, whole=index == 0)

    def _note_blank(self, row: int) -> None:
        """Keep a row that waits to be filled: where it stands and what it is worth."""
        if self.level1 or self.level2:
            weight = self._number(row, "weight")
            self.table.blanks.append(
                {"level1": self.level1, "level2": self.level2, "weight": weight}
            )

    def _target(self, row: int) -> str:
        """Return the target with the sign and unit that stand in columns of their own."""
        value = self._text(row, "target")
        sign, unit = self._text(row, "sign"), self._text(row, "unit")
        return target_text(sign, value, unit) if sign or unit else value

    def _report_nameless(self, row: int) -> None:
        cell = self._cells(row, "target")[0]
        self.grid.report(
            cell,
            "no_name",
            f"有指标值“{cell.text.strip()[:30]}”而没有三级指标名称，此行未导入",
            "请补填三级指标名称",
        )

    def _add(self, row: int, name: str, values: dict[str, str], *, whole: bool) -> None:
        """Keep one indicator; weight and score of a cell with several belong to the first."""
        target = values["target"]
        if not target:
            name, target = split_name(name, has_target_column="target" in self.columns)
        cells = self._cells(row, "name")
        self.table.rows.append(
            {
                "level1": self.level1,
                "level2": self.level2,
                "name": name,
                "target": target,
                "actual": values["actual"] or None,
                "weight": self._number(row, "weight") if whole else None,
                "score": self._number(row, "score") if whole else None,
                "reason": self._text(row, "reason") or None,
                "definition": self._text(row, "definition") or None,
                "forecast": self._text(row, "forecast") or None,
                "scoring_rule": self._text(row, "scoring_rule") or None,
                "location": cells[0].place if cells else None,
            }
        )

    def _number(self, row: int, name: str, *, spanning: bool = False) -> float | None:
        """Return a weight or score; one merged over several rows counts in its first row."""
        for cell in self._cells(row, name):
            if cell.row != row and not spanning:
                continue
            try:
                return plain_number(cell.text)
            except ValueError as error:
                self.grid.report(cell, "bad_number", str(error), "请填写数字，没有时留空")
        return None


def _unnumbered(text: str) -> str:
    """Return a value without the numbering that it shares with its indicator."""
    parts = split_numbered(text)
    return parts[0] if len(parts) == 1 else text
