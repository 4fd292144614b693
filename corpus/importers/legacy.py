"""Office 97-2003 files: .xls through xlrd, .doc (and what xlrd cannot read) through LibreOffice."""

from __future__ import annotations

from typing import Any

from corpus.errors import UnsafeFileError, UnsupportedFileError
from corpus.importers.child import call_child
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.office import convert
from corpus.importers.safety import DEFAULT_LIMITS, Limits, encrypted

_MAX_MERGED_AREA = 10_000


def read_xls(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read all sheets of an .xls workbook; converts it when xlrd cannot read it."""
    if len(data) > limits.max_xls_bytes:
        raise UnsafeFileError(
            f".xls 文件超过 {limits.max_xls_bytes // 1024 // 1024} MB，拒绝读取",
            hint="请另存为 .xlsx，或只保留申报表后重新保存",
        )
    found = call_child(
        "xls_child", (limits.max_sheets, limits.max_rows, limits.max_columns), data, limits
    )
    match found.get("error"):
        case "encrypted":
            raise encrypted()
        case "sheets":
            raise UnsafeFileError(f"工作簿超过 {limits.max_sheets} 个工作表，拒绝读取")
        case "unreadable":
            return _read_converted(name, data, limits)
    budget = CellBudget(limits)
    return [_grid(name, sheet, budget, limits) for sheet in found["sheets"]]


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


def _grid(name: str, sheet: dict[str, Any], budget: CellBudget, limits: Limits) -> Grid:
    grid = Grid(name, sheet["name"])
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, bottom, left, right in sheet["merged"]:
        area = (bottom - top) * (right - left)
        if 0 < area <= _MAX_MERGED_AREA:
            budget.take(area)
            spans[top, left] = (bottom - top, right - left)
            covered.update((r, c) for r in range(top, bottom) for c in range(left, right))
    for row, column, text in sheet["cells"]:
        if (row, column) in covered and (row, column) not in spans:
            continue  # hidden under a merged cell
        budget.take()
        rows, columns = spans.get((row, column), (1, 1))
        shown = text[: limits.max_cell_chars]
        grid.put(Cell(row, column, shown, rows, columns, grid.sheet, row + 1))
    return grid
