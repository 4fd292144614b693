"""Numbers behind targets: units, percentages, and values the library knows."""

from __future__ import annotations

from corpus.records import LibraryIndicator, ParsedTarget
from corpus.target.units import comparable
from review.context import ReviewContext, Row
from review.finding import Suggestion
from review.kinds import replacement
from review.wording import number

_HEADS = frozenset({"人", "人次"})
_HOUSEHOLDS = frozenset({"户", "户次"})
_ALIKE = 0.8
"""A library indicator less alike than this is no model for a row."""
_FULL = 100
_SHOWN = 0.6
"""From here on a library indicator may be shown as an example of wording."""


def is_rate(parsed: ParsedTarget) -> bool:
    """Tell whether the value is a share: percent or per mille."""
    return parsed.unit in ("%", "‰", "‱")


def is_number(parsed: ParsedTarget) -> bool:
    """Tell whether the cell holds one number or a range of numbers."""
    return parsed.kind in ("number", "range") and parsed.value is not None


def units_differ(one: str, other: str) -> bool:
    """Tell whether two units count different things: also heads against visits."""
    if one != other and ({one, other} in (_HEADS, _HOUSEHOLDS)):
        return True
    return not comparable(one, other)


def library_indicator(context: ReviewContext, row: Row, floor: float) -> LibraryIndicator | None:
    """Return the library indicator most like a row, if it is like enough."""
    for match in context.library(row):
        if match.similarity >= floor:
            found: LibraryIndicator = match.indicator
            return found
    return None


def written_target(indicator: LibraryIndicator) -> str | None:
    """Return a library indicator's usual target as a form would show it, such as ≥95%."""
    if indicator.typical is None:
        return None
    full = indicator.unit == "%" and indicator.typical >= _FULL
    sign = "" if full or indicator.direction in ("=", "定性") else indicator.direction
    return f"{sign}{number(indicator.typical)}{indicator.unit}"


def library_target(context: ReviewContext, row: Row) -> Suggestion | None:
    """Return the library's usual value for what a row measures, as a suggestion."""
    indicator = library_indicator(context, row, _ALIKE)
    target = written_target(indicator) if indicator else None
    if indicator is None or target is None:
        return None
    basis = f"，依据：{indicator.basis}" if indicator.basis else ""
    text = f"指标库中“{indicator.name}”的参考值为“{target}”{basis}。"
    return Suggestion(text, replacement(row, target=target))


def reaches_typical(context: ReviewContext, row: Row) -> bool:
    """Tell whether a target asks for at least what the library thinks usual for the measure."""
    indicator = library_indicator(context, row, _ALIKE)
    if indicator is None or indicator.typical is None or not is_number(row.parsed):
        return False
    if indicator.unit != row.parsed.unit or row.parsed.value is None:
        return False
    if indicator.direction == "≤":
        return row.parsed.value <= indicator.typical
    return row.parsed.value >= indicator.typical


def library_wording(context: ReviewContext, row: Row) -> Suggestion | None:
    """Return a measurable library indicator close to what a row is about, as a suggestion."""
    indicator = library_indicator(context, row, _SHOWN)
    target = written_target(indicator) if indicator else None
    if indicator is None or target is None:
        return None
    text = f"可参考指标库“{indicator.name} {target}”改为可计量的指标。"
    return Suggestion(text, replacement(row, name=indicator.name, target=target))
