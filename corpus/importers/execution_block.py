"""The funds block: the declared amount, or a self-evaluation's budget, execution and score."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.importers.amounts import amount_wan, fold_number, is_nothing, plain_number, unit_factor
from corpus.importers.grid import Cell
from corpus.importers.segment import Segment
from corpus.importers.vocabulary import fund_column, fund_label, header_field, is_goal_label

_AMOUNTS = ("initial", "budget", "executed", "forecast")
_HEADINGS = frozenset({"initial", "budget", "executed", "execution_rate"})
_FIELDS = {
    "initial": "initial_budget_wan",
    "budget": "budget_wan",
    "executed": "executed_wan",
    "execution_rate": "execution_rate",
    "forecast": "forecast_wan",
    "weight": "execution_weight",
    "score": "execution_score",
}


@dataclass
class Funds:
    """What the funds block says, under the names of `SelfEvaluation`; amounts in 万元."""

    fields: dict[str, float] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)
    """Each source that the total is made of, under the names of `Fund`."""
    headed: bool = False
    """Whether the block has the columns of a self-evaluation or monitoring form."""


def read_funds(segment: Segment) -> Funds:
    """Read the funds block above the indicator table; amounts that do not parse are reported."""
    for row in range(segment.start, segment.table):
        headings = _headings(segment, row)
        if headings:
            return _read_headed(segment, row, headings)
    return _read_labelled(segment)


def _headings(segment: Segment, row: int) -> dict[str, Cell]:
    """Return the columns of an execution block that a row heads, none for other rows."""
    cells = segment.grid.starting(row)
    found: dict[str, Cell] = {}
    for cell in cells:
        name = fund_column(cell.text)
        if name and name != "ignored":
            found.setdefault(name, cell)
    if len(found.keys() & _HEADINGS) < 2 or any(_is_number(cell.text) for cell in cells):
        return {}
    return found


def _read_headed(segment: Segment, heading_row: int, headings: dict[str, Cell]) -> Funds:
    """Read the rows under the headings: the total row where there is one, else the sum."""
    first = heading_row + max(cell.rows for cell in headings.values())
    left = min(cell.column for cell in headings.values())
    total: int | None = None
    sources: list[int] = []
    for row in range(first, segment.table):
        labels = [c for c in segment.grid.starting(row) if c.column < left]
        if any(header_field(c.text) or is_goal_label(c.text) for c in labels):
            break
        kinds = {fund_label(c.text) for c in labels}
        if "total" in kinds and total is None:
            total = row
        elif any(_has_number(segment, row, headings[n]) for n in headings.keys() & _HEADINGS):
            sources.append(row)
    funds = Funds(headed=True)
    if total is None and len(sources) == 1:
        total = sources.pop()
    if total is not None:
        for name, heading in headings.items():
            cell = segment.grid.at(total, heading.column)
            if cell is not None and cell.row > heading.row:
                _set(segment, funds, _FIELDS[name], cell, is_amount=name in _AMOUNTS)
    for name in headings.keys() & set(_AMOUNTS):
        if _FIELDS[name] not in funds.fields:
            cells = [segment.grid.at(row, headings[name].column) for row in sources]
            _set_sum(segment, funds, _FIELDS[name], [c for c in cells if c is not None])
    _settle_rate(funds)
    funds.sources = [_source(segment, row, headings, left) for row in sources]
    return funds


def _source(segment: Segment, row: int, headings: dict[str, Cell], left: int) -> dict[str, Any]:
    """Return one source of money with its amounts; what does not parse is reported."""
    part = Funds()
    for name in headings.keys() & set(_AMOUNTS):
        cell = segment.grid.at(row, headings[name].column)
        if cell is not None and cell.row == row:
            _set(segment, part, _FIELDS[name], cell, is_amount=True)
    labels = [c.text for c in segment.grid.starting(row) if c.column < left]
    return {"source": labels[-1].strip() if labels else "", **part.fields}


def _read_labelled(segment: Segment) -> Funds:
    """Read a declaration's funds: labels with the amount to their right."""
    funds = Funds()
    totals: list[tuple[Cell, Cell]] = []
    groups: list[tuple[Cell, Cell]] = []
    sources: list[tuple[Cell, Cell]] = []
    for cell in segment.header_cells():
        kind = fund_label(cell.text)
        value = _amount_beside(segment, cell) if kind or fund_column(cell.text) else None
        if value is None:
            continue
        if kind is None:
            name = fund_column(cell.text)
            if name in _HEADINGS and name != "execution_rate":
                _set(segment, funds, _FIELDS[name], value, is_amount=True)
        elif kind != "period":
            {"total": totals, "group": groups, "source": sources}[kind].append((cell, value))
    if "budget_wan" not in funds.fields and (totals or groups):
        _, value = (totals or groups)[0]
        _set(segment, funds, "budget_wan", value, is_amount=True)
    if "budget_wan" not in funds.fields and sources:
        start = max((label.column for label, _ in sources), default=0)
        annual = [value for label, value in sources if label.column == start]
        _set_sum(segment, funds, "budget_wan", annual)
    return funds


def _amount_beside(segment: Segment, label: Cell) -> Cell | None:
    """Return the cell right of a label unless it is a label itself or blank."""
    right = segment.right_of(label)
    if not right or fund_label(right[0].text) or header_field(right[0].text):
        return None
    return None if is_nothing(right[0].text) else right[0]


def _set(segment: Segment, funds: Funds, name: str, cell: Cell, *, is_amount: bool) -> None:
    """Parse a cell into a field, or report it."""
    try:
        value = (
            amount_wan(cell.text, _factor(segment, cell)) if is_amount else plain_number(cell.text)
        )
    except ValueError as error:
        segment.grid.report(
            cell, "bad_number", str(error), "请填写数字，单位与表头一致；没有时留空"
        )
        return
    if value is not None:
        funds.fields.setdefault(name, value)


def _set_sum(segment: Segment, funds: Funds, name: str, cells: list[Cell]) -> None:
    """Take the sum of the sources where the total is blank, and say so."""
    part = Funds()
    values = []
    for index, cell in enumerate(cells):
        _set(segment, part, str(index), cell, is_amount=True)
        if str(index) in part.fields:
            values.append(part.fields[str(index)])
    if values:
        funds.fields[name] = round(sum(values), 8)
        segment.grid.report(
            cells[0],
            "total_missing",
            f"资金总额未填，按资金来源合计取 {funds.fields[name]:g} 万元",
            "请在“年度资金总额”一栏填写合计数",
        )


def _factor(segment: Segment, cell: Cell) -> float:
    """Return the unit of a bare amount: the nearest label that names one, else 万元."""
    rows = range(cell.row, segment.start - 1, -1)
    for row in rows:
        for other in reversed(segment.grid.cells(row)):
            factor = unit_factor(other.text)
            if factor is not None:
                return factor
    return 1.0


def _settle_rate(funds: Funds) -> None:
    """Turn a rate written as a share (0.98) into percent where the amounts show that it is one."""
    rate, budget = funds.fields.get("execution_rate"), funds.fields.get("budget_wan")
    executed = funds.fields.get("executed_wan")
    if rate is None or not budget or executed is None or rate > 2:
        return
    actual = executed / budget * 100
    if abs(rate * 100 - actual) < abs(rate - actual):
        funds.fields["execution_rate"] = round(rate * 100, 6)


def _is_number(text: str) -> bool:
    try:
        return amount_wan(text) is not None
    except ValueError:
        return False


def _has_number(segment: Segment, row: int, heading: Cell) -> bool:
    cell = segment.grid.at(row, heading.column)
    return cell is not None and cell.row == row and any(c.isdigit() for c in fold_number(cell.text))
