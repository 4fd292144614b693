"""A unit's second try: what was criticised is replaced, what was missing is added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from corpus.records import Indicator, SelfEvaluation

_MOST_ROWS = 14
_MOST_ADDED = 6
_WEAK = frozenset({"vague", "qualitative"})
_POINTS = {"成本": 20.0, "产出": 40.0, "效益": 20.0, "满意度": 10.0}
_WITHOUT_COST = {"产出": 50.0, "效益": 30.0, "满意度": 10.0}
"""The two usual schemes; 10 points are left to the execution rate."""


def improved(
    record: SelfEvaluation, review: Mapping[str, Any], offers: Iterable[Indicator]
) -> SelfEvaluation:
    """Return a record as a unit that follows its review would send it again.

    `offers` are recommended rows with targets, best first.
    """
    free = [row for row in offers if row.target.strip()]
    rows = [
        _taken(free, row.level2) or row if _weak(told) else row
        for row, told in zip(record.indicators, review["rows"], strict=True)
    ]
    rows += _asked_for(review, rows)
    room = max(0, min(_MOST_ADDED, _MOST_ROWS - len(rows)))
    names = {row.name for row in rows}
    rows += [row for row in free if row.name not in names][:room]
    goal = record.goal or f"按计划完成{record.project_name}各项任务，达到下列指标。"
    return record.model_copy(update={"indicators": tuple(_weighed(rows)), "goal": goal})


def _weak(told: Mapping[str, Any]) -> bool:
    return bool(_WEAK & set(told["labels"])) or told["parsed"]["kind"] == "blank"


def _taken(free: list[Indicator], level2: str) -> Indicator | None:
    """Take the best offer of a second level."""
    found = next((row for row in free if row.level2[:2] == level2[:2]), None)
    if found is not None:
        free.remove(found)
    return found


def _asked_for(review: Mapping[str, Any], rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows that findings offer for what a form lacks."""
    names = {row.name for row in rows}
    offered = (finding["suggestion"] or {} for finding in review["findings"])
    asked = [
        Indicator.model_validate(each["indicator"]) for each in offered if each.get("indicator")
    ]
    return [row for row in {row.name: row for row in asked}.values() if row.name not in names]


def _weighed(rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows level by level, with points that add up to 90."""
    order = [*_POINTS, ""]
    sorted_rows = sorted(rows, key=lambda row: order.index(_level(row)))
    levels = {level: list(group) for level, group in groupby(sorted_rows, key=_level)}
    scheme = _POINTS if "成本" in levels else _WITHOUT_COST
    weighed = []
    for level, group in levels.items():
        points = int(scheme.get(level, 0))
        for place, row in enumerate(group):
            share = points // len(group) + (place < points % len(group))
            weighed.append(row.model_copy(update={"weight": float(share)}))
    return weighed


def _level(row: Indicator) -> str:
    return next((level for level in _POINTS if row.level1.startswith(level)), "")
