"""CO07 coherence.parts_over_total — “其中”项之和超过总量

反例：
    营造林总面积80000亩，其中：新造林50000亩、退化林改造50000亩。
正例：
    营造林总面积80000亩，其中：新造林30000亩、退化林改造50000亩。
理由：
    分项之和大于总量，说明至少有一个数字填错。
已知局限：
    只认名称以“其中”开头、紧跟在总量之后且单位相同的分项。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，目标应明确清晰、前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.target.units import comparable, to_base
from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule
from review.wording import shorten

_TOLERANCE = 1.001


def _value(row: Row) -> float:
    """Return a row's value in base units."""
    return to_base(row.parsed.value or 0.0, row.parsed.unit)[0]


def _groups(context: ReviewContext) -> Iterator[tuple[Row, list[Row]]]:
    """Iterate over totals with the 其中 rows that follow them."""
    total: Row | None = None
    parts: list[Row] = []
    for row in context.rows:
        if row.name.text.strip().startswith("其中") and total is not None:
            parts.append(row)
            continue
        if total is not None and parts:
            yield total, parts
        total, parts = row, []
    if total is not None and parts:
        yield total, parts


def _check(context: ReviewContext) -> Iterator[Hit]:
    for total, parts in _groups(context):
        counted = [
            row
            for row in parts
            if is_number(row.parsed) and comparable(row.parsed.unit, total.parsed.unit)
        ]
        if not is_number(total.parsed) or len(counted) != len(parts):
            continue
        if sum(map(_value, counted)) > _value(total) * _TOLERANCE:
            yield hit_row(
                total,
                "target",
                suggestion=Suggestion("请核对总量与各分项的数字。"),
                parts="、".join(shorten(row.indicator.target) for row in counted),
            )


RULE = Rule(
    code="CO07",
    name="coherence.parts_over_total",
    severity=Severity.ERROR,
    message="指标“{name}”的总量为“{target}”，其中各项为{parts}，分项之和超过总量，请核对。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
