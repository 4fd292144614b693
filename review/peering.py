"""Peers that a row's value may be compared with."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from review.context import ReviewContext, Row
from review.values import is_number
from review.wording import number

_FULL = 100


def comparable_peers(context: ReviewContext, row: Row) -> list[Any]:
    """Return peers that measure the same in the same unit, one per source."""
    kept: dict[str, Any] = {}
    for peer in context.peers(row):
        if peer.similarity < context.config.peer_similarity:
            continue
        if is_number(peer.parsed) and peer.parsed.unit == row.parsed.unit:
            kept.setdefault(peer.source, peer)
    return list(kept.values())


def median_value(peers: Sequence[Any]) -> float:
    """Return the middle of what peers set."""
    return float(statistics.median(peer.parsed.value for peer in peers))


def written_rate(value: float, unit: str | None, direction: str) -> str:
    """Return a rate as a form would show it, such as ≥95% or 100%."""
    sign = "" if value >= _FULL and unit == "%" else direction
    return f"{sign}{number(value)}{unit or ''}"
