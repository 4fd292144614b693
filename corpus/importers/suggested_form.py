"""A declaration completed by suggestions, in the standard layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.importers.cell_texts import legend
from corpus.importers.form_layout import FormCell, declaration_form
from corpus.importers.form_plan import NewRow
from corpus.records import Declaration, Indicator
from corpus.taxonomy import canonical_levels, level_order

_NAME_COLUMN = 3

_Pair = tuple[Indicator, NewRow | None]
"""A row and, where it is a suggestion, what it was made from."""


def suggested_form(
    declaration: Declaration, rows: Sequence[NewRow], weights: Sequence[float | None] = ()
) -> list[FormCell]:
    """Return a declaration and what is suggested for it as 项目支出绩效目标申报表, marked.

    `weights` are those for the declaration's own indicators that lack one.
    """
    own: list[_Pair] = [(row, None) for row in declaration.indicators if row.name.strip()]
    ordered = list(own)
    for new in sorted(rows, key=lambda new: level_order(new.level1, new.level2)):
        _join(ordered, new)
    given = {id(row): weight for (row, _), weight in zip(own, weights, strict=False)}
    shown = []
    for row, source in ordered:
        weight = given.get(id(row)) if source is None and row.weight is None else row.weight
        shown.append(row.model_copy(update={"weight": weight}))
    cells = declaration_form(declaration.model_copy(update={"indicators": tuple(shown)}))
    first = next(c.row for c in cells if c.text == "三级指标") + 1
    marked = [_marked(cell, ordered, first) for cell in cells]
    bottom = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    note = FormCell(bottom, 0, legend(len(rows)), columns=width, is_new=True)
    return [*marked, note]


def _join(ordered: list[_Pair], new: NewRow) -> None:
    """Put a suggestion below the rows of its kind, under the levels as the unit writes them."""
    levels = canonical_levels(new.level1, new.level2)
    order = level_order(*levels)
    level1, level2 = new.level1, new.level2
    same = [i for i, (row, _) in enumerate(ordered)
            if canonical_levels(row.level1, row.level2) == levels]  # fmt: skip
    akin = [i for i, (row, _) in enumerate(ordered)
            if canonical_levels(row.level1, "")[0] == canonical_levels(level1, "")[0]]  # fmt: skip
    above = [i for i, (row, _) in enumerate(ordered)
             if level_order(row.level1, row.level2) < order]  # fmt: skip
    if same:
        level1, level2 = ordered[same[-1]][0].level1, ordered[same[-1]][0].level2
    elif akin:
        level1 = ordered[akin[-1]][0].level1
        above = [i for i in akin if i in above] or [akin[0] - 1]
    place = (same or above or [-1])[-1] + 1
    row = Indicator(
        level1=level1, level2=level2, name=new.name, target=new.target, weight=new.weight
    )
    ordered.insert(place, (row, new))


def _marked(cell: FormCell, ordered: Sequence[_Pair], first: int) -> FormCell:
    """Return a cell of the indicator table, marked where the unit did not write it."""
    place = cell.row - first
    if place < 0 or cell.column < _NAME_COLUMN or not cell.text:
        return cell
    row, source = ordered[place]
    if source is None:
        is_weight = cell.column > _NAME_COLUMN + 1
        return replace(cell, is_new=True) if is_weight and row.weight is None else cell
    return replace(cell, is_new=True, note=source.note if cell.column == _NAME_COLUMN else "")
