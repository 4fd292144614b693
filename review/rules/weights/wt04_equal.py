"""WT04 weights.equal — 各项指标分值完全相同

反例：
    10项指标每项都是9分，不分主次。
正例：
    核心产出和效益指标分值较高，一般指标分值较低。
理由：
    分值不分主次，不能体现指标的重要程度。
已知局限：
    上级统一规定等权的，以上级规定为准。
依据：
    财预〔2021〕101号：绩效指标应重点突出，权重根据重要程度确定。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule
from review.scoring.weighing import weights
from review.wording import number

_MIN_ROWS = 6


def _check(context: ReviewContext) -> Iterator[Hit]:
    given = weights(context)
    if len(given) == len(context.rows) >= _MIN_ROWS and len(set(given)) == 1:
        yield Hit(
            field="weight",
            values={"count": len(given), "weight": number(given[0])},
            suggestion=Suggestion("请提高核心产出、效益指标的分值，降低一般性指标的分值。"),
        )


RULE = Rule(
    code="WT04",
    name="weights.equal",
    severity=Severity.INFO,
    message="{count}项指标的分值都是{weight}分，没有区分主次，请按重要程度分配。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
