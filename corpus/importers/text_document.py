"""Plain text and Markdown to one grid: paragraphs, and tables drawn with bars or tabs."""

from __future__ import annotations

import re

from corpus.errors import UnsafeFileError
from corpus.importers.csv_table import decode_csv
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_RULE = re.compile(r"^[\s|:+\-—=]+$")


def read_text(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read a text file: every line a paragraph, rows between bars or tabs the rows of a table."""
    text = decode_csv(name, data).lstrip("\ufeff").replace("\x00", "")
    grid = Grid(name)
    grid.source_text = text
    budget = CellBudget(limits)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if grid.height >= limits.max_rows:
            raise UnsafeFileError(f"文本超过 {limits.max_rows} 行，拒绝读取")
        cells = table_cells(line)
        row = grid.height
        if cells is None:
            budget.take()
            grid.put(Cell(row, 0, line[: limits.max_cell_chars], sheet="正文", line=number))
            grid.prose[row] = 0
        elif any(cells):
            budget.take(len(cells))
            grid.add_rows(1)
            for column, cell in enumerate(cells[: limits.max_columns]):
                if cell:
                    grid.put(Cell(row, column, cell, sheet="正文", line=number))
    return [grid]


def table_cells(line: str) -> list[str] | None:
    """Return the cells of a table row, empty for a rule beneath a heading, None for prose."""
    stripped = line.strip()
    if stripped.count("|") >= 2:
        if _RULE.match(stripped):
            return []
        return [cell.strip() for cell in stripped.strip("|").split("|")]
    if line.strip("\r\n ").count("\t") >= 2:
        return [cell.strip() for cell in line.strip("\r\n").split("\t")]
    return None
