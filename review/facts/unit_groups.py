"""What kind of quantity a unit counts."""

from __future__ import annotations

from typing import Literal

from corpus.target.units import simple_unit

UnitGroup = Literal["share", "count", "people", "area", "length", "money", "time"]

_COUNT = ("计数", "家", "台套", "件", "场", "期", "批", "班", "次")
_GROUPS: dict[str, UnitGroup] = {
    **dict.fromkeys(_COUNT, "count"),
    "比例": "share",
    "百分点": "share",
    "人": "people",
    "户": "people",
    "面积": "area",
    "长度": "length",
    "人民币": "money",
    "美元": "money",
    "时间": "time",
    "工作日": "time",
}


def unit_group(unit: str | None) -> UnitGroup | None:
    """Return what a unit counts, None for an unknown or compound one."""
    found = simple_unit(unit) if unit else None
    return _GROUPS.get(found.dimension) if found else None
