"""Unit costs of what the project itself counts: 护理床采购单价 from 90万元 and 300张."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Declaration
from recommender.choice import Choice
from recommender.deeds import deeds_of
from recommender.deliverable import Deliverable
from recommender.named_deeds import named_deeds
from recommender.project import Project, pairs
from recommender.wording import kind_of, names_people, stands_behind
from recommender.work import trains

_FOUNDED, _OPEN = 0.6, 0.42
"""Scores of a unit cost that budget and quantity give, and of one that stays open."""
_BY_UNIT = {"公里": "每公里造价", "平方米": "单位面积造价", "亩": "亩均投资", "米": "每米造价"}
_WAN = 10000.0
_LONGEST = 10
_APART = 2.0
"""How far beyond the library's thresholds a cost is of another kind of thing."""
_BOUGHT = frozenset({"build", "buy"})
_READ = 2000
"""Characters of description and goal in which other things are looked for."""
_MOST = 3
"""Deliverables at most whose unit cost is asked for."""


def with_own_costs(
    choices: Sequence[Choice], declaration: Declaration, quantities: Sequence[Deliverable]
) -> list[Choice]:
    """Return the choices with the unit costs of the project's own deliverables.

    A cost of the library per the same unit and of a like thing keeps its thresholds under the own
    name; else budget and quantity give the cost, or it stays open. Of several things that the
    library knows no cost of the first one's stays open, so that no works go without.
    """
    outputs = [item for item in quantities if not item.is_benefit]
    result = list(choices)
    unknown: list[Choice] = []
    for item in outputs[:_MOST]:
        name = _name(item)
        if kind_of(item.action) == "train" and not trains(declaration.project_name, outputs):
            continue
        if not name or len(item.object) > _LONGEST:
            continue
        known = _alike(result, item)
        founded = len(outputs) == 1 and _is_founded(declaration, item)
        if known is not None and not (founded and _is_apart(known, declaration, item)):
            says_it = pairs(item.object) <= pairs(known.name)
            score = max(known.score, _FOUNDED if founded else _OPEN)
            renamed = replace(known, name=known.name if says_it else name, score=score)
            result = [renamed if choice is known else choice for choice in result]
        else:
            budget = declaration.budget_wan if len(outputs) == 1 else None
            unknown.append(_own(declaration, item, name, budget))
    if len(outputs) == 1 or result == list(choices):
        result += unknown[:1]
    return result


def _own(declaration: Declaration, item: Deliverable, name: str, budget: float | None) -> Choice:
    """Return the unit cost of a deliverable; `budget` is what is spent on it, in 万元, if known."""
    each = budget * _WAN / item.value if budget and item.value else 0.0
    money = "万元" if each >= _WAN or item.unit == "公里" else "元"
    score = _FOUNDED if budget and _is_founded(declaration, item) else _OPEN
    return Choice("成本指标", "经济成本指标", name, f"{money}/{item.unit}", score)


def _alike(choices: Sequence[Choice], item: Deliverable) -> Choice | None:
    """Return the best library cost of a like thing per the unit of a deliverable."""
    fitting = [
        choice
        for choice in choices
        if choice.level1 == "成本指标" and choice.candidate is not None and choice.as_it_stands
        if choice.unit.partition("/")[2] == item.unit and choice.candidate.library is not None
        if pairs(choice.candidate.object) & pairs(item.object)
        if kind_of(item.action) in deeds_of(choice.name) and "pay" not in deeds_of(choice.name)
    ]
    return max(fitting, key=lambda choice: choice.score, default=None)


def _is_apart(known: Choice, declaration: Declaration, item: Deliverable) -> bool:
    """Tell whether money and quantity give another order of cost than the library's."""
    library = known.candidate.library if known.candidate else None
    each = (declaration.budget_wan or 0.0) * _WAN / item.value
    scale = _WAN if known.unit.startswith("万") else 1.0
    ends = [end for end in (library.weak, library.strong) if end] if library else []
    return bool(ends) and not min(ends) / _APART <= each / scale <= max(ends) * _APART


def _is_founded(declaration: Declaration, item: Deliverable) -> bool:
    """Tell whether money is known that goes to a deliverable."""
    return declaration.budget_wan is not None and is_about(declaration, item)


def is_about(declaration: Declaration, item: Deliverable) -> bool:
    """Tell whether the whole budget goes to a quantity's object.

    It does where the project's name is about it and its text names no other thing that is built or
    bought: 改造机房200平方米，配备精密空调 is more than the area.
    """
    thing, name = pairs(item.object), pairs(declaration.project_name)
    if len(thing & name) * 2 < len(thing):
        return False
    named = named_deeds(Project.of(declaration, _READ))
    return all(pairs(other.object) & thing for other in named if kind_of(other.action) in _BOUGHT)


def _name(item: Deliverable) -> str:
    """Return what the unit cost of a deliverable is called, empty for deeds without one."""
    kind = kind_of(item.action)
    if kind == "train" and names_people(item.object):
        return "人均培训成本"
    if names_people(item.object):
        return ""
    if kind == "buy":
        return f"{item.object}采购单价"
    if kind == "keep":
        return f"{item.object}每{item.unit}{item.action}成本"
    if kind != "build":
        return ""
    deed = f"{item.object}{item.action}" if stands_behind(item.action) else item.object
    tail = _BY_UNIT.get(item.unit)
    return f"{deed}{tail}" if tail else f"单{item.unit}{deed}成本"
