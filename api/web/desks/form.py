"""The form under review in the standard layout, with the findings in its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from api.web.desks.marking import Mark, Piece, cut, gravest
from api.web.desks.remarks import Remark
from api.web.filling.posted import LABELS
from api.web.wording import function_class, number, wan

_FACTS = (
    "project_name",
    "department",
    "implementing_unit",
    "year",
    "project_type",
    "function_code",
    "budget_wan",
)
_RESULTS = (
    "initial_budget_wan",
    "executed_wan",
    "execution_rate",
    "execution_score",
    "total_score",
    "as_of",
    "forecast_wan",
)
_TEXTS = ("description", "goal", "actual_summary", "problems", "report_text")
_AMOUNTS = frozenset({"budget_wan", "initial_budget_wan", "executed_wan", "forecast_wan"})
_CELLS = ("name", "target", "actual", "forecast", "weight", "score", "reason")
_SHORT_LABELS = {"budget_wan": "预算（万元）", "initial_budget_wan": "年初预算（万元）"}
_SHORT_LABELS |= {"executed_wan": "执行数（万元）", "execution_rate": "执行率（%）"}
_SHORT_LABELS |= {"as_of": "监控时点", "forecast_wan": "全年预计执行（万元）"}
_SHORT_LABELS |= {"forecast": "全年预计完成", "reason": "偏差原因及改进措施"}


@dataclass(frozen=True)
class Cell:
    """One field of the form."""

    field: str
    label: str
    pieces: tuple[Piece, ...]
    keys: tuple[str, ...] = ()
    """Findings on the field."""
    severity: str = ""
    """That of the gravest of them."""

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Level:
    """A first or second level, beside the rows that stand under it."""

    cell: Cell
    rows: int


@dataclass(frozen=True)
class FormRow:
    """One indicator."""

    index: int
    level1: Level | None
    """Only at the first row of a group."""
    level2: Level | None
    cells: Mapping[str, Cell]
    chips: tuple[Remark, ...]
    """All findings on the row."""
    scored: Mapping[str, Any] | None = None
    """Its points counted again."""


@dataclass(frozen=True)
class Form:
    """Everything the form says."""

    facts: tuple[Cell, ...]
    texts: tuple[Cell, ...]
    """Longer texts before and after the table, such as the goal and the report."""
    rows: tuple[FormRow, ...]
    columns: tuple[str, ...]
    """Which fields of rows are shown."""
    general: tuple[Remark, ...]
    """Findings on the form as a whole and on fields that are not shown."""

    @property
    def before(self) -> tuple[Cell, ...]:
        """Return the texts that stand before the table."""
        return tuple(cell for cell in self.texts if cell.field in ("description", "goal"))

    @property
    def after(self) -> tuple[Cell, ...]:
        """Return the texts that stand behind it."""
        return tuple(cell for cell in self.texts if cell.field not in ("description", "goal"))


def form_of(
    record: Mapping[str, Any], found: Sequence[Remark], scoring: Mapping[str, Any] | None = None
) -> Form:
    """Lay a record out; `scoring` is that of its review."""
    rows: Sequence[Mapping[str, Any]] = record.get("indicators") or ()
    whole = [remark for remark in found if remark.row is None or not remark.row < len(rows)]
    columns = tuple(field for field in _CELLS if field in ("name", "target") or _used(rows, field))
    facts = [field for field in _FACTS if record.get(field) not in (None, "")]
    facts += [field for field in _RESULTS if record.get(field) is not None]
    missing = {remark.finding["field"] for remark in whole} - {*facts}
    facts += [field for field in (*_FACTS, *_RESULTS) if field in missing]
    texts = [field for field in _TEXTS if record.get(field) or field in missing]
    shown = {*facts, *texts}
    return Form(
        facts=tuple(_cell(field, record.get(field), whole) for field in facts),
        texts=tuple(_cell(field, record.get(field), whole) for field in texts),
        rows=_rows(rows, found, columns, scoring),
        columns=columns,
        general=tuple(remark for remark in whole if remark.finding["field"] not in shown),
    )


def _used(rows: Sequence[Mapping[str, Any]], field: str) -> bool:
    return any(row.get(field) not in (None, "") for row in rows)


def _rows(
    rows: Sequence[Mapping[str, Any]],
    found: Sequence[Remark],
    columns: Sequence[str],
    scoring: Mapping[str, Any] | None,
) -> tuple[FormRow, ...]:
    on_row = [[remark for remark in found if remark.row == index] for index in range(len(rows))]
    first = _levels(rows, on_row, ("level1",))
    second = _levels(rows, on_row, ("level1", "level2"))
    scored = {row["index"]: row for row in scoring["rows"]} if scoring else {}
    return tuple(
        FormRow(
            index=index,
            level1=first.get(index),
            level2=second.get(index),
            cells={field: _cell(field, row.get(field), on_row[index]) for field in columns},
            chips=tuple(on_row[index]),
            scored=scored.get(index),
        )
        for index, row in enumerate(rows)
    )


def _levels(
    rows: Sequence[Mapping[str, Any]], on_row: Sequence[Sequence[Remark]], fields: tuple[str, ...]
) -> dict[int, Level]:
    """Return the merged cells of a level, by the index of the first row of each."""
    levels: dict[int, Level] = {}
    for _, group in groupby(
        range(len(rows)), key=lambda index: tuple(rows[index].get(field) for field in fields)
    ):
        places = list(group)
        spoken = [remark for place in places for remark in on_row[place]]
        cell = _cell(fields[-1], rows[places[0]].get(fields[-1]), spoken)
        levels[places[0]] = Level(cell, len(places))
    return levels


def _cell(field: str, value: Any, found: Sequence[Remark]) -> Cell:
    text = _text(field, value)
    marks = [
        Mark(remark.key, remark.severity, _span(remark, isinstance(value, str)))
        for remark in found
        if remark.finding["field"] == field
    ]
    return Cell(
        field=field,
        label=_SHORT_LABELS.get(field) or LABELS.get(field, field),
        pieces=cut(text, marks),
        keys=tuple(mark.key for mark in marks),
        severity=gravest([mark.severity for mark in marks]),
    )


def _span(remark: Remark, written: bool) -> tuple[int, int] | None:
    """Return the place of a finding in a text as written; figures are shown in our own way."""
    span = remark.finding["span"]
    return (span[0], span[1]) if span and written else None


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if field == "function_code":
        return function_class(value)
    if isinstance(value, int | float) and field != "year":
        return wan(value) if field in _AMOUNTS else number(value)
    return str(value)
