"""Whether an actual value meets a target, and which of two targets is harder."""

from __future__ import annotations

from corpus.records import Direction, ParsedTarget
from corpus.target.units import comparable, to_base

_TOLERANCE = 1e-9


def bounds(parsed: ParsedTarget) -> tuple[float, float] | None:
    """Return the lowest and highest value of a number or range in base units, None for others."""
    if parsed.kind not in {"number", "range"} or parsed.value is None:
        return None
    low = to_base(parsed.value, parsed.unit)[0]
    high = low if parsed.value_high is None else to_base(parsed.value_high, parsed.unit)[0]
    return low, high


def _pair(
    a: ParsedTarget, b: ParsedTarget
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the bounds of two comparable values in one unit; a missing unit is the other's."""
    if not comparable(a.unit, b.unit):
        return None
    unit = a.unit or b.unit
    first = bounds(a if a.unit else a.model_copy(update={"unit": unit}))
    second = bounds(b if b.unit else b.model_copy(update={"unit": unit}))
    return (first, second) if first is not None and second is not None else None


def _is_late(actual: ParsedTarget, target: ParsedTarget) -> bool | None:
    """Tell whether one date is after another; None where only one of them has a year or month."""
    if actual.date is None or target.date is None:
        return None
    shapes = {len(actual.date), len(target.date)}
    if len(shapes) > 1:
        shortest = min(shapes)
        if shortest < 7:
            return None
        return actual.date[-5:] > target.date[-5:]
    return actual.date > target.date


def satisfies(
    actual: ParsedTarget, target: ParsedTarget, direction: Direction | str | None
) -> bool | None:
    """Tell whether an actual value meets a target; None where they cannot be compared.

    The target's own bound counts; `direction` stands in where it has none. A date is met by the
    same day or an earlier one.
    """
    if actual.kind == target.kind == "date":
        late = _is_late(actual, target)
        return None if late is None else not late
    pair = _pair(actual, target)
    if pair is None:
        return None
    (low, high), (target_low, target_high) = pair
    margin = _TOLERANCE * max(1.0, abs(target_low), abs(target_high))
    if target.kind == "range":
        return target_low - margin <= low and high <= target_high + margin
    operator = _bound(target, direction)
    if operator is None:
        return None
    if operator == "≥":
        return low >= target_low - margin
    if operator == ">":
        return low > target_low + margin
    if operator == "≤":
        return high <= target_low + margin
    if operator == "<":
        return high < target_low - margin
    return abs(low - target_low) <= margin and abs(high - target_low) <= margin


def _bound(target: ParsedTarget, direction: str | None) -> str | None:
    """Return what decides: the target's own bound, else the direction, else an own “=”."""
    if target.operator not in {None, "=", "≈"}:
        return target.operator
    if direction in {"≥", "≤", "="}:
        return direction
    return "=" if target.operator == "=" else None


def harder(a: ParsedTarget, b: ParsedTarget, direction: Direction | str | None) -> bool | None:
    """Tell whether target a asks for more than target b; None where they cannot be compared.

    A range asks for its easier end; of two deadlines the earlier is harder.
    """
    if a.kind == b.kind == "date":
        return _is_late(b, a)
    pair = _pair(a, b)
    if pair is None or direction not in {"≥", "≤", "=", ">", "<"}:
        return None
    (a_low, a_high), (b_low, b_high) = pair
    margin = _TOLERANCE * max(1.0, abs(a_low), abs(b_low))
    if direction in {"≤", "<"}:
        return a_high < b_high - margin
    return a_low > b_low + margin
