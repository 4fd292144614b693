"""The standard forms as cells: what `form_writer` writes and the importers read back.

申报表 follows the tables of 财预〔2015〕88号 (two goal periods side by side) and 财预〔2021〕101号,
自评表 that of 财预〔2020〕10号.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from corpus.importers.number_format import plain
from corpus.records import Declaration, Indicator, SelfEvaluation

_LEVELS = ("一级指标", "二级指标", "三级指标")


@dataclass(frozen=True)
class FormCell:
    """A cell of a form with 0-based position and extent."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_label: bool = False
    is_new: bool = False
    """Whether it is marked as a suggestion."""
    note: str = ""
    """What the suggestion rests on, shown as a comment."""


class _Sheet:
    """Collects the cells of a form row by row."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.row = 0
        self.cells: list[FormCell] = []

    def put(
        self, column: int, text: str, *, rows: int = 1, columns: int = 1, label: bool = False
    ) -> None:
        self.cells.append(FormCell(self.row, column, text, rows, columns, label))

    def line(self, *parts: tuple[str, int]) -> None:
        """Add a row of (text, width) with labels and values alternating."""
        column = 0
        for index, (text, width) in enumerate(parts):
            self.put(column, text, columns=width, label=index % 2 == 0)
            column += width
        self.row += 1

    def title(self, text: str, year: int | None) -> None:
        self.put(0, text, columns=self.width, label=True)
        self.row += 1
        self.put(0, f"（{year or '      '}年度）", columns=self.width, label=True)
        self.row += 1


def declaration_form(declaration: Declaration) -> list[FormCell]:
    """Return a declaration as 项目支出绩效目标申报表 with one goal period (2021)."""
    sheet = _Sheet(6)
    sheet.title("项目支出绩效目标申报表", declaration.year)
    _head(sheet, declaration)
    _funds(sheet, declaration, ("年度资金总额", "其中：财政拨款", "其他资金"))
    sheet.line(("年度总体目标", 1), (declaration.goal, 5))
    rows = declaration.indicators
    _heading(sheet, len(rows), (*_LEVELS, "指标值", "分值"))
    _indicator_rows(sheet, rows, lambda i: (i.name, i.target, _number(i.weight)))
    return sheet.cells


def two_period_form(declaration: Declaration, period_goal: str = "") -> list[FormCell]:
    """Return a declaration as the form of 2015: 实施期目标 and 年度目标 side by side.

    Indicators are numbered within their second level, and a blank template row ends the table.
    """
    sheet = _Sheet(8)
    sheet.title("项目支出绩效目标申报表", declaration.year)
    _head(sheet, declaration)
    total = _number(declaration.budget_wan)
    sheet.put(0, "项目资金（万元）", rows=3, label=True)
    for label in ("资金总额：", "其中：财政拨款", "其他资金"):
        for column, period in ((1, "实施期"), (4, "年度")):
            text = f"{period}{label}" if label.startswith("资金") else label
            sheet.put(column, text, columns=2, label=True)
            sheet.put(column + 2 + (column > 1), total if label.startswith("资金") else "")
        sheet.row += 1
    sheet.put(0, "总体目标", rows=2, label=True)
    sheet.put(1, "实施期目标（2023年—2025年）", columns=4, label=True)
    sheet.put(5, "年度目标", columns=3, label=True)
    sheet.row += 1
    sheet.put(1, period_goal, columns=4)
    sheet.put(5, declaration.goal, columns=3)
    sheet.row += 1
    _two_period_rows(sheet, declaration.indicators)
    return sheet.cells


def evaluation_form(evaluation: SelfEvaluation) -> list[FormCell]:
    """Return a self-evaluation as 项目支出绩效自评表."""
    sheet = _Sheet(9)
    sheet.title("项目支出绩效自评表", evaluation.year)
    sheet.line(("项目名称", 1), (evaluation.project_name, 8))
    sheet.line(
        ("主管部门", 1), (evaluation.department or "", 3),
        ("实施单位", 2), (evaluation.implementing_unit or "", 3),
    )  # fmt: skip
    _execution(sheet, evaluation)
    sheet.put(0, "年度总体目标", rows=2, label=True)
    sheet.put(1, "预期目标", columns=4, label=True)
    sheet.put(5, "实际完成情况", columns=4, label=True)
    sheet.row += 1
    sheet.put(1, evaluation.goal, columns=4)
    sheet.put(5, evaluation.actual_summary or "", columns=4)
    sheet.row += 1
    rows = evaluation.indicators
    columns = ("年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    _heading(sheet, len(rows), (*_LEVELS, *columns))
    _indicator_rows(
        sheet,
        rows,
        lambda i: (
            i.name, i.target, i.actual or "", _number(i.weight), _number(i.score), i.reason or "",
        ),
    )  # fmt: skip
    sheet.put(0, "总分", columns=6, label=True)
    sheet.put(6, "100")
    sheet.put(7, _number(evaluation.total_score))
    sheet.row += 1
    return sheet.cells


def _head(sheet: _Sheet, declaration: Declaration) -> None:
    half = sheet.width // 2
    rest = sheet.width - half - 1
    sheet.line(("项目名称", 1), (declaration.project_name, sheet.width - 1))
    sheet.line(
        ("主管部门及代码", 1), (declaration.department or "", half - 1),
        ("实施单位", 1), (declaration.implementing_unit or "", rest),
    )  # fmt: skip
    sheet.line(
        ("项目属性", 1), (declaration.project_type or "", half - 1),
        ("支出功能分类", 1), (declaration.function_code or "", rest),
    )  # fmt: skip
    if declaration.description:
        sheet.line(("项目概况", 1), (declaration.description, sheet.width - 1))


def _funds(sheet: _Sheet, declaration: Declaration, labels: tuple[str, ...]) -> None:
    """Put the total; which sources it comes from is the unit's to say."""
    sheet.put(0, "项目资金（万元）", rows=len(labels), label=True)
    for index, label in enumerate(labels):
        sheet.put(1, label, columns=2, label=True)
        amount = _number(declaration.budget_wan) if index == 0 else ""
        sheet.put(3, amount, columns=sheet.width - 3)
        sheet.row += 1


def _execution(sheet: _Sheet, evaluation: SelfEvaluation) -> None:
    labels = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    sheet.put(0, "项目资金（万元）", rows=len(labels) + 1, label=True)
    headings = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    for index, heading in enumerate(headings):
        sheet.put(3 + index, heading, label=True)
    sheet.row += 1
    rate = evaluation.execution_rate
    values = (
        _number(evaluation.initial_budget_wan), _number(evaluation.budget_wan),
        _number(evaluation.executed_wan), _number(evaluation.execution_weight),
        f"{_number(rate)}%" if rate is not None else "", _number(evaluation.execution_score),
    )  # fmt: skip
    for index, label in enumerate(labels):
        sheet.put(1, label, columns=2, label=True)
        for column, value in enumerate(values):
            sheet.put(3 + column, value if index == 0 else "—" if column >= 3 else "")
        sheet.row += 1


def _heading(sheet: _Sheet, rows: int, headings: tuple[str, ...]) -> None:
    sheet.put(0, "绩效指标", rows=rows + 1, label=True)
    for index, heading in enumerate(headings, 1):
        sheet.put(index, heading, label=True)
    sheet.row += 1


def _indicator_rows(
    sheet: _Sheet, rows: Iterable[Indicator], values: Callable[[Indicator], tuple[str, ...]]
) -> None:
    """Add indicator rows with the level cells merged over equal neighbours."""
    for level1, first in groupby(rows, key=lambda i: i.level1):
        group = list(first)
        sheet.put(1, level1, rows=len(group), label=True)
        for level2, second in groupby(group, key=lambda i: i.level2):
            members = list(second)
            sheet.put(2, level2, rows=len(members), label=True)
            for indicator in members:
                for column, text in enumerate(values(indicator), 3):
                    sheet.put(column, text)
                sheet.row += 1


def _two_period_rows(sheet: _Sheet, rows: tuple[Indicator, ...]) -> None:
    _heading(sheet, len(rows) + 1, (*_LEVELS, "指标值", *_LEVELS[1:], "指标值"))
    for level1, first in groupby(rows, key=lambda i: i.level1):
        group = list(first)
        sheet.put(1, level1, rows=len(group), label=True)
        for level2, second in groupby(group, key=lambda i: i.level2):
            members = list(second)
            for column in (2, 5):
                sheet.put(column, level2, rows=len(members), label=True)
            for number, indicator in enumerate(members, 1):
                sheet.put(3, f"指标{number}：{indicator.name}（三年）")
                sheet.put(6, f"指标{number}：{indicator.name}")
                sheet.put(7, indicator.target)
                sheet.row += 1
    sheet.put(3, "指标1：")
    sheet.put(6, "指标1：")
    sheet.row += 1


def _number(value: float | None) -> str:
    return "" if value is None else plain(value)
