"""SC11 scoring.partial_points — 扣分比未完成的幅度少

反例：
    目标1000人、完成600人，10分却得9分。
正例：
    按完成比例得6分，或按表中评分标准逐档扣分。
理由：
    象征性扣分掩盖了未完成的幅度，是避重就轻的常见做法。
已知局限：
    评分标准写明扣分办法的按其办法计算；不能识别的办法不判断。
依据：
    财预〔2020〕10号：未完成指标值的，按照完成值与指标值的比例记分。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.facts.declared import scoring_rule_of
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.scoring.points import cite, points_of_missed, read_rule
from review.scoring.weighing import bears_group_weight
from review.wording import number

_LEAST, _SHARE = 0.5, 0.1


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight, score = row.indicator.weight, row.indicator.score
    if not weight or score is None or score >= weight or not is_missed(row):
        return None
    rule = read_rule(scoring_rule_of(context, row))
    due = points_of_missed(row, rule)
    if due is None or bears_group_weight(row) or score - due <= max(_LEAST, _SHARE * weight):
        return None
    return hit_row(
        row,
        "score",
        suggestion=Suggestion(f"应得约{number(due)}分（{cite(rule)}），请重新计分。"),
        score=number(score),
        due=number(due),
        weight=number(weight),
    )


RULE = Rule(
    code="SC11",
    name="scoring.partial_points",
    severity=Severity.WARNING,
    message="指标“{name}”目标“{target}”，实际“{actual}”，{weight}分应得约{due}分，自评得{score}分，扣分偏少。",
    question="“{name}”扣分按什么标准计算？为什么没有按完成比例计分？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)
