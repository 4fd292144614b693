"""Where new rows go on a form: into its free rows first, else below the block of their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.importers.form_places import FormPlaces
from corpus.taxonomy import canonical_levels, level_order


@dataclass(frozen=True)
class NewRow:
    """A row to be added, marked as a suggestion."""

    level1: str
    level2: str
    name: str
    target: str
    weight: float | None
    note: str
    """What it rests on, for a comment."""


@dataclass(frozen=True)
class Insertion:
    """Rows to be put below a row of the form."""

    after: int
    """0-based row of the grid."""
    rows: tuple[NewRow, ...]
    starts: str | None = None
    """Highest level that they begin anew, level1 or level2; None where they continue a block."""


@dataclass
class FillPlan:
    """What is written where."""

    filled: dict[int, NewRow] = field(default_factory=dict)
    """Free rows of the form → what they get."""
    insertions: list[Insertion] = field(default_factory=list)
    """From top to bottom; those below one row follow one another."""
    weights: dict[int, float] = field(default_factory=dict)
    """Rows of the unit without a weight → the weight they get."""


def plan_rows(
    places: FormPlaces, rows: Sequence[NewRow], weights: Sequence[float | None] = ()
) -> FillPlan:
    """Return where rows go; `weights` are those for the form's own indicators that lack one."""
    plan = FillPlan()
    waiting: dict[tuple[str, str], list[NewRow]] = {}
    for row in sorted(rows, key=lambda row: level_order(row.level1, row.level2)):
        waiting.setdefault(canonical_levels(row.level1, row.level2), []).append(row)
    for levels, group in waiting.items():
        _place(places, plan, levels, group)
    plan.insertions.sort(key=_from_top)
    if "weight" in places.columns:
        for line in places.lines:
            weight = weights[line.first] if line.count == 1 and line.first < len(weights) else None
            if weight is not None:
                plan.weights[line.row] = weight
    return plan


def _from_top(insertion: Insertion) -> tuple[int, bool, tuple[int, int]]:
    """Return a sort key: what continues a block comes before what begins one below it."""
    first = insertion.rows[0]
    order = level_order(first.level1, first.level2)
    return insertion.after, insertion.starts is not None, order


def _place(
    places: FormPlaces, plan: FillPlan, levels: tuple[str, str], group: list[NewRow]
) -> None:
    """Place the rows of one second level: in its block, else under its first level, else anew."""
    block = [line for line in places.lines if canonical_levels(line.level1, line.level2) == levels]
    free = [line for line in block if not line.count]
    plan.filled |= {line.row: row for line, row in zip(free, group, strict=False)}
    rest = tuple(group[len(free) :])
    if not rest:
        return
    if block:
        plan.insertions.append(Insertion(block[-1].row, rest))
        return
    level1 = canonical_levels(rest[0].level1, "")[0]
    same = [line for line in places.lines if canonical_levels(line.level1, "")[0] == level1]
    if same:
        plan.insertions.append(Insertion(same[-1].row, rest, "level2"))
        return
    order = level_order(*levels)
    above = [line for line in places.lines if level_order(line.level1, line.level2) < order]
    plan.insertions.append(Insertion((above or places.lines)[-1].row, rest, "level1"))
