"""How well an indicator tells projects apart (区分度), from what peers set and reached.

Where nearly every project sets 100% and reaches it, the points are given away. The measure is the
probability that two peers drawn at random, by their similarity, differ noticeably.
Source of the idea: 西藏 weighs indicators that discriminate more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Direction
from corpus.target import parse_target
from models.peers import Peer
from recommender.peer_values import comparable_values

NEUTRAL = 0.5
"""Stands for the discrimination of what too few peers use to tell."""
_NOTICEABLE = 0.01
"""Two values differ noticeably when they are further apart than this share of the larger one."""


def discrimination(
    peers: Sequence[Peer], unit: str, direction: Direction, likeness: float, enough: int
) -> float | None:
    """Return the discrimination, 0 (all alike) to 1 (all different); None with too few peers.

    The mean over targets and over the reached shares of the targets, each where `enough` peers
    at least as similar as `likeness` give one.
    """
    known = comparable_values(peers, unit, direction, likeness)
    near = [peer for peer in peers if peer.similarity >= likeness]
    reached = [(share, p.similarity) for p in near if (share := _reached(p)) is not None]
    parts = [
        differing(values, weights)
        for values, weights in (
            (known.values, known.weights),
            ([share for share, _ in reached], [weight for _, weight in reached]),
        )
        if len(values) >= enough
    ]
    return sum(parts) / len(parts) if parts else None


def differing(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted share of pairs of values that differ noticeably."""
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    size = np.maximum(np.abs(x[:, None]), np.abs(x[None, :]))
    differ = np.abs(x[:, None] - x[None, :]) > _NOTICEABLE * size + 1e-12
    pairs = w[:, None] * w[None, :] * (1 - np.eye(len(x)))
    return float((pairs * differ).sum() / pairs.sum())


def _reached(peer: Peer) -> float | None:
    """Return which share of its target a peer reports, None where it cannot be told."""
    if peer.actual is None or not peer.parsed.value:
        return None
    actual = parse_target(peer.actual, peer.name)
    same_unit = (actual.unit or peer.parsed.unit) == peer.parsed.unit
    if actual.value is None or not same_unit:
        return None
    return actual.value / peer.parsed.value
