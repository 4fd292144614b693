"""Monitoring tables are told from self-evaluations, with their day and forecasts."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.importers.forms import read_forms
from corpus.importers.grid import Cell, Grid
from corpus.records import SelfEvaluation


def monitoring_form(title: str, progress: str = "1-7月执行情况") -> Grid:
    rows = [
        [title],
        ["项目名称", "农村公路日常养护"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "1-7月执行数", "全年预计执行数"],
        ["年度资金总额", "500", "520", "260", "510"],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            progress,
            "全年预计完成情况",
            "偏差原因",
        ],
        ["产出指标", "数量指标", "养护里程", "≥120公里", "70公里", "120公里", "无"],
    ]
    grid = Grid("监控表.xlsx", "监控表")
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            grid.put(Cell(row, column, text, sheet="监控表", line=row + 1))
    return grid


def read(grid: Grid) -> SelfEvaluation:
    (record,) = read_forms(grid)
    assert isinstance(record, SelfEvaluation)
    return record


def test_progress_forecast_and_day() -> None:
    record = read(monitoring_form("2024年项目支出绩效运行监控表"))
    assert (record.stage, record.as_of) == ("monitoring", date(2024, 7, 31))
    assert (record.budget_wan, record.executed_wan, record.forecast_wan) == (520, 260, 510)
    (row,) = record.indicators
    assert (row.target, row.actual, row.forecast) == ("≥120公里", "70公里", "120公里")


@pytest.mark.parametrize(
    ("title", "progress", "day"),
    [
        ("绩效监控表（截至2024年6月30日）", "完成情况", date(2024, 6, 30)),
        ("2024年度绩效运行监控表", "截至8月底完成情况", date(2024, 8, 31)),
        ("2024年上半年绩效运行监控情况表", "实际完成值", date(2024, 6, 30)),
        ("绩效运行监控表", "实际完成值", None),
    ],
)
def test_where_the_day_is_stated(title: str, progress: str, day: date | None) -> None:
    grid = monitoring_form(title, progress)
    for cell in grid.starting(2):
        grid.replace(cell, cell.text.replace("1-7月执行数", "执行数"))
    record = read(grid)
    assert (record.stage, record.as_of) == ("monitoring", day)


def test_a_self_evaluation_is_none() -> None:
    record = read(monitoring_form("2024年项目支出绩效自评表", "实际完成值"))
    assert (record.stage, record.as_of) == ("self_evaluation", None)
