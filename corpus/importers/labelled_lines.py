"""Labelled lines: “总体目标：……” in one cell or paragraph, set apart as a form sets them.

Units describe a project in a few lines of text, and forms put a label and its text into one cell.
Both are read like any form once the label and its value stand side by side.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.importers.grid import Cell, Grid
from corpus.importers.vocabulary import fund_column, fund_label, header_field, is_goal_label

_COLON = re.compile(r"[:：]")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[(（][一二三四五六七八九十\d]{1,3}[)）])[、.．)\s]*"
)
_REPORT = re.compile(r"自评|评价|监控")
_AMOUNT = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*[亿万千]?元(?=\s*[,，;；。(（])")
"""An amount with more said behind it: 1,980万元，其中财政资金1,500万元。"""
_TOLD = frozenset({"description", "goal", "funds"})
"""What a few lines must say beside the name to be the description of a project."""


def set_apart(grid: Grid) -> None:
    """Split every cell that holds a label and its value, where nothing else stands in its row.

    Paragraphs below such a line, up to the next label or table, belong to its value.
    """
    above: Cell | None = None
    for row in range(grid.height):
        cells = grid.starting(row)
        if len(cells) != 1 or len(grid.cells(row)) != 1:
            above = None if cells else above
            continue
        label, value = _parted(cells[0].text)
        if label:
            above = _split(grid, cells[0], label, value)
        elif above is not None and row in grid.prose:
            above = _join(grid, above, cells[0])
        else:
            above = None


def is_description(grid: Grid) -> bool:
    """Tell whether a text describes a project in labelled lines, and is no report on one."""
    kinds: set[str] = set()
    for row in range(grid.height):
        cells = grid.starting(row)
        if len(cells) != 1:
            return False
        label, _ = _parted(cells[0].text)
        if not label and not kinds and _REPORT.search(cells[0].text):
            return False
        kinds.add(_kind(label))
    return "project_name" in kinds and bool(kinds & _TOLD)


def _parted(text: str) -> tuple[str, str]:
    """Return a line's label and value, two empty texts for a line without a label."""
    colon = _COLON.search(text)
    if colon is None:
        return "", ""
    label = _ORDINAL.sub("", text[: colon.start()].strip())
    kind, value = _kind(label), text[colon.end() :].strip()
    amount = _AMOUNT.search(value) if kind == "funds" else None
    return (label, amount.group() if amount else value) if kind else ("", "")


def _kind(label: str) -> str:
    """Return the header field of a label, goal or funds, an empty text for no label."""
    if field := header_field(label):
        return field
    if is_goal_label(label):
        return "goal"
    is_amount = fund_label(label) in ("total", "group") or fund_column(label) == "budget"
    return "funds" if is_amount else ""


def _split(grid: Grid, cell: Cell, label: str, value: str) -> Cell:
    """Put label and value side by side; returns the value's cell, not yet placed while empty."""
    grid.remove(cell)
    grid.put(replace(cell, text=label, columns=1))
    beside = replace(cell, column=cell.column + 1, text=value, columns=max(1, cell.columns - 1))
    if value:
        grid.put(beside)
    return beside


def _join(grid: Grid, above: Cell, cell: Cell) -> Cell:
    """Move a paragraph to the end of the value above it."""
    grid.remove(cell)
    joined = replace(above, text=f"{above.text}\n{cell.text.strip()}".strip())
    if above.text:
        grid.replace(above, joined.text)
    else:
        grid.put(joined)
    return grid.at(above.row, above.column) or joined
