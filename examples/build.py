"""Writes the example declaration as a filled form (项目支出绩效目标申报表) in .xlsx.

Run `python examples/build.py` after changing the JSON example.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "设施农业技术培训.json"
LAST_COLUMN = 6

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def build(target: Path) -> None:
    """Write the form to `target`."""
    record = json.loads(SOURCE.read_text(encoding="utf-8"))
    book = Workbook()
    sheet = book.active
    sheet.title = "申报表"
    for column, width in zip("ABCDEF", (12, 14, 16, 34, 18, 10), strict=True):
        sheet.column_dimensions[column].width = width
    _header(sheet, record)
    _indicators(sheet, record["indicators"])
    for row in sheet.iter_rows(min_row=3, max_col=LAST_COLUMN):
        for cell in row:
            cell.border = _BOX
            cell.alignment = _CENTRE
    book.save(target)


def _header(sheet: Worksheet, record: dict[str, Any]) -> None:
    """Write title, project block and goal: rows 1 to 8."""
    _put(sheet, "A1:F1", "项目支出绩效目标申报表")
    sheet["A1"].font = Font(bold=True, size=16)
    _put(sheet, "A2:F2", f"（{record['year']}年度）")
    for address in ("A1", "A2"):
        sheet[address].alignment = _CENTRE
    _put(sheet, "A3", "项目名称")
    _put(sheet, "B3:F3", record["project_name"])
    _put(sheet, "A4", "主管部门")
    _put(sheet, "B4:C4", record["department"])
    _put(sheet, "D4", "实施单位")
    _put(sheet, "E4:F4", record["department"])
    _put(sheet, "A5:A7", "项目资金\n（万元）")
    for row, (label, value) in enumerate(
        (
            ("年度资金总额", record["budget_wan"]),
            ("其中：财政拨款", record["budget_wan"]),
            ("其他资金", None),
        ),
        5,
    ):
        _put(sheet, f"B{row}:C{row}", label)
        _put(sheet, f"D{row}:F{row}", value)
    _put(sheet, "A8", "年度目标")
    _put(sheet, "B8:F8", record["goal"])
    sheet.row_dimensions[8].height = 60


def _indicators(sheet: Worksheet, rows: list[dict[str, Any]]) -> None:
    """Write the indicator block from row 9 on, equal levels merged."""
    first, last = 10, 9 + len(rows)
    _put(sheet, f"A9:A{last}", "绩效指标")
    for column, heading in zip(
        "BCDEF", ("一级指标", "二级指标", "三级指标", "指标值", "备注"), strict=True
    ):
        _put(sheet, f"{column}9", heading)
    for column, key in (("B", "level1"), ("C", "level2")):
        at = first
        for value, group in groupby(rows, key=lambda row: (row["level1"], row[key])):
            size = len(list(group))
            _put(sheet, f"{column}{at}:{column}{at + size - 1}", value[1])
            at += size
    for at, row in enumerate(rows, first):
        _put(sheet, f"D{at}", row["name"])
        _put(sheet, f"E{at}", row["target"])


def _put(sheet: Worksheet, area: str, value: object) -> None:
    """Write a value into a cell or a merged area."""
    start, _, end = area.partition(":")
    sheet[start] = value
    if isinstance(value, str):
        sheet[start].data_type = "s"  # “=100%” is a target, no formula
    if end and end != start:
        sheet.merge_cells(area)


if __name__ == "__main__":
    build(SOURCE.with_suffix(".xlsx"))
