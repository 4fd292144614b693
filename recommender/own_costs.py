"""Unit costs of what the project itself counts: 护理床采购单价 from 90万元 and 300张."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Declaration
from recommender.choice import Choice
from recommender.objects import Deliverable
from recommender.project import pairs
from recommender.wording import kind_of, names_people, stands_behind

_FOUNDED, _OPEN = 0.6, 0.42
"""Scores of a unit cost that budget and quantity give, and of one that stays open."""
_BY_UNIT = {"公里": "每公里造价", "平方米": "单位面积造价", "亩": "亩均投资", "米": "每米造价"}
_WAN = 10000.0
_LONGEST = 10


def own_costs(declaration: Declaration, quantities: Sequence[Deliverable]) -> list[Choice]:
    """Return the unit cost of the project's own deliverable, where it has one to speak of."""
    outputs = [item for item in quantities if not item.is_benefit]
    if len(outputs) != 1:
        return []
    item = outputs[0]
    name = _name(item)
    if not name or len(item.object) > _LONGEST:
        return []
    budget = item.money_wan or declaration.budget_wan
    each = budget * _WAN / item.value if budget and item.value else 0.0
    money = "万元" if each >= _WAN or item.unit == "公里" else "元"
    score = _FOUNDED if budget and is_about(declaration, item) else _OPEN
    return [Choice("成本指标", "经济成本指标", name, f"{money}/{item.unit}", score)]


def is_about(declaration: Declaration, item: Deliverable) -> bool:
    """Tell whether a project's name is about a quantity's object, so that the budget goes there."""
    thing, name = pairs(f"{item.object}"), pairs(declaration.project_name)
    return len(thing & name) * 2 >= len(thing)


def _name(item: Deliverable) -> str:
    """Return what the unit cost of a deliverable is called, empty for deeds without one."""
    kind = kind_of(item.action)
    if kind == "train" and names_people(item.object):
        return "人均培训成本"
    if names_people(item.object):
        return ""
    if kind == "buy":
        return f"{item.object}采购单价"
    if kind != "build":
        return ""
    deed = f"{item.object}{item.action}" if stands_behind(item.action) else item.object
    tail = _BY_UNIT.get(item.unit)
    return f"{deed}{tail}" if tail else f"单{item.unit}{deed}成本"
