"""CO06 coherence.unit_cost — 数量乘以单位标准与预算不符

反例：
    补助200人、每人3000元，应需60万元，预算却是160万元；更新摄像头1600个、摄像头单价3500元/个，
    应需560万元，预算却是420万元。
正例：
    补助200人、每人3000元，预算60万元。
理由：
    数量、标准与预算互相印证，对不上说明任务量或标准填报有误，或资金测算偏大偏小。
已知局限：
    计算结果超过预算一成即提示；少于预算的，只在补助标准类、相差一倍以上时提示。名称不是同一事物的，
    只在单位标准唯一、按该单位计量的数量也唯一时核算。
依据：
    财预〔2015〕88号：审核绩效目标的适当性，目标与资金规模应相应匹配。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.target.units import to_base
from models.measure import split_name
from models.target_rows import shared
from review.context import ReviewContext, Row
from review.facts.values import is_number
from review.finding import Severity, Suggestion
from review.kinds import Whole, hit_row
from review.rule import Hit, Rule
from review.wording import number, shorten

_PER = {"元": 1e-4, "万元": 1.0}
_SUPPORT = re.compile(r"补助|补贴|资助|救助|奖补|奖励|标准")
_TIMES = frozenset({"年", "季度", "月", "周", "天", "日", "工日", "小时"})
_STAFF = re.compile(r"办公|行政运行")
"""Costs per head of those who work there, not of those who are counted as output."""
_YEARLY = ("", "年")
_PER_PIECE = re.compile(
    r"(?P<average>[人户亩])均|[每单](?P<each>[人户亩台套辆个座处间所艘架株])(?!次|月|天|日)"
)
"""What a price is for where the name says it: 人均补贴标准 ≤2000元."""
_APART = 2.0
"""Factor by which the budget exceeds what a rate of support distributes."""
_OVER = 1.1
"""Factor by which a calculation exceeds the budget; less is rounding or a reserve."""
_PRICE = re.compile(
    r"(?:采购|购置|建设|改造|维修|养护|安装|平均)?(?:单价|单位成本|成本|造价|价格|费用|标准)$"
)
_SAME = 0.99


def _unit_price(row: Row) -> tuple[float, str] | None:
    """Return a price in 万元 and what it is for, such as (0.3, 人)."""
    numerator, _, rest = (row.parsed.unit or "").partition("/")
    thing, _, period = rest.partition("·")
    per = None if rest else _PER_PIECE.search(row.name.text)
    if per is not None:
        thing = per["average"] or per["each"]
    value = row.parsed.value if is_number(row.parsed) and not row.parsed.parts else None
    if not value or not thing or thing in _TIMES or _STAFF.search(row.name.text):
        return None
    if numerator not in _PER or period not in _YEARLY:
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


def _pairs(context: ReviewContext) -> Iterator[tuple[Row, Row, float]]:
    """Iterate over prices with the row that counts what they buy, and the product in 万元.

    Rows that name the same thing go together; a single price also goes with the only count in its
    unit.
    """
    prices = [(row, found) for row in context.rows if (found := _unit_price(row))]
    for row, (price, thing) in prices:
        counted = list(_counted(context, thing))
        bought = split_name(_PER_PIECE.sub("", _PRICE.sub("", row.name.text))).core
        same = [item for item in counted if bought and shared(item[0].name.text, bought) >= _SAME]
        loose = counted if len(prices) == 1 else []
        chosen = same if len(same) == 1 else loose
        if len(chosen) == 1:
            other, quantity = chosen[0]
            yield row, other, price * quantity


def _check(context: ReviewContext) -> Iterator[Hit]:
    budget = context.declaration.budget_wan
    if not budget:
        return
    for row, other, total in _pairs(context):
        too_much = total > _OVER * budget
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
