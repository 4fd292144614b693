"""The heading of an indicator table: which column holds what.

Forms with two goal periods side by side (实施期 | 年度) repeat the columns; each repetition is a
block, and the annual one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.importers.grid import Cell, Grid
from corpus.importers.vocabulary import bare_label, indicator_column

_CORE = frozenset({"level1", "level2", "name", "target"})
_SHARED = frozenset({"level1", "level2", "name"})
_MAX_HEADING_ROWS = 3
_SIDE_LABELS = frozenset({"绩效指标", "指标", "年度绩效指标"})
_REMARK = re.compile(r"^(?:备注|(?:情况|得分|评分|扣分|完成|未达标)?(?:说明|理由))$")
_LEVEL3 = re.compile(r"[三四]级")
_PERIOD = re.compile(r"实施期|中期|长期|总体|三年")
_ANNUAL = re.compile(r"年度|本年|当年|全年")


@dataclass(frozen=True)
class Column:
    """A field and the grid columns that its heading covers."""

    field: str
    start: int
    end: int
    heading: Cell


@dataclass
class Block:
    """The columns of one goal period."""

    columns: dict[str, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class TableColumns:
    """All columns of an indicator table."""

    blocks: tuple[Block, ...]
    first_row: int
    """Row after the heading."""

    def annual(self, annual_from: int | None = None) -> Block:
        """Return the block of the annual goal, with the columns that all blocks share.

        `annual_from` is the column where the goal block above has its annual goal.
        """
        chosen = self._annual_index(annual_from)
        merged = dict(self.blocks[chosen].columns)
        for block in self.blocks[:chosen]:
            for name in _SHARED - merged.keys():
                if name in block.columns:
                    merged[name] = block.columns[name]
        if "name" not in merged and "level2" in merged:
            merged["name"] = merged.pop("level2")  # reports of third parties end at 二级指标
        return Block(merged)

    def _annual_index(self, annual_from: int | None) -> int:
        for index, block in enumerate(self.blocks):
            heading = block.columns["target"].heading.text if "target" in block.columns else ""
            if _ANNUAL.search(heading) and not _PERIOD.search(heading):
                return index
        if annual_from is not None:
            for index, block in enumerate(self.blocks):
                starts = [column.start for column in block.columns.values()]
                if starts and min(starts) >= annual_from:
                    return index
        return len(self.blocks) - 1


def is_table_heading(grid: Grid, row: int) -> bool:
    """Return whether a row is the heading of an indicator table."""
    found = {indicator_column(cell.text) for cell in grid.starting(row)} & _CORE
    return len(found) >= 2 and ("name" in found or {"level1", "level2", "target"} <= found)


def read_columns(grid: Grid, row: int) -> TableColumns:
    """Read the heading that starts in a row, with its second line where there is one."""
    headings = _without_side_label([c for c in grid.starting(row) if c.rows <= _MAX_HEADING_ROWS])
    known = [c for c in headings if indicator_column(c.text) in _CORE]
    last = row + max((c.rows for c in known), default=1)
    if last < grid.height and _continues_heading(grid, last):
        last += 1
    for below in range(row + 1, last):
        under = [c for c in grid.starting(below) if indicator_column(c.text)]
        headings = [h for h in headings if not any(_covers(h, c) for c in under)] + under
    return TableColumns(_blocks(sorted(headings, key=lambda c: c.column)), last)


def _without_side_label(headings: list[Cell]) -> list[Cell]:
    """Drop “绩效指标” down the side of the table, which only looks like a heading."""
    level1 = next((c for c in headings if indicator_column(c.text) == "level1"), None)
    if level1 is None:
        return headings
    return [
        c for c in headings if c.column > level1.column or bare_label(c.text) not in _SIDE_LABELS
    ]


def _continues_heading(grid: Grid, row: int) -> bool:
    """Return whether a row only holds further headings (without vertical merges)."""
    cells = grid.starting(row)
    fields = [indicator_column(cell.text) for cell in cells]
    return len(cells) >= 2 and all(fields) and not set(fields) <= {"level1", "level2"}


def _covers(heading: Cell, below: Cell) -> bool:
    return heading.column <= below.column and below.end <= heading.end


def _blocks(headings: list[Cell]) -> tuple[Block, ...]:
    """Group the columns, a repeated level, name or target beginning the next block."""
    blocks = [Block()]
    has_level3 = any(_LEVEL3.search(bare_label(cell.text)) for cell in headings)
    for cell in headings:
        name = indicator_column(cell.text)
        if name == "name" and has_level3 and not _LEVEL3.search(bare_label(cell.text)):
            name = "definition"  # 指标内容 beside 三级指标
        if name in (None, "definition") and _explains_results(cell, blocks[-1]):
            name = "reason"
        if name is None or name == "ignored":
            continue
        known = blocks[-1].columns.get(name)
        if known is not None:
            if not _repeats(name, known.heading, cell):
                continue
            blocks.append(Block())
        blocks[-1].columns[name] = Column(name, cell.column, cell.end, cell)
    return tuple(blocks)


def _explains_results(cell: Cell, block: Block) -> bool:
    """Return whether 说明 or 备注 stands behind the results and so says why points were lost."""
    behind = "actual" in block.columns or "score" in block.columns
    return behind and "reason" not in block.columns and bool(_REMARK.match(bare_label(cell.text)))


def _repeats(name: str, first: Cell, second: Cell) -> bool:
    """Return whether a second heading for a field begins another goal period."""
    if name == "target":
        return bare_label(second.text).endswith("值")
    return name in ("level2", "name") and bare_label(first.text) == bare_label(second.text)
