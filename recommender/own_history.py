"""What the unit itself set and reached for a measure in the years before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Direction, Indicator
from corpus.target.units import to_base
from corpus.text import normalise
from models.attainment_history import own_records
from models.attainment_reading import is_scale_free, read_row
from recommender.choice import Choice

_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_NOT_WORD = re.compile(r"[^一-龥A-Za-z0-9]+")


@dataclass(frozen=True)
class LastValue:
    """The latest earlier year's row of a measure."""

    year: int | None
    target: str
    """As written then."""
    actual: str | None
    level: float
    """What the unit is known to manage, in the suggestion's unit: its result, else its target."""
    scale_free: bool
    """Whether the value can be taken over whatever this year's size is."""

    def to_dict(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return {"year": self.year, "target": self.target, "actual": self.actual}

    @property
    def worded(self) -> str:
        """Return year, target and result in words: 2023年指标值≥95%、实际96%."""
        year = f"{self.year}年" if self.year else "以前年度"
        actual = f"、实际{self.actual}" if self.actual else ""
        return f"本项目{year}指标值{self.target or '未填'}{actual}"


class EarlierYears:
    """Finds the same project's earlier declarations among the cases that are known."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._cases: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in knowledge.cases:
            self._cases[_identity(case)].append(case)

    def added_to(self, declaration: Declaration, exclude_source: str | None) -> Declaration:
        """Return a declaration whose history holds what is known of its earlier years."""
        year, department = declaration.year, declaration.department
        if not year or not department:
            return declaration
        sent = {past.year for past in declaration.history}
        found = [
            case
            for case in self._cases.get(_identity(declaration), ())
            if case.year and case.year < year and case.year not in sent
            if case.source != exclude_source
        ]
        if not found:
            return declaration
        return declaration.model_copy(update={"history": (*declaration.history, *found)})


def _identity(declaration: Declaration) -> tuple[str, str]:
    """Return what one project keeps over the years: its name without the year, its department."""
    name = _NOT_WORD.sub("", _YEAR.sub("", normalise(declaration.project_name)))
    return name, normalise(declaration.department or "").strip()


def last_value(choice: Choice, declaration: Declaration, direction: Direction) -> LastValue | None:
    """Return the latest earlier value of what a choice measures, None where none is known."""
    if not declaration.history or not choice.unit:
        return None
    reading = read_row(Indicator(name=choice.name, target=f"{direction}1{choice.unit}"))
    scale_free = is_scale_free(reading, direction)
    records: Sequence[Any] = own_records(reading, declaration, direction, True)
    if not records:
        return None
    latest = records[0]
    return LastValue(
        year=latest.year,
        target=latest.indicator.target,
        actual=latest.indicator.actual,
        level=latest.level / to_base(1.0, choice.unit)[0],
        scale_free=scale_free,
    )
