"""CR08 correctness.satisfaction_misplaced — 满意度指标放错了位置

反例：
    社会效益指标：群众满意度 ≥90%。
正例：
    满意度指标—服务对象满意度指标：群众满意度 ≥90%。
理由：
    满意度是单独的一级指标，放在效益或产出下会造成效益指标缺失、分值错位。
已知局限：
    上级统一格式把满意度列在效益下的，以上级格式为准。
依据：
    财预〔2021〕101号：一级指标分为成本、产出、效益和满意度四类。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule

_SATISFACTION = re.compile(r"满意(?:度|率|程度)(?:\([^)]*\))?$")
_LEVELS = ("成本", "产出", "效益")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if not any(map(row.is_level, _LEVELS)) or not _SATISFACTION.search(row.name.text):
        return None
    moved = replacement(row, level1="满意度指标", level2="服务对象满意度指标")
    return hit_row(
        row, "level1", suggestion=Suggestion("请移至“满意度指标—服务对象满意度指标”。", moved)
    )


RULE = Rule(
    code="CR08",
    name="correctness.satisfaction_misplaced",
    severity=Severity.WARNING,
    message="指标“{name}”属于满意度指标，却列在“{level2}”下，请调整归类。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)
