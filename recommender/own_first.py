"""What the goal states with a figure of its own comes before what others measure alike."""

from __future__ import annotations

from collections.abc import Sequence

from models.measure import SAME, same_measure
from recommender.choice import Choice

_CHANGES = frozenset({"%", "个百分点", "百分点"})
"""Units of the change of a share: 损失率下降幅度 beside 损失率."""
_LETTERS = 0.7
"""Share of a rate's letters that another has where both are one: 无害化处理率, 无害化利用率."""
_ASPECT, _OF_ASPECT = 3, 0.5
"""Letters of an aspect (知晓率), and the share where both have one."""
_TAIL = 4
"""Letters at the end of two names from which they measure the same share: 担保费率."""


def giving_way(choices: Sequence[Choice], own: Choice) -> list[Choice]:
    """Return the choices without those that set another value for what the goal states."""
    return [choice for choice in choices if not _measures(choice, own)]


def _measures(choice: Choice, own: Choice) -> bool:
    """Tell whether a choice without a figure of the goal measures what an own one does."""
    if choice.stated or choice.deliverable or choice.deadline:
        return False
    if choice.unit != own.unit:
        return choice.unit in _CHANGES and choice.name.startswith(own.name)
    tail = own.name[-_TAIL:] if len(own.name) >= _TAIL else own.name
    letters = set(own.name) - {"率"}
    alike = own.name.endswith("率") and choice.name.endswith("率")
    wanted = _LETTERS if choice.name[-_ASPECT:] != own.name[-_ASPECT:] else _OF_ASPECT
    if alike and len(letters & set(choice.name)) >= wanted * len(letters):
        return True
    if choice.level1 != own.level1:
        return False
    return choice.name.endswith(tail) or same_measure(choice.name, own.name) >= SAME
