"""Office 97-2003 files: .xls through xlrd, .doc (and what xlrd cannot read) through LibreOffice."""

from __future__ import annotations

import io
from typing import Any

from corpus.errors import UnsafeFileError, UnsupportedFileError
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.number_format import shown_text
from corpus.importers.office import convert
from corpus.importers.safety import DEFAULT_LIMITS, Limits, damaged, encrypted

_MAX_MERGED_AREA = 10_000


def read_xls(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read all sheets of an .xls workbook; converts it when xlrd cannot read it."""
    import xlrd

    if len(data) > limits.max_xls_bytes:
        raise UnsafeFileError(
            f".xls 文件超过 {limits.max_xls_bytes // 1024 // 1024} MB，拒绝读取",
            hint="请另存为 .xlsx，或只保留申报表后重新保存",
        )
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except Exception as error:  # noqa: BLE001 - xlrd raises anything on broken input
        if "encrypted" in str(error).lower():
            raise encrypted() from None
        return _read_converted(name, data, limits)
    if book.nsheets > limits.max_sheets:
        raise UnsafeFileError(f"工作簿超过 {limits.max_sheets} 个工作表，拒绝读取")
    budget = CellBudget(limits)
    grids = []
    for index in range(book.nsheets):
        try:
            sheet = book.sheet_by_index(index)
        except Exception as error:
            raise damaged() from error
        grids.append(_grid(name, book, sheet, budget, limits))
        book.unload_sheet(index)
    return grids


def read_doc(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read a .doc document by way of LibreOffice."""
    from corpus.importers.document import read_document

    return read_document(name, convert(data, "doc", "docx", limits), limits)


def _read_converted(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """Read a workbook that xlrd refuses by way of LibreOffice."""
    from corpus.importers.workbook import read_workbook

    try:
        return read_workbook(name, convert(data, "xls", "xlsx", limits), limits)
    except UnsupportedFileError as error:
        raise UnsupportedFileError("这个 .xls 文件无法直接读取", hint=error.hint) from None


def _grid(name: str, book: Any, sheet: Any, budget: CellBudget, limits: Limits) -> Grid:
    grid = Grid(name, sheet.name)
    spans = {}
    covered: set[tuple[int, int]] = set()
    for top, bottom, left, right in sheet.merged_cells:
        area = (bottom - top) * (right - left)
        if 0 < area <= _MAX_MERGED_AREA:
            budget.take(area)
            spans[top, left] = (bottom - top, right - left)
            covered.update((r, c) for r in range(top, bottom) for c in range(left, right))
    for row in range(min(sheet.nrows, limits.max_rows)):
        for column in range(min(sheet.row_len(row), limits.max_columns)):
            if (row, column) in covered and (row, column) not in spans:
                continue
            text = _text(book, sheet, row, column)
            if text.strip():
                budget.take()
                rows, columns = spans.get((row, column), (1, 1))
                text = text[: limits.max_cell_chars]
                grid.put(Cell(row, column, text, rows, columns, sheet.name, row + 1))
    return grid


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
