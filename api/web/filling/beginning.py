"""Where a form begins: blank, from an earlier year, or from the declaration it reports on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api.web.filling.posted import Posted, PostedRow, posted_from_record, with_rows
from corpus.records import Declaration, Indicator, SelfEvaluation
from corpus.workflow.organisations import Kind, Organisation
from corpus.workflow.status import SubmissionKind

_KEPT = (
    "project_name",
    "department",
    "implementing_unit",
    "region",
    "function_code",
    "project_type",
    "budget_wan",
    "description",
    "goal",
)
"""Facts that a project has every year."""


def new_form(kind: SubmissionKind, line: Sequence[Organisation] = ()) -> Posted:
    """Return a blank form: budgets are declared for the coming year, results told of the last.

    `line` is the organisation that fills in, below those above it.
    """
    this_year = date.today().year
    year = this_year if kind is SubmissionKind.EVALUATION else this_year + 1
    return posted_from_record(SelfEvaluation(year=year, **_places(line)), kind)


def _places(line: Sequence[Organisation]) -> dict[str, str]:
    """Return the department and the unit, where it is one of these that fills in."""
    if not line or line[-1].kind not in (Kind.DEPARTMENT, Kind.UNIT):
        return {}
    departments = [place.name for place in line if place.kind is Kind.DEPARTMENT]
    return {"department": "".join(departments[-1:]), "implementing_unit": line[-1].name}


def begun_from(record: SelfEvaluation, wanted: SubmissionKind) -> Posted:
    """Return a form begun from a submission: its self-evaluation, or next year's declaration."""
    facts = {name: getattr(record, name) for name in _KEPT}
    past = record.model_copy(update={"id": None, "history": ()})
    if wanted is SubmissionKind.EVALUATION:
        rows = record.indicators
        made = SelfEvaluation(**facts, year=record.year, indicators=rows, history=(past,))
        return posted_from_record(made, wanted)
    year = record.year + 1 if record.year is not None else None
    made = SelfEvaluation(
        **{**facts, "project_type": "延续性项目"},
        year=year,
        indicators=_without_results(record.indicators),
        history=(past,),
    )
    return posted_from_record(made, wanted)


def with_earlier(posted: Posted, years: Sequence[Declaration]) -> tuple[Posted, int]:
    """Return the form with the rows of the latest earlier year that it lacks, and their number."""
    there = {row.texts["name"] for row in posted.filled}
    rows = [row for row in _without_results(years[0].indicators) if row.name not in there]
    taken = {row.key for row in posted.rows}
    lines = _lines(rows, taken, posted.kind)
    history = [
        past.model_copy(update={"history": ()}).model_dump(mode="json", exclude_defaults=True)
        for past in years
    ]
    filled = replace(posted, base={**posted.base, "history": history})
    return with_rows(filled, (*posted.filled, *lines)), len(rows)


def _lines(rows: Sequence[Indicator], taken: set[str], kind: SubmissionKind) -> list[PostedRow]:
    made = posted_from_record(SelfEvaluation(indicators=tuple(rows)), kind).rows
    free = (f"y{number}" for number in range(len(made) + len(taken)))
    keys = [key for key in free if key not in taken]
    return [replace(row, key=key) for row, key in zip(made, keys, strict=False)]


def _without_results(rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return rows as a new declaration begins with them: no results, no weights settled."""
    return tuple(
        Indicator(level1=row.level1, level2=row.level2, name=row.name, target=row.target)
        for row in rows
    )
