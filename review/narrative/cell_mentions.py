"""Rows of a table inside a report that its prose repeats with another value.

A row is known by its first cell, a column by its head and its unit. Prose that names the row right
before a figure must give one of the values that the row has in that unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.report import Figure, Report
from corpus.report.paragraphs import Paragraph
from corpus.target.numerals import ARABIC
from corpus.target.units import comparable, is_money, match_unit, to_base
from review.narrative.money_tables import cells_of, line_above, tables

_NUMBER = re.compile(rf"[≥≤><=]?(?P<number>{ARABIC})")
_POINTS = re.compile(r"得分|权重|分值|满分|自评分|扣分")
_MONEY = re.compile(r"金额|资金|预算|支出|执行数|到位|投入|列支|支付")
_UNIT = re.compile(
    r"[(（](?:单位:)?(?P<unit>[^()（）]{1,4})[)）]|单位:(?P<of_all>[\u4e00-\u9fff%]{1,4})"
)
_TOTAL = re.compile(r"合计|小计|总计|共计|总分")
_OTHER = re.compile(
    r"扣|[少多差缺超短]|其中|比|较|上年|去年|同期|每|均|占|第|[由从]$|分值|满分|权重|目标|计划|应|拟|剩|结余|未|另|追加|调"
)
_LINK = 8
"""Characters that may stand between the name of a row and a figure about it."""
_MIN_LABEL = 2
_ROUNDING = 0.0005


@dataclass(frozen=True)
class Mention:
    """A figure of the prose that a row named by it does not have."""

    figure: Figure
    label: str
    values: tuple[str, ...]
    """What the row has in the figure's unit, as written."""


@dataclass(frozen=True)
class _Cell:
    text: str
    value: float
    unit: str


def contradicted_rows(report: Report, known: Sequence[str] = ()) -> Iterator[Mention]:
    """Yield figures that contradict the row they name; rows called as in `known` are left out."""
    told = [row for table in tables(report) for row in _rows(report, table)]
    often = Counter(label for label, _ in told)
    # A label of several rows is that of a level, whose figures are their sums.
    rows = {label: cells for label, cells in told if often[label] == 1 and label not in known}
    for figure in report.figures if rows else ():
        if (
            figure.in_table
            or not figure.is_exact
            or figure.role == "deduction"
            or report.is_within(figure.start, "goals", "measures", "background")
        ):
            continue
        label = _label(report, figure, list(rows))
        cells = [cell for cell in rows.get(label, ()) if _is_comparable(figure, cell)]
        if cells and not any(_repeats(figure, cell) for cell in cells):
            yield Mention(figure, label, tuple(cell.text for cell in cells))


def _rows(report: Report, table: list[Paragraph]) -> Iterator[tuple[str, list[_Cell]]]:
    """Yield the rows of a table by their first cell; cells without a unit have that of the head."""
    heads = cells_of(table[0].text)
    above = _UNIT.search(line_above(report, table[0]))
    of_all = (above["unit"] or above["of_all"]) if above else ""
    for row in table[1:]:
        label, *others = cells_of(row.text)
        if len(label) < _MIN_LABEL or _TOTAL.search(label) or re.fullmatch(r"[\W\d]*", label):
            continue
        cells = (_cell(text, head, of_all) for text, head in zip(others, heads[1:], strict=False))
        found = [cell for cell in cells if cell is not None]
        if found:
            yield label, found


def _cell(text: str, head: str, of_all: str) -> _Cell | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    unit = match_unit(text, match.end())
    name = unit.name if unit else ""
    if not name and _POINTS.search(head):
        name = "分"
    elif not name:
        told = _UNIT.search(head)
        name = (told["unit"] or "") if told else of_all if _MONEY.search(head) else ""
    value = float(match["number"].replace(",", "").replace(" ", "")) * (unit.scale if unit else 1)
    return _Cell(text if unit else f"{text}{name}", value, name) if name else None


def _label(report: Report, figure: Figure, labels: Sequence[str]) -> str:
    """Return the one row that the words before a figure name, empty where none or several do."""
    named = [label for label in labels if label in figure.before]
    if figure.unit == "分" and not named and re.fullmatch(r"(?:自评)?得分?[为:]?", figure.before):
        section = report.section_at(figure.start)
        named = [label for label in labels if section is not None and label in section.title]
    if not named:
        return ""
    longest = max(named, key=len)
    if any(label not in longest for label in named):
        return ""
    _, _, link = figure.before.rpartition(longest)
    return "" if len(link) > _LINK or _OTHER.search(figure.before) else longest


def _is_comparable(figure: Figure, cell: _Cell) -> bool:
    if is_money(figure.unit) != is_money(cell.unit):
        return False
    return comparable(figure.unit, cell.unit)


def _repeats(figure: Figure, cell: _Cell) -> bool:
    """Tell whether a figure is a cell's value, rounded as it is written."""
    value, _ = to_base(cell.value, cell.unit)
    scale = figure.base[0] / figure.value if figure.value else 1.0
    return abs(figure.base[0] - value) <= max(figure.step * scale / 2, _ROUNDING * abs(value))
