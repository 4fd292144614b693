"""CR07 correctness.money_as_quantity — 把资金额当作数量指标

反例：
    数量指标：校园维修改造与设备购置资金 — 300万元。
正例：
    数量指标：维修改造校舍面积 ≥2600平方米；购置教学设备 ≥45台套。
理由：
    资金是投入不是产出，花掉多少钱不能说明完成了多少工作。
已知局限：
    以金额为工作量的业务（贷款发放额、进出口额等）与预算不相等时不提示。
依据：
    财预〔2015〕88号：绩效目标应反映预算资金的产出和效果；财预〔2021〕101号：数量指标反映产出数量。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.money import equals_budget, in_wan
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_FUNDS = re.compile(
    r"(?:配套|(?:中央|省级|市级|县级|财政)补助|财政拨款|(?:项目|专项|财政|补助|配套|维修|购置)资金|经费)(?:总?额|金额|数)?$|"
    r"资金(?:完成|投入|支出|使用|到位|拨付)(?:额|金额|数)?$"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not row.is_aspect("数量") or in_wan(row.parsed) is None:
        return None
    repeated = equals_budget(row.parsed, context.declaration.budget_wan)
    if not repeated and not _FUNDS.search(row.name.text):
        return None
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请改为这笔资金所完成的实物工作量；需要反映金额的，放入成本指标。"),
    )


RULE = Rule(
    code="CR07",
    name="correctness.money_as_quantity",
    severity=Severity.WARNING,
    message="数量指标“{name}”以资金额“{target}”作为目标，反映的是投入而不是产出，请改为实物工作量。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)
