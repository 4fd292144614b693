"""Rows of a form among comparable rows of other projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.web.spread import Spread, spread_of
from corpus.records import Declaration, Indicator

if TYPE_CHECKING:
    from models.peers import Peer, PeerIndex

_PEERS = 6


@dataclass(frozen=True)
class Compared:
    """One row with its peers."""

    index: int
    row: Indicator
    spread: Spread | None
    """Where its target lies; None where targets of other projects say nothing about it."""
    peers: Sequence[Peer]


def comparison(declaration: Declaration, peers: PeerIndex) -> tuple[Compared, ...]:
    """Return all rows that have peers or a place among them."""
    compared = (
        Compared(
            index,
            row,
            spread_of(row, declaration, peers),
            peers.peers(row, declaration, k=_PEERS),
        )
        for index, row in enumerate(declaration.indicators)
        if row.name.strip()
    )
    return tuple(row for row in compared if row.spread or row.peers)
