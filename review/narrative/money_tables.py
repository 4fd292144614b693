"""Tables of money inside a report's text: what they list and what they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.report import Report
from corpus.report.paragraphs import Paragraph
from corpus.target.numerals import ARABIC

_MONEY_HEAD = re.compile(r"金额|资金|预算|支出|执行数|到位|投入|安排")
_OF_MONEY = re.compile(r"资金来源|资金(?:级次|渠道)|支出(?:项目|内容|明细|类别)|费用(?:项目|名称)")
_UNIT = re.compile(r"(亿|万)?元")
_OTHER = re.compile(r"指标|分值|得分|权重|单价|标准|数量|人数")
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总额|资金总额|资金合计|年度资金总额):?")
_PART_OF = re.compile(r"其中|^[-—]|含:?")
_AMOUNT = re.compile(rf"(?P<number>{ARABIC})(?:(?P<scale>亿|万)?元)?")
_WAN = {"亿": 1e4, "万": 1.0, None: 1e-4}
_SLACK, _ROUNDING = 0.001, 0.005
_RULER = re.compile(r"[\s|:\-]+")
_MIN_ROWS, _MIN_PARTS = 4, 2
"""A heading, two parts and their total."""


@dataclass(frozen=True)
class TableSum:
    """A column of money with its total row and its parts."""

    head: str
    label: str
    total_wan: float
    sum_wan: float
    parts: tuple[str, ...]
    span: tuple[int, int]

    @property
    def is_off(self) -> bool:
        """Tell whether the rows miss the total, roundings allowed for."""
        slack = max(_SLACK * abs(self.total_wan), _ROUNDING * len(self.parts))
        return abs(self.sum_wan - self.total_wan) > slack


def tables(report: Report) -> Iterator[list[Paragraph]]:
    """Yield the tables of a text, each as its rows."""
    rows: list[Paragraph] = []
    for paragraph in report.paragraphs:
        width = len(cells_of(paragraph.text)) if paragraph.is_table_row else 0
        is_heading = not re.search(r"\d", paragraph.text)
        if rows and (not width or (is_heading and width != len(cells_of(rows[-1].text)))):
            yield rows
            rows = []
        if width:
            rows.append(paragraph)
    if rows:
        yield rows


def summed_columns(report: Report) -> Iterator[TableSum]:
    """Yield the columns of money that have a total row."""
    for rows in tables(report):
        kept = [row for row in rows if not _RULER.fullmatch(row.text)]
        cells = [cells_of(row.text) for row in kept]
        if len(cells) < _MIN_ROWS or _OTHER.search("".join(cells[0])):
            continue
        for column in range(1, len(cells[0])):
            unit = _UNIT.search(cells[0][column])
            is_money = unit or _MONEY_HEAD.search(cells[0][column]) or _OF_MONEY.search(cells[0][0])
            if is_money:
                scale = unit or _UNIT.search(line_above(report, kept[0]))
                yield from _column(kept, cells, column, scale.group(1) if scale else "none")


def line_above(report: Report, row: Paragraph) -> str:
    """Return the line above a table, which may give the unit of its amounts."""
    before = [one.text for one in report.paragraphs if one.end <= row.start]
    return before[-1] if before else ""


def cells_of(text: str) -> list[str]:
    """Return the cells of a table row, folded."""
    inner = re.sub(r"^\s*\||\|\s*$", "", text)
    return [cell.strip() for cell in re.split(r"[|\t]", inner)]


def _column(
    rows: list[Paragraph], cells: list[list[str]], column: int, scale: str | None
) -> Iterator[TableSum]:
    """Yield the total of one column with the rows that must make it up."""
    amounts: list[tuple[int, str, float]] = []
    for place, row in enumerate(cells[1:], 1):
        value = _wan(row[column], scale) if column < len(row) else None
        if value is not None:
            amounts.append((place, row[0] or row[column - 1], value))
    totals = [item for item in amounts if _TOTAL.fullmatch(re.sub(r"\s", "", item[1]))]
    parts = [item for item in amounts if item not in totals]
    if (
        len(totals) != 1
        or len(parts) < _MIN_PARTS
        or any(_PART_OF.search(label) for _, label, _ in parts)
    ):
        return
    place, label, total = totals[0]
    cell = cells[place][column]
    at = rows[place].text.rfind(cell)
    yield TableSum(
        head=cells[0][column],
        label=label,
        total_wan=total,
        sum_wan=sum(value for _, _, value in parts),
        parts=tuple(f"{name}{cells[p][column]}" for p, name, _ in parts),
        span=rows[place].origin(at, at + len(cell)),
    )


def _wan(cell: str, scale: str | None) -> float | None:
    """Return a cell's amount in 万元; without a unit of its own it has that of the heading."""
    match = _AMOUNT.fullmatch(cell.replace(" ", ""))
    if match is None:
        return None
    number = float(match["number"].replace(",", "").replace(" ", ""))
    if "元" in cell:
        return number * _WAN[match["scale"]]
    return None if scale == "none" else number * _WAN[scale]
