"""TR01 truth.copied_sign — 实际完成值连比较符号一起照抄指标值

反例：
    指标值“≥95%”，实际完成值也填“≥95%”。
正例：
    实际完成值填“96.4%”，附问卷统计。
理由：
    实际完成值应是已经发生的数据，带比较符号说明没有真正统计。
已知局限：
    只判断带“≥”“≤”“不低于”等符号或词语的实际值。
依据：
    财预〔2020〕10号：单位自评应客观真实反映指标实际完成情况。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_SIGN = re.compile(
    r"^[≥≤><≧≦]=?|^(?:不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|高于|低于)|以上$|以内$"
)
_SPACE = re.compile(r"\s")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    actual = row.indicator.actual or ""
    parsed = row.actual
    if parsed is None or parsed.kind not in ("number", "range"):
        return None
    text = _SPACE.sub("", actual)
    if not _SIGN.search(text):
        return None
    copied = text == _SPACE.sub("", row.indicator.target)
    return hit_row(
        row,
        "actual",
        suggestion=Suggestion("请填写实际统计的数值，并附数据来源。"),
        how="照抄指标值" if copied else "带有比较符号",
    )


RULE = Rule(
    code="TR01",
    name="truth.copied_sign",
    severity=Severity.WARNING,
    message="指标“{name}”的实际完成值“{actual}”{how}，不是实际统计数据，请填写真实结果。",
    question="“{name}”年末实际统计数是多少？请提供台账、验收单或统计表。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)
