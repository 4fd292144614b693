"""The card of a library indicator: who uses it, with which values, well and badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.spread import Spread, spread_of
from api.workspace import Workspace
from corpus.records import Declaration, Indicator, LibraryIndicator, LibraryType
from corpus.target.units import comparable
from models.peers import Peer

_SHOWN = 6
_JUDGED = 20
"""Nearest rows that are divided into good and bad examples."""
_MOST = 1_000
"""Rows that are looked for; a measure that more projects use is counted as so many."""


@dataclass(frozen=True)
class Card:
    """An indicator of the library beside what published projects made of it."""

    indicator: LibraryIndicator
    users: int
    """How many published projects have an indicator of the same measure."""
    good: Sequence[Peer]
    """Those whose target a review lets pass."""
    bad: Sequence[Peer]
    """Those whose target it does not."""
    spread: Spread | None
    """The usual values as a picture, None where values of projects cannot be compared."""


def card_of(workspace: Workspace, entry: LibraryType, indicator: LibraryIndicator) -> Card:
    """Gather what is known of an indicator of a type."""
    parts = workspace.parts
    around, asked = _asked(entry, indicator)
    peers = _peers(workspace, entry, indicator)
    good: list[Peer] = []
    bad: list[Peer] = []
    for peer in peers[:_JUDGED]:
        row = asked.model_copy(update={"name": peer.name, "target": peer.target})
        (good if parts.reviewer.acceptable(around, row) else bad).append(peer)
    return Card(
        indicator,
        _projects(peers),
        good[:_SHOWN],
        bad[:_SHOWN],
        spread_of(asked, around, parts.peers),
    )


def users_of(workspace: Workspace, entry: LibraryType, indicator: LibraryIndicator) -> int:
    """Return how many published projects have an indicator that measures the same."""
    return _projects(_peers(workspace, entry, indicator))


def _peers(workspace: Workspace, entry: LibraryType, indicator: LibraryIndicator) -> Sequence[Peer]:
    """Return published rows of the same measure; one without a usual value still has its unit."""
    around, asked = _asked(entry, indicator)
    found = workspace.parts.peers.peers(asked, around, k=_MOST)
    if asked.target or not indicator.unit:
        return found
    unit = indicator.unit
    return [peer for peer in found if comparable(unit, peer.parsed.unit or None)]


def _projects(peers: Sequence[Peer]) -> int:
    return len({peer.project_id for peer in peers})


def _asked(entry: LibraryType, indicator: LibraryIndicator) -> tuple[Declaration, Indicator]:
    """Return an indicator of the library as a row, and the project it would stand in."""
    around = Declaration(project_name=entry.project_type, function_code=entry.function_code)
    row = Indicator(
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        target=_typical(indicator),
    )
    return around, row


def _typical(indicator: LibraryIndicator) -> str:
    """Return the usual value as a target, empty where the library has none."""
    if indicator.typical is None or indicator.direction == "定性":
        return ""
    return f"{indicator.direction}{indicator.typical:g}{indicator.unit}"
