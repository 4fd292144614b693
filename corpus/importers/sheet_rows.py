"""Puts new rows into an Excel sheet and moves along what refers to the rows below.

openpyxl moves only the cells; merged ranges, heights, formulas, validations, conditional formats,
filters, print areas, names and pictures are moved here.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7})(?![\d(])")
_LINES = re.compile(r"^(\$?)(\d{1,7}):(\$?)(\d{1,7})$")


def insert_rows(book: Any, sheet: Any, after: int, count: int) -> None:
    """Insert `count` rows below 1-based row `after`, in the style of that row.

    Ranges that reach from above to below the place grow; what ends at the place stays as it is.
    """
    shift = _Shift(sheet.title, after, count)
    sheet.insert_rows(after + 1, count)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row > after:
            merged.shift(row_shift=count)
        elif merged.max_row > after:
            merged.expand(down=count)
    _move_heights(sheet, after, count)
    _move_formulas(book, sheet, shift)
    _move_rules(sheet, shift)
    _move_surroundings(book, sheet, shift)
    for column in range(1, sheet.max_column + 1):
        above = sheet.cell(after, column)
        for row in range(after + 1, after + 1 + count):
            sheet.cell(row, column)._style = copy(above._style)


class _Shift:
    """How references to a sheet change."""

    def __init__(self, title: str, after: int, count: int) -> None:
        self.title = title
        self.after = after
        self.count = count

    def row(self, row: int) -> int:
        """Return where a 1-based row has gone."""
        return row + self.count if row > self.after else row

    def reference(self, text: str) -> str:
        """Return a reference such as A5:$B$9 or 3:7 after the insertion."""
        lines = _LINES.match(text)
        if lines:
            first, last = self.row(int(lines[2])), self.row(int(lines[4]))
            return f"{lines[1]}{first}:{lines[3]}{last}"
        return _CELL.sub(lambda match: f"{match[1]}{self.row(int(match[2]))}", text)

    def references(self, text: str) -> str:
        """Return several references, apart by spaces or commas."""
        return " ".join(self.reference(part) for part in re.split(r"[\s,]+", text.strip()))

    def formula(self, text: str, own: bool) -> str:
        """Return a formula; `own` says that it stands on the sheet itself."""
        from openpyxl.formula import Tokenizer

        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == "OPERAND" and token.subtype == "RANGE":
                token.value = self._operand(token.value, own)
        return str(tokens.render())

    def _operand(self, text: str, own: bool) -> str:
        prefix, mark, place = text.rpartition("!")
        if not (own if not mark else prefix.strip("'").replace("''", "'") == self.title):
            return text
        return f"{prefix}{mark}{self.reference(place)}"


def _move_heights(sheet: Any, after: int, count: int) -> None:
    """Move explicit row heights and hidden rows; new rows get those of the row above."""
    dimensions = sheet.row_dimensions
    for index in sorted((i for i in dimensions if i > after), reverse=True):
        dimension = dimensions.pop(index)
        dimension.index = index + count
        dimensions[index + count] = dimension
    if after in dimensions and dimensions[after].height:
        for row in range(after + 1, after + 1 + count):
            dimensions[row].height = dimensions[after].height


def _move_formulas(book: Any, sheet: Any, shift: _Shift) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    for other in book.worksheets:
        own = other is sheet
        for row in other.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, ArrayFormula) and value.text:
                    value.text = shift.formula(value.text, own)
                    value.ref = shift.reference(value.ref) if own else value.ref
                elif cell.data_type == "f" and isinstance(value, str):
                    cell.value = shift.formula(value, own)
                if own and cell.hyperlink is not None:
                    cell.hyperlink.ref = cell.coordinate


def _move_rules(sheet: Any, shift: _Shift) -> None:
    """Move data validations and conditional formats."""
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    for validation in sheet.data_validations.dataValidation:
        validation.sqref = MultiCellRange(shift.references(str(validation.sqref)))
    moved = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            rule.formula = [shift.formula(f"={text}", True)[1:] for text in rule.formula]
            moved.add(shift.references(str(formatting.sqref)), rule)
    sheet.conditional_formatting = moved


def _move_surroundings(book: Any, sheet: Any, shift: _Shift) -> None:
    """Move names, print area, filter, tables, page breaks and pictures."""
    for names, own in ((book.defined_names, False), (sheet.defined_names, True)):
        for name in names.values():
            if isinstance(name.attr_text, str):
                name.attr_text = shift.formula(f"={name.attr_text}", own)[1:]
    if sheet.print_area:
        areas = str(sheet.print_area).split(",")
        sheet.print_area = ",".join(shift.reference(a.rpartition("!")[2]) for a in areas)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.reference(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = shift.reference(table.ref)
    for line in sheet.row_breaks.brk:
        line.id = shift.row(line.id)
    for picture in (*sheet._images, *sheet._charts):
        for corner in (getattr(picture.anchor, "_from", None), getattr(picture.anchor, "to", None)):
            if corner is not None:
                corner.row = shift.row(corner.row + 1) - 1
