"""SC08 scoring.block_weight — 一级指标标明的分值与各项之和不符

反例：
    “产出指标（50分）”下各项分值合计45分。
正例：
    “产出指标（50分）”下各项分值合计50分。
理由：
    表头分值与明细对不上，说明分值被改动或漏填，总分不可比。
已知局限：
    只在一级指标写明分值、其下各项都有分值时核对。
依据：
    财预〔2020〕10号：各级指标权重应逐级对应，权重之和与总分一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.schemes import near
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.scheme import block_of, recognise_scheme
from review.wording import number


def _check(context: ReviewContext) -> Iterator[Hit]:
    for block in recognise_scheme(context).blocks:
        members = [row for row in context.rows if block_of(row) == block.level]
        complete = all(row.indicator.weight is not None for row in members)
        if block.stated is None or not complete or near(block.stated, block.weight):
            continue
        yield Hit(
            field="weight",
            values={
                "level": block.level,
                "stated": number(block.stated),
                "total": number(block.weight),
            },
            suggestion=Suggestion("请按批复的分值逐项核对更正。"),
        )


RULE = Rule(
    code="SC08",
    name="scoring.block_weight",
    severity=Severity.WARNING,
    message="“{level}”标明{stated}分，其下各项分值合计{total}分，前后不一致，请核对。",
    question="“{level}”批复的分值是多少？哪几项的分值改动过？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)
