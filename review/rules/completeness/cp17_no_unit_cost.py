"""CP17 completeness.no_unit_cost — 成本指标只有总额控制，没有单位成本

反例：
    车辆购置项目的成本指标只有“预算执行率 ≥95%”或“项目总成本 ≤180万元”。
正例：
    成本指标—经济成本指标：每辆执法车购置价格 ≤18万元。
理由：
    只控制总额看不出单价是否合理，也无法与同类项目比较。
已知局限：
    只看工程、修缮、购置类项目，按指标名称和计量单位判断；单价在指标说明中写明的不识别。
依据：
    财预〔2021〕101号：成本指标应反映预期提供的公共产品和服务所需的成本，优先设置单位成本。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext, Row
from review.facts.examples import advise_unit_cost
from review.facts.project import is_works_or_purchase
from review.finding import Severity
from review.kinds import Whole
from review.rule import Hit, Rule

_TOTAL = re.compile(
    r"总|预算|概算|控制|执行|投资|投入|资金|成本$|^(?:项目|工程|采购|购置|建设|改造)*(?:成本|费用|经费|造价)"
)
_UNIT = re.compile(r"单(?![独据列纯])|每|平均|标准|[人户生亩台套辆]均")


def _is_total(row: Row) -> bool:
    """Tell whether a cost row bounds a sum rather than what one piece costs."""
    per_piece = "/" in (row.parsed.unit or "") or _UNIT.search(row.name.text)
    return not per_piece and bool(_TOTAL.search(row.name.text))


def _check(context: ReviewContext) -> Iterator[Hit]:
    rows = list(context.rows_of("成本"))
    rows += [row for row in context.rows if row.is_aspect("成本") and row not in rows]
    if not rows or context.is_excerpt or not is_works_or_purchase(context.declaration):
        return
    if all(map(_is_total, rows)):
        advice = "请补充与数量指标对应的单位成本，并注明询价、定额或历史价格依据。"
        yield Hit(field="indicators", suggestion=advise_unit_cost(context, advice))


RULE = Rule(
    code="CP17",
    name="completeness.no_unit_cost",
    severity=Severity.INFO,
    message="成本指标只控制总额，没有单位成本（单价、造价）标准，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)
