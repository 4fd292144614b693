"""CP10 completeness.placeholder_target — 指标值只有模板占位内容，没有实际数值

反例：
    “新建堤防、护岸长度：公里”“项目总成本：≤****元”“公众满意度：高中低”。
正例：
    “新建堤防、护岸长度 ≥3.2公里”“公众满意度 ≥90%”。
理由：
    只剩单位、星号或备选档次的单元格是模板残留，等同于没有填报目标。
已知局限：
    占位形式多样，未收录的写法可能识别不到。
依据：
    财预〔2015〕88号：审核绩效目标的完整性，内容应填写齐全，目标应明确清晰。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_CHOICES = re.compile(
    r"^(?:高[、/]?中[、/]?低|好[、/]?中?[、/]?[坏差]|优[、/]?良[、/]?中?[、/]?差|是[、/]?否|有[、/]?无)$"
)


def _check(context: ReviewContext, row: Row) -> Hit | None:
    text = row.target.text.strip()
    if row.parsed.kind == "blank" and row.parsed.placeholder and text:
        return hit_row(row, "target")
    return hit_row(row, "target") if _CHOICES.match(text) else None


RULE = Rule(
    code="CP10",
    name="completeness.placeholder_target",
    severity=Severity.ERROR,
    message="指标“{name}”的指标值“{target}”是模板占位内容，没有填写实际目标，请按项目实际填报。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)
