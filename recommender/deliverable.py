"""A quantity that a project's own text promises, and the name of its indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recommender.phrases import LESSENED
from recommender.wording import count_name, is_benefit, names_people, stands_behind

PERSONS = frozenset({"人", "户", "名", "万人", "万户"})
"""Units of those whose trouble is ended: 解决1.2万人饮水困难 is an effect, 解决问题30件 is not."""
COVERS = "覆盖"
"""Action of those whom a deed reaches: 覆盖行政村数量."""
BETTERED = frozenset({"改善", "恢复"})
"""Deeds of which only an area tells how far they reached: 改善灌溉面积5000亩."""
_MEASURED = re.compile(r"(?<=[一-龥]{2})(?:面积|里程|长度|总量)$")
COUNT_WORDS = frozenset({"面积", "数量", "人数", "户数", "长度", "里程", "总数", "个数", "规模"})


@dataclass(frozen=True)
class Deliverable:
    """A quantity that the project's own text promises."""

    action: str
    object: str
    quantity: str
    """Number as written, for example 8万."""
    value: float
    unit: str
    follows: bool = False
    """Whether the text puts the action behind the object, and so the name does: 宫颈癌筛查."""
    called: str = ""
    """Name of the count where it is not put together from action and object."""

    @property
    def name(self) -> str:
        """Name of the indicator that counts it: object and aspect."""
        if self.called:
            return self.called
        if self.object in COUNT_WORDS:
            return f"{self.action}{self.object}"
        base, counted = self._counted()
        base = self._with_deed(base)
        return base if base.endswith(counted) else f"{base}{counted}"

    def _with_deed(self, base: str) -> str:
        """Return an object with its action; to people it goes without saying that one pays."""
        if base.endswith(self.action) or (self.action == "发放" and names_people(base)):
            return base
        if self.follows or stands_behind(self.action):
            return f"{base}{self.action}"
        return base if base.startswith(self.action) else f"{self.action}{base}"

    def _counted(self) -> tuple[str, str]:
        """Return object and measure word; an object may end with its own: 水土流失面积."""
        own = _MEASURED.search(self.object)
        if own:
            return self.object[: own.start()], own.group()
        counted = count_name(self.unit, self.object)
        of_people = self.object.endswith("等人员") and counted == "人数"
        return self.object.removesuffix("人员") if of_people else self.object, counted

    @property
    def target(self) -> str:
        """Target value as the text has it."""
        return f"≥{self.quantity}{self.unit}"

    @property
    def stated(self) -> str:
        """The promise in short: 村内道路硬化12公里."""
        behind = self.follows or stands_behind(self.action)
        thing = f"{self.object}{self.action}" if behind else ""
        return f"{thing or self.action + self.object}{self.quantity}{self.unit}"

    @property
    def is_benefit(self) -> bool:
        """Whether it states an effect on people and not an output."""
        helped = self.action == "解决" and self.unit in PERSONS
        bettered = self.action in BETTERED or self.action in LESSENED
        return helped or bettered or is_benefit(self.action)


def worked_on(item: Deliverable) -> str:
    """Return what a bare measure is of after a count: 对重点区域消杀6轮，面积 is of the deed."""
    counted = count_name(item.unit, item.object)
    deed = item.called.removeprefix(item.object).removesuffix(counted)
    behind = item.called.startswith(item.object) and not item.action and len(deed) > 1
    return f"{item.object}{deed}" if behind else item.object
