"""SC12 scoring.partly_full — 自述部分完成却得满分

反例：
    完成值写“基本完成”，10分得10分。
正例：
    按三档评分，部分完成的在分值的60%—80%之间计分，并写明未完成的部分。
理由：
    “基本完成”“部分完成”就是没有全部完成，给满分与自述矛盾。
已知局限：
    指标值本身就写“基本完成”的不提示。
依据：
    财预〔2020〕10号：定性指标按达成、部分达成、未达成三档，分别按100%—80%、80%—60%、60%—0%计分。
"""

from __future__ import annotations

from review.context import ReviewContext, Row
from review.facts.attainment import admits_part
from review.finding import Severity, Suggestion
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule
from review.wording import number


def _check(context: ReviewContext, row: Row) -> Hit | None:
    weight, score = row.indicator.weight, row.indicator.score
    if not weight or score is None or score < weight or not admits_part(row):
        return None
    return hit_row(
        row,
        "score",
        suggestion=Suggestion("请写明哪些没有完成，按部分完成的档次计分。"),
        score=number(score),
    )


RULE = Rule(
    code="SC12",
    name="scoring.partly_full",
    severity=Severity.WARNING,
    message="指标“{name}”的完成情况自述为“{actual}”，却得满分{score}分，请说明未完成的部分并重新评分。",
    question="“{name}”哪些已完成、哪些没有完成？剩余部分何时完成？",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
)
