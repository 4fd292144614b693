"""SC06 scoring.full_score_missed — 没有完成目标却得满分

反例：
    特困供养人数目标≥4754人，实际4604人，5分得5分。
正例：
    按完成比例得4.84分，并说明偏差原因。
理由：
    未完成的指标应按比例扣分，得满分属于自评失实。
已知局限：
    目标值与实际值口径不同的（人与人次、累计与平均）需人工判断。
依据：
    财预〔2020〕10号：未完成指标值的，按照完成值与指标值的比例记分。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import is_missed
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight, score = row.indicator.weight, row.indicator.score
    if not weight or score is None or score < weight or not is_missed(row):
        return None
    return hit_row(
        row,
        "score",
        suggestion=Suggestion("请按完成比例计分，并填写偏差原因和改进措施。"),
        score=number(score),
    )


RULE = Rule(
    code="SC06",
    name="scoring.full_score_missed",
    severity=Severity.ERROR,
    message="指标“{name}”目标为“{target}”，实际为“{actual}”，没有完成却得满分{score}分，请重新评分。",
    question="“{name}”没有完成，为什么给满分{score}分？按哪条评分标准计分？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)
