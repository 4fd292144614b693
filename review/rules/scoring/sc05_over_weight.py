"""SC05 scoring.over_weight — 得分超过分值

反例：
    指标分值10分，得分31.9分。
正例：
    超额完成的，得分最高为该项分值。
理由：
    单项得分不得超过分值，超额完成也不加分。
已知局限：
    允许加分的地方办法应在表中注明。
依据：
    财预〔2020〕10号：完成指标值的记该指标所赋全部分值，单项得分以分值为限。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number

_ROUNDING = 0.01


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight, score = row.indicator.weight, row.indicator.score
    if weight is None or score is None or score <= weight + _ROUNDING:
        return None
    return hit_row(
        row,
        "score",
        suggestion=Suggestion(f"该项得分最高为{number(weight)}分。"),
        weight=number(weight),
        score=number(score),
    )


RULE = Rule(
    code="SC05",
    name="scoring.over_weight",
    severity=Severity.ERROR,
    message="指标“{name}”分值{weight}分，自评得{score}分，得分超过分值，请更正。",
    question="“{name}”得{score}分超过分值{weight}分，依据哪条加分办法？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.97,
)
