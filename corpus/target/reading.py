"""One quantity found in a folded cell."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Operator


@dataclass(frozen=True, slots=True)
class Reading:
    """A number or range with its sign, its unit and the stretch of text they take."""

    start: int
    end: int
    value: float
    high: float | None = None
    operator: Operator | None = None
    unit: str | None = None
    scaled: bool = False
    """Whether the cell wrote 万 or 亿 that was multiplied out."""
