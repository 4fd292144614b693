"""CP11 completeness.empty_name — 指标名称空白或只有编号、数字

反例：
    三级指标名称填“88”“0”“指标1”，指标值填“100”。
正例：
    “镇域通村道路提质改造里程 ≥12公里”。
理由：
    名称不说明考核什么，指标值就没有意义。
已知局限：
    以数字开头的正常名称（如“12345热线接通率”）不提示。
依据：
    财预〔2015〕88号：绩效目标应指向明确、细化量化。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_NOTHING = re.compile(
    r"^(?:(?:三级)?指标\s*[\d一二三四五六七八九十]*|[\d\W_]*|[xX×*＊]+|无|略|其他|测试|test)[:。.]?$"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    return hit_row(row, "name") if _NOTHING.match(row.name.text.strip()) else None


RULE = Rule(
    code="CP11",
    name="completeness.empty_name",
    severity=Severity.ERROR,
    message="“{level2}”下的指标名称“{name}”没有说明考核内容，请填写规范的三级指标名称。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.97,
)
