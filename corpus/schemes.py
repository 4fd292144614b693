"""Weight schemes of forms (分值方案): how 100 points are shared among the first levels.

Here is what is known of schemes; what a given form shows is read by `recommender.form_scheme` from
a declaration and by `review.scoring.scheme` from a self-evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from corpus.errors import InputError
from corpus.taxonomy import LEVELS, canonical_levels
from corpus.text import normalise

FULL = 100
AUTO = "auto"
_NOTHING: Mapping[str, float] = MappingProxyType({})
_PIECE = re.compile(r"([^\d\s+＋、，,;；:：]+?)\s*[:：]?\s*(\d{1,3}(?:\.\d+)?)\s*[分%]?")
_EXECUTION = re.compile(r"执行率?|预算执行")
_STATED = re.compile(
    r"[(\[【](?:权重|分值|共|计)?[:：]?(\d{1,3}(?:\.\d+)?)[分%]?[)\]】]|(\d{1,3}(?:\.\d+)?)[分%]$"
)
_ROUNDING = 0.15
"""Points divided among rows are rounded."""
_SECOND = {second for group in LEVELS.values() for second in group}


@dataclass(frozen=True)
class Scheme:
    """How a form shares out 100 points."""

    name: str
    parts: Mapping[str, float]
    """Points of each first level, in the wording of `corpus.taxonomy.LEVELS`."""
    execution: float = 10
    """Points of 预算执行率."""
    within: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    """Points of second levels, where the form fixes them."""

    @property
    def total(self) -> float:
        """Return the points of all indicators together."""
        return sum(self.parts.values())

    def placed(self, level1: str, level2: str) -> tuple[str, str]:
        """Return the levels under which a form of this scheme lists an indicator.

        A form without 成本指标 as a first level has it under 产出 (forms under 财预〔2015〕88号).
        """
        if level1 == "成本指标" and level1 not in self.parts and "产出指标" in self.parts:
            return "产出指标", "成本指标"
        return level1, level2


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

KNOWN: Mapping[str, Scheme] = MappingProxyType({"无成本": PLAIN, "有成本": WITH_COST})
"""Schemes by the short name that a user may give."""
_NATIONAL: tuple[tuple[str, Mapping[str, float], float], ...] = (
    ("财预〔2020〕10号自评表", PLAIN.parts, PLAIN.execution),
    ("财预〔2020〕10号自评表（不设满意度）", {"产出指标": 50, "效益指标": 40}, 10),
    ("财预〔2021〕101号（设成本指标）", WITH_COST.parts, WITH_COST.execution),
    (
        "财预〔2021〕101号（设成本指标、不设满意度）",
        {"成本指标": 20, "产出指标": 40, "效益指标": 30},
        10,
    ),
)
"""National forms by name: points of the first levels and of the execution rate."""


def near(a: float, b: float) -> bool:
    """Tell whether two sums of points agree but for rounding."""
    return abs(a - b) <= _ROUNDING


def stated_points(level: str) -> float | None:
    """Return the points written on a level of a form: 50 for 产出指标（50分）."""
    found = _STATED.search("".join(normalise(level).split()))
    return float(found[1] or found[2]) if found else None


def national_form(parts: Mapping[str, float], execution: float) -> str | None:
    """Return the name of the national form that shares out its points this way.

    `parts` are the points of the first levels in the wording of `corpus.taxonomy.LEVELS`.
    """
    for name, known, rate in _NATIONAL:
        if parts.keys() != known.keys() or not near(rate, execution):
            continue
        if all(near(parts[level], points) for level, points in known.items()):
            return name
    return None


def scheme_named(text: str) -> Scheme:
    """Return a scheme by its short name, or as written: 产出50+效益30+满意度10+执行率10.

    Raises `InputError` where a part is unknown or the points do not add up to 100.
    """
    wanted = "".join(text.split())
    if wanted in KNOWN:
        return KNOWN[wanted]
    pieces = [(match[1], float(match[2])) for match in _PIECE.finditer(wanted)]
    if not pieces or _PIECE.sub("", wanted).strip("+＋、，,;；"):
        raise _unreadable(text, "写法不对")
    parts: dict[str, float] = {}
    within: dict[str, float] = {}
    execution = 0.0
    for word, points in pieces:
        level1, level2 = canonical_levels(word, "")
        if _EXECUTION.search(word):
            execution += points
        elif level2 in _SECOND and level1 != "满意度指标":
            within[level2] = within.get(level2, 0) + points
            parts[level1] = parts.get(level1, 0) + points
        elif level1 in LEVELS:
            parts[level1] = parts.get(level1, 0) + points
        else:
            raise _unreadable(text, f"不认识其中的“{word}”")
    total = sum(parts.values()) + execution
    if not parts or total != FULL:
        raise _unreadable(text, f"各部分合计为{total:g}分，应为100分")
    return made(parts, execution, within)


def made(
    parts: Mapping[str, float], execution: float, within: Mapping[str, float] = _NOTHING
) -> Scheme:
    """Return the scheme with these points, under the usual name where it is a known one."""
    for known in KNOWN.values():
        if dict(known.parts) == dict(parts) and known.execution == execution and not within:
            return known
    order = [level for level in LEVELS if level in parts]
    order += [level for level in parts if level not in LEVELS]
    words = [f"{level.removesuffix('指标')}{parts[level]:g}" for level in order]
    words += [f"执行率{execution:g}"] if execution else []
    return Scheme(
        "+".join(words),
        MappingProxyType({level: parts[level] for level in order}),
        execution,
        MappingProxyType(dict(within)),
    )


def _unreadable(text: str, fault: str) -> InputError:
    names = "、".join(KNOWN)
    return InputError(
        f"分值方案“{text}”无法采用：{fault}",
        hint=f"可写 auto、{names}，或写明各部分的分值，例如 {WITH_COST.name}",
        code="bad_scheme",
    )
