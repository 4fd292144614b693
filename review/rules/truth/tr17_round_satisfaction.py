"""TR17 truth.round_satisfaction — 各项满意度都是整数或完全相同

反例：
    学生满意度95%、教师满意度95%、家长满意度95%。
正例：
    学生满意度95.1%、教师满意度96.4%、家长满意度94.6%。
理由：
    真实调查得出的比例很少恰好都是5的倍数，多为估填。
已知局限：
    只有一项满意度的不判断；样本很少时可能恰好为整数。
依据：
    财预〔2020〕10号：单位自评应客观真实反映指标实际完成情况。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.surveys import SURVEY, reported_satisfaction, told_of_surveys
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_FEWEST, _STEP, _FULL = 2, 5, 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    found = list(reported_satisfaction(context))
    values = [value for _, value in found]
    if len(values) < _FEWEST or any(value % _STEP for value in values):
        return
    if all(value == _FULL for value in values) or SURVEY.search(told_of_surveys(context)):
        return
    shown = "、".join(f"{number(value)}%" for value in values)
    yield Hit(
        row=found[0][0].index,
        field="actual",
        values={"count": len(values), "shown": shown},
        suggestion=Suggestion("请按问卷汇总结果填写到小数点后一位。"),
    )


RULE = Rule(
    code="TR17",
    name="truth.round_satisfaction",
    severity=Severity.INFO,
    message="{count}项满意度依次为{shown}，都是5的倍数，疑为估填，请按调查结果填写。",
    question="{count}项满意度分别由哪份问卷算出？满意、不满意各多少人？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.82,
)
