"""What the unit itself set and reached for a measure in the years before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.records import Declaration, Direction, Indicator
from corpus.target.units import to_base
from models.attainment_history import own_records
from models.attainment_reading import is_scale_free, read_row
from recommender.choice import Choice


@dataclass(frozen=True)
class LastValue:
    """The latest earlier year's row of a measure."""

    year: int | None
    target: str
    """As written then."""
    actual: str | None
    level: float
    """What the unit is known to manage, in the suggestion's unit: its result, else its target."""
    scale_free: bool
    """Whether the value can be taken over whatever this year's size is."""

    def to_dict(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return {"year": self.year, "target": self.target, "actual": self.actual}

    @property
    def worded(self) -> str:
        """Return year, target and result in words: 2023年指标值≥95%、实际96%."""
        year = f"{self.year}年" if self.year else "以前年度"
        actual = f"、实际{self.actual}" if self.actual else ""
        return f"本项目{year}指标值{self.target or '未填'}{actual}"


def last_value(choice: Choice, declaration: Declaration, direction: Direction) -> LastValue | None:
    """Return the latest earlier value of what a choice measures, None where none is known."""
    if not declaration.history or not choice.unit:
        return None
    reading = read_row(Indicator(name=choice.name, target=f"{direction}1{choice.unit}"))
    scale_free = is_scale_free(reading, direction)
    records: Sequence[Any] = own_records(reading, declaration, direction, True)
    if not records:
        return None
    latest = records[0]
    return LastValue(
        year=latest.year,
        target=latest.indicator.target,
        actual=latest.indicator.actual,
        level=latest.level / to_base(1.0, choice.unit)[0],
        scale_free=scale_free,
    )
