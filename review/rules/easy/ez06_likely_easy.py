"""EZ06 easy.likely_easy — 目标疑似不需要努力就能完成

反例：
    行政村数量 =11个；保障在职职工人数 =116人。
正例：
    新建标准化村级阵地 ≥6个；村级事项代办 ≥1200件次。
理由：
    复述现状、定员或政策标准的目标不反映当年工作成效。
已知局限：
    由分类模型判断，没有更具体的规则指出原因、也没有达到指标库一般水平时才提示。
依据：
    财预〔2015〕88号：绩效目标应合理可行、相应匹配。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.facts.grounds import grounded_hit
from review.facts.misplaced import holds_scores
from review.facts.values import library_target, reaches_typical
from review.finding import Severity
from review.kinds import EachRow
from review.rule import Hit, Rule

_LIKELY = 0.6
_ADVICE = "请改用当年需要努力才能完成的工作量或效果；确属政策定额的，请在指标说明中注明。"


def _check(context: ReviewContext, row: Row) -> Hit | None:
    if holds_scores(context) or not row.is_labelled("easy") or not context.is_stated(row):
        return None
    probability = row.probabilities.easy if row.probabilities else None
    if (probability or 1.0) < _LIKELY or reaches_typical(context, row):
        return None
    suggestion = library_target(context, row) or advise(context, row, _ADVICE)
    return grounded_hit(
        context, row, ("easy",), "target", confidence=probability, suggestion=suggestion
    )


RULE = Rule(
    code="EZ06",
    name="easy.likely_easy",
    severity=Severity.WARNING,
    message="指标“{name}”的目标“{target}”疑似不需要努力就能完成，请说明设定依据或改用更有挑战性的目标。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.8,
    yields_to=(
        "EZ01",
        "EZ02",
        "EZ03",
        "EZ04",
        "EZ05",
        "EZ08",
        "EZ09",
        "EZ10",
        "CR07",
        "CP09",
        "CP11",
    ),
)
