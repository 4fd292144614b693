"""PDF files to one grid; the parsing itself runs in a bounded child process."""

from __future__ import annotations

import re
from typing import Any

from corpus.errors import UnsafeFileError, UnsupportedFileError
from corpus.importers.child import call_child
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.safety import DEFAULT_LIMITS, Limits, damaged, encrypted

_FURNITURE = re.compile(r"^[\s\-—–第共页/\d]{1,20}$")
"""Page numbers, which stand between the parts of a table."""
_EDGE_TOLERANCE = 3.0
"""Points within which two column edges are one."""
_WIDTH_TOLERANCE = 12.0
"""Points within which two tables have the same left and right side."""
_LATIN = re.compile(r"[A-Za-z]")
_NEW_ITEM = re.compile(
    r"^\s*(?:(?:指标|目标)\s*\d|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．:：](?!\d)|[①-⑳●■◆])"
)


def read_pdf(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read the ruled tables of a PDF, and the lines of text around them, into one grid."""
    found = call_child("pdf_child", (limits.max_pages,), data, limits)
    if found.get("encrypted"):
        raise encrypted()
    if found.get("pages", 0) > limits.max_pages:
        raise UnsafeFileError(
            f"PDF 超过 {limits.max_pages} 页，拒绝读取", hint="请只保留申报表所在的页"
        )
    if "blocks" not in found:
        raise damaged()
    if not found["chars"]:
        raise UnsupportedFileError(
            "这份 PDF 是扫描件，里面没有文字",
            hint="请导入原始的 Word 或 Excel 文件，或先做文字识别（OCR）另存为带文字的 PDF",
            code="scanned_pdf",
        )
    tables = [block for block in found["blocks"] if block["kind"] == "table"]
    if not tables:
        raise UnsupportedFileError(
            "这份 PDF 里没有带框线的表格",
            hint="请导入原始的 Word 或 Excel 文件",
            code="no_table",
        )
    return [_grid(name, found["blocks"], tables, limits)]


def _grid(
    name: str, blocks: list[dict[str, Any]], tables: list[dict[str, Any]], limits: Limits
) -> Grid:
    """Place lines and table rows below one another; columns line up over page breaks."""
    grid = Grid(name)
    budget = CellBudget(limits)
    before: dict[str, Any] | None = None
    edges = {id(table): _column_edges(table, tables) for table in tables}
    for block in blocks:
        if grid.height >= limits.max_rows:
            raise UnsafeFileError(f"表格超过 {limits.max_rows} 行，拒绝读取")
        sheet = f"第{block['page']}页"
        if block["kind"] == "table":
            first = grid.height
            _place_table(grid, block, edges[id(block)], sheet, budget, limits)
            if before is not None and edges[id(before)] == edges[id(block)]:
                _join_broken_row(grid, first)
            before = block
        elif not _FURNITURE.match(block["text"]):
            budget.take()
            row = grid.height
            grid.put(Cell(row, 0, block["text"], sheet=sheet, line=row + 1))
            before = None
    return grid


def _join_broken_row(grid: Grid, first: int) -> None:
    """Join a row that a page break cut in two: its lower part fills only a few of its cells."""
    above = {cell.column: cell for cell in grid.cells(first - 1)}
    below = grid.starting(first)
    if not below or 2 * len(below) > len(above):
        return
    if any(cell.column not in above or _NEW_ITEM.match(cell.text) for cell in below):
        return
    for cell in below:
        grid.replace(above[cell.column], unwrapped(f"{above[cell.column].text}\n{cell.text}"))
        grid.remove(cell)
    grid.report(
        below[0],
        "broken_row",
        "本页首行像是上一页末行的续行，已并入上一行",
        "请核对；导入原始的 Word 或 Excel 文件更可靠",
    )


def _column_edges(table: dict[str, Any], tables: list[dict[str, Any]]) -> list[float]:
    """Return the column edges of a table and of those that it continues on other pages.

    A page that shows only the lower part of a form has fewer edges; taken together, the parts
    share one set of columns.
    """
    left, right = _sides(table)
    family = [
        other
        for other in tables
        if abs(_sides(other)[0] - left) <= _WIDTH_TOLERANCE
        and abs(_sides(other)[1] - right) <= _WIDTH_TOLERANCE
    ]
    return _merged([x for other in family for cell in other["cells"] for x in (cell[0], cell[2])])


def _sides(table: dict[str, Any]) -> tuple[float, float]:
    return min(cell[0] for cell in table["cells"]), max(cell[2] for cell in table["cells"])


def _merged(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _EDGE_TOLERANCE:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _place_table(
    grid: Grid, table: dict[str, Any], columns: list[float], sheet: str, budget: CellBudget,
    limits: Limits,
) -> None:  # fmt: skip
    rows = _merged([y for cell in table["cells"] for y in (cell[1], cell[3])])
    first = grid.height
    grid.add_rows(len(rows) - 1)
    for left, top, right, bottom, text in table["cells"]:
        column, end = _nearest(columns, left), _nearest(columns, right)
        row, stop = _nearest(rows, top), _nearest(rows, bottom)
        text = unwrapped(text)
        if not text or column >= limits.max_columns:
            continue
        budget.take(max(end - column, 1) * max(stop - row, 1))
        grid.put(
            Cell(
                first + row, column, text[: limits.max_cell_chars],
                max(stop - row, 1), max(end - column, 1), sheet, row + 1,
            )
        )  # fmt: skip


def unwrapped(text: str) -> str:
    """Join the lines that a narrow cell broke; numbered items keep their own line."""
    joined = ""
    for line in text.strip().splitlines():
        line = line.strip()
        if not joined:
            joined = line
        elif _NEW_ITEM.match(line):
            joined += "\n" + line
        elif _LATIN.match(joined[-1]) and _LATIN.match(line):
            joined += " " + line
        else:
            joined += line
    return joined
