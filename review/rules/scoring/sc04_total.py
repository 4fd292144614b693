"""SC04 scoring.total — 总分与各项得分之和不符

反例：
    各项得分合计94分，总分却填98分。
正例：
    总分等于执行率得分与各项指标得分之和。
理由：
    总分算错，自评等级就可能错误。
已知局限：
    只在每项指标都有得分且填写了总分时核算；只读取到部分指标行时可能误报。
依据：
    财预〔2020〕10号：自评得分由各指标得分加总得出，应客观真实。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.scheme import execution_row
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    evaluation = context.evaluation
    scores = [row.indicator.score for row in context.rows]
    known = [score for score in scores if score is not None]
    if evaluation is None or evaluation.total_score is None or not known:
        return
    if len(known) < len(scores):
        return
    beside = 0.0 if execution_row(context) else evaluation.execution_score or 0.0
    total = sum(known) + beside
    if abs(total - evaluation.total_score) > context.config.score_tolerance:
        yield Hit(
            field="total_score",
            values={
                "total": number(round(total, 2)),
                "stated": number(evaluation.total_score),
                "gap": number(round(abs(total - evaluation.total_score), 2)),
            },
            suggestion=Suggestion("请逐项核对得分后更正总分和等级。"),
        )


RULE = Rule(
    code="SC04",
    name="scoring.total",
    severity=Severity.ERROR,
    message="各项得分合计{total}分，自评总分填报{stated}分，相差{gap}分，请核对。",
    question="总分{stated}分比各项得分之和{total}分相差{gap}分，差额从哪里来？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)
