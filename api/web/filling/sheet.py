"""How the form is laid out: rows under their levels, in the order of the standard 申报表."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from api.web.filling.posted import Posted, PostedRow
from corpus.taxonomy import LEVELS, canonical_levels, level_order

_OPTIONAL = frozenset({"社会成本指标", "生态环境成本指标", "可持续影响指标"})
"""Second levels that most forms leave empty."""


@dataclass(frozen=True)
class SheetRow:
    """One row as it is shown."""

    key: str
    level1: str
    level2: str
    name: str = ""
    target: str = ""
    weight: str = ""
    actual: str = ""
    score: str = ""
    reason: str = ""
    rest: str = "{}"
    """What the page carries along for the row, as JSON."""


@dataclass(frozen=True)
class Group:
    """A second level with its rows, under the wording of the form at hand."""

    level1: str
    level2: str
    rows: tuple[SheetRow, ...]
    optional: bool

    @property
    def label(self) -> str:
        """Return the second level as it is shown."""
        return self.level2 or self.level1

    @property
    def canonical(self) -> tuple[str, str]:
        """Return the levels in the usual wording."""
        return canonical_levels(self.level1, self.level2)


@dataclass(frozen=True)
class Section:
    """A first level with its groups."""

    label: str
    groups: tuple[Group, ...]

    @property
    def span(self) -> int:
        """Return how many lines of the table it takes: a head per group, two lines per row."""
        return sum(1 + 2 * len(group.rows) for group in self.groups)


def sections_of(posted: Posted) -> tuple[Section, ...]:
    """Return the table of a form.

    The unit's own wording of the levels stays. A declaration shows the usual second levels, too,
    that have no row yet; a self-evaluation has the rows that were declared, and the usual levels
    only where it begins from nothing.
    """
    groups: dict[tuple[str, str], list[SheetRow]] = {}
    for row in posted.rows:
        levels = (row.texts["level1"], row.texts["level2"])
        groups.setdefault(levels, []).append(_shown(row))
    blanks = [(row.level1, row.level2) for row in posted.record.blank_rows]
    for levels in blanks:
        groups.setdefault(levels, [])
    if not posted.is_evaluation or not groups:
        for levels in _missing(groups):
            groups.setdefault(levels, [])
    made = [
        Group(level1, level2, tuple(rows), canonical_levels(level1, level2)[1] in _OPTIONAL)
        for (level1, level2), rows in groups.items()
    ]
    made.sort(key=lambda group: (_first(group.level1), level_order(group.level1, group.level2)))
    sections: dict[str, list[Group]] = {}
    for group in made:
        sections.setdefault(canonical_levels(group.level1, "")[0], []).append(group)
    return tuple(Section(members[0].level1, tuple(members)) for members in sections.values())


def blank_row(key: str = "") -> SheetRow:
    """Return the row that new ones are made from."""
    return SheetRow(key, "", "")


def base_text(posted: Posted) -> str:
    """Return what the page carries along for the record, as JSON."""
    return json.dumps(dict(posted.base), ensure_ascii=False)


def rejected_text(posted: Posted) -> str:
    """Return the suggestions refused so far, as JSON."""
    return json.dumps([origin.to_dict() for origin in posted.rejected], ensure_ascii=False)


def _shown(row: PostedRow) -> SheetRow:
    rest: dict[str, Any] = dict(row.rest)
    if row.origin is not None:
        rest["origin"] = row.origin.to_dict()
    return SheetRow(key=row.key, rest=json.dumps(rest, ensure_ascii=False), **row.texts)


def _missing(groups: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the usual levels that no group stands for, under the form's word for the first."""
    there = {canonical_levels(*levels) for levels in groups}
    words = {canonical_levels(level1, "")[0]: level1 for level1, _ in reversed(list(groups))}
    bare = {level1 for level1, level2 in there if level2 == ""}
    moved = {
        canonical_levels(*levels)[0]
        for levels in groups
        if canonical_levels(levels[0], "")[0] != canonical_levels(*levels)[0]
    }  # older forms have 成本 under 产出
    return [
        (words.get(level1, level1), level2)
        for level1, seconds in LEVELS.items()
        for level2 in seconds
        if (level1, level2) not in there and level1 not in bare | moved
    ]


def _first(level1: str) -> int:
    return level_order(canonical_levels(level1, "")[0])[0]
