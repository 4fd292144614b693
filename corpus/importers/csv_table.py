"""CSV text to a grid: encoding, delimiter and size are found out and bounded here."""

from __future__ import annotations

import csv
import io

from corpus.errors import InputError, Location, UnsafeFileError
from corpus.importers.grid import Cell, CellBudget, Grid
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_DELIMITERS = (",", "\t", ";", "，", "|")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_csv(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Grid]:
    """Read CSV bytes in UTF-8 (with or without BOM), UTF-16 or GB 18030 into a grid."""
    text = decode_csv(name, data)
    grid = Grid(name)
    budget = CellBudget(limits)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=False)
    row = 0
    try:
        for fields in reader:
            _check_size(name, row, fields, limits)
            grid.add_rows(row + 1 - grid.height)
            for column, field in enumerate(fields):
                if field.strip():
                    budget.take()
                    grid.put(Cell(row, column, field, line=row + 1))
            row += 1
    except csv.Error as error:
        raise InputError(
            f"CSV 无法解析（第{reader.line_num}行）：{error}",
            hint="请检查引号是否成对，单个单元格是否过长",
            where=Location(file=name, row=reader.line_num),
            code="bad_csv",
        ) from None
    return [grid]


def decode_csv(name: str, data: bytes) -> str:
    """Return the text of a CSV file; spreadsheets in Chinese write GB 18030 by default."""
    declared = _BOMS.get(data[:2]) or _BOMS.get(data[:3])
    for encoding in (declared,) if declared else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        "无法识别文件的文字编码",
        hint="请另存为“CSV UTF-8（逗号分隔）”后再导入",
        where=Location(file=name),
        code="bad_encoding",
    )


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first line most often."""
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _check_size(name: str, row: int, fields: list[str], limits: Limits) -> None:
    if row >= limits.max_csv_rows or len(fields) > limits.max_columns:
        raise UnsafeFileError(
            f"表格超过 {limits.max_csv_rows} 行或 {limits.max_columns} 列，拒绝读取",
            hint="请拆分文件后分批导入，或改用 JSONL",
            where=Location(file=name, row=row + 1),
        )
