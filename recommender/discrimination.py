"""How well an indicator tells projects apart (区分度), from what peers set and reached.

Where nearly every project sets 100% and reaches it, the points are given away. The measure is the
probability that two projects drawn at random differ noticeably: two peers, drawn by similarity;
where peers are few, two projects somewhere between the library's weak and strong value.
Source of the idea: 西藏 weighs indicators that discriminate more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.records import Direction, LibraryIndicator
from corpus.target import parse_target
from models.peers import Peer
from recommender.peer_values import comparable_values

NEUTRAL = 0.5
"""Stands for the discrimination of what too few peers use to tell."""
_LIKENESS = 0.35
"""Similarity from which a peer of the same measure counts, in whatever field."""
_NOTICEABLE = 0.01
"""Two values differ noticeably when they are further apart than this share of the larger one."""


def discrimination(
    peers: Sequence[Peer],
    unit: str,
    direction: Direction,
    library: LibraryIndicator | None = None,
    enough: int = 5,
) -> float | None:
    """Return the discrimination, 0 (all alike) to 1 (all different); None where nothing tells.

    The mean over targets and over the reached shares of the targets, each where `enough` peers
    give one. Peers of other fields count by their similarity: 验收合格率 is at 100% in most.
    """
    known = comparable_values(peers, unit, direction, _LIKENESS)
    near = [peer for peer in peers if peer.similarity >= _LIKENESS]
    reached = [(share, p.similarity) for p in near if (share := _reached(p)) is not None]
    parts = [
        differing(values, weights)
        for values, weights in (
            (known.values, known.weights),
            ([share for share, _ in reached], [weight for _, weight in reached]),
        )
        if len(values) >= enough
    ]
    return sum(parts) / len(parts) if parts else _by_library(library)


def _by_library(library: LibraryIndicator | None) -> float | None:
    """Return the measure for projects evenly spread between the library's weak and strong value.

    Two numbers drawn evenly from a span s differ by more than t with probability (1 − t/s)².
    """
    if library is None or library.weak is None or library.strong is None:
        return None
    span = abs(library.strong - library.weak)
    threshold = _NOTICEABLE * max(abs(library.strong), abs(library.weak))
    return (1 - threshold / span) ** 2 if span > threshold else 0.0


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
