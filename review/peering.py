"""Peers that a row's value may be compared with."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from review.context import ReviewContext, Row
from review.values import is_number
from review.wording import number


def comparable_peers(context: ReviewContext, row: Row) -> list[Any]:
    """Return peers that measure the same in the same unit, one per source."""
    kept: dict[str, Any] = {}
    for peer in context.peers(row):
        if peer.similarity < context.config.peer_similarity:
            continue
        if is_number(peer.parsed) and peer.parsed.unit == row.parsed.unit:
            kept.setdefault(peer.source, peer)
    return list(kept.values())


def median_target(peers: Sequence[Any], direction: str) -> str:
    """Return the middle of what peers set, as a form would show it, such as ≥95%."""
    middle = statistics.median(peer.parsed.value for peer in peers)
    return f"{direction}{number(middle)}{peers[0].parsed.unit or ''}"
