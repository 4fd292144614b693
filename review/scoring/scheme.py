"""The weight scheme of a self-evaluation's form, read from the table itself and never assumed.

Regions share out 100 points differently (执行率10＋产出50＋效益30＋满意度10, 执行率20＋绩效80,
成本20…); what the weights of the rows add up to says which form it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.schemes import FULL, national_form, near, stated_points
from corpus.text import normalise
from review.context import ReviewContext, Row
from review.wording import number

_EXECUTION = re.compile(r"^(?:项目|财政)?(?:预算|资金|预算资金)执行率(?:\(%\)|得分)?$")
_UNKNOWN = "未识别"
_BLOCKS = (
    ("成本", "成本"),
    ("产出", "产出"),
    ("满意", "满意度"),
    ("效益", "效益"),
    ("效果", "效益"),
    ("决策", "决策"),
    ("投入", "投入"),
    ("过程", "过程"),
    ("管理", "管理"),
)


@dataclass(frozen=True)
class Block:
    """The rows under one first level of the form."""

    level: str
    weight: float
    """Sum of the weights of its rows."""
    rows: int
    stated: float | None = None
    """Points that the form's heading gives it: 产出指标（50分）."""


@dataclass(frozen=True)
class SchemeReading:
    """How a form shares out its points, as far as it shows."""

    name: str
    recognised: bool
    blocks: tuple[Block, ...]
    execution: float | None
    """Points of the row of the execution rate, None where the form has none."""
    total: float | None
    """Sum of all points, that row's among them; None where no row has any."""
    note: str = ""
    """Why the scheme could not be recognised, or what is unusual about it."""

    def to_dict(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return {
            "name": self.name,
            "recognised": self.recognised,
            "blocks": [
                {"level": b.level, "weight": b.weight, "rows": b.rows, "stated": b.stated}
                for b in self.blocks
            ],
            "execution": self.execution,
            "total": self.total,
            "note": self.note,
        }


def recognise_scheme(context: ReviewContext) -> SchemeReading:
    """Return the scheme of a self-evaluation's form."""
    evaluation, of_rate = context.evaluation, execution_row(context)
    execution = evaluation.execution_weight if evaluation else None
    if of_rate is not None:
        execution = of_rate.indicator.weight
    rows = [row for row in context.rows if row is not of_rate]
    blocks = _blocks(context.rows)
    weighted = [row for row in rows if row.indicator.weight is not None]
    if not weighted:
        return SchemeReading(
            "未识别", False, blocks, execution, None, "表中没有指标分值，无法识别分值方案。"
        )
    inside = sum(row.indicator.weight or 0 for row in weighted)
    total = round(inside + (execution or 0), 2)
    blanks = len(rows) - len(weighted)
    if near(total, FULL):
        note = f"{blanks}项指标没有分值，可能按组合并填写。" if blanks else ""
        return SchemeReading(_name(_blocks(rows), execution), True, blocks, execution, total, note)
    if near(inside, 1.0):
        return SchemeReading("权重以1为满分", True, blocks, execution, total)
    rest = FULL - inside
    form = _known(blocks, rest) if execution is None else None
    if form:
        note = f"指标分值合计{number(inside)}分，另{number(rest)}分为预算执行率，表中未读到该行。"
        return SchemeReading(form, True, blocks, None, total, note)
    if blanks or context.is_excerpt or inside < FULL / 2:
        why = f"{blanks}项指标没有分值" if blanks else f"读到的分值合计只有{number(total)}分"
        return SchemeReading(
            _UNKNOWN, False, blocks, execution, total, f"{why}，无法识别分值方案。"
        )
    counted = f"指标分值{number(round(inside, 2))}分"
    counted += f"＋执行率{number(execution)}分" if execution else ""
    together = f"合计{number(total)}分，" if execution else ""
    return SchemeReading(
        _UNKNOWN,
        False,
        blocks,
        execution,
        total,
        f"{counted}，{together}与百分制不符，无法识别分值方案。",
    )


def execution_row(context: ReviewContext) -> Row | None:
    """Return the row of the execution rate where a form has it among its indicators."""
    found = (row for row in context.rows if _EXECUTION.match(row.name.text))
    return next((row for row in found if row.indicator.weight is not None), None)


def block_of(row: Row) -> str:
    """Return the block that a row stands under, by the form's own first level."""
    written = normalise(row.indicator.level1) or row.level1
    return next((name for word, name in _BLOCKS if word in written), written or "未分类")


def _blocks(rows: Iterable[Row]) -> tuple[Block, ...]:
    """Return the blocks of a table in the order of the form."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(block_of(row), []).append(row)
    return tuple(
        Block(
            level,
            round(sum(row.indicator.weight or 0 for row in members), 2),
            len(members),
            next(filter(None, (stated_points(row.indicator.level1) for row in members)), None),
        )
        for level, members in found.items()
    )


def _known(blocks: tuple[Block, ...], execution: float) -> str | None:
    """Return the name of the national form that shares out its points this way."""
    return national_form({f"{block.level}指标": block.weight for block in blocks}, execution)


def _name(blocks: tuple[Block, ...], execution: float | None) -> str:
    """Return what a scheme is called: a national form's name, else what it is made of."""
    known = _known(blocks, execution or 0)
    if known:
        return known
    parts = [f"执行率{number(execution)}"] if execution else []
    parts += [f"{block.level}{number(block.weight)}" for block in blocks if block.weight]
    return "本地表式：" + "＋".join(parts)
