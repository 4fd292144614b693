"""A target among what others set and reached, as a small picture drawn by the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.records import Declaration, Indicator
from corpus.target.units import to_base
from models.attainment import Attainment, AttainmentModel
from models.attainment_evidence import library_edges

if TYPE_CHECKING:
    from models.peers import PeerIndex

_LEFT, _RIGHT = 8, 212
_TARGET_BASE, _ACTUAL_BASE = 19, 27
_BINS = 34
_STEP = 4.6
_HIGHEST = 3
"""Dots above one another; further ones would leave the picture."""
_FEWEST = 3
_APART = 60
"""Labels closer than this cover each other."""


@dataclass(frozen=True)
class Dot:
    """One project's value."""

    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A value that is named."""

    x: float
    label: str


@dataclass(frozen=True)
class Spread:
    """What is drawn, in a frame of 220 by 46."""

    targets: tuple[Dot, ...]
    """What similar projects set, above the line."""
    actuals: tuple[Dot, ...]
    """What they reached where it differs, below the line."""
    ticks: tuple[Tick, ...]
    """较低, 一般 and 较高 of the indicator library."""
    own: float
    """Where the target itself lies."""
    labels: tuple[Tick, ...]
    """Values written below: 较低 and 较高, else the ends of the line."""
    words: str
    """The same in words."""


def spread_of(row: Indicator, declaration: Declaration, peers: PeerIndex) -> Spread | None:
    """Return the picture for a row, None where its target cannot be compared.

    Quantities that grow with a project's size have none: others' lengths and counts say nothing.
    """
    found = _model().assess(row, declaration, peers.peers, peers.library)
    if found is None or not found.scale_free:
        return None
    factor = to_base(1.0, found.reading.parsed.unit)[0]
    targets = [value.target / factor for value in found.values]
    actuals = [value.actual / factor for value in found.values if value.actual is not None]
    edges = _edges(found)
    points = [edge / factor for edge in edges or ()]
    if len(targets) < _FEWEST and not points:
        return None
    return _drawn(found, found.value / factor, targets, actuals, points)


@cache
def _model() -> AttainmentModel:
    return AttainmentModel()


def _edges(found: Attainment) -> tuple[float, float, float] | None:
    if found.position is None:
        return None
    return library_edges(found.position.indicator, found.reading, found.direction)


def _drawn(
    found: Attainment,
    own: float,
    targets: list[float],
    actuals: list[float],
    points: list[float],
) -> Spread:
    low, high = _ends([own, *points], [*targets, *actuals])

    def place(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    names = ("较低", "一般", "较高")
    unit = found.reading.parsed.unit or ""
    ticks = dict(zip(points, names, strict=False))
    named = sorted({points[0], points[-1]} if points else {low, high})
    words = _words(found, unit, len(targets), points)
    return Spread(
        targets=_stacked((place(value) for value in targets), _TARGET_BASE, -_STEP),
        actuals=_stacked((place(value) for value in actuals), _ACTUAL_BASE, _STEP),
        ticks=tuple(Tick(place(value), name) for value, name in ticks.items()),
        own=place(own),
        labels=_labels([(place(value), _number(value)) for value in named], unit),
        words=words,
    )


def _ends(shown: list[float], others: list[float]) -> tuple[float, float]:
    """Return the ends of the line: what is named lies within, far outliers are moved in."""
    if others:
        shown = [*shown, *np.percentile(others, (5, 95))]
    low, high = min(shown), max(shown)
    margin = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    return low - margin if low - margin >= 0 or low < 0 else 0.0, high + margin


def _stacked(places: Iterable[float], base: float, step: float) -> tuple[Dot, ...]:
    """Put dots that would cover one another above one another."""
    width = (_RIGHT - _LEFT) / _BINS
    bins = Counter(round((x - _LEFT) / width) for x in places)
    return tuple(
        Dot(round(_LEFT + place * width, 1), round(base + step * level, 1))
        for place, count in sorted(bins.items())
        for level in range(min(count, _HIGHEST))
    )


def _labels(named: list[tuple[float, str]], unit: str) -> tuple[Tick, ...]:
    """Write values below the line; two that would cover each other become one label."""
    (first, low), (last, high) = named[0], named[-1]
    if len(named) > 1 and last - first < _APART:
        return (Tick((first + last) / 2, f"{low}–{high}{unit}"),)
    return tuple(Tick(x, f"{number}{unit}") for x, number in named)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _harder(found: Attainment, count: int) -> str:
    word = "高" if found.direction == "≥" else "严"
    if not found.harder:
        return f"{count}个同类项目均不{word}于此值"
    return f"{count}个同类项目中{found.harder}个定得更{word}"


def _words(found: Attainment, unit: str, count: int, points: list[float]) -> str:
    pieces = []
    if count:
        pieces.append(_harder(found, count))
    if found.informative:
        met = f"中{found.met}个" if found.met else "均未"
        pieces.append(f"{found.informative}个实际值{met}达到这一水平")
    if len(points) == len(("较低", "一般", "较高")):
        weak, typical, strong = (_number(value) for value in points)
        pieces.append(f"指标库较低{weak}、一般{typical}、较高{strong}{unit}")
    return "；".join(pieces)
