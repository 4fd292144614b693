"""CR02 correctness.rate_over_full — 比率类指标值超过100%

反例：
    设备更新验收合格率 292%；服务对象满意度 ≥120%。
正例：
    设备更新验收合格率 ≥92%。
理由：
    合格率、覆盖率、满意度等最高为100%，超过100%多为录入或识别错误。
已知局限：
    增长率、完成率、倍数等可以超过100%的指标不提示。
依据：
    财预〔2021〕101号：指标值应有依据、可考核；财预〔2015〕88号：绩效目标应合理可行。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.bounded import is_bounded_rate
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed = row.parsed
    if parsed.unit != "%" or parsed.value is None or not is_bounded_rate(row.name.text):
        return None
    if max(parsed.value, parsed.value_high or 0) <= 100:
        return None
    return hit_row(row, "target", suggestion=Suggestion("请核对原始数据，更正为不超过100%的数值。"))


RULE = Rule(
    code="CR02",
    name="correctness.rate_over_full",
    severity=Severity.ERROR,
    message="指标“{name}”最高为100%，指标值“{target}”超过100%，请核对更正。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.96,
)
