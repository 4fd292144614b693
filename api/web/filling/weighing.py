"""Weights of the form's rows, which add up to its scheme by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.web.filling.posted import Posted, with_rows
from api.wishes import Wishes
from corpus.errors import InputError
from corpus.schemes import AUTO, near, scheme_named

if TYPE_CHECKING:
    from api.workspace import Workspace
    from corpus.records import Indicator


@dataclass(frozen=True)
class Weighing:
    """What each row weighs, and what all should weigh together."""

    shared_out: Mapping[str, float]
    """Weights of the rows that have none of their own, by row key."""
    total: float
    wanted: float | None
    """Points of all indicators together by the scheme."""
    scheme: str = ""
    basis: str = ""

    @property
    def fits(self) -> bool:
        """Tell whether the sum is what the scheme asks for."""
        return self.wanted is None or near(self.total, self.wanted)


def weighing_of(workspace: Workspace, posted: Posted) -> Weighing:
    """Share out the points that the unit has not set itself; its own weights stay."""
    named = _named(posted)
    own = sum(row.weight or 0.0 for row in posted.record.indicators)
    if posted.is_evaluation or not named or not posted.record.project_name.strip():
        return Weighing({}, own, None)
    wishes = Wishes(top=len(named), scheme=posted.scheme or AUTO, accepted=tuple(named.values()))
    found = workspace.recommend(posted.record, wishes=wishes)
    weights = {kept.row.name: kept.weight for kept in found.accepted if not kept.is_own}
    shared = {key: weights[row.name] for key, row in named.items() if row.name in weights}
    return Weighing(
        shared,
        own + sum(shared.values()),
        _total(found.scheme),
        found.scheme,
        found.scheme_basis,
    )


def shared_before(workspace: Workspace, posted: Posted) -> bool:
    """Tell whether all weights of a stored form are those that would be shared out now.

    They then go on adding up by themselves; otherwise they count as the unit's own.
    """
    rows = posted.record.indicators
    if posted.is_evaluation or not rows or any(row.weight is None for row in rows):
        return False
    bare = with_rows(
        posted, (replace(row, texts={**row.texts, "weight": ""}) for row in posted.rows)
    )
    shared = weighing_of(workspace, bare).shared_out
    return all(
        shared.get(line.key) == row.weight for line, row in zip(posted.filled, rows, strict=True)
    )


def _named(posted: Posted) -> dict[str, Indicator]:
    """Return the rows that can be weighed by key; of several with one name only the first."""
    found: dict[str, Indicator] = {}
    names: set[str] = set()
    for line, row in zip(posted.filled, posted.record.indicators, strict=True):
        if row.name.strip() and row.name not in names:
            found[line.key] = row
            names.add(row.name)
    return found


def _total(scheme: str) -> float | None:
    try:
        return scheme_named(scheme).total
    except InputError:
        return None
