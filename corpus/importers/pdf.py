"""PDF files to one grid; the parsing itself runs in a bounded child process."""

from __future__ import annotations

import re
from typing import Any

from corpus.errors import Location, UnsafeFileError, UnsupportedFileError
from corpus.importers.child import call_child
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.result import ImportProblem
from corpus.importers.safety import DEFAULT_LIMITS, Limits, damaged, encrypted

_FURNITURE = re.compile(r"^[\s\-—–第共页/\d]{1,20}$")
"""Page numbers, which stand between the parts of a table."""
_EDGE_TOLERANCE = 3.0
"""Points within which two column edges are one."""
_WIDTH_TOLERANCE = 12.0
"""Points within which two tables have the same left and right side."""
_MARGIN_TOLERANCE = 16.0
"""Points: one character of body text; a line that ends within it of the margin is full."""
_LONG_SHARE = 0.7
"""Of the text's width; figures are narrow, so lines that are not justified end well before it."""
_PAUSE = re.compile(r"[，,；;。、]")
_NARRATIVE_CHARS, _NARRATIVE_SENTENCES = 200, 3
_ENDED = re.compile(r"[。！？!?]\s*$")
_NEW_PART = re.compile(r"^\s*(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)|【|附件)")
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
    if not tables and not _is_narrative(found["blocks"]):
        raise UnsupportedFileError(
            "这份 PDF 里没有带框线的表格",
            hint="请导入原始的 Word 或 Excel 文件",
            code="no_table",
        )
    grid = _grid(name, joined_lines(found["blocks"]), tables, limits)
    if found.get("blank"):
        _report_images(grid, found["blank"])
    return [grid]


def _is_narrative(blocks: list[dict[str, Any]]) -> bool:
    """Tell whether lines of text outside tables are a report rather than a form without rules."""
    text = "".join(block["text"] for block in blocks if block["kind"] == "line")
    return len(text) >= _NARRATIVE_CHARS and text.count("。") >= _NARRATIVE_SENTENCES


def _report_images(grid: Grid, pages: list[int]) -> None:
    """Warn of pages that hold only a picture: what stands on them was not read."""
    shown = "、".join(map(str, pages[:10])) + ("等" if len(pages) > 10 else "")
    grid.problems.append(
        ImportProblem(
            Location(file=grid.file, sheet=f"第{pages[0]}页"),
            "scanned_pages",
            f"第{shown}页是扫描图片，没有文字，这些页的内容没有读入",
            "请对这些页做文字识别（OCR），或导入原始的 Word 文件",
        )
    )


def joined_lines(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join the lines of a paragraph: one that reaches the right margin runs on in the next.

    Page numbers between two pages do not part a paragraph.
    """
    lines = [block for block in blocks if block["kind"] == "line"]
    margin = max((line["edges"][1] for line in lines), default=0.0)
    found: list[dict[str, Any]] = []
    open_line: dict[str, Any] | None = None
    for block in blocks:
        if block["kind"] == "line" and _FURNITURE.match(block["text"]):
            continue
        if block["kind"] == "line" and open_line is not None and not begins_item(block["text"]):
            open_line["text"] = unwrapped(f"{open_line['text']}\n{block['text']}")
        else:
            found.append(block)
        last = found[-1]
        open_line = last if block["kind"] == "line" and _runs_on(block, margin) else None
    return found


def _runs_on(line: dict[str, Any], margin: float) -> bool:
    """Tell whether a line's paragraph goes on: it is full, or a long piece of a sentence."""
    if _ENDED.search(line["text"]):
        return False
    left, right = line["edges"]
    is_long = right - left >= _LONG_SHARE * (margin - left) and _PAUSE.search(line["text"])
    return bool(right >= margin - _MARGIN_TOLERANCE or is_long)


def begins_item(text: str) -> bool:
    """Tell whether a line begins a numbered item or heading of its own."""
    return bool(_NEW_ITEM.match(text) or _NEW_PART.match(text))


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
            grid.prose[row] = 0
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
