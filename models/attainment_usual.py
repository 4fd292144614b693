"""What is usual for a kind of measure at large: the prior that thin evidence is shrunk toward.

`python -m models.attainment_usual` rebuilds models/data/usual_values.csv from the bundled library
and cases. No result that a unit reported and no label enters it, only what was set as a target.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

from corpus.knowledge import Knowledge
from corpus.quality import row_fault
from corpus.records import ParsedTarget
from models.attainment_reading import read_row
from models.measure import split_name

FILE = "usual_values.csv"
FIELDS = ("family", "aspect", "unit", "direction", "value", "published", "library")
_UNIT = "%"
_LEAST = 20.0
"""Values of an aspect below which its whole family stands for it."""
_THREE_POINTS = (0.3, 0.4, 0.3)
"""Swanson's rule: a distribution known by its 10%, 50% and 90% points."""

Key = tuple[str, str, str, str]
"""Family, aspect (empty for the whole family), base unit, direction."""


@dataclass(frozen=True)
class Value:
    """One value with how much of what was set, and of what the library thinks, lies on it."""

    key: Key
    value: float
    published: float
    library: float


class _Distribution:
    """A weighted sample of values."""

    def __init__(self, pairs: Iterable[tuple[float, float]]) -> None:
        ordered = sorted(pairs)
        self._values = [value for value, _ in ordered]
        self._sums = [0.0, *accumulate(weight for _, weight in ordered)]
        self.total = self._sums[-1]

    def harder(self, value: float, direction: str) -> float:
        """Return the share of what is harder than a value, ties counted half."""
        margin = 1e-9 * max(1.0, abs(value))
        below = self._sums[bisect_left(self._values, value - margin)]
        above = self.total - self._sums[bisect_right(self._values, value + margin)]
        harder, easier = (below, above) if direction == "≤" else (above, below)
        return (harder + (self.total - harder - easier) / 2) / self.total


class UsualValues:
    """Distributions of target values by what is measured, its unit and its direction."""

    def __init__(self, values: Iterable[Value]) -> None:
        published: dict[Key, list[tuple[float, float]]] = defaultdict(list)
        library: dict[Key, list[tuple[float, float]]] = defaultdict(list)
        for entry in values:
            family, _, unit, direction = entry.key
            for key in {entry.key, (family, "", unit, direction)}:
                published[key].append((entry.value, entry.published))
                library[key].append((entry.value, entry.library))
        self._published = _distributions(published)
        self._library = _distributions(library)

    def harder(
        self, family: str, aspect: str, unit: str | None, direction: str, value: float
    ) -> tuple[float, float] | None:
        """Return the share of usual values that are harder, and how many there are.

        Published targets and the library's estimates each count for a half, where there are
        both. None where nothing like it is known; `unit` and `value` are in base units.
        """
        for key in ((family, aspect, unit or "", direction), (family, "", unit or "", direction)):
            known = [part[key] for part in (self._published, self._library) if key in part]
            if sum(part.total for part in known) >= _LEAST:
                shares = [part.harder(value, direction) for part in known]
                return sum(shares) / len(shares), sum(part.total for part in known)
        return None


def _distributions(pairs: Mapping[Key, list[tuple[float, float]]]) -> dict[Key, _Distribution]:
    """Return the distributions that are not empty."""
    made = {key: _Distribution(values) for key, values in pairs.items()}
    return {key: made[key] for key in made if made[key].total}


def count_values(knowledge: Knowledge) -> list[Value]:
    """Count the percentages set in cases (once per page) and given in the library.

    Other quantities have no usual value at large. An aspect with few values is counted under its
    family alone.
    """
    counts: dict[tuple[Key, float], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for _, key, value in set(_published(knowledge)):
        counts[key, value][0] += 1.0
    for key, value, weight in _library(knowledge):
        counts[key, value][1] += weight
    totals: dict[Key, float] = defaultdict(float)
    for (key, _), numbers in counts.items():
        totals[key] += sum(numbers)
    found: dict[tuple[Key, float], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (key, value), (published, library) in counts.items():
        kept = key if totals[key] >= _LEAST else (key[0], "", *key[2:])
        found[kept, value][0] += published
        found[kept, value][1] += library
    return [
        Value(key, value, round(published, 4), round(library, 4))
        for (key, value), (published, library) in sorted(found.items())
    ]


def _published(knowledge: Knowledge) -> Iterable[tuple[str, Key, float]]:
    """Yield source, key and value of every usable percentage of the cases."""
    for case in knowledge.cases:
        for indicator in case.indicators:
            reading = read_row(indicator)
            direction = usual_direction(reading.family, reading.parsed)
            value = reading.value_of(reading.parsed, direction)
            if value is None or reading.parsed.unit != _UNIT or row_fault(indicator) is not None:
                continue
            yield case.source, (reading.family, reading.aspect, _UNIT, direction), value


def _library(knowledge: Knowledge) -> Iterable[tuple[Key, float, float]]:
    """Yield key, value and weight of the three points of every library indicator."""
    for kind in knowledge.types:
        for row in kind.indicators:
            points = (row.weak, row.typical, row.strong)
            if row.unit != _UNIT or row.direction not in ("≥", "≤"):
                continue
            measure = split_name(row.name)
            key = (measure.family, measure.aspect, _UNIT, row.direction)
            for point, weight in zip(points, _THREE_POINTS, strict=True):
                if point is not None:
                    yield key, point, weight


def usual_direction(family: str, parsed: ParsedTarget) -> str:
    """Return which way a measure points, from what it is and how the target is written."""
    if family == "satisfaction":
        return "≥"
    if parsed.operator in ("≤", "<"):
        return "≤"
    if parsed.operator in ("≥", ">"):
        return "≥"
    if parsed.value == 0:
        # Nobody plans for none of something good.
        return "≤"
    return "≤" if family in {"cost", "unit_cost", "duration", "time"} else "≥"


def to_csv(values: Iterable[Value]) -> str:
    """Return values as the text of the data file."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(FIELDS)
    for entry in values:
        numbers = (entry.value, entry.published, entry.library)
        writer.writerow([*entry.key, *(f"{number:g}" for number in numbers)])
    return stream.getvalue()


@cache
def bundled_usual() -> UsualValues:
    """Return the usual values that ship with the program."""
    text = files("models").joinpath("data", FILE).read_text(encoding="utf-8")
    return UsualValues(
        Value(
            (row["family"], row["aspect"], row["unit"], row["direction"]),
            float(row["value"]),
            float(row["published"]),
            float(row["library"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def main() -> None:
    """Rebuild the data file."""
    path = Path(__file__).parent / "data" / FILE
    path.write_text(to_csv(count_values(Knowledge.bundled())), encoding="utf-8")


if __name__ == "__main__":
    main()
