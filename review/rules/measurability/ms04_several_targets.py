"""MS04 measurability.several_targets — 一个单元格填写了多个目标

反例：
    补助县数量：新罗区2、永定区3、上杭县1、武平县2。
正例：
    补助县（市、区）数量 ≥7个；补助宗教活动场所数量 ≥14处。
理由：
    几个目标合在一格，部分完成时无法计算完成率和得分。
已知局限：
    一个目标的两种计量方式（“615户1941人”）也会提示，可拆成两行。
依据：
    财预〔2021〕101号：绩效指标应量化易评，一个指标对应一个明确的目标值。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_ORDINAL = re.compile(r"第\d|档|\d+期工程|/ ?\d")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parts = [part for part in row.parsed.parts if part.kind in ("number", "range")]
    if len(parts) < 2 or _ORDINAL.search(row.target.text):
        return None
    shown = [f"{number(part.value or 0)}{part.unit or ''}" for part in parts[:4]]
    return hit_row(
        row,
        "target",
        suggestion=Suggestion("请按目标逐项拆分成多行，每行一个指标值并分别赋分。"),
        parts="、".join(shown),
        count=len(parts),
    )


RULE = Rule(
    code="MS04",
    name="measurability.several_targets",
    severity=Severity.WARNING,
    message="指标“{name}”的指标值中有{count}个目标（{parts}），部分完成时无法计分，请拆分填报。",
    check=EachRow(_check),
    manual_text=__doc__,
)
