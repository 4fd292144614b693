"""FM03 form.too_few — 指标数量过少

反例：
    300万元的项目只设置了1项指标。
正例：
    按数量、质量、时效、成本、效益、满意度各设至少1项，共6—15项。
理由：
    产出、效益、满意度各设一项已不少于三项，再少就必有整块内容没有目标，不能反映项目的主要内容和效果，应补充后重新申报。
已知局限：
    评价报告等摘录材料不判断；下限可按地区配置。
依据：
    财预〔2021〕101号：绩效指标应与项目高度关联，能够反映项目的主要产出和核心效果。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    count, least = len(context.rows), context.config.min_indicators
    if 0 < count < least and not context.is_excerpt:
        yield Hit(
            field="indicators",
            values={"count": count, "least": least},
            suggestion=Suggestion("请对照产出（数量、质量、时效）、成本、效益、满意度逐项补充。"),
        )


RULE = Rule(
    code="FM03",
    name="form.too_few",
    severity=Severity.ERROR,
    message="仅设置{count}项指标，少于{least}项，不能反映项目的主要内容，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.93,
)
