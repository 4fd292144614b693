"""Tells whether suggested targets keep within what their peers set; see `api.check_suggestions`."""

from __future__ import annotations

from corpus.target import parse_target
from corpus.target.units import to_base
from recommender.results import Suggestion

ENOUGH = 5
"""Peers from which a target must lie between their 25th and 90th percentile of difficulty."""


def has_enough_peers(row: Suggestion) -> bool:
    """Tell whether a suggestion has a target and peers enough to judge it by."""
    peers = row.target.peers
    return row.target.suggested is not None and peers is not None and peers.n >= ENOUGH


def is_outside(row: Suggestion) -> bool:
    """Tell whether a target is easier than most peers' targets or harder than nearly all."""
    peers, written = row.target.peers, row.target.suggested
    if peers is None or written is None:
        return False
    parsed = parse_target(written, row.name)
    if parsed.value is None:
        return True
    value = to_base(parsed.value, parsed.unit)[0] / to_base(1.0, row.unit or None)[0]
    return not peers.holds(round(value, 6))
