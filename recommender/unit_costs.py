"""Unit costs from the project's own budget and quantities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Declaration, LibraryIndicator
from corpus.target.units import comparable, is_money, simple_unit, to_base
from corpus.text import number
from models.measure import split_name
from recommender.choice import Choice
from recommender.deliverable import Deliverable
from recommender.own_costs import is_about
from recommender.project import pairs

_SLACK = 1.5
"""How far beyond the library's thresholds a unit cost of the project's own may lie."""
_YEARLY = "·年"
"""End of the unit of what a budget, which is for a year, pays per household or head."""
_YEAR_LETTERS, _TELLING = frozenset("年均"), 4
"""Letters that say nothing of what is paid for, and how many others tell it."""
_MAIN = 0.5
"""Share of a unit cost's object that a quantity's object must carry."""


@dataclass(frozen=True)
class UnitCost:
    """The budget divided by a quantity, in the unit of the indicator."""

    value: float
    budget_wan: float
    quantity: Deliverable
    whole: bool
    """Whether the money is meant for this quantity alone."""

    @property
    def worded(self) -> str:
        """Return the division in words."""
        stated = f"{self.quantity.quantity}{self.quantity.unit}"
        return f"预算{number(self.budget_wan)}万元÷{stated}"


def unit_cost(
    choice: Choice, declaration: Declaration, quantities: Sequence[Deliverable]
) -> UnitCost | None:
    """Return the unit cost that the project's own figures give for a cost indicator."""
    money, _, per = choice.unit.partition("/")
    yearly, per = per.endswith(_YEARLY), per.removesuffix(_YEARLY)
    if choice.level1 != "成本指标" or not per or not is_money(money) or "·" in per:
        return None
    outputs = [item for item in quantities if not item.is_benefit]
    fitting = [item for item in outputs if _is_of(item, choice, per)]
    shared = yearly and not fitting
    if shared:
        fitting = [item for item in quantities if item.is_benefit and comparable(per, item.unit)]
    if len(fitting) != 1:
        return None
    quantity = fitting[0]
    budget = declaration.budget_wan
    if not budget:
        return None
    each = to_base(budget, "万元")[0] / to_base(1.0, money)[0]
    each /= quantity.value * to_base(1.0, quantity.unit)[0] / to_base(1.0, per)[0]
    alone = len(outputs) == 1 and is_about(declaration, quantity)
    alone = alone or (shared and _is_all(choice, declaration))
    return UnitCost(each, budget, quantity, alone)


def _is_all(choice: Choice, declaration: Declaration) -> bool:
    """Tell whether a yearly cost is of all that the project's name says is done."""
    letters = set(split_name(choice.name).core) - _YEAR_LETTERS
    return len(letters) >= _TELLING and letters <= set(declaration.project_name)


def _is_of(quantity: Deliverable, choice: Choice, per: str) -> bool:
    """Tell whether a quantity is what a unit cost is per."""
    if not comparable(per, quantity.unit):
        return False
    thing = choice.candidate.object if choice.candidate else ""
    mine, other = pairs(thing), pairs(quantity.name)
    own = choice.candidate is None
    mentioned = bool(mine) and len(mine & other) / len(mine) >= _MAIN
    return mentioned or own or not _is_counted(per)


def _is_counted(unit: str) -> bool:
    """Tell whether a unit counts things, which may be any, and not an extent."""
    known = simple_unit(unit)
    return known is None or known.dimension not in {"长度", "面积", "体积"}


def is_plausible(cost: UnitCost, library: LibraryIndicator | None) -> bool:
    """Tell whether a unit cost may be the project's own standard.

    Money for several things says nothing of one of them; a value far from the library's means that
    the budget holds more than this cost, or less.
    """
    if not cost.whole:
        return False
    known = (library.weak, library.strong) if library is not None else ()
    ends = [end for end in known if end is not None]
    return not ends or min(ends) / _SLACK <= cost.value <= max(ends) * _SLACK
