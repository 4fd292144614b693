"""SC02 scoring.rate_score — 预算执行率得分计算有误

反例：
    执行率分值10分、执行率80.4%，得分却为10分。
正例：
    得分＝10×80.4%＝8.04分。
理由：
    执行率得分按比例计算，未足额执行却得满分会虚增总分。
已知局限：
    各地有按区间赋分的办法，与按比例计算相差不足1分的不提示。
依据：
    财预〔2020〕10号：预算执行率按区间或比例赋分，自评得分应如实计算。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.spending import execution_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import number

_BANDS = 1.0
"""Points by which scoring in bands may differ from scoring in proportion."""

_ROUNDING = 0.01


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation, rate = context.evaluation, execution_rate(context.declaration)
    if evaluation is None or rate is None:
        return
    weight, score = evaluation.execution_weight, evaluation.execution_score
    if not weight or score is None:
        return
    expected = weight * min(rate, 100.0) / 100
    if abs(score - expected) > _BANDS or score > weight + _ROUNDING:
        yield Hit(
            field="execution_score",
            values={
                "weight": number(weight),
                "rate": number(round(rate, 2)),
                "expected": number(round(expected, 2)),
                "score": number(score),
            },
            suggestion=Suggestion(
                f"按比例应得{number(round(expected, 2))}分，按本地区区间赋分的请注明办法。"
            ),
        )


RULE = Rule(
    code="SC02",
    name="scoring.rate_score",
    severity=Severity.ERROR,
    message="执行率{rate}%、分值{weight}分，应得约{expected}分，自评得{score}分，请核对。",
    question="执行率得分{score}分按什么办法计算？请提供本地区按区间赋分的文件。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)
