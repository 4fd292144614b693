"""The child process that reads an .xls workbook: bytes on standard input, JSON on standard output.

xlrd believes what a file says about its size, so the parent limits time and memory.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from corpus.importers.number_format import shown_text


def main(max_sheets: int, max_rows: int, max_columns: int) -> None:
    """Parse standard input and write what was found."""
    json.dump(parse(sys.stdin.buffer.read(), max_sheets, max_rows, max_columns), sys.stdout)


def parse(data: bytes, max_sheets: int, max_rows: int, max_columns: int) -> dict[str, Any]:
    """Return per sheet its name, merged ranges and cells, or what is wrong with the file."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True,
            logfile=io.StringIO(),
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - xlrd raises anything on broken input
        return {"error": "encrypted" if "encrypted" in str(error).lower() else "unreadable"}
    if book.nsheets > max_sheets:
        return {"error": "sheets"}
    sheets = []
    for index in range(book.nsheets):
        try:
            sheet = book.sheet_by_index(index)
        except Exception:  # noqa: BLE001 - as above
            return {"error": "unreadable"}
        cells = []
        for row in range(min(sheet.nrows, max_rows)):
            for column in range(min(sheet.row_len(row), max_columns)):
                text = _text(book, sheet, row, column)
                if text.strip():
                    cells.append((row, column, text))
        merged = [list(span) for span in sheet.merged_cells]
        sheets.append({"name": sheet.name, "merged": merged, "cells": cells})
        book.unload_sheet(index)
    return {"sheets": sheets}


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    """Return a cell as shown; an error value such as #REF! is blank."""
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    if kind == xlrd.XL_CELL_BOOLEAN:
        return shown_text(bool(value))
    number_format = _number_format(book, sheet, row, column)
    if kind == xlrd.XL_CELL_DATE:
        try:
            value = xlrd.xldate_as_datetime(value, book.datemode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            number_format = "General"
    return shown_text(value, number_format)


def _number_format(book: Any, sheet: Any, row: int, column: int) -> str:
    try:
        style = book.xf_list[sheet.cell_xf_index(row, column)]
        return str(book.format_map[style.format_key].format_str)
    except (IndexError, KeyError):
        return "General"
