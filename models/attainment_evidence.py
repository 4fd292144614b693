"""Pieces of evidence about a target's ease, and how they are weighed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np

from corpus.records import LibraryIndicator, ParsedTarget
from corpus.target import parse_target
from models.attainment_reading import Reading, edge

LIKE = 0.5
"""Peers less similar than this are no evidence."""
_TIE = 1e-9
_Z = 1.645
"""Normal quantile of a two-sided 90% interval."""
_EASE_AT = (1.0, 0.85, 0.5, 0.15, 0.0)
"""Mid-rank shares one step below weak, at weak, typical, strong, and one step beyond: weak,
typical and strong weigh 0.3, 0.4, 0.3 (Swanson's rule for the 10%, 50%, 90% points)."""
_OPPOSED = {"≥": ("≤", "<"), "≤": ("≥", ">")}

Position = Literal["below_weak", "weak_to_typical", "typical_to_strong", "strong"]


class PeerRow(Protocol):
    """What is asked of `models.peers.Peer`."""

    @property
    def project_id(self) -> str:
        """Id of the project."""
        ...

    @property
    def project_name(self) -> str:
        """Name of the project."""
        ...

    @property
    def name(self) -> str:
        """Name of the indicator."""
        ...

    @property
    def target(self) -> str:
        """Target as published."""
        ...

    @property
    def parsed(self) -> ParsedTarget:
        """Target as read."""
        ...

    @property
    def actual(self) -> str | None:
        """Reported result as published."""
        ...

    @property
    def similarity(self) -> float:
        """How far the row is a peer, in [0, 1]."""
        ...

    @property
    def source(self) -> str:
        """Page the project was seen on."""
        ...


class LibraryRow(Protocol):
    """What is asked of `models.peers.LibraryMatch`."""

    @property
    def indicator(self) -> LibraryIndicator:
        """The library indicator."""
        ...

    @property
    def similarity(self) -> float:
        """How far it measures the same, in [0, 1]."""
        ...


@dataclass(frozen=True)
class Part:
    """What one kind of evidence says about a target."""

    share: float | None
    """Weighted share that is harder, ties half; for actuals, that meets it. None without any."""
    count: int
    """Pieces of evidence."""
    weight: float
    """Effective sample size, in peers of full similarity."""


NOTHING = Part(None, 0, 0.0)


@dataclass(frozen=True)
class PeerValue:
    """A peer's numbers in base units."""

    peer: PeerRow
    target: float
    actual: float | None
    """Reported result where it differs from the peer's own target, so that it informs."""
    copied: bool
    """Whether the reported result only repeats the target."""

    @property
    def weight(self) -> float:
        """Weight of each of its numbers: a project counts once, however many numbers it gives."""
        return self.peer.similarity / (1 if self.actual is None else 2)


def compare(other: float, value: float, direction: str) -> float:
    """Return 1 where another value is harder than a target, ½ where equal, 0 where easier."""
    if abs(other - value) <= _TIE * max(1.0, abs(other), abs(value)):
        return 0.5
    return float((other < value) if direction == "≤" else (other > value))


@lru_cache(maxsize=16384)
def _parse_actual(text: str, name: str) -> ParsedTarget:
    return parse_target(text, name)


def read_peers(reading: Reading, peers: Iterable[PeerRow], direction: str) -> tuple[PeerValue, ...]:
    """Return the comparable peers, most similar first, one per page they were seen on."""
    found: dict[str, PeerValue] = {}
    for peer in peers:
        if peer.similarity < LIKE or peer.source in found:
            continue
        if peer.parsed.operator in _OPPOSED[direction]:
            continue
        target = reading.value_of(peer.parsed, direction)
        if target is not None:
            actual = peer.actual and _parse_actual(peer.actual, peer.name)
            reached = reading.value_of(actual, direction) if actual else None
            copied = reached is not None and compare(reached, target, direction) == 0.5
            found[peer.source] = PeerValue(peer, target, None if copied else reached, copied)
    return tuple(found.values())


def weigh(pieces: Sequence[tuple[float, float]], factor: float = 1.0) -> Part:
    """Return the weighted mean of (share, weight) pairs; `factor` scales all weights."""
    total = sum(weight for _, weight in pieces)
    if not total:
        return NOTHING
    mean = sum(share * weight for share, weight in pieces) / total
    return Part(mean, len(pieces), total * factor)


def library_edges(
    indicator: LibraryIndicator, reading: Reading, direction: str
) -> tuple[float, float, float] | None:
    """Return weak, typical and strong in base units, None where not comparable or out of order."""
    if indicator.direction == "定性":
        return None
    points = (indicator.weak, indicator.typical, indicator.strong)
    return _edges(points, indicator.unit, reading.parsed.unit, direction)


@lru_cache(maxsize=16384)
def _edges(
    points: tuple[float | None, float | None, float | None],
    unit: str,
    wanted: str | None,
    direction: str,
) -> tuple[float, float, float] | None:
    """Return an indicator's thresholds in base units of a wanted unit; rows of a batch repeat."""
    if any(point is None for point in points):
        return None
    cells = [ParsedTarget(kind="number", value=point, unit=unit or None) for point in points]
    edges = [edge(cell, wanted, direction) for cell in cells]
    known = [point for point in edges if point is not None]
    sign = -1 if direction == "≤" else 1
    rising = known == sorted(known, key=lambda point: sign * point)
    if len(known) < len(points) or not rising or known[0] == known[-1]:
        return None
    return known[0], known[1], known[2]


def library_share(edges: tuple[float, float, float], value: float, direction: str) -> float:
    """Return the share that is harder by the library's thresholds, linear between them."""
    sign = -1.0 if direction == "≤" else 1.0
    weak, typical, strong = (sign * point for point in edges)
    step_down = (typical - weak) or (strong - typical)
    step_up = (strong - typical) or (typical - weak)
    points = [weak - step_down, weak, typical, strong, strong + step_up]
    shares = list(_EASE_AT)
    for place in (1, 2):
        if points[place] == points[place + 1]:
            shares[place] = shares[place + 1] = (shares[place] + shares[place + 1]) / 2
    return float(np.interp(sign * value, points, shares))


def library_position(edges: tuple[float, float, float], value: float, direction: str) -> Position:
    """Return where a value lies among the thresholds; a value on one has reached it."""
    weak, typical, strong = (compare(point, value, direction) < 1.0 for point in edges)
    if strong:
        return "strong"
    if typical:
        return "typical_to_strong"
    return "weak_to_typical" if weak else "below_weak"


def combine(parts: Iterable[Part]) -> tuple[float, float, float]:
    """Return the weighted mean of all parts with Wilson's 90% interval; ½, 0, 1 without any."""
    known = [(part.share, part.weight) for part in parts if part.share is not None]
    total = sum(weight for _, weight in known)
    if not total:
        return 0.5, 0.0, 1.0
    mean = sum(share * weight for share, weight in known) / total
    square = _Z * _Z / total
    middle = (mean + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(mean * (1 - mean) / total + square / (4 * total))
    return mean, max(0.0, middle - half), min(1.0, middle + half)
