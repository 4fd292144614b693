"""Lists with one indicator per row and the project's fields beside it (CSV, published lists).

Project fields are repeated on every row, merged, or given on the project's first row only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.importers.amounts import amount_wan, plain_number, unit_factor
from corpus.importers.fields import function_class
from corpus.importers.grid import Cell, Grid
from corpus.importers.header_block import without_code
from corpus.importers.indicator_columns import Column
from corpus.importers.indicator_table import IndicatorTable, RowReader
from corpus.importers.json_records import record_from_fields
from corpus.importers.vocabulary import bare_label, header_field, indicator_column, project_column
from corpus.records import Declaration

_SEARCHED_ROWS = 30
_AMOUNTS = ("budget_wan", "executed_wan", "initial_budget_wan")
_NUMBERS = ("execution_rate", "execution_weight", "execution_score", "total_score")
_UNITS = ("department", "implementing_unit")
_SUM = re.compile(r"^(?:合计|总计|小计)$")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_IDENTITY = ("id", "project_name", "department", "implementing_unit", "year")


@dataclass
class _Project:
    """The fields and rows of one project while its rows are read."""

    fields: dict[str, Any]
    table: IndicatorTable = field(default_factory=IndicatorTable)
    reader: RowReader | None = None


@dataclass(frozen=True)
class ListHeading:
    """Columns of a list: project fields and indicator fields."""

    project: dict[str, Column]
    indicator: dict[str, Column]
    first_row: int


def find_heading(grid: Grid, *, is_csv: bool = False) -> ListHeading | None:
    """Return the heading of a list, None for a grid that holds something else.

    A list of projects without indicators counts too: in CSV by its project name column, in a sheet
    only if at least three headings stand side by side, since a form's first row has labels too.
    """
    for row in range(min(grid.height, _SEARCHED_ROWS)):
        heading = _deepest(grid, row)
        if "project_name" not in heading.project:
            continue
        if {"name", "target"} & heading.indicator.keys():
            return heading
        known = len(heading.project) + len(heading.indicator)
        share = known / len(grid.starting(row))
        below = grid.at(row + 1, heading.project["project_name"].start)
        if is_csv and row == 0 and share > 0.5:
            return heading
        if known >= 3 and share >= 0.8 and below is not None and not header_field(below.text):
            return heading
    return None


def read_list(grid: Grid, heading: ListHeading) -> list[Declaration]:
    """Return the projects of a list, in order of their first row."""
    projects: dict[str, _Project] = {}
    current: _Project | None = None
    for row in range(heading.first_row, grid.height):
        if not grid.starting(row) or _is_sum(grid, row, heading):
            continue
        fields = _project_fields(grid, row, heading)
        if current is None or _differs(fields, current.fields):
            current = _find_or_add(projects, fields)
            current.reader = current.reader or RowReader(grid, heading.indicator, current.table)
        else:
            _merge(grid, row, heading, current, fields)
        if current.reader is not None and {"name", "target"} & heading.indicator.keys():
            current.reader.read(row)
    return [_record(project) for project in projects.values()]


def _deepest(grid: Grid, row: int) -> ListHeading:
    """Return the heading of a row, taken together with its second line where there is one."""
    heading = _heading(grid, row)
    if row + 1 >= grid.height or "project_name" not in heading.project:
        return heading
    below = _heading(grid, row + 1)
    name = heading.project["project_name"]
    under = grid.at(row + 1, name.start)
    labels = len(heading.project) + len(heading.indicator)
    side_by_side = under is None and len(heading.project) > 1 and labels > len(grid.cells(row)) / 2
    if under is not name.heading and not side_by_side:
        return heading
    if not {"level1", "name"} <= below.indicator.keys():
        return heading
    return ListHeading({**heading.project, **below.project}, below.indicator, below.first_row)


def _heading(grid: Grid, row: int) -> ListHeading:
    project: dict[str, Column] = {}
    indicator: dict[str, Column] = {}
    cells = grid.cells(row)
    for cell in cells:
        column = Column("", cell.column, cell.end, cell)
        name = project_column(cell.text)
        other = indicator_column(cell.text)
        after_name = "name" in indicator and bare_label(cell.text) == "单位"
        if name and not after_name and name not in project:
            project[name] = column
        elif other and other != "ignored":
            indicator.setdefault(other, column)
    end = row + 1
    for cell in cells:
        if cell.rows <= 3:
            end = max(end, cell.row + cell.rows)
    return ListHeading(project, indicator, end)


def _is_sum(grid: Grid, row: int, heading: ListHeading) -> bool:
    cell = grid.at(row, heading.project["project_name"].start)
    first = grid.starting(row)[0]
    return any(_SUM.match(bare_label(c.text)) for c in (cell, first) if c is not None)


def _project_fields(grid: Grid, row: int, heading: ListHeading) -> dict[str, Any]:
    """Return the project fields given in a row, parsed; faults are reported."""
    found: dict[str, Any] = {}
    for name, column in heading.project.items():
        cell = grid.at(row, column.start)
        if cell is None or not cell.text.strip():
            continue
        value = _value(grid, name, column, cell, fresh=cell.row == row)
        if value is not None:
            found[name] = value
    return found


def _value(grid: Grid, name: str, column: Column, cell: Cell, *, fresh: bool) -> Any:
    text = cell.text.strip()
    try:
        if name in _AMOUNTS:
            return amount_wan(text, unit_factor(column.heading.text) or 1.0)
        if name in _NUMBERS:
            return plain_number(text)
    except ValueError as error:
        if fresh:
            grid.report(cell, "bad_number", str(error), "请填写数字，没有时留空")
        return None
    if name == "year":
        match = _YEAR.search(text)
        if match is None and fresh:
            grid.report(cell, "bad_year", f"“{text[:20]}”不是年度", "请填写四位年份，例如 2024")
        return int(match.group()) if match else None
    if name == "function_code":
        return function_class(text)
    return without_code(text) if name in _UNITS else text


def _differs(fields: dict[str, Any], current: dict[str, Any]) -> bool:
    """Return whether a row begins another project; blank fields continue the one above."""
    if fields.get("id") is not None and current.get("id") is not None:
        return bool(fields["id"] != current["id"])
    return any(
        fields.get(name) is not None and fields[name] != current.get(name) for name in _IDENTITY
    )


def _find_or_add(projects: dict[str, _Project], fields: dict[str, Any]) -> _Project:
    """Return the project of a row: rows with one id belong together wherever they stand."""
    key = f"id:{fields['id']}" if "id" in fields else f"row:{len(projects)}"
    return projects.setdefault(key, _Project(fields))


def _merge(
    grid: Grid, row: int, heading: ListHeading, project: _Project, fields: dict[str, Any]
) -> None:
    """Add what a later row says; a contradiction is reported and the first value counts."""
    for name, value in fields.items():
        known = project.fields.setdefault(name, value)
        if known != value:
            cell = grid.at(row, heading.project[name].start)
            if cell is not None and cell.row == row:
                grid.report(
                    cell,
                    "contradiction",
                    f"同一项目前后两行不一致：“{str(known)[:20]}”与“{cell.text.strip()[:20]}”，取前者",
                    "请核对，或为不同项目填写不同编号",
                )


def _record(project: _Project) -> Declaration:
    return record_from_fields({**project.fields, "indicators": project.table.rows})
