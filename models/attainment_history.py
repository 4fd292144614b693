"""What the same unit set and reached for a measure in earlier years."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Declaration, Indicator
from corpus.target import parse_target
from models.attainment_reading import Reading, read_row
from models.measure import SAME, same_measure


@dataclass(frozen=True)
class OwnRecord:
    """One earlier year's values of the measure, in base units of the row that is judged."""

    year: int | None
    indicator: Indicator
    """The earlier row as written."""
    target: float | None
    actual: float | None
    scale: float = 1.0
    """What both were multiplied by because the budget has shrunk since."""

    @property
    def level(self) -> float:
        """What the unit is known to manage: its result, else what it had set itself."""
        known = self.target if self.actual is None else self.actual
        assert known is not None  # noqa: S101 -- records without a value are not made
        return known


def own_records(
    reading: Reading, declaration: Declaration, direction: str, scale_free: bool
) -> tuple[OwnRecord, ...]:
    """Return the earlier years' values of a row's measure, latest first, one per year sent.

    Quantities that grow with the project shrink with the budget: half the money, half the roads.
    """
    found = []
    years = sorted(declaration.history, key=lambda past: past.year or 0, reverse=True)
    for past in years:
        later = past.year and declaration.year and past.year >= declaration.year
        best = None if later else _same_row(reading, past)
        if best is None:
            continue
        row, likeness = best
        scale = 1.0 if scale_free else _shrunk(past, declaration)
        target = reading.value_of(likeness.parsed, direction)
        actual = _actual(reading, likeness, direction)
        if target is None and actual is None:
            continue
        found.append(
            OwnRecord(
                past.year,
                row,
                None if target is None else target * scale,
                None if actual is None else actual * scale,
                scale,
            )
        )
    return tuple(found)


def earlier_row(indicator: Indicator, past: Declaration) -> Indicator | None:
    """Return the row of an earlier year that measures the same, whatever its target."""
    found = _same_row(read_row(indicator), past)
    return None if found is None else found[0]


def _same_row(reading: Reading, past: Declaration) -> tuple[Indicator, Reading] | None:
    """Return the row of an earlier year that measures the same, the most alike first."""
    best: tuple[float, Indicator, Reading] | None = None
    for row in past.indicators:
        other = read_row(row)
        score = same_measure(reading.indicator.name, other.indicator.name)
        if score >= SAME and (best is None or score > best[0]):
            best = score, row, other
    return None if best is None else (best[1], best[2])


def _actual(reading: Reading, past: Reading, direction: str) -> float | None:
    """Return the earlier year's result; the result of an opposite name is taken from 100."""
    text = past.indicator.actual
    if not text or not text.strip():
        return None
    parsed = parse_target(text, past.indicator.name)
    if past.opposite:
        value = reading.value_of(parsed, "≤")
        return None if value is None else 100.0 - value
    return reading.value_of(parsed, direction)


def _shrunk(past: Declaration, declaration: Declaration) -> float:
    """Return the factor by which the budget has shrunk, 1 where it has not or is not known."""
    before, now = past.budget_wan, declaration.budget_wan
    return min(1.0, now / before) if before and now else 1.0
