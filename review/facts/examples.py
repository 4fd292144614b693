"""Examples of good indicators from the project's own field, for the advice of findings."""

from __future__ import annotations

import re

from corpus.records import LibraryIndicator
from review.context import ReviewContext, Row
from review.facts.values import written_target
from review.finding import Suggestion

_UNIT_COST = re.compile(r"单位|单价|单[个台套件座]|每|[人户生亩]均|造价|标准|平均")
_TOTAL = re.compile(r"总|预算|控制|资金|执行")


def advise(context: ReviewContext, row: Row, advice: str) -> Suggestion:
    """Return advice with an example of the same second level from the project's field, if any."""
    return Suggestion(_with(advice, _same_level(context, row.level1, row.level2)))


def advise_unit_cost(context: ReviewContext, advice: str) -> Suggestion:
    """Return advice with a unit cost from the project's field as an example, if any."""
    return Suggestion(_with(advice, _unit_cost(context)))


def _with(advice: str, example: LibraryIndicator | None) -> str:
    """Let an example follow some advice."""
    if example is None:
        return advice
    target = written_target(example)
    shown = f"{example.name} {target}" if target else f"{example.name}（{example.unit}）"
    return f"{advice}可参考指标库同类项目的“{shown}”。"


def _field(context: ReviewContext) -> tuple[LibraryIndicator, ...]:
    """Return the indicators of the library type that the project's name speaks of."""
    nearest = context.nearest_type
    return nearest.indicators if nearest else ()


def _same_level(context: ReviewContext, level1: str, level2: str) -> LibraryIndicator | None:
    """Return the first measurable indicator of a second level that the form does not have."""
    taken = {row.indicator.name for row in context.rows}
    for indicator in _field(context):
        same = indicator.level1 == level1 and indicator.level2 == level2
        if same and indicator.name not in taken and written_target(indicator):
            return indicator
    return None


def _unit_cost(context: ReviewContext) -> LibraryIndicator | None:
    """Return the first indicator of what one piece, head or kilometre costs."""
    for indicator in _field(context):
        if "成本" not in indicator.level1 or _TOTAL.search(indicator.name):
            continue
        if _UNIT_COST.search(indicator.name) and "元" in indicator.unit:
            return indicator
    return None
