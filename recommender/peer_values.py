"""What similar projects set for the same measure, as numbers of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Direction
from corpus.target.units import comparable, to_base
from models.peers import Peer


@dataclass(frozen=True)
class PeerValues:
    """Comparable target values of peers, in the unit of the indicator."""

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


def comparable_values(
    peers: Sequence[Peer], unit: str, direction: Direction, likeness: float
) -> PeerValues:
    """Return the values of peers that measure the same in a comparable unit.

    Peers less similar than `likeness` do not count.
    """
    values, weights = [], []
    factor, base = to_base(1.0, unit or None)
    for peer in peers:
        parsed = peer.parsed
        if (
            parsed.value is None
            or peer.similarity < likeness
            or not _same_sign(parsed.operator, direction)
        ):
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
