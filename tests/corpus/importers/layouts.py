"""What the tests of form layouts share."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.importers.form_layout import FormCell
from corpus.importers.grid import Grid
from corpus.records import Declaration

HEADING = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]


def rows_of(record: Declaration) -> list[tuple[str, str, str, str]]:
    return [(i.level1, i.level2, i.name, i.target) for i in record.indicators]


def codes_of(grid: Grid) -> list[str]:
    return [problem.code for problem in grid.problems]


def stacked(forms: Iterable[list[FormCell]], gap: int = 2) -> list[FormCell]:
    """Several forms below one another on one sheet."""
    cells: list[FormCell] = []
    offset = 0
    for form in forms:
        cells += [
            FormCell(c.row + offset, c.column, c.text, c.rows, c.columns, c.is_label) for c in form
        ]
        offset += max(c.row + c.rows for c in form) + gap
    return cells
