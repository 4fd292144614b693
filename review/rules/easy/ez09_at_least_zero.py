"""EZ09 easy.at_least_zero — “不少于0”的目标没有约束力

反例：
    新增就业岗位 ≥0个。
正例：
    新增就业岗位 ≥35个。
理由：
    任何结果都能满足“不少于0”，等于没有目标。
已知局限：
    越低越好的指标写成“≥0”由比较符号规则提示。
依据：
    财预〔2015〕88号：绩效目标应细化量化、合理可行。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.direction import wanted_direction
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_ALL = 100
_SHARE = re.compile(r"(?:率|占比|比例|比重)$")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    if parsed.kind != "number" or parsed.value is None:
        return None
    at_least_none = parsed.operator == "≥" and parsed.value == 0
    at_most_all = parsed.operator == "≤" and parsed.unit == "%" and parsed.value >= _ALL
    if at_least_none or (at_most_all and _lower_is_better(row.name.text)):
        return hit_row(row, "target")
    return None


def _lower_is_better(name: str) -> bool:
    """Tell whether a share cannot exceed 100%, and less of it is better."""
    return bool(_SHARE.search(name)) and wanted_direction(name) == "down"


RULE = Rule(
    code="EZ09",
    name="easy.at_least_zero",
    severity=Severity.ERROR,
    message="指标“{name}”的目标“{target}”没有约束力，任何结果都能完成，请填写实际目标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.97,
    yields_to=("CR01",),
)
