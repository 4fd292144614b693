"""Proposes a first target value for a suggestion and says in one sentence what it rests on.

Counts come from the project's own text or stay open; nothing is invented. Rates rest on the
library's thresholds and, where enough projects measure the same, on the peers' own targets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Declaration, Direction, LibraryIndicator
from corpus.target import parse_target
from corpus.target.units import comparable, is_money, simple_unit, to_base
from models.peers import Peer
from recommender.choice import Choice
from recommender.config import RecommenderConfig
from recommender.objects import Deliverable
from recommender.peer_values import PeerValues, comparable_values
from recommender.project import pairs
from recommender.results import TargetSuggestion

OPEN = "数量须按项目计划填写"
"""Basis of every target that only the unit itself can state."""

_CAPPED = re.compile(r"(?:率|度|比例|比重|占比)$")
_UNCAPPED = re.compile(r"增长|增幅|增速|提高|提升|下降|降低|节约|升幅|降幅|增收")
_EASY, _HARD = 0.25, 0.9
"""A proposed value lies between these shares of the peers, in direction of difficulty."""
_MAIN = 0.5
"""Share of a unit cost's object that a quantity's object must carry."""


@dataclass(frozen=True)
class TargetContext:
    """What targets of one recommendation rest on besides the library."""

    declaration: Declaration
    quantities: Sequence[Deliverable]
    config: RecommenderConfig


def propose(choice: Choice, peers: Sequence[Peer], context: TargetContext) -> TargetSuggestion:
    """Return the proposed target of a choice."""
    if choice.deliverable is not None:
        stated = f"{choice.deliverable.quantity}{choice.deliverable.unit}"
        basis = f"取自项目自身描述的数量（{stated}），请与实施方案核对"
        return TargetSuggestion(choice.deliverable.target, None, None, None, basis)
    if choice.deadline is not None:
        date = choice.deadline.date
        return TargetSuggestion(
            f"{date}前", None, None, None, f"取自项目自身描述的完成时限（{date}前）"
        )
    direction = direction_of(choice)
    values = comparable_values(peers, choice.unit, direction, context.config.peer_likeness)
    library = choice.candidate.library if choice.candidate else None
    if library is not None and library.typical is not None and _is_general(choice):
        return _from_library(choice, library, values, context.config)
    own_cost = _from_budget(choice, context)
    if own_cost is not None:
        return own_cost
    if _is_general(choice) and len(values) >= context.config.enough_peers:
        return _from_peers(choice, values)
    if choice.unit == "%" and choice.candidate and choice.candidate.published:
        return _from_case(choice)
    return _open(choice, library, values)


def direction_of(choice: Choice) -> Direction:
    """Return the direction of a choice; quantities are floors, dates are ceilings."""
    if choice.deadline is not None:
        return "≤"
    if choice.deliverable is not None or choice.candidate is None:
        return "≥"
    return choice.candidate.direction


def _is_general(choice: Choice) -> bool:
    """Tell whether a value can hold for every project of a kind, as rates and unit values do.

    A plain count depends on the size of the project, except where none is wanted (事故0起).
    """
    library = choice.candidate.library if choice.candidate else None
    if library is not None and library.typical is not None:
        return not (choice.level2 == "数量指标" and choice.unit != "%" and library.typical > 0)
    return choice.unit == "%"


def _from_library(
    choice: Choice, library: LibraryIndicator, values: PeerValues, config: RecommenderConfig
) -> TargetSuggestion:
    """Return the library's typical value, moved into the peers' range where there are enough."""
    typical = float(library.typical or 0.0)
    direction = direction_of(choice)
    value, basis = typical, f"取指标库参考值（{_thresholds(library, choice)}）"
    if len(values) >= config.enough_peers:
        value = _between(typical, values, direction)
        median = _number(values.quantile(0.5))
        basis += f"，并对照{len(values)}个同类项目的指标值（中位数{median}{choice.unit}）"
    elif len(values):
        basis += f"；可比的同类项目只有{len(values)}个，供参考"
    else:
        basis += "；暂无可比的同类项目"
    if is_money(choice.unit):
        basis += "，请按当地标准核定"
    return TargetSuggestion(
        suggested=written(choice.name, direction, value, choice.unit),
        low=library.weak,
        typical=library.typical,
        high=library.strong,
        basis=basis,
    )


def _between(value: float, values: PeerValues, direction: Direction) -> float:
    """Return a value moved between the easy and the hard end of the peers' values."""
    ends = sorted(values.by_difficulty(share, direction) for share in (_EASY, _HARD))
    return min(max(value, ends[0]), ends[1])


def _from_peers(choice: Choice, values: PeerValues) -> TargetSuggestion:
    """Return the peers' median where the library gives no value."""
    direction = direction_of(choice)
    middle = values.quantile(0.5)
    return TargetSuggestion(
        suggested=written(choice.name, direction, middle, choice.unit),
        low=values.by_difficulty(_EASY, direction),
        typical=middle,
        high=values.by_difficulty(_HARD, direction),
        basis=f"取{len(values)}个同类项目指标值的中位数",
    )


def _from_case(choice: Choice) -> TargetSuggestion:
    """Return the published target of the project a rate was taken from, in its usual writing."""
    candidate = choice.candidate
    target = candidate.published.target if candidate and candidate.published else ""
    parsed = parse_target(target, choice.name)
    project = candidate.case.project_name if candidate and candidate.case else ""
    return TargetSuggestion(
        None
        if parsed.value is None
        else written(choice.name, direction_of(choice), parsed.value, choice.unit),
        None,
        None,
        None,
        f"参照相似项目“{project}”的指标值，可比项目较少，请自行核定",
    )


def _from_budget(choice: Choice, context: TargetContext) -> TargetSuggestion | None:
    """Return budget ÷ quantity as the ceiling of a unit cost, where one quantity takes it all."""
    budget = context.declaration.budget_wan
    money, _, per = choice.unit.partition("/")
    outputs = [item for item in context.quantities if not item.is_benefit]
    if choice.level1 != "成本指标" or not per or not budget or len(outputs) != 1:
        return None
    quantity = outputs[0]
    if not is_money(money) or "·" in per or not comparable(per, quantity.unit):
        return None
    thing = choice.candidate.object if choice.candidate else ""
    mine, other = pairs(thing), pairs(quantity.name)
    if _is_counted(per) and (not mine or len(mine & other) / len(mine) < _MAIN):
        return None
    each = to_base(budget, "万元")[0] / to_base(1.0, money)[0]
    each /= quantity.value * to_base(1.0, quantity.unit)[0] / to_base(1.0, per)[0]
    basis = (
        f"按预算{_number(budget)}万元÷{quantity.quantity}{quantity.unit}计算，作为上限；"
        "预算含其他支出时请扣除后填写"
    )
    return TargetSuggestion(f"≤{_number(each)}{choice.unit}", None, None, None, basis)


def _is_counted(unit: str) -> bool:
    """Tell whether a unit counts things, which may be any, and not an extent."""
    known = simple_unit(unit)
    return known is None or known.dimension not in {"长度", "面积", "体积"}


def _open(choice: Choice, library: LibraryIndicator | None, values: PeerValues) -> TargetSuggestion:
    """Return an open target with what should decide it."""
    if choice.level1 == "成本指标":
        basis = "成本标准须按预算明细和当地支出标准填写"
    elif choice.unit == "%":
        basis = "比例须按项目计划或上年实际填写"
    elif choice.level2 == "时效指标":
        basis = "时限须按项目计划填写"
    else:
        basis = OPEN
    if library is not None and library.basis:
        basis += f"（可依据：{library.basis}）"
    if not len(values):
        basis += "，暂无可比的同类项目"
    low = library.weak if library else None
    typical = library.typical if library else None
    high = library.strong if library else None
    return TargetSuggestion(None, low, typical, high, basis)


def written(name: str, direction: Direction, value: float, unit: str) -> str:
    """Return a value as a form writes it: ≥95%, ≤14元/件, 100%, 0起."""
    if is_capped(name, unit) and direction != "≤" and value >= 100:
        return "100%"
    sign = "" if direction in {"=", "定性"} or (direction == "≤" and value == 0) else direction
    return f"{sign}{_number(value)}{unit}"


def is_capped(name: str, unit: str) -> bool:
    """Tell whether a share cannot exceed 100%."""
    return unit == "%" and _CAPPED.search(name) is not None and not _UNCAPPED.search(name)


def _thresholds(library: LibraryIndicator, choice: Choice) -> str:
    """Return the library's three values in words, one where all are the same."""
    if library.weak == library.typical == library.strong and library.typical is not None:
        return f"一般{_number(library.typical)}{choice.unit}"
    named = (("较低", library.weak), ("一般", library.typical), ("较高", library.strong))
    return "、".join(
        f"{word}{_number(value)}{choice.unit}" for word, value in named if value is not None
    )


def _number(value: float) -> str:
    """Return a number with at most two decimals and no idle zeros."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")
