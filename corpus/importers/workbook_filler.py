"""Adds suggested rows to a unit's own Excel form: its layout, styles and formulas stay."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from copy import copy
from typing import Any

from corpus.importers.cell_texts import FORMULA_STARTS, MARK, cell_texts, legend, writable
from corpus.importers.form_places import FormPlaces, find_places
from corpus.importers.form_plan import FillPlan, Insertion, NewRow, plan_rows
from corpus.importers.safety import DEFAULT_LIMITS, foreign_parser, open_archive, read_part
from corpus.importers.sheet_rows import insert_rows
from corpus.importers.workbook import read_workbook
from corpus.importers.workbook_results import results_above, with_results

_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml$")
_LINE_HEIGHT = 15.0
_COMMENT_SIZE = (320, 160)


def fill_workbook(
    name: str, data: bytes, rows: list[NewRow], weights: list[float | None]
) -> bytes | None:
    """Return a copy of an .xlsx form with rows added, None where its layout is not understood.

    `weights` are those for the form's own indicators that lack one. The file was read before, so
    that it is known to be safe; raises what reading it raises.
    """
    import openpyxl

    grids = read_workbook(name, data)
    found = [places for grid in grids if (places := find_places(grid)) is not None]
    if len(found) != 1:
        return None
    places = found[0]
    title = places.grid.sheet or ""
    heading = places.columns["name"].heading.row + 1
    with foreign_parser(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        results = results_above(book[title], values[title], heading)
        _Filler(book, book[title], places).fill(plan_rows(places, rows, weights))
        book.calculation.fullCalcOnLoad = True
        stream = io.BytesIO()
        book.save(stream)
    return with_results(stream.getvalue(), book.sheetnames.index(title), results)


def loses_shapes(data: bytes) -> bool:
    """Tell whether a workbook has text boxes or form controls, which openpyxl does not keep."""
    archive = open_archive(data, DEFAULT_LIMITS)
    return any(
        name.startswith(("xl/ctrlProps/", "xl/activeX/"))
        or (_DRAWING.match(name) and b"<xdr:sp" in read_part(archive, name, DEFAULT_LIMITS))
        for name in archive.namelist()
    )


class _Filler:
    """Writes into one sheet."""

    def __init__(self, book: Any, sheet: Any, places: FormPlaces) -> None:
        self.book = book
        self.sheet = sheet
        self.places = places
        levels = {column + 1 for column in places.levels}
        self.merges_levels = any(
            merged.min_col in levels and merged.max_row > merged.min_row
            for merged in sheet.merged_cells.ranges
        )

    def fill(self, plan: FillPlan) -> None:
        """Write free rows and weights, then insert rows from the bottom up."""
        for row, weight in plan.weights.items():
            self._put_weight(row + 1, weight)
        for row, new in plan.filled.items():
            self._put(row + 1, new)
        for insertion in reversed(plan.insertions):
            self._insert(insertion)
        count = len(plan.filled) + sum(len(insertion.rows) for insertion in plan.insertions)
        self._put_legend(legend(count))

    def _put_legend(self, text: str) -> None:
        """Write the legend below all else, as wide as the table."""
        from openpyxl.styles import Alignment

        row = self.sheet.max_row + 1
        width = max(column.end for column in self.places.columns.values())
        cell = self.sheet.cell(row, 1)
        cell.value = text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._colour(cell)
        self._merge(row, 1, row, width)
        room = sum(self._width(column) for column in range(1, width + 1))
        self.sheet.row_dimensions[row].height = _LINE_HEIGHT * (1 + 2 * len(text) // max(room, 20))

    def _insert(self, insertion: Insertion) -> None:
        """Insert rows and let the labels on their left reach over them."""
        after, count = insertion.after + 1, len(insertion.rows)
        growing = [m for m in self.sheet.merged_cells.ranges if self._grows(m, after, insertion)]
        across = [m for m in self.sheet.merged_cells.ranges
                  if m.min_row == m.max_row == after and m.min_col < m.max_col]  # fmt: skip
        insert_rows(self.book, self.sheet, after, count)
        for merged in growing:
            merged.expand(down=count)
        for merged in across:
            if merged.min_col - 1 not in self.places.levels:
                for row in range(after + 1, after + 1 + count):
                    self._merge(row, merged.min_col, row, merged.max_col)
        for column, level in self.places.levels.items():
            self._continue_level(column + 1, level, after, insertion)
        for row, new in enumerate(insertion.rows, after + 1):
            self._put(row, new)

    def _grows(self, merged: Any, after: int, insertion: Insertion) -> bool:
        """Tell whether a merged label that ends at a row covers the rows put below it as well."""
        if merged.max_row != after or merged.min_row == after:
            return False
        if insertion.starts is None or merged.min_col <= self.places.left:
            return True
        level = self.places.levels.get(merged.min_col - 1)
        return level == "level1" and insertion.starts == "level2"

    def _continue_level(self, column: int, level: str, after: int, insertion: Insertion) -> None:
        """Write a level that begins anew; let one that continues reach over the new rows."""
        last = after + len(insertion.rows)
        begins = insertion.starts == level or insertion.starts == "level1"
        if begins:
            first = insertion.rows[0]
            cell = self.sheet.cell(after + 1, column)
            if not self._is_covered(after + 1, column):
                cell.value = first.level1 if level == "level1" else first.level2
                self._colour(cell)
                if self.merges_levels and last > after + 1:
                    self._merge(after + 1, column, last, column)
            return
        if self._is_covered(after + 1, column):
            return
        if self.merges_levels:
            span = next((m for m in self.sheet.merged_cells.ranges if m.min_row == after
                         and m.min_col == column), None)  # fmt: skip
            right = span.max_col if span else column
            if span:
                self.sheet.unmerge_cells(str(span))
            self._merge(after, column, last, right)
        else:
            for row in range(after + 1, last + 1):
                self.sheet.cell(row, column).value = self.sheet.cell(after, column).value

    def _is_covered(self, row: int, column: int) -> bool:
        """Tell whether a cell is part of a merged one that begins above."""
        return any(
            merged.min_row < row <= merged.max_row and merged.min_col <= column <= merged.max_col
            for merged in self.sheet.merged_cells.ranges
        )

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _put(self, row: int, new: NewRow) -> None:
        """Write a suggestion into a row, marked, with what it rests on."""
        from openpyxl.comments import Comment

        texts = cell_texts(new, self.places, row - 1)
        for field, text in texts.items():
            cell = self._cell(row, field)
            if cell is None:
                continue
            cell.value = text
            cell.data_type = "s"
            if text.startswith(FORMULA_STARTS):
                cell.quotePrefix = True
            self._colour(cell)
        self._make_room(row, texts)
        if new.weight is not None:
            self._put_weight(row, new.weight)
        cell = self._cell(row, "name")
        if cell is not None:
            width, height = _COMMENT_SIZE
            cell.comment = Comment(writable(new.note), MARK, height=height, width=width)

    def _put_weight(self, row: int, weight: float) -> None:
        cell = self._cell(row, "weight")
        if cell is not None and cell.value in (None, ""):
            cell.value = weight
            self._colour(cell)

    def _cell(self, row: int, field: str) -> Any:
        """Return the cell of a field in a row, None under a merged cell that begins above."""
        column = self.places.columns.get(field)
        if column is None or self._is_covered(row, column.start + 1):
            return None
        return self.sheet.cell(row, column.start + 1)

    def _make_room(self, row: int, texts: Mapping[str, str]) -> None:
        """Let a fixed row height show the texts in full."""
        height = self.sheet.row_dimensions[row].height
        if height is None:
            return
        needed = 1
        for field, text in texts.items():
            column = self.places.columns[field]
            width = sum(self._width(place + 1) for place in range(column.start, column.end))
            needed = max(needed, -(-2 * len(text) // max(int(width), 4)))
        self.sheet.row_dimensions[row].height = max(height, _LINE_HEIGHT * needed + 2)

    def _width(self, column: int) -> float:
        from openpyxl.utils import get_column_letter

        width: float = self.sheet.column_dimensions[get_column_letter(column)].width
        return width

    def _colour(self, cell: Any) -> None:
        font = copy(cell.font)
        font.color = "FF0000FF"
        cell.font = font
