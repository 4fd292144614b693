"""CR03 correctness.at_least_full — 比率类指标写成“≥100%”

反例：
    参训人员结业率 ≥100%。
正例：
    参训人员结业率 =100%，或 ≥98%。
理由：
    这类比率最高为100%，“≥100%”没有超过的余地，符号使用不规范，也会影响系统自动评分。
已知局限：
    完成率确有超额可能的（如招生计划完成率）请在指标说明中写明。
依据：
    财预〔2021〕101号：指标值应有依据、有来源、可考核。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.bounded import is_bounded_rate, is_completion_rate
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row, replacement
from review.rule import Hit, Rule


def _check(context: ReviewContext, row: Row) -> Hit | None:
    parsed, name = row.parsed, row.name.text
    if parsed.operator not in ("≥", ">") or parsed.value != 100 or parsed.unit != "%":
        return None
    if not is_bounded_rate(name) and not is_completion_rate(name):
        return None
    text = "必须全部达到的写“100%”，允许少量例外的写明可接受的下限，如“≥98%”。"
    return hit_row(row, "target", suggestion=Suggestion(text, replacement(row, target="=100%")))


RULE = Rule(
    code="CR03",
    name="correctness.at_least_full",
    severity=Severity.WARNING,
    message="指标“{name}”最高为100%，不宜写成“{target}”，请改为“=100%”或合理的下限。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.95,
)
