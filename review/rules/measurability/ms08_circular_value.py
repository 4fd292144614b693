"""MS08 measurability.circular_value — 指标值只是重复了指标名称

反例：
    按期完工 — 按期完工；专款专用 — 做到专款专用。
正例：
    主体工程完工时间 — 2024年10月底前。
理由：
    指标值重复名称，没有给出判定标准。
已知局限：
    只比较文字，不识别换一种说法的重复。
依据：
    财预〔2015〕88号：绩效目标应细化量化。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_FILLER = re.compile(r"\W|确保|做到|实现|保证|全面|予以|进行|切实|严格|有效|指标")
_MIN_LENGTH = 3


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if row.parsed.kind != "words":
        return None
    name, target = (_FILLER.sub("", text) for text in (row.name.text, row.target.text))
    if len(target) < _MIN_LENGTH or target != name:
        return None
    return hit_row(row, "target", suggestion=Suggestion("请填写判定是否达到的数值、日期或标准。"))


RULE = Rule(
    code="MS08",
    name="measurability.circular_value",
    severity=Severity.WARNING,
    message="指标“{name}”的指标值“{target}”只是重复名称，没有给出判定标准。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)
