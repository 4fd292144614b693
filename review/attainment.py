"""Whether a reported actual reaches its target, and by how much it goes beyond."""

from __future__ import annotations

import re

from corpus.target.compare import satisfies
from corpus.target.units import comparable, to_base
from review.context import Row
from review.direction import wanted_direction
from review.values import is_number

_DONE_WORDS = re.compile(
    r"已?完成|达成|达到|达标|合格|全部|按期|按时|如期|符合|良好|显著|明显|有效|提[升高]|无"
)


def direction(row: Row) -> str:
    """Return ≤ for costs and for what else should be low, else ≥."""
    low = row.is_level("成本") or wanted_direction(row.name.text) == "down"
    return "≤" if low else "≥"


def comparable_numbers(row: Row) -> tuple[float, float] | None:
    """Return target and actual in one base unit, None where they cannot be compared."""
    actual, target = row.actual, row.parsed
    if actual is None or not is_number(actual) or not is_number(target):
        return None
    if actual.parts or target.parts or not comparable(actual.unit, target.unit):
        return None
    unit = target.unit or actual.unit
    wanted, reached = target.value, actual.value
    if wanted is None or reached is None:
        return None
    return to_base(wanted, target.unit or unit)[0], to_base(reached, actual.unit or unit)[0]


def is_missed(row: Row) -> bool:
    """Tell whether a numeric actual falls short of its numeric target."""
    if comparable_numbers(row) is None or row.actual is None:
        return False
    return satisfies(row.actual, row.parsed, direction(row)) is False


def is_reached(row: Row) -> bool:
    """Tell whether the actual reaches the target, in figures or in words."""
    if row.actual is None or row.actual.kind == "blank":
        return False
    if comparable_numbers(row) is not None:
        return satisfies(row.actual, row.parsed, direction(row)) is True
    return bool(_DONE_WORDS.search(row.indicator.actual or ""))


def overshoot(row: Row) -> float | None:
    """Return by what share a numeric actual exceeds a target for which more is better."""
    values = comparable_numbers(row)
    if values is None or direction(row) == "≤" or row.parsed.operator in ("≤", "<"):
        return None
    target, actual = values
    return actual / target - 1 if target > 0 else None
