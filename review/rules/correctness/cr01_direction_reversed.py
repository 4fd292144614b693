"""CR01 correctness.direction_reversed — 比较符号与指标方向相反

反例：
    贷款逾期率 ≥5%；项目总成本 ≥6070万元；群众满意度 ≤85%。
正例：
    贷款逾期率 ≤5%；项目总成本 ≤6070万元；群众满意度 ≥90%。
理由：
    越低越好的指标写成“不低于”，或越高越好的指标写成“不高于”，完成得越差反而越达标。
已知局限：
    方向由名称中的词语判断，含义特殊的名称（如“优秀比例不超过20%”）不在判断之列。
依据：
    财预〔2021〕101号：绩效指标应与项目高度关联、量化易评，指标值应合理可考核。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.direction import wanted_direction
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule
from review.wording import number

_MEANT = {"up": ("越高越好", "≥"), "down": ("越低越好", "≤")}


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    wanted = wanted_direction(row.name.text)
    if parsed.kind != "number" or parsed.value is None or wanted is None:
        return None
    wrong = {"up": ("≤", "<"), "down": ("≥", ">")}[wanted]
    if parsed.operator not in wrong or (wanted == "up" and parsed.value == 0):
        return None
    meaning, sign = _MEANT[wanted]
    value = f"{number(parsed.value)}{parsed.unit or ''}"
    better = f"{sign}{value}"
    return hit_row(
        row,
        "target",
        suggestion=Suggestion(f"请核对方向，如应为“{better}”。", replacement(row, target=better)),
        meaning=meaning,
        shown=f"{parsed.operator}{value}",
    )


RULE = Rule(
    code="CR01",
    name="correctness.direction_reversed",
    severity=Severity.ERROR,
    message="指标“{name}”{meaning}，目标却是“{shown}”，比较符号方向相反，请更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.92,
)
