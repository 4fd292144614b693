"""The goal block: annual goal, whole-period goal, and how far the goal was reached.

Three arrangements occur: label and text side by side; two headings with the texts below; two
headings down the side with the texts to their right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.importers.grid import Cell
from corpus.importers.segment import Segment
from corpus.importers.vocabulary import bare_label, goal_column, is_goal_label

_TEMPLATE = re.compile(r"目标\s*\d*\s*[:：]|[.…·\s]|\(?（?\d{4}年.{0,12}年）?\)?")


@dataclass
class GoalBlock:
    """Texts of the goal block, empty where the form is blank."""

    texts: dict[str, str] = field(default_factory=dict)
    """By kind: expected, actual, period, annual."""
    annual_column: int | None = None
    """Grid column where the annual goal's part of a two-period form begins."""

    @property
    def goal(self) -> str:
        """Return the annual goal, or the whole period's where there is no annual one."""
        return next(
            (text for kind in ("annual", "expected", "period") if (text := self.texts.get(kind))),
            "",
        )

    @property
    def period_goal(self) -> str:
        """Return the whole period's goal where it stands beside an annual one."""
        period = self.texts.get("period", "")
        return period if period and period != self.goal else ""


def read_goals(segment: Segment) -> GoalBlock:
    """Read the goal texts above the indicator table."""
    block = GoalBlock()
    labels = [cell for cell in segment.header_cells() if is_goal_label(cell.text)]
    used: set[int] = set()
    for label in labels:
        if id(label) in used:
            continue
        headings = _headings(segment, label)
        used.update(id(cell) for cell in headings)
        if headings:
            _read_headed(segment, label, headings, block)
        else:
            _add(block, _kind(label, labels), _right_text(segment, label))
    return block


def _kind(label: Cell, labels: list[Cell]) -> str:
    """Return what a label without headings stands for.

    总体目标 is the whole period's only when another label names the annual one.
    """
    kind = goal_column(label.text) or "expected"
    if kind == "period" and len(labels) == 1:
        return "expected"
    return kind


def _headings(segment: Segment, label: Cell) -> list[Cell]:
    """Return the headings inside the block: to the label's right, or in the row below it."""
    right = [c for row in _rows(label) for c in segment.right_of(label, row) if c.row >= label.row]
    found = [cell for cell in dict.fromkeys(right) if goal_column(cell.text)]
    below = label.row + label.rows
    if not right and below < segment.table:
        found = [cell for cell in segment.grid.starting(below) if goal_column(cell.text)]
    return found


def _rows(label: Cell) -> range:
    return range(label.row, label.row + label.rows)


def _read_headed(segment: Segment, label: Cell, headings: list[Cell], block: GoalBlock) -> None:
    """Read texts that stand under or beside headings."""
    down_the_side = len({cell.column for cell in headings}) == 1 and any(
        segment.right_of(cell) for cell in headings
    )
    for cell in headings:
        kind = goal_column(cell.text) or "expected"
        if kind == "annual":
            block.annual_column = cell.column
        if down_the_side:
            _add(block, kind, _right_text(segment, cell))
        else:
            _add(block, kind, _below_text(segment, label, cell))


def _below_text(segment: Segment, label: Cell, heading: Cell) -> str:
    """Return the text under a heading, as far down as the block's label reaches."""
    first = heading.row + heading.rows
    last = max(label.row + label.rows, first + 1)
    cells: dict[Cell, None] = {}
    for row in range(first, min(last, segment.table)):
        for column in range(heading.column, heading.end):
            cell = segment.grid.at(row, column)
            if cell is not None and cell.row >= first:
                cells[cell] = None
    return "\n".join(cell.text.strip() for cell in cells)


def _right_text(segment: Segment, label: Cell) -> str:
    """Return the text beside a label, or below one that fills its row."""
    cells = dict.fromkeys(
        cell
        for row in _rows(label)
        for cell in segment.right_of(label, row)
        if cell.row >= label.row
    )
    if not cells and label.columns > 1 and label.row + label.rows < segment.table:
        under = segment.grid.starting(label.row + label.rows)
        cells = dict.fromkeys(under[:1] if len(under) == 1 else [])
    return "\n".join(cell.text.strip() for cell in cells)


def _add(block: GoalBlock, kind: str, text: str) -> None:
    """Keep a text unless it is an unfilled template (目标1：…… 目标2：……)."""
    if _TEMPLATE.sub("", text) and bare_label(text) != "":
        block.texts.setdefault(kind, text)
