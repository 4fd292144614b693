"""What similar projects set and reached for the same measure, as numbers of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.records import Direction, ParsedTarget
from corpus.target import parse_target
from corpus.target.units import comparable, to_base
from models.peers import Peer

EASY, HARD = 0.25, 0.9
"""A proposed value lies between these shares of the peers, in direction of difficulty."""


@dataclass(frozen=True)
class Distribution:
    """Similarity-weighted percentiles of peers' values, in direction of difficulty."""

    n: int
    p25: float
    """A quarter of the peers' values are easier than this."""
    median: float
    p90: float
    """A tenth of the peers' values are harder than this."""
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """Return a plain mapping."""
        percentiles = {"p25": self.p25, "median": self.median, "p90": self.p90}
        rounded = {name: round(value, 4) for name, value in percentiles.items()}
        return {"n": self.n, **rounded, "unit": self.unit}

    def holds(self, value: float) -> bool:
        """Tell whether a value lies between the easy and the hard end."""
        return min(self.p25, self.p90) <= value <= max(self.p25, self.p90)


@dataclass(frozen=True)
class PeerValues:
    """Comparable values of peers, in the unit of the indicator."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.values)

    def quantile(self, share: float) -> float:
        """Return the smallest value that a share of the similarity-weighted peers stays within."""
        order = np.argsort(self.values, kind="stable")
        cumulative = np.cumsum(np.array(self.weights)[order])
        place = int(np.searchsorted(cumulative, share * cumulative[-1] - 1e-9))
        return self.values[int(order[min(place, len(order) - 1)])]

    def by_difficulty(self, share: float, direction: Direction) -> float:
        """Return the value that is harder than a share of the peers' values."""
        return self.quantile(1.0 - share if direction == "≤" else share)

    def within(self, value: float, direction: Direction) -> float:
        """Return a value moved between the easy and the hard end of the peers' values."""
        ends = sorted(self.by_difficulty(share, direction) for share in (EASY, HARD))
        return min(max(value, ends[0]), ends[1])

    def distribution(self, unit: str, direction: Direction) -> Distribution | None:
        """Return the percentiles that are shown, None without values."""
        if not self.values:
            return None
        return Distribution(
            n=len(self.values),
            p25=self.by_difficulty(EASY, direction),
            median=self.quantile(0.5),
            p90=self.by_difficulty(HARD, direction),
            unit=unit,
        )


def comparable_values(
    peers: Sequence[Peer], unit: str, direction: Direction, likeness: float
) -> PeerValues:
    """Return the targets of peers that measure the same in a comparable unit.

    Peers less similar than `likeness` do not count.
    """
    return _gathered(
        [(peer, peer.parsed) for peer in peers if _same_sign(peer.parsed.operator, direction)],
        unit,
        likeness,
    )


def reported_values(
    peers: Sequence[Peer], unit: str, direction: Direction, likeness: float
) -> PeerValues:
    """Return what peers report to have reached, of those whose targets are comparable."""
    reported = [
        (peer, parse_target(peer.actual, peer.name))
        for peer in peers
        if peer.actual and peer.similarity >= likeness
        if _same_sign(peer.parsed.operator, direction)
    ]
    return _gathered(reported, unit, likeness)


def _gathered(found: Sequence[tuple[Peer, ParsedTarget]], unit: str, likeness: float) -> PeerValues:
    """Return the numbers among what peers wrote, brought to one unit."""
    values, weights = [], []
    factor, base = to_base(1.0, unit or None)
    for peer, parsed in found:
        if parsed.value is None or peer.similarity < likeness:
            continue
        other = parsed.unit or ("%" if unit == "%" else None)
        if other is None or not comparable(other, unit):
            continue
        value, other_base = to_base(parsed.value, other)
        if (other_base or "") != (base or "") and "%" in (unit, other):
            continue
        values.append(value / factor)
        weights.append(peer.similarity)
    return PeerValues(tuple(values), tuple(weights))


def _same_sign(operator: str | None, direction: Direction) -> bool:
    """Tell whether a published comparison does not point the other way."""
    if direction == "≤":
        return operator not in {"≥", ">"}
    return operator not in {"≤", "<"}
