"""How far a project should be at a day of the year, and how far it says it is."""

from __future__ import annotations

import datetime
import re

from review.context import ReviewContext, Row
from review.facts.attainment import comparable_numbers, direction
from review.facts.spending import execution_rate
from review.facts.values import is_rate

_OF_COMPLETION = re.compile(
    r"完成率|完工率|开工率|执行率|支出率|拨付率|到位率|进度|完成比例|支付率"
)


def as_of(context: ReviewContext) -> datetime.date | None:
    """Return the day a monitoring table reports on, None where it says none."""
    return context.evaluation.as_of if context.evaluation else None


def time_share(context: ReviewContext) -> float | None:
    """Return the share of the budget year that has passed, None where the day is not known."""
    day = as_of(context)
    if day is None:
        return None
    year = context.declaration.year or day.year
    start, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return min(1.0, max(0.0, ((day - start).days + 1) / ((end - start).days + 1)))


def is_limit(row: Row) -> bool:
    """Tell whether a target sets an upper limit: ≤, a cost, or what should not happen."""
    operator = row.parsed.operator
    if operator in ("≤", "<"):
        return True
    return operator not in ("≥", ">") and direction(row) == "≤"


def is_cumulative(row: Row) -> bool:
    """Tell whether a target is worked off over the year: quantities and rates of completion."""
    if is_limit(row) or row.parsed.kind != "number" or not row.parsed.value:
        return False
    if _is_percent_done(row):
        return True
    values = comparable_numbers(row)
    if values is None or values[0] <= 0:
        return False
    return not is_rate(row.parsed) or bool(_OF_COMPLETION.search(row.name.text))


def _is_percent_done(row: Row) -> bool:
    """Tell whether a quantity's progress is given in percent: 500户, 已完成40%."""
    actual = row.actual
    return actual is not None and actual.unit == "%" and not is_rate(row.parsed)


def progress(row: Row) -> float | None:
    """Return the share of a cumulative target that is reached, None for other rows."""
    if is_cumulative(row) and _is_percent_done(row):
        return ((row.actual.value if row.actual else None) or 0.0) / 100
    values = comparable_numbers(row)
    return values[1] / values[0] if values is not None and is_cumulative(row) else None


def mean_progress(context: ReviewContext) -> float | None:
    """Return how far the cumulative outputs are on average, each counted as 1 at most."""
    shares = [progress(row) for row in context.rows_of("产出")]
    known = [min(1.0, share) for share in shares if share is not None]
    return sum(known) / len(known) if known else None


def payment_share(context: ReviewContext) -> float | None:
    """Return the share of the budget that is paid, None where it is not known."""
    rate = execution_rate(context.declaration)
    if rate is None and context.evaluation and context.evaluation.initial_budget_wan:
        executed = context.declaration.executed_wan
        initial = context.evaluation.initial_budget_wan
        return None if executed is None else executed / initial
    return None if rate is None else rate / 100


def due_date(context: ReviewContext, row: Row) -> datetime.date | None:
    """Return the day by which a dated target must be reached; the budget year where it has none."""
    text = row.parsed.date
    if row.parsed.kind != "date" or not text or row.parsed.parts:
        return None
    day = as_of(context)
    year = context.declaration.year or (day.year if day else None)
    if text.startswith("--"):
        if year is None:
            return None
        text = f"{year}-{text[2:]}"
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
