"""Forms on a grid to records: 申报表, 自评表 and 监控表 in the layouts in use."""

from __future__ import annotations

import re
from typing import Any

from corpus.importers.closing_lines import read_closing
from corpus.importers.execution_block import read_funds
from corpus.importers.goal_block import GoalBlock, read_goals
from corpus.importers.grid import Grid
from corpus.importers.header_block import HeaderBlock, read_header
from corpus.importers.indicator_table import IndicatorTable, read_table
from corpus.importers.labelled_lines import set_apart
from corpus.importers.monitoring import read_stage
from corpus.importers.segment import Segment, find_segments
from corpus.records import Declaration, SelfEvaluation

_EVALUATION = re.compile(r"自评|评价表|监控|完成情况")
_WHOLE_UNIT = re.compile(r"整体(?:支出)?绩效|部门整体")


def read_forms(grid: Grid) -> list[Declaration]:
    """Return the declarations and self-evaluations that a grid holds.

    What could not be understood is among `grid.problems`.
    """
    set_apart(grid)
    records = (_read_form(segment) for segment in find_segments(grid))
    return [record for record in records if record is not None]


def _read_form(segment: Segment) -> Declaration | None:
    header = read_header(segment)
    goals = read_goals(segment)
    funds = read_funds(segment)
    table = read_table(segment, goals.annual_column)
    fields = {**header.fields, **funds.fields}
    fields["goal"] = goals.goal
    fields["description"] = _description(header, goals)
    fields["indicators"] = table.rows
    fields["blank_rows"] = table.blanks
    _name_project(segment, header, fields)
    if not fields["project_name"] and not table.rows:
        return None
    _report_gaps(segment, fields)
    if _is_evaluation(header, table, funds.headed):
        fields["total_score"] = table.total_score
        fields["funds"] = funds.sources or None
        closing = read_closing(segment)
        fields["grade"], fields["problems"] = closing.grade, closing.problems
        fields["actual_summary"] = goals.texts.get("actual")
        fields |= read_stage(segment, header.title)
        return SelfEvaluation.model_validate(fields)
    return Declaration.model_validate(fields)


def _description(header: HeaderBlock, goals: GoalBlock) -> str:
    """Return what the project is about, with the whole period's goal where there is one."""
    parts = [header.fields.get("description") or ""]
    if goals.period_goal:
        parts.append(f"实施期总目标：{goals.period_goal}")
    return "\n".join(part for part in parts if part)


def _is_evaluation(header: HeaderBlock, table: IndicatorTable, headed_funds: bool) -> bool:
    return table.has_actuals or headed_funds or bool(_EVALUATION.search(header.title))


def _name_project(segment: Segment, header: HeaderBlock, fields: dict[str, Any]) -> None:
    """Name the form of a whole department after it; it has no project name."""
    unit = fields["department"] or fields["implementing_unit"]
    if not fields["project_name"] and unit and _WHOLE_UNIT.search(re.sub(r"\s", "", header.title)):
        fields["project_name"] = f"{unit}整体支出"


def _report_gaps(segment: Segment, fields: dict[str, Any]) -> None:
    """Report a form without a project name."""
    if fields["project_name"]:
        return
    fields["project_name"] = ""
    first = next(iter(segment.header_cells()), None) or segment.grid.cells(segment.table)[0]
    segment.grid.report(
        first, "no_project_name", "没有找到项目名称", "请在“项目名称”右侧的单元格填写项目名称"
    )
