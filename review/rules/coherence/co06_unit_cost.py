"""CO06 coherence.unit_cost — 数量乘以单位标准与预算不符

反例：
    补助200人、每人3000元，应需60万元，预算却是160万元。
正例：
    补助200人、每人3000元，预算60万元。
理由：
    数量、标准与预算互相印证，对不上说明任务量或标准填报有误，或资金测算偏大偏小。
已知局限：
    只在有唯一的人数（户数、面积等）与唯一的单位标准、且计量单位能对上时核算。
依据：
    财预〔2015〕88号：审核绩效目标的适当性，目标与资金规模应相应匹配。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.target.units import to_base
from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule
from review.wording import number, shorten

_PER = {"元": 1e-4, "万元": 1.0}
_SUPPORT = re.compile(r"补助|补贴|资助|救助|奖补|奖励|标准")
_YEARLY = ("", "年")
_APART = 2.0
"""Factor between calculation and budget from which they contradict each other."""


def _unit_price(row: Row) -> tuple[float, str] | None:
    """Return a price in 万元 and what it is for, such as (0.3, 人)."""
    numerator, _, rest = (row.parsed.unit or "").partition("/")
    thing, _, period = rest.partition("·")
    value = row.parsed.value if is_number(row.parsed) and not row.parsed.parts else None
    if not value or not thing or numerator not in _PER or period not in _YEARLY:
        return None
    return value * _PER[numerator], thing


def _counted(context: ReviewContext, thing: str) -> Iterator[tuple[Row, float]]:
    """Iterate over the quantity rows that count a thing, with how many of it."""
    one, base = to_base(1.0, thing)
    for row in context.rows_of("产出", "数量"):
        if is_number(row.parsed) and row.parsed.unit and row.parsed.value:
            value, unit = to_base(row.parsed.value, row.parsed.unit)
            if unit == base:
                yield row, value / one


def _check(context: ReviewContext) -> Iterator[Hit]:
    budget = context.declaration.budget_wan
    prices = [(row, found) for row in context.rows if (found := _unit_price(row))]
    if not budget or len(prices) != 1:
        return
    row, (price, thing) = prices[0]
    counted = list(_counted(context, thing))
    if len(counted) != 1:
        return
    other, quantity = counted[0]
    total = price * quantity
    too_much = total > _APART * budget
    # A price may concern a part of the money; a rate of support distributes all of it.
    too_little = total * _APART < budget and _SUPPORT.search(row.name.text)
    if too_much or too_little:
        yield hit_row(
            row,
            "target",
            suggestion=Suggestion("请核对任务量、单位标准和预算三者的口径。"),
            other=shorten(other.indicator.name),
            quantity=shorten(other.indicator.target),
            total=number(round(total, 2)),
            budget=number(budget),
        )


RULE = Rule(
    code="CO06",
    name="coherence.unit_cost",
    severity=Severity.WARNING,
    message=(
        "按“{other} {quantity}”和“{name} {target}”计算约需{total}万元，"
        "与预算{budget}万元相差较大，请核对测算。"
    ),
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.8,
)
