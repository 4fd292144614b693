"""What a grid holds: a list with one indicator per row, or forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.errors import InputError, Location
from corpus.importers.flat_table import find_heading, read_list
from corpus.importers.forms import read_forms
from corpus.importers.grid import Grid
from corpus.importers.labelled_lines import is_description
from corpus.importers.narrative import read_narrative
from corpus.importers.result import ImportProblem, ImportResult
from corpus.records import Declaration

_CONCERNED = re.compile(r"绩效|三级指标|项目名称")


def read_grids(name: str, grids: Iterable[Grid], *, is_csv: bool = False) -> ImportResult:
    """Return the records of a file's grids; raises `InputError` when there are none at all."""
    records: list[Declaration] = []
    problems: list[ImportProblem] = []
    skipped: list[ImportProblem] = []
    for grid in grids:
        narrative = None if is_description(grid) else read_narrative(grid)
        if narrative is not None:
            records.extend(narrative)
            problems.extend(grid.problems)
            continue
        heading = find_heading(grid, is_csv=is_csv)
        found = read_list(grid, heading) if heading else read_forms(grid)
        records.extend(found)
        problems.extend(grid.problems)
        if not found and any(_CONCERNED.search(cell.text) for cell in grid.all_cells()):
            skipped.append(_skipped(grid))
    if not records:
        raise InputError(
            "没有识别到绩效目标申报表或自评表",
            hint="表中应有“项目名称”和“一级指标、二级指标、三级指标、指标值”等栏目；"
            "格式见 docs/input-formats.md",
            where=Location(file=name),
            code="no_form",
        )
    return ImportResult(tuple(records), (*problems, *skipped))


def _skipped(grid: Grid) -> ImportProblem:
    return ImportProblem(
        Location(file=grid.file, sheet=grid.sheet),
        "sheet_skipped",
        "没有识别到申报表或自评表，已跳过",
        "如果这里有申报内容，请对照标准表样检查栏目名称",
    )
