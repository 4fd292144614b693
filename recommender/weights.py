"""Whole-number weights (分值) that add up to what a form's scheme gives.

A first level has the scheme's points. They are shared among its second levels by importance, and
within a second level by how well an indicator tells projects apart. What a unit wrote stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from corpus.schemes import Scheme
from recommender.discrimination import NEUTRAL

_HEIR = {"满意度指标": "效益指标", "效益指标": "产出指标", "成本指标": "产出指标"}
"""Who takes the points of a first level that has no indicator."""
_BASE = 0.5
"""Added to the discrimination, so that the best weighs three times the poorest at most."""


@dataclass(frozen=True)
class Weighed:
    """What decides an indicator's weight."""

    level1: str
    level2: str
    importance: float
    """0 to 1; decides between second levels."""
    discrimination: float | None = None
    """0 to 1; decides within a second level. None where peers are too few to tell."""
    own: float | None = None
    """The weight that the unit wrote; it stays."""

    @property
    def quota(self) -> float:
        """Return its share within its second level."""
        return _BASE + (NEUTRAL if self.discrimination is None else self.discrimination)


def assign(rows: Sequence[Weighed], scheme: Scheme) -> list[float]:
    """Return one weight per row, in order; those without one of their own get whole numbers.

    They add up to the scheme's points less the execution rate's wherever there is a row to carry
    them. Within a second level the row that discriminates more never weighs less. Where the unit's
    own weights leave nothing in a first level, the others of that level get 0; where they leave a
    fraction, the heaviest of the others carries it.
    """
    weights = [row.own or 0.0 for row in rows]
    for level, points in level_points(rows, scheme).items():
        places = [place for place, row in enumerate(rows) if _home(row.level1, scheme) == level]
        left = points - sum(weights[place] for place in places)
        free = [place for place in places if rows[place].own is None]
        shares = _within_level([rows[place] for place in free], left, scheme, rows)
        for place, share in zip(free, shares, strict=True):
            weights[place] = share
    return [int(weight) if weight == floor(weight) else weight for weight in weights]


def level_points(rows: Sequence[Weighed], scheme: Scheme) -> dict[str, float]:
    """Return the points of each first level that occurs; nobody's points go to an heir."""
    points: dict[str, float] = dict.fromkeys((_home(row.level1, scheme) for row in rows), 0.0)
    for level, value in scheme.parts.items():
        heir: str | None = level
        while heir is not None and heir not in points:
            heir = _HEIR.get(heir)
        heir = heir or next(iter(points), None)
        if heir is not None:
            points[heir] += value
    return points


def _home(level1: str, scheme: Scheme) -> str:
    """Return the first level of the scheme whose points an indicator shares in."""
    level: str | None = level1
    while level is not None and level not in scheme.parts:
        level = _HEIR.get(level)
    return level or next(iter(scheme.parts), level1)


def _within_level(
    free: Sequence[Weighed], left: float, scheme: Scheme, rows: Sequence[Weighed]
) -> list[float]:
    """Share what is left of a first level: first among second levels, then within each."""
    if not free:
        return []
    whole = max(0, floor(left + 1e-9))
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(free):
        groups.setdefault(row.level2, []).append(place)
    if whole < len(free):
        weights = [float(share) for share in share_out(whole, [row.importance for row in free])]
    else:
        weights = [0.0] * len(free)
        totals = _group_totals(groups, free, whole, scheme, rows)
        for total, places in zip(totals, groups.values(), strict=True):
            for place, share in zip(places, _shares(total, places, free), strict=True):
                weights[place] = float(share)
    rest = round(left - whole, 6)
    if rest > 0:
        heaviest = max(range(len(free)), key=lambda place: (weights[place], free[place].quota))
        weights[heaviest] = round(weights[heaviest] + rest, 6)
    return weights


def _group_totals(
    groups: Mapping[str, Sequence[int]],
    free: Sequence[Weighed],
    whole: int,
    scheme: Scheme,
    rows: Sequence[Weighed],
) -> list[int]:
    """Return the points of each second level: the form's own where it fixes them all."""
    least = [len(places) for places in groups.values()]
    fixed = [scheme.within[name] - _written(rows, name) for name in groups if name in scheme.within]
    if len(fixed) == len(groups) and sum(fixed) == whole:
        exact = [int(points) for points in fixed]
        if exact == fixed and all(a >= b for a, b in zip(exact, least, strict=True)):
            return exact
    importance = [sum(free[place].importance for place in places) for places in groups.values()]
    return share_out(whole, importance, least)


def _written(rows: Iterable[Weighed], level2: str) -> float:
    """Return the points that the unit's own weights take of a second level."""
    return sum(row.own or 0.0 for row in rows if row.level2 == level2)


def _shares(total: int, places: Sequence[int], free: Sequence[Weighed]) -> list[int]:
    """Share a second level's points by discrimination; of equals the more important comes first."""
    order = sorted(range(len(places)), key=lambda i: -free[places[i]].importance)
    shares = share_out(total, [free[places[i]].quota for i in order])
    back = dict(zip(order, shares, strict=True))
    return [back[i] for i in range(len(places))]


def share_out(total: int, quotas: Sequence[float], least: Sequence[int] | None = None) -> list[int]:
    """Share a whole total in proportion to quotas by the largest remainder.

    Each gets `least`, one by default, and its share of what is left. Where there are not enough
    points for that, those with the largest quotas get one each.
    """
    count = len(quotas)
    floors = [1] * count if least is None else list(least)
    if total <= sum(floors):
        order = sorted(range(count), key=lambda place: (-quotas[place], place))
        if total == sum(floors):
            return floors
        return [int(order.index(place) < total) for place in range(count)]
    positive = [max(0.0, quota) for quota in quotas]
    whole = sum(positive)
    rest = total - sum(floors)
    exact = [rest * quota / whole if whole else rest / count for quota in positive]
    shares = [int(value) for value in exact]
    order = sorted(range(count), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: rest - sum(shares)]:
        shares[place] += 1
    return [share + floor_ for share, floor_ in zip(shares, floors, strict=True)]
