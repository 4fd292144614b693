"""EZ07 easy.all_full — 指标值几乎全部是100%

反例：
    8项指标的指标值全部为100%，没有数量，也没有区分度。
正例：
    硬化道路18.6公里、一次验收合格率98%、群众满意度92%。
理由：
    全部写100%多为照搬模板，不能反映工作量和工作难度，也无法拉开评价差距。
已知局限：
    只在可量化的指标不少于5项、没有一项工作量、五分之四以上为100%时提示。
依据：
    财预〔2021〕101号：指标值应有依据、有来源、可考核；财预〔2015〕88号：绩效目标应细化量化。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.values import is_rate
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_MIN_ROWS = 5
_NEARLY_ALL = 0.8


def _check(context: ReviewContext) -> Iterator[Hit]:
    numbers = [row.parsed for row in context.rows if row.parsed.kind in ("number", "range")]
    full = [item for item in numbers if item.value == 100 and item.unit == "%"]
    if not all(map(is_rate, numbers)):
        return
    if len(full) >= _MIN_ROWS and len(full) >= _NEARLY_ALL * len(numbers):
        yield Hit(
            field="indicators",
            values={"count": len(full), "total": len(numbers)},
            suggestion=Suggestion("请补充实物工作量指标，比率类指标按历史水平和难度分别定值。"),
        )


RULE = Rule(
    code="EZ07",
    name="easy.all_full",
    severity=Severity.WARNING,
    message="{total}项可量化的指标中有{count}项为100%，没有工作量也没有区分度，请按实际工作分别设定目标。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
