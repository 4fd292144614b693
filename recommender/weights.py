"""Whole-number weights (分值) that add up to what a form's scheme gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Scheme:
    """How a form shares out 100 points."""

    name: str
    parts: Mapping[str, int]
    """Points of each first level."""
    execution: int = 10
    """Points of 预算执行率."""


PLAIN = Scheme(
    "执行率10+产出50+效益30+满意度10",
    MappingProxyType({"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
)
"""The most common scheme. Source: forms under 财预〔2020〕10号."""
WITH_COST = Scheme(
    "成本20+产出40+效益20+满意度10+执行率10",
    MappingProxyType({"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}),
)
"""For projects with cost indicators. Source: 财预〔2021〕101号 as regional forms apply it."""

_HEIR = {"满意度指标": "效益指标", "效益指标": "产出指标", "成本指标": "产出指标"}
"""Who takes the points of a first level that has no indicator."""


def scheme_for(levels: Sequence[str]) -> Scheme:
    """Return the scheme with cost indicators where there are any, else the plain one."""
    return WITH_COST if "成本指标" in levels else PLAIN


def assign(levels: Sequence[str], importance: Sequence[float], scheme: Scheme) -> list[int]:
    """Return one whole weight per indicator, in order.

    Within a first level the more important indicator never weighs less. The weights add up to
    100 less the execution rate's points wherever there is an indicator to carry them.
    """
    weights = [0] * len(levels)
    for level, points in _points(levels, scheme).items():
        places = [place for place, other in enumerate(levels) if other == level]
        shares = share_out(points, [importance[place] for place in places])
        for place, share in zip(places, shares, strict=True):
            weights[place] = share
    return weights


def _points(levels: Sequence[str], scheme: Scheme) -> dict[str, int]:
    """Return the points of each first level that occurs; nobody's points go to an heir."""
    points = dict.fromkeys(levels, 0)
    for level, value in scheme.parts.items():
        heir: str | None = level
        while heir is not None and heir not in points:
            heir = _HEIR.get(heir)
        heir = heir or next(iter(points), None)
        if heir is not None:
            points[heir] += value
    return points


def share_out(total: int, quotas: Sequence[float]) -> list[int]:
    """Share a whole total in proportion to quotas by the largest remainder, at least 1 each.

    Where there are more shares than points the first ones get one each.
    """
    count = len(quotas)
    if total <= count:
        order = sorted(range(count), key=lambda place: (-quotas[place], place))
        return [int(order.index(place) < total) for place in range(count)]
    positive = [max(0.0, quota) for quota in quotas]
    whole = sum(positive)
    rest = total - count
    exact = [rest * quota / whole if whole else rest / count for quota in positive]
    shares = [int(value) for value in exact]
    order = sorted(range(count), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: rest - sum(shares)]:
        shares[place] += 1
    return [share + 1 for share in shares]
