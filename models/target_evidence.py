"""What peers, the library and the unit's own past say of a target, as features of the classifier.

Only values that projects of any size can be compared by are looked up (see `models.attainment`).
Every feature is 0 where nothing is known, so that a row without peers is judged as before.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from corpus.records import Case, Declaration, Indicator, ParsedTarget
from models.attainment import Attainment, AttainmentModel, FindLibrary, FindPeers
from models.attainment_evidence import PeerRow
from models.attainment_reading import is_scale_free, read_row
from models.attainment_usual import usual_direction

if TYPE_CHECKING:
    from models.peers import PeerIndex

ALIKE = 0.6
"""Peers less similar than this are not compared; also the default of a review."""
_FEW = 3
"""Fewer peers than this say nothing by their shares."""
_ENOUGH = 10
_POINTS = 10.0
"""Percentage points that count as one step away from the peers' median."""
_STEPS = 2.0
_PEERS, _LOOKED_AT = 20, 60
"""Peers that a review compares, and how many are looked at to find as many of other projects."""


@cache
def _model() -> AttainmentModel:
    """Return the attainment model."""
    return AttainmentModel()


def assess_rows(
    declaration: Declaration,
    parsed: Sequence[ParsedTarget],
    find_peers: FindPeers,
    find_library: FindLibrary,
) -> list[Attainment | None]:
    """Return how easy each row's target is, None where it cannot be compared."""

    def alike(indicator: Indicator, record: Declaration) -> list[PeerRow]:
        found = find_peers(indicator, record)
        return [peer for peer in found if peer.similarity >= ALIKE]

    return [
        _model().assess(row, declaration, alike, find_library, parsed=target)
        if _is_comparable(row, target)
        else None
        for row, target in zip(declaration.indicators, parsed, strict=True)
    ]


def _is_comparable(row: Indicator, parsed: ParsedTarget) -> bool:
    """Tell whether a target is a number that projects of any size can be compared by."""
    if parsed.kind not in ("number", "range") or parsed.value is None:
        return False
    reading = read_row(row, parsed)
    return is_scale_free(reading, usual_direction(reading.family, reading.parsed))


def evidence_features(found: Attainment | None) -> dict[str, float]:
    """Return the named features of a row's attainment; empty where there is none."""
    if found is None or not found.scale_free:
        return {}
    features = {
        "peers.ease": 2 * found.ease - 1,
        "peers.sure": found.low,
        "peers.count": min(found.peer_count, _ENOUGH) / _ENOUGH,
    }
    if found.peer_count >= _FEW:
        middle = statistics.median(peer.target for peer in found.values)
        sign = 1 if found.direction == "≥" else -1
        step = _POINTS if found.unit == "%" else max(abs(middle), abs(found.value), 1e-9) / 2
        steps = sign * (middle - found.value) / step
        features["peers.harder"] = 2 * found.harder / found.peer_count - 1
        features["peers.gap"] = max(-_STEPS, min(_STEPS, steps))
        features["peers.median"] = float(found.value == middle)
    if found.position is not None:
        features[f"library={found.position.position}"] = 1.0
    if found.own.share is not None:
        features["own.harder"] = 2 * found.own.share - 1
    return features


class OtherProjects:
    """Peers and library as they stand for a labelled case: without what its own group published."""

    def __init__(self, index: PeerIndex, cases: Sequence[Case], groups: Sequence[int]) -> None:
        self._index = index
        self._pages: dict[int, set[str]] = {}
        for case, group in zip(cases, groups, strict=True):
            self._pages.setdefault(group, set()).add(case.source)

    def assess(
        self, case: Case, group: int, parsed: Sequence[ParsedTarget]
    ) -> list[Attainment | None]:
        """Return how easy each row's target is by the other projects, see `assess_rows`."""
        own = self._pages[group]

        def peers(row: Indicator, record: Declaration) -> list[PeerRow]:
            found = self._index.peers(row, record, k=_LOOKED_AT, exclude_source=case.source)
            return list(islice((peer for peer in found if peer.source not in own), _PEERS))

        return assess_rows(case, parsed, peers, self._index.library)
