"""The parts of a figure: a table that says everything, and a chart of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Value = str | int | float | None
Format = Literal["text", "number", "percent", "wan", "points", "change"]

NAVY, BLUE, SKY, GREEN, AMBER, RED, GREY = (
    "#1d4f91",
    "#4a86c5",
    "#9dc3e6",
    "#2e8b57",
    "#d08700",
    "#b3261e",
    "#9aa5b1",
)


@dataclass(frozen=True)
class Cell:
    """A value, and where it leads."""

    value: Value
    format: Format = "text"
    link: str = ""

    @property
    def shown(self) -> str:
        """Return the value as people read it."""
        value = self.value
        if value is None or value == "":
            return "—"
        if isinstance(value, str):
            return value
        return _FORMATS[self.format].format(value)

    @property
    def numeric(self) -> bool:
        """Tell whether it stands to the right."""
        return self.format != "text"


_FORMATS: dict[str, str] = {
    "text": "{}",
    "number": "{:,}",
    "percent": "{:.1%}",
    "wan": "{:,.2f}",
    "points": "{:.1f}",
    "change": "{:+.1f}",
}


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each category, and where each leads."""

    name: str
    color: str
    values: Sequence[float | None]
    links: Sequence[str]


@dataclass(frozen=True)
class Chart:
    """What is drawn."""

    kind: Literal["bar", "stack", "line"]
    categories: Sequence[str]
    series: Sequence[Series]
    horizontal: bool = False
    percent: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """Return plain values for the script that draws."""
        return {
            "kind": self.kind,
            "horizontal": self.horizontal,
            "percent": self.percent,
            "categories": list(self.categories),
            "series": [
                {"name": s.name, "color": s.color, "values": list(s.values), "links": list(s.links)}
                for s in self.series
            ],
        }

    @property
    def rows(self) -> int:
        """Return how many bars stand one above the other."""
        return len(self.categories)


@dataclass(frozen=True)
class Figure:
    """A chart with its table, or a table alone."""

    key: str
    title: str
    table: Table
    chart: Chart | None = None
    note: str = ""
    rules: tuple[str, ...] = ()
    """How it is counted, where that needs to be told in several sentences."""
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """Figures about one question."""

    key: str
    title: str
    figures: tuple[Figure, ...]
    lead: str = ""
    """The answer in one sentence."""
    links: tuple[tuple[str, str], ...] = field(default=())
    """Words and addresses that lead on."""
    current: str = ""
    """Which of these words is shown now."""
