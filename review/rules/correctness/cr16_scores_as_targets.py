"""CR16 correctness.scores_as_targets — 把分值填进了指标值栏

反例：
    各行指标值依次为20、20、10、10、10、10、20，没有单位，合计正好100。
正例：
    指标值填写目标（如“32.1公里”），分值填写在分值栏。
理由：
    指标值栏填的是分值，实际上没有任何目标可考核。
已知局限：
    只在全部指标值都是不带单位的数字且合计为100或90时提示。
依据：
    财预〔2015〕88号：绩效指标应细化量化；审核完整性要求内容填写准确。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.misplaced import holds_scores
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    if holds_scores(context):
        total = sum(row.parsed.value or 0 for row in context.rows)
        yield Hit(
            field="indicators",
            values={"total": number(total)},
            suggestion=Suggestion("请把这些数字移到分值栏，在指标值栏填写带单位的目标。"),
        )


RULE = Rule(
    code="CR16",
    name="correctness.scores_as_targets",
    severity=Severity.ERROR,
    message="全部指标值都是不带单位的数字，合计{total}，疑似把分值填入指标值栏，请填写实际目标。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.95,
    fatal=True,
)
