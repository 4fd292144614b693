"""FM04 form.too_many — 指标数量过多

反例：
    一个30万元的项目设置了40项三级指标。
正例：
    保留反映主要产出和核心效果的6—15项指标。
理由：
    指标过细、重点不突出，每项分值很低，失去考核作用。
已知局限：
    部门整体支出和包含多个子项目的专项可适当放宽；上限可按地区配置。
依据：
    财预〔2021〕101号：绩效指标应重点突出。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    count, most = len(context.rows), context.config.max_indicators
    if count > most:
        yield Hit(
            field="indicators",
            values={"count": count, "most": most},
            suggestion=Suggestion("请合并同类指标，删去过程性、一般性指标。"),
        )


RULE = Rule(
    code="FM04",
    name="form.too_many",
    severity=Severity.WARNING,
    message="共设置{count}项指标，超过{most}项，重点不突出，请精简。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)
