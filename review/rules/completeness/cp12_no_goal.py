"""CP12 completeness.no_goal — 没有填写年度总体目标

反例：
    “年度总体目标”栏空白，或只填“无”“见附件”。
正例：
    “完成12个村主干道硬化18.6公里，10月底前通车，惠及农户4200户。”
理由：
    总体目标统领指标，没有目标就无法判断指标是否反映了项目的主要内容。
已知局限：
    只判断目标是否填写，不判断与部门职责是否相符。
依据：
    财预〔2015〕88号：绩效目标应指向明确、细化量化、合理可行、相应匹配。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_NOTHING = re.compile(
    r"^[\W_]*(?:无|暂无|略|见附件|详见附件|同上|待定|测试|[xX×*＊]+|年度总体目标|目标[1一]?)?[\W_]*$"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    if not context.is_excerpt and _NOTHING.match(context.goal.text):
        text = context.declaration.goal
        yield Hit(
            field="goal",
            span=(0, len(text)) if text else None,
            suggestion=Suggestion("写明做什么、做多少、何时完成、达到什么效果，并与指标一一对应。"),
        )


RULE = Rule(
    code="CP12",
    name="completeness.no_goal",
    severity=Severity.ERROR,
    message="年度总体目标未填写，无法判断指标是否反映项目主要内容，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.95,
)
