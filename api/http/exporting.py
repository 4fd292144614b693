"""Lists of submissions as CSV and as a workbook; a cell is never taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from corpus.importers.cell_texts import FORMULA_STARTS
from corpus.workflow.submissions import Submission

COLUMNS = (
    "编号",
    "来源系统编号",
    "项目名称",
    "单位",
    "主管部门",
    "年度",
    "支出功能分类",
    "预算（万元）",
    "填报状态",
    "审核状态",
    "系统意见",
    "风险",
    "版本",
    "更新时间",
)
_OPINIONS = {"pass": "通过", "revise": "退回修改", "reject": "不予通过"}


def row_of(item: Submission, organisation: str) -> list[Any]:
    """Return the cells of a submission, in the order of `COLUMNS`."""
    return [
        item.id,
        item.external_id,
        item.project_name,
        organisation,
        item.department,
        item.fiscal_year,
        item.function_code,
        item.budget_wan,
        item.author_status.label,
        item.review_status.label,
        _OPINIONS.get(item.opinion or "", ""),
        item.risk,
        item.version,
        item.updated_at.isoformat(timespec="seconds"),
    ]


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Sequence[Any]], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Yield the lines of a CSV file that Excel opens with Chinese intact."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if buffer.tell() > 1 << 15:
            yield _taken(buffer)
    yield _taken(buffer)


def workbook(rows: Iterable[Sequence[Any]], most: int) -> bytes:
    """Return an .xlsx of at most so many submissions."""
    return workbook_of({"项目清单": (COLUMNS, islice(rows, most))})


def workbook_of(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Return an .xlsx with columns and rows on sheets of their own."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append(list(columns))
        for row in rows:
            sheet.append(_cells(sheet, row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cells(sheet: Any, row: Sequence[Any]) -> list[Any]:
    """Return the cells of a row; texts are texts, whatever they begin with."""
    from openpyxl.cell import WriteOnlyCell

    cells = [WriteOnlyCell(sheet, value=None) for _ in row]
    for cell, value in zip(cells, row, strict=True):
        cell.value = _writable(value)
        if isinstance(value, str):
            cell.data_type = "s"
    return cells


def _writable(value: Any) -> Any:
    """Return a value without the control characters that no workbook may hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
